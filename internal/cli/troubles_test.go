package cli

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"maps"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// troubles are what the runs go through, by name. compat says that the run is under --newman-compat.
func troubles() map[string]func(t *testing.T, compat bool) trouble {
	all := connections()
	maps.Copy(all, answers())
	maps.Copy(all, certificates())
	return all
}

// connections are those that do not come about, or lead nowhere.
func connections() map[string]func(*testing.T, bool) trouble {
	return map[string]func(*testing.T, bool) trouble{
		"a proxy that is not there": func(t *testing.T, _ bool) trouble {
			t.Helper()
			proxy := closedPort(t)
			return trouble{
				url: "http://service.test/", env: map[string]string{"HTTP_PROXY": "http://" + proxy, "NO_PROXY": "127.0.0.1"},
				code: "ECONNREFUSED", message: "connect ECONNREFUSED " + proxy,
			}
		},
		"a tunnel's proxy that is not there": func(t *testing.T, _ bool) trouble {
			t.Helper()
			proxy := closedPort(t)
			return trouble{
				url: "https://service.test/", env: map[string]string{"HTTPS_PROXY": "http://" + proxy},
				code: "ECONNREFUSED", message: "tunneling socket could not be established, cause=connect ECONNREFUSED " + proxy,
			}
		},
		"a server that is not there": func(t *testing.T, _ bool) trouble {
			t.Helper()
			addr := closedPort(t)
			return trouble{url: "http://" + addr, code: "ECONNREFUSED", message: "connect ECONNREFUSED " + addr}
		},
		"redirects without end": func(t *testing.T, _ bool) trouble {
			t.Helper()
			var url string
			url = raw(t, func(w io.Writer) {
				fmt.Fprintf(w, "HTTP/1.1 302 Found\r\nLocation: %s/again\r\nContent-Length: 0\r\n\r\n", url)
			})
			return trouble{url: url, message: "Exceeded maxRedirects. Probably stuck in a redirect loop " + url + "/again"}
		},
		"silence": func(t *testing.T, _ bool) trouble {
			t.Helper()
			return trouble{url: raw(t, func(io.Writer) { <-t.Context().Done() }), code: "ESOCKETTIMEDOUT", message: "ESOCKETTIMEDOUT"}
		},
		"a slow drip": func(t *testing.T, compat bool) trouble {
			t.Helper()
			return trouble{url: raw(t, func(w io.Writer) { drip(t, w, compat) }), code: "ESOCKETTIMEDOUT", message: "ESOCKETTIMEDOUT"}
		},
		"a key with the wrong passphrase": func(t *testing.T, _ bool) trouble {
			t.Helper()
			keys, err := filepath.Abs(filepath.Join("..", "transport", "testdata", "certificate"))
			if err != nil {
				t.Fatal(err)
			}
			server, ca := secure(t, nil)
			return trouble{
				url: server, code: "ERR_OSSL_BAD_DECRYPT", message: "bad decrypt",
				args: []string{
					"--ssl-extra-ca-certs", ca, "--ssl-client-cert", filepath.Join(keys, "cert.pem"),
					"--ssl-client-key", filepath.Join(keys, "key-aes.pem"), "--ssl-client-passphrase", "wrong",
				},
			}
		},
	}
}

