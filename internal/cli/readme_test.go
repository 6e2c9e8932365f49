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
	"math/big"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"posthaste/internal/cli/input"
	"posthaste/internal/cli/output"
)

// TestReadmeOfNewman runs the command lines of newman's README (6.2.2) and of its page on Docker, verbatim but for the
// command's name. What they ask the network for is answered by a stand-in that the environment's proxy variables name.
func TestReadmeOfNewman(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("..", "..", "testdata", "readme"),
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			s := &standIn{dir: env.WorkDir, leaves: map[string]*tls.Certificate{}}
			if err := s.certify(); err != nil {
				return err
			}
			server := httptest.NewServer(s)
			env.Defer(server.Close)
			for _, name := range []string{"HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"} {
				env.Setenv(name, server.URL)
			}
			env.Setenv(input.NodeAuthoritiesVariable, filepath.Join(env.WorkDir, "ca.pem"))
			env.Setenv(output.VerifyVariable, "1")
			env.Setenv("LANG", "C.UTF-8")
			env.Setenv("uid", "12345678-631643f6-95ca-7687-8eb5-57943ad88e1c")
			env.Setenv("apiKey", "PMAK-of-the-readme")
			for from, to := range map[string]string{"a.crt": ".crt", "a-encrypted.key": ".key"} {
				data, err := os.ReadFile(filepath.Join("..", "..", "testdata", "confirm", "files", "tls", from))
				if err != nil {
					return err
				}
				if err := os.WriteFile(filepath.Join(env.WorkDir, "client.domain1"+to), data, 0o600); err != nil {
					return err
				}
			}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits},
	})
}

// A standIn is an HTTP proxy that ends TLS and plays the hosts of the README: the places that collections are fetched
// from, and an echo. It writes what it was asked for to asked.log.
type standIn struct {
	dir  string
	key  *ecdsa.PrivateKey
	cert *x509.Certificate

	mu     sync.Mutex
	leaves map[string]*tls.Certificate
}

// certify makes the authority and writes it where the environment says.
func (s *standIn) certify() (err error) {
	if s.key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader); err != nil {
		return err
	}
	s.cert = &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "authority of the README"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, s.cert, s.cert, &s.key.PublicKey, s.key)
	if err != nil {
		return err
	}
	block := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	return os.WriteFile(filepath.Join(s.dir, "ca.pem"), block, 0o600)
}

// leaf makes a certificate for a host.
func (s *standIn) leaf(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.leaves[hello.ServerName]; c != nil {
		return c, nil
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: hello.ServerName},
		DNSNames: []string{hello.ServerName}, NotBefore: s.cert.NotBefore, NotAfter: s.cert.NotAfter,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, s.cert, &s.key.PublicKey, s.key)
	if err != nil {
		return nil, err
	}
	c := &tls.Certificate{Certificate: [][]byte{der}, PrivateKey: s.key}
	s.leaves[hello.ServerName] = c
	return c, nil
}

// ServeHTTP opens tunnels, and answers what comes through them or as a proxied request.
func (s *standIn) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodConnect {
		s.answer(w, r, "http://"+r.Host)
		return
	}
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	defer func() { _ = conn.Close() }() // the client has gone
	if _, err := io.WriteString(conn, "HTTP/1.1 200 OK\r\n\r\n"); err != nil {
		return
	}
	secure := tls.Server(conn, &tls.Config{
		MinVersion: tls.VersionTLS12, ClientAuth: tls.RequestClientCert, NextProtos: []string{"http/1.1"}, GetCertificate: s.leaf,
	})
	host, _, _ := strings.Cut(r.Host, ":")
	for in := bufio.NewReader(secure); ; {
		inner, err := http.ReadRequest(in)
		if err != nil {
			return
		}
		state := secure.ConnectionState()
		inner.TLS = &state
		recorded := httptest.NewRecorder()
		s.answer(recorded, inner, "https://"+host)
		_, _ = io.Copy(io.Discard, inner.Body) // the next request stands behind it
		res := recorded.Result()
		res.ContentLength = int64(recorded.Body.Len())
		if res.Write(secure) != nil {
			return
		}
	}
}

// answer plays a host.
func (s *standIn) answer(w http.ResponseWriter, r *http.Request, origin string) {
	line := r.Method + " " + origin + r.URL.RequestURI()
	if key := r.Header.Get("X-Api-Key"); key != "" {
		line += " with key " + key
	}
	if r.TLS != nil && len(r.TLS.PeerCertificates) > 0 {
		line += " shown " + r.TLS.PeerCertificates[0].Subject.CommonName
	}
	var file string
	switch {
	case origin == "https://www.getpostman.com":
		file = "examples/sample-collection.json"
	case origin == "https://api.getpostman.com" && strings.HasPrefix(r.URL.Path, "/collections/"):
		file = "api/collection.json"
	case origin == "https://api.getpostman.com" && strings.HasPrefix(r.URL.Path, "/environments/"):
		file = "api/environment.json"
	}
	if strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/form-data") && r.ParseMultipartForm(1<<20) == nil {
		for name, files := range r.MultipartForm.File {
			line += fmt.Sprintf(" upload %s=%s", name, files[0].Filename)
		}
	}
	s.log(line)
	w.Header().Set("Content-Type", "application/json")
	if file == "" {
		_, _ = fmt.Fprintf(w, `{"url":%q}`, origin+r.URL.RequestURI())
		return
	}
	data, err := os.ReadFile(filepath.Join(s.dir, filepath.FromSlash(file)))
	if err != nil {
		w.WriteHeader(http.StatusNotFound)
	}
	_, _ = w.Write(data)
}

func (s *standIn) log(line string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f, err := os.OpenFile(filepath.Join(s.dir, "asked.log"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return
	}
	_, _ = io.WriteString(f, line+"\n")
	_ = f.Close()
}
