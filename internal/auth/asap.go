package auth

import (
	"context"
	"encoding/base64"
	"errors"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"posthaste/collection"
)

const (
	errClaims      = refusal("One or more of required claims missing")
	errClaimsParse = refusal("Failed to parse claims")
	errKeyText     = refusal("privateKey must be a string")
	errKeyParse    = refusal("Failed to parse private key.")
	errKeySign     = refusal("Failed to sign request with key.")
)

// asap is Atlassian's service-to-service token, a JWT that lives an hour unless a parameter
// says otherwise (newman: asap.js).
type asap struct{ env Env }

// Sign makes the token and sets Authorization. Each claim in the parameter claims goes before
// the parameter of its name. HS algorithms are refused: ASAP is about public keys.
func (a asap) Sign(_ context.Context, p Params, r *Request) error {
	algorithm := p.Or("alg", "RS256")
	claims, err := asapClaims(p)
	if err != nil {
		return err
	}
	kid, err := a.complete(p, claims)
	if err != nil {
		return err
	}
	if _, ok := jwsHash(algorithm); !ok || algorithm[:2] == "HS" {
		return errAlgorithm
	}
	v, _ := p.Lookup("privateKey")
	if !v.IsString() {
		return errKeyText
	}
	key, err := asapKey(v.String(), kid)
	if err != nil {
		return err
	}
	header := &object{values: map[string]string{}}
	header.set("alg", collection.Quote(algorithm))
	header.set("kid", kid)
	token, err := signJWS(algorithm, header.String(), claims.String(), key, a.env.Rand)
	if err != nil {
		return errKeySign
	}
	r.setHeader("Authorization", "Bearer "+token)
	return nil
}

// asapClaims reads further claims. They may be an object, or JSON in a text; a missing
// parameter means no claims.
func asapClaims(p Params) (*object, error) {
	v, _ := p.Lookup("claims")
	text := v.JSONText()
	if v.IsString() {
		text = strings.TrimSpace(v.String())
	}
	if !v.Truthy() || text == "" {
		text = "{}"
	}
	claims, err := parseObject(text)
	if err != nil {
		return nil, errClaimsParse
	}
	return claims, nil
}

// complete adds the claims that the specification requires and returns the key's id as JSON.
// Issuer, audience, key id and key are required.
func (a asap) complete(p Params, claims *object) (kid string, err error) {
	pick := func(name string) string {
		if v := claims.truthy(name); v != "" || p.Text(name) == "" {
			return v
		}
		return collection.Quote(p.Text(name))
	}
	kid = pick("kid")
	issuer, audience := pick("iss"), pick("aud")
	v, _ := p.Lookup("privateKey")
	if kid == "" || issuer == "" || audience == "" || !v.Truthy() {
		return "", errClaims
	}
	now := a.env.Now().Unix()
	id := claims.truthy("jti")
	if id == "" {
		random, err := uuid(a.env.Rand)
		if err != nil {
			return "", err
		}
		id = collection.Quote(random)
	}
	lifetime := leadingInt(p.Text("exp"))
	if lifetime == 0 {
		lifetime = 3600
	}
	expiry := leadingInt(strings.Trim(claims.truthy("exp"), `"`))
	if expiry == 0 {
		expiry = now + lifetime
	}
	claims.set("iat", or(claims.truthy("iat"), strconv.FormatInt(now, 10)))
	claims.set("iss", issuer)
	claims.set("sub", or(pick("sub"), issuer))
	claims.set("jti", id)
	claims.set("aud", audience)
	claims.set("exp", strconv.FormatInt(expiry, 10))
	return kid, nil
}

// asapKey reads PEM, or a data URI that also names the key, as Atlassian's tools write them.
// Quotes around the text and percent-encoding are removed first.
func asapKey(text, kid string) (jwsKey, error) {
	text = strings.NewReplacer("\r", "", "\n", "").Replace(text)
	if len(text) > 1 && text[0] == '"' && text[len(text)-1] == '"' {
		text = text[1 : len(text)-1]
	}
	if decoded, err := url.PathUnescape(text); err == nil {
		text = decoded
	}
	signer, err := privateKey(text)
	if strings.HasPrefix(text, "data:") {
		var der []byte
		if der, err = dataURI(text, kid); err == nil {
			signer, err = parseKey("PRIVATE KEY", der)
		}
		if err != nil {
			return jwsKey{}, errKeyParse
		}
	}
	if err != nil {
		return jwsKey{}, errKeySign
	}
	return jwsKey{signer: signer}, nil
}

// keyURL is a private key as newman's library accepts it in a URL:
// data:application/pkcs8;kid=ID;base64,KEY.
var keyURL = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^data:application/pkcs8;kid=([\w.\-+/]+);base64,([a-zA-Z0-9+/=]+)$`)
})

// dataURI reads a key that is given in that form. The id in it must be the one that the token
// names. kid is JSON.
func dataURI(text, kid string) ([]byte, error) {
	m := keyURL().FindStringSubmatch(text)
	if m == nil || collection.Quote(m[1]) != kid {
		return nil, errors.New("the data URI is malformed, or of another key")
	}
	return base64.StdEncoding.DecodeString(m[2])
}
