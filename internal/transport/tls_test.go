package transport

import (
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
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"posthaste/collection"
)

// An authority issues certificates for one test.
type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
	pem  []byte
}

func newAuthority(t *testing.T) *authority {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "throw-away CA"}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return &authority{cert, key, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})}
}

// issue makes a certificate for names and addresses, changed as edit says.
func (a *authority) issue(t *testing.T, name string, edit ...func(*x509.Certificate)) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: name},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
	}
	if ip := net.ParseIP(name); ip != nil {
		template.IPAddresses = []net.IP{ip}
	} else {
		template.DNSNames = []string{name}
	}
	for _, e := range edit {
		e(template)
	}
	der, err := x509.CreateCertificate(rand.Reader, template, a.cert, &key.PublicKey, a.key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

// pair returns a certificate and its key as PEM.
func pair(t *testing.T, c tls.Certificate) (cert, key []byte) {
	t.Helper()
	der, err := x509.MarshalPKCS8PrivateKey(c.PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Certificate[0]}), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})
}

// tlsServer serves handler over TLS for example.test and 127.0.0.1.
func tlsServer(t *testing.T, handler http.HandlerFunc, edit ...func(*tls.Config)) (*httptest.Server, *authority) {
	t.Helper()
	ca := newAuthority(t)
	cert := ca.issue(t, "example.test", func(c *x509.Certificate) { c.IPAddresses = []net.IP{net.IPv4(127, 0, 0, 1)} })
	srv := httptest.NewUnstartedServer(handler)
	srv.TLS = &tls.Config{Certificates: []tls.Certificate{cert}}
	for _, e := range edit {
		e(srv.TLS)
	}
	srv.Config.ErrorLog = log.New(io.Discard, "", 0)
	srv.EnableHTTP2 = true
	srv.StartTLS()
	t.Cleanup(srv.Close)
	return srv, ca
}

func TestTLS(t *testing.T) {
	srv, ca := tlsServer(t, func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, r.Proto, r.TLS.ServerName) })
	t.Run("an extra authority is trusted", func(t *testing.T) {
		r, err := do(t, client(t, Options{ExtraCAs: ca.pem, Now: time.Now}), &Request{URL: srv.URL})
		if err != nil || string(r.Body) != "HTTP/1.1" || r.Timing.TLS <= 0 {
			t.Errorf("the answer is %+v, %v", r, err)
		}
	})
	t.Run("the answer tells what was agreed on", func(t *testing.T) {
		want := Security{Version: "TLS 1.3", Issuer: "throw-away CA"}
		for _, name := range []string{"http1", "http2"} {
			r, err := do(t, client(t, Options{ExtraCAs: ca.pem, Protocol: name}), &Request{URL: srv.URL})
			if err != nil || r.Security == nil || *r.Security != want {
				t.Errorf("%s: the answer is %+v, %v; want %+v", name, r, err, want)
			}
		}
		r, err := do(t, client(t, Options{ExtraCAs: ca.pem}), &Request{URL: srv.URL, Behavior: behavior(`tlsDisabledProtocols=["TLSv1_3"]`)})
		if err != nil || r.Security == nil || r.Security.Version != "TLS 1.2" {
			t.Errorf("without TLS 1.3 the answer is %+v, %v", r, err)
		}
	})
	t.Run("an unknown authority is not", func(t *testing.T) {
		_, err := do(t, client(t, Options{}), &Request{URL: srv.URL})
		wantError(t, err, "UNABLE_TO_VERIFY_LEAF_SIGNATURE", "unable to verify the first certificate")
	})
	t.Run("the check can be off for the run", func(t *testing.T) {
		if _, err := do(t, client(t, Options{Insecure: true}), &Request{URL: srv.URL}); err != nil {
			t.Error(err)
		}
	})
	t.Run("an item decides over the run", func(t *testing.T) {
		if _, err := do(t, client(t, Options{}), &Request{URL: srv.URL, Behavior: behavior("strictSSL=false")}); err != nil {
			t.Error(err)
		}
		_, err := do(t, client(t, Options{Insecure: true}), &Request{URL: srv.URL, Behavior: behavior("strictSSL=true")})
		wantError(t, err, "UNABLE_TO_VERIFY_LEAF_SIGNATURE", "unable to verify the first certificate")
	})
	t.Run("connections are not shared between checks", func(t *testing.T) {
		c := client(t, Options{})
		if _, err := do(t, c, &Request{URL: srv.URL, Behavior: behavior("strictSSL=false")}); err != nil {
			t.Fatal(err)
		}
		if _, err := do(t, c, &Request{URL: srv.URL}); err == nil {
			t.Error("an unchecked connection was used for a request that checks")
		}
	})
	t.Run("a Host of one's own is the name of TLS", func(t *testing.T) {
		r, err := do(t, client(t, Options{ExtraCAs: ca.pem}), &Request{URL: srv.URL, Header: headers("Host", "example.test:1")})
		if err != nil || string(r.Body) != "HTTP/1.1example.test" {
			t.Errorf("the answer is %+v, %v", r, err)
		}
	})
	t.Run("plain HTTP is told", func(t *testing.T) {
		ln, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = ln.Close() }()
		go func() {
			if nc, err := ln.Accept(); err == nil {
				_, _ = io.WriteString(nc, "HTTP/1.1 400 Bad Request\r\n\r\n")
				_, _ = io.Copy(io.Discard, nc)
			}
		}()
		_, err = do(t, client(t, Options{Timeout: 5 * time.Second}), &Request{URL: "https://" + ln.Addr().String()})
		if e := wantError(t, err, "EPROTO", "write EPROTO error:0A00010B:SSL routines:ssl3_get_record:wrong version number"); e.Hint == "" {
			t.Error("there is no hint")
		}
	})
	t.Run("a close during the handshake is told", func(t *testing.T) {
		ln, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = ln.Close() }()
		go func() {
			if nc, err := ln.Accept(); err == nil {
				_, _ = nc.Read(make([]byte, 1<<16))
				_ = nc.Close()
			}
		}()
		_, err = do(t, client(t, Options{Timeout: 5 * time.Second}), &Request{URL: "https://" + ln.Addr().String()})
		wantError(t, err, "ECONNRESET", "Client network socket disconnected before secure TLS connection was established")
	})
	if _, err := New(Options{ExtraCAs: []byte("no PEM")}); err == nil {
		t.Error("extra authorities without PEM are accepted")
	}
}

