package certificate

import (
	"crypto/x509"
	"encoding/pem"
)

// HasPEM reports whether PEM text holds a certificate that can be read. It stops at the
// first. Blocks of other types, such as keys, are passed over.
func HasPEM(text []byte) bool {
	for {
		var block *pem.Block
		if block, text = pem.Decode(text); block == nil {
			return false
		}
		if block.Type != "CERTIFICATE" || len(block.Headers) > 0 {
			continue
		}
		if _, err := x509.ParseCertificate(block.Bytes); err == nil {
			return true
		}
	}
}

// Roots returns the system's authorities and more, which is PEM text. Without a system pool
// there are only the latter. The pool is a new one each time.
func Roots(more []byte) *x509.CertPool {
	roots, err := x509.SystemCertPool()
	if err != nil {
		roots = x509.NewCertPool()
	}
	roots.AppendCertsFromPEM(more)
	return roots
}