// answers are those that are no responses.
func answers() map[string]func(*testing.T, bool) trouble {
	const head = "HTTP/1.1 200 OK\r\n"
	all := map[string]func(*testing.T, bool) trouble{}
	for name, answer := range map[string]struct {
		bytes, code, message string
		stays                bool // the connection stays open
	}{
		"half a header":                {head + "Content-Le", "ECONNRESET", "socket hang up", false},
		"half a body":                  {head + "Content-Length: 10\r\n\r\nabc", "ECONNRESET", "aborted", false},
		"a length that is too long":    {head + "Content-Length: 10\r\n\r\nabc", "ESOCKETTIMEDOUT", "ESOCKETTIMEDOUT", true},
		"a length that is too short":   {head + "Content-Length: 2\r\n\r\nabcdef", "HPE_INVALID_CONSTANT", "Parse Error: Expected HTTP/, RTSP/ or ICE/", true},
		"a length that is no number":   {head + "Content-Length: x\r\n\r\nabcdef", "HPE_INVALID_CONTENT_LENGTH", "Parse Error: Invalid character in Content-Length", true},
		"a header of 1 MB":             {head + "X: " + strings.Repeat("a", 1<<20) + "\r\n\r\n", "HPE_HEADER_OVERFLOW", "Parse Error: Header overflow", true},
		"no HTTP at all":               {"SSH-2.0-OpenSSH_9.6\r\n", "HPE_INVALID_CONSTANT", "Parse Error: Expected HTTP/, RTSP/ or ICE/", true},
		"a body broken in its packing": {head + "Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd", "Z_DATA_ERROR", "incorrect header check", true},
	} {
		all[name] = func(t *testing.T, _ bool) trouble {
			t.Helper()
			return trouble{code: answer.code, message: answer.message, url: raw(t, func(w io.Writer) {
				_, _ = io.WriteString(w, answer.bytes) // the client may hang up in the middle
				if answer.stays {
					<-t.Context().Done()
				}
			})}
		}
	}
	return all
}

// certificates are those that are not to be trusted.
func certificates() map[string]func(*testing.T, bool) trouble {
	all := map[string]func(*testing.T, bool) trouble{}
	for name, c := range map[string]struct {
		edit          func(*x509.Certificate)
		unknown       bool
		code, message string
	}{
		"a certificate that has expired":  {func(c *x509.Certificate) { c.NotAfter = time.Now().Add(-time.Minute) }, false, "CERT_HAS_EXPIRED", "certificate has expired"},
		"a certificate for another name":  {func(c *x509.Certificate) { c.IPAddresses = nil; c.DNSNames = []string{"other.test"} }, false, "ERR_TLS_CERT_ALTNAME_INVALID", "does not match certificate's altnames"},
		"a certificate that signs itself": {nil, true, "DEPTH_ZERO_SELF_SIGNED_CERT", "self-signed certificate"},
	} {
		all[name] = func(t *testing.T, _ bool) trouble {
			t.Helper()
			server, ca := secure(t, c.edit)
			if c.unknown {
				return trouble{url: server, code: c.code, message: c.message}
			}
			return trouble{url: server, code: c.code, message: c.message, args: []string{"--ssl-extra-ca-certs", ca}}
		}
	}
	return all
}

// drip writes a response byte by byte for as long as anyone reads it; newman's limit is on silence alone, so with
// stops the drip falls silent.
func drip(t *testing.T, w io.Writer, stops bool) {
	t.Helper()
	_, err := io.WriteString(w, "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for i := 0; err == nil; i++ {
		select {
		case <-t.Context().Done():
			return
		case <-tick.C:
		}
		if !stops || i < 10 {
			_, err = io.WriteString(w, "x")
		}
	}
}

func closedPort(t *testing.T) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = ln.Close() // its address is what is wanted
	return ln.Addr().String()
}

// raw answers each request with what answer writes, and closes the connection when that returns.
func raw(t *testing.T, answer func(io.Writer)) (url string) {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ln.Close() })
	go func() {
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			go func() {
				defer func() { _ = conn.Close() }()
				if _, err := http.ReadRequest(bufio.NewReader(conn)); err == nil {
					answer(conn)
				}
			}()
		}
	}()
	return "http://" + ln.Addr().String()
}

// secure serves TLS with a certificate for 127.0.0.1 that signs itself, changed as edit says, and writes that to a
// file as an authority to trust.
func secure(t *testing.T, edit func(*x509.Certificate)) (url, ca string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "throw-away"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
	}
	if edit != nil {
		edit(template)
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewUnstartedServer(http.NotFoundHandler())
	server.TLS = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}, ClientAuth: tls.RequestClientCert}
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	t.Cleanup(server.Close)
	ca = filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(ca, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	return server.URL, ca
}