func TestBadCertificates(t *testing.T) {
	ca := newAuthority(t)
	self := newAuthority(t)
	tests := map[string]struct {
		cert          tls.Certificate
		code, message string
	}{
		"expired":          {ca.issue(t, "127.0.0.1", func(c *x509.Certificate) { c.NotAfter = time.Now().Add(-time.Minute) }), "CERT_HAS_EXPIRED", "certificate has expired"},
		"not yet valid":    {ca.issue(t, "127.0.0.1", func(c *x509.Certificate) { c.NotBefore = time.Now().Add(time.Minute) }), "CERT_NOT_YET_VALID", "certificate is not yet valid"},
		"for another name": {ca.issue(t, "other.test"), "ERR_TLS_CERT_ALTNAME_INVALID", "Hostname/IP does not match certificate's altnames: IP: 127.0.0.1 is not in the cert's list: "},
		"self-signed":      {tls.Certificate{Certificate: [][]byte{self.cert.Raw}, PrivateKey: self.key}, "DEPTH_ZERO_SELF_SIGNED_CERT", "self-signed certificate"},
		"with a root that nobody knows": {func() tls.Certificate {
			c := self.issue(t, "127.0.0.1")
			c.Certificate = append(c.Certificate, self.cert.Raw)
			return c
		}(), "SELF_SIGNED_CERT_IN_CHAIN", "self-signed certificate in certificate chain"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			srv, _ := tlsServer(t, func(http.ResponseWriter, *http.Request) {}, func(c *tls.Config) { c.Certificates = []tls.Certificate{test.cert} })
			_, err := do(t, client(t, Options{ExtraCAs: ca.pem}), &Request{URL: srv.URL})
			wantError(t, err, test.code, test.message)
		})
	}
}

