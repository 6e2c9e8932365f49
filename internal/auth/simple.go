package auth

import (
	"context"
	"encoding/base64"
	"strings"
	"unicode"
)

// basic is RFC 7617. Missing parameters are empty (newman: basic.js), so that "Basic Og==" is
// sent where nothing is given.
type basic struct{}

// Sign sets Authorization to the user and password in base64 of their UTF-8.
func (basic) Sign(_ context.Context, p Params, r *Request) error {
	credentials := p.Text("username") + ":" + p.Text("password")
	r.setHeader("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(credentials)))
	return nil
}

// bearer is RFC 6750. Without a token the request stays as it is (newman: bearer.js). A
// prefix other than Bearer needs oauth2 or apikey.
type bearer struct{}

// Sign sets Authorization to the token.
func (bearer) Sign(_ context.Context, p Params, r *Request) error {
	if token := p.Text("token"); token != "" {
		r.setHeader("Authorization", "Bearer "+token)
	}
	return nil
}

// apiKey puts a key of the API's own into a header or the query (newman: apikey.js). Any
// value of "in" but "query" means the header.
type apiKey struct{}

// Sign needs a key or a value, else it leaves the request as it is.
func (apiKey) Sign(_ context.Context, p Params, r *Request) error {
	key, value := p.Text("key"), p.Text("value")
	if key == "" && value == "" {
		return nil
	}
	if p.Or("in", "header") == "query" {
		r.setQuery(key, value)
		return nil
	}
	name := looseName(key)
	r.removeHeader(func(k string) bool { return looseName(k) == name })
	r.setHeader(key, value)
	return nil
}

// looseName is how apikey compares header names: X_Api-Key and "x api key" are the same
// (newman: lodash's lowerCase). Words end at other characters than letters and digits, before
// a capital after a small letter, and between letters and digits.
func looseName(name string) string {
	var words []string
	var word strings.Builder
	// flush ends the word that is being read. An empty one is not a word.
	flush := func() {
		if word.Len() > 0 {
			words = append(words, strings.ToLower(word.String()))
			word.Reset()
		}
	}
	var last rune
	for _, c := range name {
		switch {
		case !unicode.IsLetter(c) && !unicode.IsDigit(c):
			flush()
		case unicode.IsUpper(c) && unicode.IsLower(last),
			unicode.IsDigit(c) != unicode.IsDigit(last) && word.Len() > 0:
			flush()
			word.WriteRune(c)
		default:
			word.WriteRune(c)
		}
		last = c
	}
	flush()
	return strings.Join(words, " ")
}
