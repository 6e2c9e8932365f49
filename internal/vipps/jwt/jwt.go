// Package jwt signs the simulator's tokens.
//
// Tokens are signed with a key that is made when the simulator starts and published at its JWKS address, so that
// clients can verify them as they would Vipps'.
package jwt

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math/big"
	"sync"
)

// A Signer signs tokens with RS256. It is safe for concurrent use.
type Signer struct {
	key func() *rsa.PrivateKey // made at first use: it takes a while
}

// NewSigner returns a signer with this key. Nil makes a key at first use.
func NewSigner(key *rsa.PrivateKey) *Signer {
	if key != nil {
		return &Signer{func() *rsa.PrivateKey { return key }}
	}
	return &Signer{sync.OnceValue(newKey)}
}

// newKey makes a key of 2048 bits, the least that RS256 allows.
func newKey() *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(fmt.Errorf("making the token signing key: %w", err)) // the system has no randomness
	}
	return key
}

// Sign returns claims as a JWT. The text has no "=", which
// matters: official scripts split the landing URL at that sign.
func (s *Signer) Sign(claims any) string {
	key := s.key()
	kid := keyID(key)
	text := segment(struct {
		Type string `json:"typ"`
		Alg  string `json:"alg"`
		X5t  string `json:"x5t"`
		Kid  string `json:"kid"`
	}{"JWT", "RS256", kid, kid}) + "." + segment(claims)
	sum := sha256.Sum256([]byte(text))
	sig, err := rsa.SignPKCS1v15(nil, key, crypto.SHA256, sum[:])
	if err != nil {
		panic(fmt.Errorf("signing a token: %w", err)) // a key of ours always signs
	}
	return text + "." + base64.RawURLEncoding.EncodeToString(sig)
}

// PublicKeys is the JSON Web Key Set that tokens are verified with.
func (s *Signer) PublicKeys() any {
	key := s.key()
	encode := base64.RawURLEncoding.EncodeToString
	return map[string]any{"keys": []map[string]string{{
		"kty": "RSA", "use": "sig", "alg": "RS256", "kid": keyID(key), "x5t": keyID(key), "x5t#S256": keyID(key),
		"n": encode(key.N.Bytes()), "e": encode(big.NewInt(int64(key.E)).Bytes()),
	}}}
}

// keyID names a key by its modulus.
func keyID(key *rsa.PrivateKey) string {
	digest := sha256.Sum256(key.N.Bytes())
	return base64.RawURLEncoding.EncodeToString(digest[:20])
}

func segment(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Errorf("encoding a token: %w", err))
	}
	return base64.RawURLEncoding.EncodeToString(b)
}
