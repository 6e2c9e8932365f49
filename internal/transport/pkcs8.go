package transport

import (
	"crypto/tls"
	"errors"
)

func decryptPKCS8(der, passphrase []byte) ([]byte, error) {
	return nil, errors.New("encrypted PKCS#8 keys are not supported yet")
}

func fromPFX(pfx []byte, passphrase string) (*tls.Certificate, error) {
	return nil, errors.New("PKCS#12 is not supported yet")
}
