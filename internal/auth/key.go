package auth

import (
	"cmp"
	"crypto"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
)

// privateKey reads an RSA or EC key from PEM: PKCS#8, PKCS#1 or SEC 1. Line ends may be
// missing or written "
// ", as happens to keys that are passed in variables. A certificate or parameters before the
// key are skipped.
func privateKey(text string) (crypto.Signer, error) {
	text = strings.ReplaceAll(text, `\n`, "\n")
	label, body, err := pemBlock(text)
	if err != nil {
		return nil, err
	}
	der, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(body), ""))
	if err != nil {
		return nil, fmt.Errorf("reading the private key's base64: %w", err)
	}
	return parseKey(label, der)
}

// pemBlock finds the first block whose label ends in PRIVATE KEY. encoding/pem needs line
// ends, which keys in variables have lost.
func pemBlock(text string) (label, body string, err error) {
	for {
		_, rest, ok := strings.Cut(text, "-----BEGIN ")
		if !ok {
			return "", "", errors.New("the private key is not PEM: -----BEGIN PRIVATE KEY----- is missing")
		}
		label, rest, ok = strings.Cut(rest, "-----")
		if !ok {
			return "", "", errors.New("the private key's first line is cut off")
		}
		body, text, ok = strings.Cut(rest, "-----END "+label+"-----")
		if !ok {
			return "", "", fmt.Errorf("the private key has no -----END %s-----", label)
		}
		if strings.HasPrefix(label, "ENCRYPTED") || strings.Contains(body, "ENCRYPTED") {
			return "", "", errors.New("the private key is encrypted: remove its passphrase")
		}
		if strings.HasSuffix(label, "PRIVATE KEY") {
			return label, body, nil
		}
	}
}

// parseKey reads a key whatever its label says: files with the wrong label are common, and
// newman reads PKCS#1 in the data URI that calls it PKCS#8. The error is that of the label's
// own form.
func parseKey(label string, der []byte) (crypto.Signer, error) {
	pkcs1 := func() (any, error) { return x509.ParsePKCS1PrivateKey(der) }
	sec1 := func() (any, error) { return x509.ParseECPrivateKey(der) }
	pkcs8 := func() (any, error) { return x509.ParsePKCS8PrivateKey(der) }
	pss := func() (any, error) { return parsePSS(der) }
	forms := []func() (any, error){pkcs8, pkcs1, sec1, pss}
	switch label {
	case "RSA PRIVATE KEY":
		forms = []func() (any, error){pkcs1, pkcs8, pss, sec1}
	case "EC PRIVATE KEY":
		forms = []func() (any, error){sec1, pkcs8, pkcs1, pss}
	}
	var first error
	for _, form := range forms {
		key, err := form()
		if err != nil {
			first = cmp.Or(first, err)
			continue
		}
		signer, ok := key.(crypto.Signer)
		if !ok {
			return nil, errors.New("the private key cannot sign")
		}
		return signer, nil
	}
	return nil, fmt.Errorf("reading the private key: %w", first)
}

// parsePSS reads an RSA key that may only sign with PSS (RFC 4055), which the standard
// library does not read.
func parsePSS(der []byte) (any, error) {
	var key struct {
		Version   int
		Algorithm pkix.AlgorithmIdentifier
		Key       []byte
	}
	if _, err := asn1.Unmarshal(der, &key); err != nil {
		return nil, err
	}
	if !key.Algorithm.Algorithm.Equal(asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 10}) {
		return nil, errors.New("not a key for RSASSA-PSS")
	}
	return x509.ParsePKCS1PrivateKey(key.Key)
}
