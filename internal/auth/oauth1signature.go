package auth

import (
	"crypto"
	"crypto/hmac"
	"crypto/rsa"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// oauth1BodyHash is oauth_body_hash of the extension "OAuth Request Body Hash 1.0": the
// base64 of the hash of all bytes of the body, with the hash that the signature method uses.
// It returns "" where the method names no hash or the body is not known before it is sent.
func oauth1BodyHash(r *Request, method string) (string, error) {
	algorithm, ok := oauth1Hash(method)
	if !ok {
		return "", nil
	}
	w, err := r.Wire()
	if err != nil {
		return "", err
	}
	h := algorithm.New()
	known, err := w.feed(h, -1)
	if err != nil || !known {
		return "", err
	}
	return base64.StdEncoding.EncodeToString(h.Sum(nil)), nil
}

// oauth1Hash takes the hash from a method's name, such as HMAC-SHA256 or RSA-SHA1. It reports
// false for PLAINTEXT and for unknown names.
func oauth1Hash(method string) (crypto.Hash, bool) {
	_, name, _ := strings.Cut(method, "-")
	switch name {
	case "SHA1":
		return crypto.SHA1, true
	case "SHA256":
		return crypto.SHA256, true
	case "SHA512":
		return crypto.SHA512, true
	}
	return 0, false
}

// oauth1Base is the signature base string (RFC 5849, 3.4.1): method, URL without query, and
// the sorted parameters, each percent-encoded and joined by "&". The scheme's own port is
// left out. For example "GET&http%3A%2F%2Fa.example%2Fp&a%3D1%26oauth_nonce%3Dx".
func oauth1Base(method string, t Target, all []pair) string {
	lines := make([]string, 0, len(all))
	// Sorting is by encoded key, then by encoded value. Joined with "=", the key "a" would
	// sort behind "a1", because "=" is greater than the digits.
	for _, q := range all {
		if q.key != "oauth_signature" {
			lines = append(lines, percent(q.key)+"\x00"+percent(q.value)) // 0 sorts before all that can follow
		}
	}
	slices.Sort(lines)
	params := strings.ReplaceAll(strings.Join(lines, "&"), "\x00", "=")
	host := strings.ToLower(t.Host)
	if t.Scheme == "http" && t.Port == "80" || t.Scheme == "https" && t.Port == "443" {
		host = strings.ToLower(t.Hostname)
	}
	return percent(strings.ToUpper(method)) + "&" + percent(t.Scheme+"://"+host+t.Path) + "&" + percent(params)
}

// oauth1Signature signs the base string (RFC 5849, 3.4.2 to 3.4.4). PLAINTEXT is the key
// itself and signs nothing. HMAC uses both secrets joined by "&", RSA only the private key,
// in PEM. The result is base64, not yet percent-encoded.
func oauth1Signature(method, base string, p Params, env Env) (string, error) {
	key := percent(p.Text("consumerSecret")) + "&" + percent(p.Text("tokenSecret"))
	if method == "PLAINTEXT" {
		return key, nil
	}
	algorithm, ok := oauth1Hash(method)
	kind, _, _ := strings.Cut(method, "-")
	switch {
	case ok && kind == "HMAC":
		m := hmac.New(algorithm.New, []byte(key))
		m.Write([]byte(base))
		return base64.StdEncoding.EncodeToString(m.Sum(nil)), nil
	case ok && kind == "RSA":
		private, err := privateKey(p.Text("privateKey"))
		if err != nil {
			return "", err
		}
		signer, ok := private.(*rsa.PrivateKey)
		if !ok {
			return "", errors.New("the private key is not an RSA key")
		}
		h := algorithm.New()
		h.Write([]byte(base))
		signature, err := rsa.SignPKCS1v15(env.Rand, signer, algorithm, h.Sum(nil))
		if err != nil {
			return "", fmt.Errorf("signing with the private key: %w", err)
		}
		return base64.StdEncoding.EncodeToString(signature), nil
	}
	return "", fmt.Errorf("unsupported signature method %q", method)
}
