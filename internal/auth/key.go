package auth

import (
	"crypto"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
)

// privateKey reads an RSA or EC key from PEM: PKCS#8, PKCS#1 or SEC 1. Line ends may be missing or written "\n", as
// happens to keys that travel in variables. A certificate or parameters before the key are skipped.
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

// pemBlock finds the first block whose label ends in PRIVATE KEY.
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

func parseKey(label string, der []byte) (crypto.Signer, error) {
	var key any
	var err error
	switch label {
	case "RSA PRIVATE KEY":
		key, err = x509.ParsePKCS1PrivateKey(der)
	case "EC PRIVATE KEY":
		key, err = x509.ParseECPrivateKey(der)
	default:
		key, err = x509.ParsePKCS8PrivateKey(der)
	}
	if err != nil {
		return nil, fmt.Errorf("reading the private key: %w", err)
	}
	signer, ok := key.(crypto.Signer)
	if !ok {
		return nil, errors.New("the private key cannot sign")
	}
	return signer, nil
}
