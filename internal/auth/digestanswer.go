package auth

import (
	"crypto/md5"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"strings"
)

// An answer is all that goes into one Digest header.
type answer struct {
	*session
	username, password string
	method, uri        string
	algorithm          string
	hash               func() hash.Hash
	qop                string // "auth", "auth-int" or "": as in RFC 2069
	nc, cnonce         string
	body               string // the hash of the body for auth-int
}

// digestHash returns the hash of an algorithm, with or without "-sess". An unknown algorithm
// is an error.
func digestHash(algorithm string) (func() hash.Hash, error) {
	switch strings.TrimSuffix(strings.ToUpper(algorithm), "-SESS") {
	case "MD5":
		return md5.New, nil
	case "SHA-256":
		return sha256.New, nil
	case "SHA-512-256":
		return sha512.New512_256, nil
	}
	return nil, fmt.Errorf("unsupported digest algorithm: %s", algorithm)
}

// sum is the hash of the parts joined by colons, in hex: H and KD of the RFC.
func (a *answer) sum(parts ...string) string {
	h := a.hash()
	_, _ = io.WriteString(h, strings.Join(parts, ":")) // a hash takes everything
	return hex.EncodeToString(h.Sum(nil))
}

// bodyHash is H(entity-body) of RFC 7616, for qop auth-int only. The bytes of a multipart
// body are not fixed before it is sent, and a hash of anything else would only be refused.
func (a *answer) bodyHash(r *Request) (string, error) {
	w, err := r.Wire()
	if err != nil {
		return "", err
	}
	h := a.hash()
	known, err := w.feed(h, -1)
	if err != nil {
		return "", err
	}
	if !known {
		return "", errors.New("qop auth-int signs the body, and that of a multipart form is not known before it is sent")
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// inSession reports whether the key of the algorithm depends on the two nonces.
func (a *answer) inSession() bool { return strings.HasSuffix(strings.ToLower(a.algorithm), "-sess") }

// response is the digest of RFC 7616, 3.4.1. Without qop it is that of RFC 2069, which old
// servers ask for.
func (a *answer) response() string {
	secret := a.sum(a.username, a.realm, a.password)
	if a.inSession() {
		secret = a.sum(secret, a.nonce, a.cnonce)
	}
	request := []string{a.method, a.uri}
	if a.qop == "auth-int" {
		request = append(request, a.body)
	}
	if a.qop == "" {
		return a.sum(secret, a.nonce, a.sum(request...))
	}
	return a.sum(secret, a.nonce, a.nc, a.cnonce, a.qop, a.sum(request...))
}

// header writes the fields in newman's order, with the algorithm quoted as newman does.
func (a *answer) header() string {
	fields := []string{
		a.user(), "realm=" + quoted(a.realm), "nonce=" + quoted(a.nonce), "uri=" + quoted(a.uri),
		"algorithm=" + quoted(a.algorithm),
	}
	if a.qop != "" {
		fields = append(fields, "qop="+a.qop)
	}
	if a.qop != "" || a.inSession() {
		fields = append(fields, "nc="+a.nc, "cnonce="+quoted(a.cnonce))
	}
	fields = append(fields, "response="+quoted(a.response()))
	if a.opaque != "" {
		fields = append(fields, "opaque="+quoted(a.opaque))
	}
	if a.hashUser {
		fields = append(fields, "userhash=true")
	}
	return "Digest " + strings.Join(fields, ", ")
}

// user names the user as the challenge wants it: hashed, or percent-encoded where the name is
// not ASCII and the server reads UTF-8 (RFC 7616, 3.4 and 4).
func (a *answer) user() string {
	ascii := !strings.ContainsFunc(a.username, func(r rune) bool { return r >= 0x80 })
	switch {
	case a.hashUser:
		return "username=" + quoted(a.sum(a.username, a.realm))
	case a.utf8 && !ascii:
		return "username*=UTF-8''" + percent(a.username)
	}
	return "username=" + quoted(a.username)
}
