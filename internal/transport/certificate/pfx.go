package certificate

import (
	"crypto/tls"
	"encoding/asn1"
	"errors"
	"strings"

	"software.sslmate.com/src/go-pkcs12"

	"posthaste/internal/transport/failure"
)

// fromPFX returns certificate, chain and key of a PKCS#12 file. The errors are Node's. der is
// the file.
func fromPFX(der []byte, passphrase string) (*tls.Certificate, error) {
	var whole asn1.RawValue
	if _, err := asn1.Unmarshal(der, &whole); err == nil {
		der = whole.FullBytes // OpenSSL does not mind what stands behind
	}
	key, leaf, chain, err := pkcs12.DecodeChain(der, passphrase)
	switch {
	case errors.Is(err, pkcs12.ErrIncorrectPassword):
		return nil, &failure.Error{Code: "ERR_CRYPTO_OPERATION_FAILED", Message: "mac verify failure", Hint: "is the client certificate's passphrase right?", Err: err}
	case err != nil:
		return nil, &failure.Error{Code: "ERR_CRYPTO_OPERATION_FAILED", Message: "Unable to load PFX certificate", Hint: pfxHint(err), Err: err}
	}
	pair := &tls.Certificate{Certificate: [][]byte{leaf.Raw}, PrivateKey: key, Leaf: leaf}
	for _, c := range chain {
		pair.Certificate = append(pair.Certificate, c.Raw)
	}
	return pair, nil
}

// pfxHint says what the reader of PKCS#12 does not know by the name that OpenSSL has for it,
// and how to write the file again.
func pfxHint(err error) string {
	hint := err.Error()
	var unknown pkcs12.NotImplementedError
	if !errors.As(err, &unknown) {
		return hint
	}
	for _, word := range strings.Fields(hint) {
		// Identifiers are the words with dots: 1.2.840.113549.3.2.
		if name := encryptionName(word); strings.Count(word, ".") > 3 && !strings.HasSuffix(name, word) {
			hint = strings.Replace(hint, word, name, 1)
		}
	}
	return strings.TrimPrefix(hint, "pkcs12: ") + "; openssl pkcs12 -export writes the file again"
}
