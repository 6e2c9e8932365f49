package auth

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/hmac"
	"crypto/rsa"
	_ "crypto/sha256" // for crypto.Hash
	_ "crypto/sha512" // for crypto.Hash
	"encoding/base64"
	"fmt"
	"io"
	"strings"
)

// A jwsKey signs: with bytes for HS algorithms, with an RSA or EC key for the others.
type jwsKey struct {
	secret []byte
	signer crypto.Signer
}

// jwsHash returns the hash of a JWS algorithm of RFC 7518, 3.1; false for names that are not
// algorithms.
func jwsHash(algorithm string) (crypto.Hash, bool) {
	if len(algorithm) != 5 || !strings.Contains("HS RS PS ES", algorithm[:2]) {
		return 0, false
	}
	switch algorithm[2:] {
	case "256":
		return crypto.SHA256, true
	case "384":
		return crypto.SHA384, true
	case "512":
		return crypto.SHA512, true
	}
	return 0, false
}

// signJWS returns the compact serialization (RFC 7515, 3.1) of header and payload, both JSON.
// The algorithm must be one that jwsHash knows.
func signJWS(algorithm, header, payload string, key jwsKey, random io.Reader) (string, error) {
	encode := base64.RawURLEncoding.EncodeToString
	input := encode([]byte(header)) + "." + encode([]byte(payload))
	algorithmHash, _ := jwsHash(algorithm)
	if algorithm[:2] == "HS" {
		m := hmac.New(algorithmHash.New, key.secret)
		m.Write([]byte(input))
		return input + "." + encode(m.Sum(nil)), nil
	}
	h := algorithmHash.New()
	h.Write([]byte(input))
	signature, err := signDigest(algorithm, algorithmHash, h.Sum(nil), key.signer, random)
	if err != nil {
		return "", fmt.Errorf("signing with the private key: %w", err)
	}
	return input + "." + encode(signature), nil
}

// signDigest signs a hash. An ECDSA signature is r and s side by side, each as long as the
// curve's order (RFC 7518, 3.4), not ASN.1; algorithm and curve must belong together.
func signDigest(algorithm string, h crypto.Hash, sum []byte, key crypto.Signer, random io.Reader) ([]byte, error) {
	switch k := key.(type) {
	case *rsa.PrivateKey:
		switch algorithm[:2] {
		case "RS":
			return rsa.SignPKCS1v15(random, k, h, sum)
		case "PS":
			return rsa.SignPSS(random, k, h, sum, &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthEqualsHash})
		}
	case *ecdsa.PrivateKey:
		curve := map[string]int{"ES256": 256, "ES384": 384, "ES512": 521}[algorithm]
		if bits := k.Curve.Params().BitSize; bits == curve {
			r, s, err := ecdsa.Sign(random, k, sum)
			if err != nil {
				return nil, err
			}
			half := (bits + 7) / 8
			return append(r.FillBytes(make([]byte, half)), s.FillBytes(make([]byte, half))...), nil
		}
	}
	return nil, fmt.Errorf("%s does not go with a key of this kind", algorithm)
}
