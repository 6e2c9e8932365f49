// Package certificate reads client certificates and authorities, and says in OpenSSL's words what is wrong with one.
//
// PEM and PKCS#12, encrypted or not. Go's own errors are about ASN.1; newman's users look for OpenSSL's.
package certificate

import (
	"cmp"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"slices"
	"strings"
	"sync"

	"posthaste/internal/transport/failure"
	"posthaste/internal/transport/target"
)

// A Certificate is a client certificate and the URLs it is for, as the user's list has it
// (newman: --ssl-client-cert-list). Texts are the contents of files, not their names.
type Certificate struct {
	Name       string
	Matches    []string // newman's patterns, such as "https://*.example.com/*" or "<all_urls>"
	Cert, Key  []byte   // PEM
	PFX        []byte   // PKCS#12, instead of Cert and Key
	Passphrase string
}

// A Client is a Certificate with its patterns read. Its key is decrypted when it is first
// needed: deriving the key from a passphrase takes time, and most runs need few.
type Client struct {
	ID   string // tells certificates apart
	Load func() (*tls.Certificate, error)

	patterns []pattern
}

// New reads the patterns of a certificate. Those that cannot match https are dropped.
func New(cert Certificate) Client {
	c := Client{ID: "cert:" + cert.Name + "|" + strings.Join(cert.Matches, ",")}
	for _, m := range cert.Matches {
		if p, ok := parsePattern(m); ok {
			c.patterns = append(c.patterns, p)
		}
	}
	// Once for all connections, and its error, too.
	c.Load = sync.OnceValues(func() (*tls.Certificate, error) { return keyPair(cert) })
	return c
}

// IsFor reports whether a target is one of the certificate's. The first Client of a list that
// matches is used.
func (c *Client) IsFor(t *target.Target) bool {
	return slices.ContainsFunc(c.patterns, func(p pattern) bool { return p.match(t) })
}

// keyPair reads certificate and key. Its errors are those that OpenSSL's users know, with
// hints that name the file that is wrong.
func keyPair(cert Certificate) (*tls.Certificate, error) {
	if len(cert.PFX) > 0 {
		return fromPFX(cert.PFX, cert.Passphrase)
	}
	block := keyBlock(cert.Key)
	if block == nil {
		return nil, &failure.Error{
			Code: "ERR_OSSL_PEM_NO_START_LINE", Message: "error:0480006C:PEM routines::no start line",
			Hint: "the file of the client certificate's key has no private key in PEM format",
		}
	}
	// sealed says that the key was encrypted: a wrong passphrase may go unnoticed until the
	// key is read.
	key, sealed := pem.EncodeToMemory(block), false
	if plain, err := decryptPEM(block, cert.Passphrase); err != nil {
		return nil, badDecrypt(err)
	} else if plain != nil {
		block, key, sealed = plain, pem.EncodeToMemory(plain), true
	}
	chain := certificates(cert.Cert)
	if len(chain) == 0 {
		return nil, &failure.Error{
			Code: "ERR_OSSL_PEM_NO_START_LINE", Message: "error:0480006C:PEM routines::no start line",
			Hint: "the client certificate's file has no certificate in PEM format",
		}
	}
	pair, err := tls.X509KeyPair(chain, key)
	// Go names its own errors only by their texts.
	unread := err != nil && (strings.Contains(err.Error(), "parse private key") || strings.Contains(err.Error(), "unsupported elliptic curve"))
	hint := "certificate and key must be PEM and belong together"
	if unread {
		why := unreadable(block)
		if sealed && why == "" { // padding that was right by luck
			return nil, badDecrypt(err)
		}
		hint = cmp.Or(why, hint)
	}
	if err != nil {
		return nil, &failure.Error{Code: "ERR_OSSL_X509", Message: "client certificate: " + strings.TrimPrefix(err.Error(), "tls: "), Hint: hint, Err: err}
	}
	return &pair, nil
}

// badDecrypt words an error as Node's OpenSSL does, so that reports agree with newman's. The
// codes are OpenSSL 3's.
func badDecrypt(err error) error {
	var unsupported unsupportedEncryption
	if errors.As(err, &unsupported) {
		return &failure.Error{
			Code: "ERR_OSSL_UNSUPPORTED", Message: "error:0308010C:digital envelope routines::unsupported", Err: err,
			Hint: "the client certificate's key is encrypted with " + unsupported.name + "; openssl pkcs8 -topk8 -v2 aes-256-cbc encrypts it again",
		}
	}
	return &failure.Error{Code: "ERR_OSSL_BAD_DECRYPT", Message: "error:1C800064:Provider routines::bad decrypt", Hint: "is the client certificate's passphrase right?", Err: err}
}

// decryptPEM returns the key in the clear, nil when it already is. There are two ways to
// encrypt one: PKCS#8, and PEM headers as of OpenSSL before 1.0.
func decryptPEM(block *pem.Block, passphrase string) (*pem.Block, error) {
	if block.Type == "ENCRYPTED PRIVATE KEY" {
		der, err := decryptPKCS8(block.Bytes, []byte(passphrase))
		if err != nil {
			return nil, err
		}
		return &pem.Block{Type: "PRIVATE KEY", Bytes: der}, nil
	}
	if !x509.IsEncryptedPEMBlock(block) { //nolint:staticcheck // old keys are in use and there is no other reader
		return nil, nil
	}
	der, err := decryptOld(block, passphrase)
	if err != nil {
		return nil, err
	}
	return &pem.Block{Type: block.Type, Bytes: der}, nil
}
