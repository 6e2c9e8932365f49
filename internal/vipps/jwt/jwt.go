package vipps

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
)

// tenant is the directory of Vipps' test environment, as its tokens show it.
const tenant = "e5116526-51dc-4c14-b086-a5cb4716bc4b"

func newSigner() *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(fmt.Errorf("making the token signing key: %w", err)) // the system has no randomness
	}
	return key
}

// sign returns claims as a JWT signed with RS256. The text has no "=", which
// matters: official scripts split the landing URL at that sign.
func (s *Server) sign(claims any) string {
	key := s.signer()
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

// landing makes the token that opens one payment or agreement on the landing page.
func (s *Server) landing(c *call, opens string) string {
	return s.sign(struct {
		App      string `json:"appType"`
		Audience string `json:"aud"`
		Party    string `json:"azp"`
		End      int64  `json:"exp"`
		Issued   int64  `json:"iat"`
		Issuer   string `json:"iss"`
		ID       string `json:"jti"`
		MSN      string `json:"merchantSerialNumber"`
		Subject  string `json:"sub"`
		Type     string `json:"tokenType"`
		UUID     string `json:"uuid"`
	}{
		"LANDING", "DWO", s.keys.ClientID, c.now.Add(landingLife).Unix(), c.now.Unix(), "vipps",
		s.guid(), s.keys.MerchantSerialNumber, opens, "LANDING_PAGE", s.guid(),
	})
}

// landingURL has exactly two "=" before the token, as the official scripts expect.
func landingURL(base, token string) string {
	return base + landingPath + "?v=2&token=" + token
}
