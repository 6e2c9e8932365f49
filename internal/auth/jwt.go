package auth

import (
	"context"
	"encoding/base64"
	"fmt"
	"strings"

	"posthaste/collection"
)

// newman's words.
const (
	errAlgorithm  = refusal("invalid algorithm")
	errSecret     = refusal("Invalid secret key. Enter a valid key.")
	errPrivateKey = refusal("Invalid private key. Enter a valid key.")
)

// jwt is RFC 7519 in a JWS of RFC 7515 (newman: jwt.js). Nothing is added to the payload.
// Unlike newman, keys may also be in PKCS#1 and SEC 1.
type jwt struct{ env Env }

// Sign makes the token and adds it to Authorization or to the query.
func (j jwt) Sign(_ context.Context, p Params, r *Request) error {
	algorithm := p.Text("algorithm")
	if _, ok := jwsHash(algorithm); !ok {
		return errAlgorithm
	}
	key, err := jwtKey(p, algorithm)
	if err != nil {
		return err
	}
	header, err := jwtObject(p, "header")
	if err != nil {
		return err
	}
	header.set("alg", collection.Quote(algorithm)) // the parameter wins over what the header says
	payload, err := jwtObject(p, "payload")
	if err != nil {
		return err
	}
	token, err := signJWS(algorithm, header.String(), payload.String(), key, j.env.Rand)
	if err != nil {
		return err
	}
	j.add(p, r, token)
	return nil
}

// add puts the token where addTokenTo says. A header prefix that is "" means the token alone;
// a missing one means Bearer.
func (jwt) add(p Params, r *Request, token string) {
	switch p.Or("addTokenTo", "header") {
	case "header":
		prefix := "Bearer"
		if v, _ := p.Lookup("headerPrefix"); v.Kind() != collection.Undefined && v.Kind() != collection.Null {
			prefix = v.String()
		}
		if prefix != "" {
			prefix += " "
		}
		r.setHeader("Authorization", prefix+token)
	case "queryParam":
		r.setQuery(p.Or("queryParamKey", "token"), token)
	}
}

// jwtKey reads the shared secret or the private key, whichever the algorithm needs.
func jwtKey(p Params, algorithm string) (jwsKey, error) {
	if strings.HasPrefix(algorithm, "HS") {
		v, _ := p.Lookup("secret")
		if !v.IsString() || v.String() == "" {
			return jwsKey{}, errSecret
		}
		if p.Bool("isSecretBase64Encoded") {
			return jwsKey{secret: looseBase64(v.String())}, nil
		}
		return jwsKey{secret: []byte(v.String())}, nil
	}
	v, _ := p.Lookup("privateKey")
	if !v.IsString() || v.String() == "" {
		return jwsKey{}, errPrivateKey
	}
	signer, err := privateKey(v.String())
	return jwsKey{signer: signer}, err
}

// jwtObject reads a parameter that is an object or the text of one. Empty text is an empty
// object, and so is a missing header.
func jwtObject(p Params, name string) (*object, error) {
	v, _ := p.Lookup(name)
	text := v.JSONText()
	if v.IsString() {
		text = strings.TrimSpace(v.String())
	}
	if text == "" || name == "header" && !v.Truthy() {
		text = "{}"
	}
	o, err := parseObject(text)
	if err != nil {
		return nil, fmt.Errorf("reading the JWT's %s: %w", name, err)
	}
	return o, nil
}

// looseBase64 decodes as Node does: both alphabets, padding optional, other characters
// skipped. It never fails.
func looseBase64(s string) []byte {
	s, _, _ = strings.Cut(s, "=")
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '-':
			return '+'
		case r == '_':
			return '/'
		case r == '+', r == '/', r >= '0' && r <= '9', r >= 'A' && r <= 'Z', r >= 'a' && r <= 'z':
			return r
		}
		return -1
	}, s)
	if len(s)%4 == 1 {
		s = s[:len(s)-1] // six bits are no byte
	}
	data, _ := base64.RawStdEncoding.DecodeString(s) // cannot fail any more
	return data
}
