package certificate

import (
	"crypto/tls"
	"errors"

	"software.sslmate.com/src/go-pkcs12"

	"posthaste/internal/transport/failure"
)

// fromPFX returns certificate, chain and key of a PKCS#12 file. The errors are Node's.
func fromPFX(der []byte, passphrase string) (*tls.Certificate, error) {
	key, leaf, chain, err := pkcs12.DecodeChain(der, passphrase)
	switch {
	case errors.Is(err, pkcs12.ErrIncorrectPassword):
		return nil, &failure.Error{Code: "ERR_CRYPTO_OPERATION_FAILED", Message: "mac verify failure", Hint: "is the client certificate's passphrase right?", Err: err}
	case err != nil:
		return nil, &failure.Error{Code: "ERR_CRYPTO_OPERATION_FAILED", Message: "Unable to load PFX certificate", Hint: err.Error(), Err: err}
	}
	pair := &tls.Certificate{Certificate: [][]byte{leaf.Raw}, PrivateKey: key, Leaf: leaf}
	for _, c := range chain {
		pair.Certificate = append(pair.Certificate, c.Raw)
	}
	return pair, nil
}
