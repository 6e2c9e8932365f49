package transport

import (
	"crypto/tls"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"posthaste/internal/transport/certificate"
)

// The files under testdata/certificate hold one throw-away key pair, written by openssl in each format.
func certificateFile(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "certificate", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestClientCertificates(t *testing.T) {
	srv, ca := tlsServer(t, func(w http.ResponseWriter, r *http.Request) {
		if len(r.TLS.PeerCertificates) > 0 {
			fmt.Fprint(w, r.TLS.PeerCertificates[0].Subject.CommonName)
		}
	}, func(c *tls.Config) { c.ClientAuth = tls.RequestClientCert })
	all := []string{"<all_urls>"}
	tests := map[string]struct {
		key, pfx, passphrase string
		code, message        string
	}{
		"a plain key":                        {key: "key.pem"},
		"a key under AES":                    {key: "key-aes.pem", passphrase: "secret"},
		"a key under triple DES":             {key: "key-des3.pem", passphrase: "secret"},
		"a key under PBE-SHA1-3DES":          {key: "key-pbe-sha1-3des.pem", passphrase: "sécret"},
		"a key under PBE-SHA1-2DES":          {key: "key-pbe-sha1-2des.pem", passphrase: "sécret"},
		"a key under scrypt":                 {key: "key-scrypt.pem", passphrase: "secret"},
		"a key under PBKDF2 with SHA512/256": {key: "key-sha512-256.pem", passphrase: "secret"},
		"a key under RC2":                    {key: "key-rc2.pem", passphrase: "secret", code: "ERR_OSSL_UNSUPPORTED", message: "error:0308010C:digital envelope routines::unsupported"},
		"a key under DES":                    {key: "key-md5-des.pem", passphrase: "secret", code: "ERR_OSSL_UNSUPPORTED", message: "error:0308010C:digital envelope routines::unsupported"},
		"a wrong passphrase of PBE":          {key: "key-pbe-sha1-3des.pem", passphrase: "secret", code: "ERR_OSSL_BAD_DECRYPT", message: "error:1C800064:Provider routines::bad decrypt"},
		"a key in the old format":            {key: "key-old.pem", passphrase: "secret"},
		"PKCS#12 as OpenSSL 3 writes it":     {pfx: "modern.p12", passphrase: "sécret"},
		"PKCS#12 as OpenSSL 1 could":         {pfx: "des3.p12", passphrase: "secret"},
		"PKCS#12 without encryption":         {pfx: "plain.p12"},
		"a wrong passphrase":                 {key: "key-aes.pem", passphrase: "wrong", code: "ERR_OSSL_BAD_DECRYPT", message: "error:1C800064:Provider routines::bad decrypt"},
		"a wrong passphrase of an old key":   {key: "key-old.pem", passphrase: "wrong", code: "ERR_OSSL_BAD_DECRYPT", message: "error:1C800064:Provider routines::bad decrypt"},
		"a wrong passphrase of PKCS#12":      {pfx: "modern.p12", passphrase: "wrong", code: "ERR_CRYPTO_OPERATION_FAILED", message: "mac verify failure"},
		"PKCS#12 under RC2":                  {pfx: "rc2.p12", passphrase: "secret"},
		"no PKCS#12":                         {pfx: "key.pem", code: "ERR_CRYPTO_OPERATION_FAILED", message: "Unable to load PFX certificate"},
		"a key that is no PEM":               {key: "modern.p12", code: "ERR_OSSL_PEM_NO_START_LINE", message: "error:0480006C:PEM routines::no start line"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			cert := certificate.Certificate{Matches: all, Passphrase: test.passphrase}
			if test.pfx != "" {
				cert.PFX = certificateFile(t, test.pfx)
			} else {
				cert.Cert, cert.Key = certificateFile(t, "cert.pem"), certificateFile(t, test.key)
			}
			r, err := do(t, client(t, Options{ExtraCAs: ca.pem, Certificates: []certificate.Certificate{cert}}), &Request{URL: srv.URL})
			if test.code != "" {
				wantError(t, err, test.code, test.message)
				return
			}
			if err != nil || string(r.Body) != "test-client" {
				t.Errorf("the server saw %v, %v", r, err)
			}
		})
	}
	t.Run("the first that matches is used", func(t *testing.T) {
		cert, key := pair(t, ca.issue(t, "list-client"))
		c := client(t, Options{ExtraCAs: ca.pem, Certificates: []certificate.Certificate{
			{Name: "elsewhere", Matches: []string{"https://other.test/*"}, Cert: cert, Key: []byte("broken")},
			{Name: "list", Matches: []string{"https://127.0.0.1:*/only/*"}, Cert: cert, Key: key},
			{Name: "fallback", Matches: all, Cert: certificateFile(t, "cert.pem"), Key: certificateFile(t, "key.pem")},
		}})
		for path, want := range map[string]string{"/only/x": "list-client", "/other": "test-client"} {
			if r, err := do(t, c, &Request{URL: srv.URL + path}); err != nil || string(r.Body) != want {
				t.Errorf("for %s the server saw %v, %v, want %s", path, r, err, want)
			}
		}
	})
}
