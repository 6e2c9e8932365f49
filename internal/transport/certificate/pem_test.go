package certificate

import (
	"bytes"
	"encoding/base64"
	"errors"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"posthaste/internal/transport/failure"
)

// TestFormsOfKeys reads a key in the forms that Node takes. What is not read is named by the word that OpenSSL has for it.
func TestFormsOfKeys(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/forms.txtar")
	if err != nil {
		t.Fatal(err)
	}
	file := func(name string) []byte {
		for _, f := range archive.Files {
			if f.Name == name {
				return f.Data
			}
		}
		t.Fatalf("no %s", name)
		return nil
	}
	const mark = "\uFEFF"
	plain, leaf := file("plain.pem"), file("c.crt")
	windows := func(text []byte) []byte { return []byte(mark + strings.ReplaceAll(string(text), "\n", "\r\n")) }
	tests := map[string]struct {
		key, cert []byte
		want      string // of code and hint, "" for a key that is read
	}{
		"a plain key":                          {key: plain},
		"after a certificate and attributes":   {key: file("certificate-and-attributes.pem")},
		"after the parameters of its curve":    {key: file("parameters-and-old.pem")},
		"a mark and line ends of Windows":      {key: windows(file("certificate-and-attributes.pem")), cert: windows(leaf)},
		"PBKDF2 with MD5":                      {key: file("md5.pem")},
		"a certificate under its old label":    {key: plain, cert: file("x509.crt")},
		"a certificate that says its purposes": {key: plain, cert: file("trusted.crt")},
		"a key behind the certificate":         {key: plain, cert: append(bytes.Clone(plain), leaf...)},
		"Camellia":                             {key: file("camellia.pem"), want: "ERR_OSSL_UNSUPPORTED CAMELLIA-256-CBC"},
		"ARIA":                                 {key: file("aria.pem"), want: "ERR_OSSL_UNSUPPORTED ARIA-256-CBC"},
		"AES in OFB":                           {key: file("ofb.pem"), want: "ERR_OSSL_UNSUPPORTED AES-256-OFB"},
		"RC2 under PBES2":                      {key: file("rc2.pem"), want: "ERR_OSSL_UNSUPPORTED RC2-CBC"},
		"Camellia in the old format":           {key: file("old-camellia.pem"), want: "ERR_OSSL_UNSUPPORTED CAMELLIA-256-CBC"},
		"AES in OFB in the old format":         {key: file("old-ofb.pem"), want: "ERR_OSSL_UNSUPPORTED AES-256-OFB"},
		"more iterations than are computed":    {key: file("slow.pem"), want: "ERR_OSSL_UNSUPPORTED 20000000 iterations"},
		"a curve that Go does not have":        {key: file("k1.pem"), want: "ERR_OSSL_X509 P-256, P-384 and P-521 are"},
		"a key for PSS alone":                  {key: file("pss.pem"), want: "ERR_OSSL_X509 an RSA key for PSS alone"},
		"Ed448":                                {key: file("ed448.pem"), want: "ERR_OSSL_X509 an Ed448 key"},
		"a certificate in the key's place":     {key: leaf, want: "ERR_OSSL_PEM_NO_START_LINE no private key"},
		"a key in the certificate's place":     {key: plain, cert: plain, want: "ERR_OSSL_PEM_NO_START_LINE no certificate"},
		"nothing":                              {key: []byte{}, want: "ERR_OSSL_PEM_NO_START_LINE no private key"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if test.cert == nil {
				test.cert = leaf
			}
			_, err := keyPair(Certificate{Cert: test.cert, Key: test.key, Passphrase: "secret"})
			wantHint(t, err, test.want)
		})
	}
	for name, want := range map[string]string{
		"sha384.pfx": "ERR_CRYPTO_OPERATION_FAILED SHA-384", "des3.pfx": "ERR_CRYPTO_OPERATION_FAILED DES-EDE3-CBC",
		"des2.pfx": "ERR_CRYPTO_OPERATION_FAILED PBE-SHA1-2DES", "tail.pfx": "",
	} {
		t.Run(name, func(t *testing.T) {
			der, err := base64.StdEncoding.DecodeString(strings.ReplaceAll(string(file(name)), "\n", ""))
			if err != nil {
				t.Fatal(err)
			}
			_, err = keyPair(Certificate{PFX: der, Passphrase: "secret"})
			wantHint(t, err, want)
		})
	}
}

// wantHint compares an error's code and looks for words in its hint.
func wantHint(t *testing.T, err error, want string) {
	t.Helper()
	if want == "" {
		if err != nil {
			t.Errorf("the key is not read: %v", err)
		}
		return
	}
	code, words, _ := strings.Cut(want, " ")
	var failed *failure.Error
	if !errors.As(err, &failed) || failed.Code != code || !strings.Contains(failed.Hint, words) {
		t.Errorf("got %#v, want %s with a hint that has %q", err, code, words)
	}
}
