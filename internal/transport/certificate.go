package transport

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"regexp"
	"strings"
	"sync"
)

// A clientCert is a Certificate with its patterns read. Its key is decrypted when it is first needed.
type clientCert struct {
	id       string
	patterns []pattern
	load     func() (*tls.Certificate, error)
}

func newClientCert(cert Certificate) clientCert {
	c := clientCert{id: "cert:" + cert.Name + "|" + strings.Join(cert.Matches, ",")}
	for _, m := range cert.Matches {
		if p, ok := parsePattern(m); ok {
			c.patterns = append(c.patterns, p)
		}
	}
	c.load = sync.OnceValues(func() (*tls.Certificate, error) { return keyPair(cert) })
	return c
}

// certificateFor returns the first certificate for a target, nil when there is none.
func (c *Client) certificateFor(t *Target) *clientCert {
	for i := range c.certs {
		for _, p := range c.certs[i].patterns {
			if p.match(t) {
				return &c.certs[i]
			}
		}
	}
	return nil
}

// keyPair reads certificate and key. Its errors are those that OpenSSL's users know.
func keyPair(cert Certificate) (*tls.Certificate, error) {
	if len(cert.PFX) > 0 {
		return fromPFX(cert.PFX, cert.Passphrase)
	}
	block, _ := pem.Decode(cert.Key)
	if block == nil {
		return nil, &Error{Code: "ERR_OSSL_PEM_NO_START_LINE", Message: "error:0480006C:PEM routines::no start line", Hint: "the client certificate's key is not in PEM format"}
	}
	key, sealed := cert.Key, false
	if plain, err := decryptPEM(block, cert.Passphrase); err != nil {
		return nil, badDecrypt(err)
	} else if plain != nil {
		key, sealed = pem.EncodeToMemory(plain), true
	}
	pair, err := tls.X509KeyPair(cert.Cert, key)
	if err != nil && sealed && strings.Contains(err.Error(), "parse private key") { // padding that was right by luck
		return nil, badDecrypt(err)
	}
	if err != nil {
		return nil, &Error{Code: "ERR_OSSL_X509", Message: "client certificate: " + strings.TrimPrefix(err.Error(), "tls: "), Hint: "certificate and key must be PEM and belong together", Err: err}
	}
	return &pair, nil
}

func badDecrypt(err error) error {
	var unsupported unsupportedEncryption
	if errors.As(err, &unsupported) {
		return &Error{
			Code: "ERR_OSSL_UNSUPPORTED", Message: "error:0308010C:digital envelope routines::unsupported", Err: err,
			Hint: "the client certificate's key is encrypted with " + unsupported.name + "; openssl pkcs8 -topk8 -v2 aes-256-cbc encrypts it anew",
		}
	}
	return &Error{Code: "ERR_OSSL_BAD_DECRYPT", Message: "error:1C800064:Provider routines::bad decrypt", Hint: "is the client certificate's passphrase right?", Err: err}
}

// decryptPEM returns the key in the clear, nil when it already is.
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
	der, err := x509.DecryptPEMBlock(block, []byte(passphrase)) //nolint:staticcheck // as above
	if err != nil {
		return nil, err
	}
	return &pem.Block{Type: block.Type, Bytes: der}, nil
}

// A pattern is one of Postman's URL match patterns, as far as https goes.
type pattern struct {
	all  bool
	host string // "*", "*.suffix" or a name
	port string // "*" is any
	path *regexp.Regexp
}

// parsePattern reads "<all_urls>" or "proto+proto://host[:port]/path". A path is required. Patterns that
// cannot match https are none.
func parsePattern(text string) (pattern, bool) {
	if text == "<all_urls>" {
		return pattern{all: true}, true
	}
	protocols, rest, ok := strings.Cut(text, "://")
	slash := strings.IndexByte(rest, '/')
	if !ok || slash <= 0 {
		return pattern{}, false
	}
	https := false
	for p := range strings.SplitSeq(protocols, "+") {
		https = https || p == "https" || p == "*"
	}
	if !https {
		return pattern{}, false
	}
	p := pattern{host: strings.ToLower(rest[:slash]), port: "443"}
	if i := strings.LastIndexByte(p.host, ':'); i >= 0 && !strings.Contains(p.host[i:], "]") {
		p.host, p.port = p.host[:i], p.host[i+1:]
	}
	glob := regexp.QuoteMeta(rest[slash:])
	glob = strings.ReplaceAll(strings.ReplaceAll(glob, `\*`, ".*"), `\?`, ".")
	p.path = regexp.MustCompile("^" + glob + "$")
	return p, true
}

// match tells whether a target is one of the pattern's URLs.
func (p pattern) match(t *Target) bool {
	if t.Scheme != "https" {
		return false
	}
	if p.all {
		return true
	}
	if p.port != "*" && p.port != t.dialPort() {
		return false
	}
	if suffix, ok := strings.CutPrefix(p.host, "*."); ok {
		if t.Hostname != suffix && !strings.HasSuffix(t.Hostname, "."+suffix) {
			return false
		}
	} else if p.host != "*" && p.host != t.Hostname {
		return false
	}
	return p.path.MatchString(t.Path)
}