func TestTLSVersionsAndCiphers(t *testing.T) {
	srv, _ := tlsServer(t, func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "%s %s", tls.VersionName(r.TLS.Version), tls.CipherSuiteName(r.TLS.CipherSuite))
	})
	tests := map[string]struct{ behavior, want string }{
		"1.3 is the best":   {"", "TLS 1.3"},
		"1.3 can be off":    {`tlsDisabledProtocols=["TLSv1_3"]`, "TLS 1.2"},
		"1.2 can be off":    {`tlsDisabledProtocols=["TLSv1","TLSv1_1","TLSv1_2"]`, "TLS 1.3"},
		"ciphers are named": {`tlsDisabledProtocols=["TLSv1_3"];tlsCipherSelection=["NOPE","ECDHE-ECDSA-AES256-GCM-SHA384"]`, "TLS 1.2 TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r, err := do(t, client(t, Options{Insecure: true}), &Request{URL: srv.URL, Behavior: behavior(test.behavior)})
			if err != nil || !strings.HasPrefix(string(r.Body), test.want) {
				t.Errorf("the answer is %v, %v, want %s", r, err, test.want)
			}
		})
	}
	_, err := do(t, client(t, Options{}), &Request{URL: srv.URL, Behavior: behavior(`tlsDisabledProtocols=["TLSv1_2","TLSv1_3"]`)})
	wantError(t, err, "ERR_SSL_NO_PROTOCOLS_AVAILABLE", "error:0A0000BF:SSL routines::no protocols available")
	_, err = do(t, client(t, Options{}), &Request{URL: srv.URL, Behavior: behavior(`tlsCipherSelection=["NOPE"]`)})
	wantError(t, err, "ERR_SSL_NO_CIPHER_MATCH", "error:0A0000B9:SSL routines::no cipher match")
}

func TestHTTP2(t *testing.T) {
	srv, _ := tlsServer(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.Header().Add("X-Two", "1")
		w.Header().Add("X-Two", "2")
		fmt.Fprintf(w, "%s %s %s %s %s %s", r.Proto, r.Method, r.RequestURI, r.Host, r.Header.Get("User-Agent"), body)
	})
	host := strings.TrimPrefix(srv.URL, "https://")
	for name, test := range map[string]struct{ option, behavior, want string }{
		"not by itself":         {"", "", "HTTP/1.1 POST //a/../b?c=%20 " + host + " test body"},
		"when an item asks":     {"", "protocolVersion=http2", "HTTP/2.0 POST //a/../b?c=%20 " + host + " test body"},
		"when the run asks":     {"auto", "", "HTTP/2.0 POST //a/../b?c=%20 " + host + " test body"},
		"an item can forbid it": {"auto", "protocolVersion=http1", "HTTP/1.1 POST //a/../b?c=%20 " + host + " test body"},
	} {
		t.Run(name, func(t *testing.T) {
			b := behavior(test.behavior)
			if v := b["protocolVersion"]; v.Kind() != 0 && !v.IsString() {
				t.Fatal("the behavior is no string")
			}
			c := client(t, Options{Insecure: true, Protocol: test.option, UserAgent: "test"})
			for range 2 {
				r, err := do(t, c, &Request{Method: "POST", URL: srv.URL + "//a/../b?c= ", Behavior: b, Body: raw("body", "")})
				if err != nil || string(r.Body) != test.want {
					t.Fatalf("the answer is %v, %v, want %q", r, err, test.want)
				}
				if strings.HasPrefix(test.want, "HTTP/2") && find(r.Header, "x-two") < 0 {
					t.Errorf("the header is %v", r.Header)
				}
			}
		})
	}
	t.Run("auto falls back", func(t *testing.T) {
		old, _ := tlsServer(t, func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, r.Proto) }, func(c *tls.Config) { c.NextProtos = []string{"http/1.1"} })
		r, err := do(t, client(t, Options{Insecure: true, Protocol: "auto"}), &Request{URL: old.URL})
		if err != nil || string(r.Body) != "HTTP/1.1" {
			t.Errorf("the answer is %v, %v", r, err)
		}
	})
}

func TestARequestForHTTP2GoesToAServerWithoutIt(t *testing.T) {
	for name, protocols := range map[string][]string{"a server that knows HTTP/1.1 only": {"http/1.1"}, "a server that knows an older one too": {"http/1.0", "http/1.1"}} {
		t.Run(name, func(t *testing.T) {
			srv, ca := tlsServer(t, func(w http.ResponseWriter, r *http.Request) { _, _ = w.Write([]byte(r.Proto)) },
				func(c *tls.Config) { c.NextProtos = protocols })
			var said []string
			r, err := do(t, client(t, Options{ExtraCAs: ca.pem}), &Request{
				URL: srv.URL, Behavior: collection.Behavior{"protocolVersion": collection.Text("http2")},
				Warn: func(code, text string) { said = append(said, code+": "+text) },
			})
			if err != nil || string(r.Body) != "HTTP/1.1" {
				t.Fatalf("the server saw %v, %v", r, err)
			}
			if len(said) != 1 || !strings.HasPrefix(said[0], CodeBehavior+": protocolVersion: http2") {
				t.Errorf("it was said %q", said)
			}
		})
	}
}
