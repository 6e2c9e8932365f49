// Package input reads request bodies. Official collections send numbers as strings and
// strings as numbers (a reference of 19 digits, beyond 2^53), so values are read
// from their literal text and never pass through a float.
package input

import (
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"
)

// Object parses a body that must be a JSON object.
func Object(body []byte) (gjson.Result, bool) {
	if !gjson.ValidBytes(body) {
		return gjson.Result{}, false
	}
	root := gjson.ParseBytes(body)
	return root, root.IsObject()
}

// Text is a string, or a number as it was written; other kinds are empty.
func Text(v gjson.Result) string {
	switch v.Type {
	case gjson.String:
		return v.Str
	case gjson.Number:
		return v.Raw
	case gjson.Null, gjson.False, gjson.True, gjson.JSON:
	}
	return ""
}

// Integer is a whole number, written bare or within a string.
func Integer(v gjson.Result) (int64, bool) {
	n, err := strconv.ParseInt(Text(v), 10, 64)
	return n, err == nil
}

// Absent reports whether v is missing or null.
func Absent(v gjson.Result) bool { return !v.Exists() || v.Type == gjson.Null }

// IsWord reports whether s has between lo and hi letters, digits and hyphens,
// the alphabet of order ids and references.
func IsWord(s string, lo, hi int) bool {
	return len(s) >= lo && len(s) <= hi && strings.Trim(strings.ToLower(s), "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}

// IsDigits reports whether s has between lo and hi digits and nothing else.
func IsDigits(s string, lo, hi int) bool {
	return len(s) >= lo && len(s) <= hi && strings.Trim(s, "0123456789") == ""
}

// IsMSISDN reports whether s is a phone number with its country code: 10 to 15
// digits, as Vipps' specifications say, or Greenland's 299 and 6 digits.
func IsMSISDN(s string) bool {
	return IsDigits(s, 10, 15) || IsDigits(s, 9, 9) && strings.HasPrefix(s, "299")
}

// IsPublicURL follows the validator that Vipps uses: an absolute URL of one of
// the schemes whose host is an address or has a dot, so never localhost.
func IsPublicURL(s string, schemes ...string) bool {
	u, err := url.Parse(s)
	if err != nil || !slices.Contains(schemes, strings.ToLower(u.Scheme)) {
		return false
	}
	return net.ParseIP(u.Hostname()) != nil || strings.Contains(strings.Trim(u.Hostname(), "."), ".")
}

// IsLoopback reports whether an http URL names this machine by its address. Vipps
// could never call it; the simulator can, and takes it where Vipps wants https.
func IsLoopback(s string) bool {
	u, err := url.Parse(s)
	return err == nil && strings.EqualFold(u.Scheme, "http") && net.ParseIP(u.Hostname()).IsLoopback()
}

// IsReturnURL is a public https URL, one of the app's own scheme, or this machine's.
func IsReturnURL(s string) bool {
	u, err := url.Parse(s)
	if err != nil || u.Scheme == "" {
		return false
	}
	if scheme := strings.ToLower(u.Scheme); scheme == "http" || scheme == "https" {
		return IsPublicURL(s, "https") || IsLoopback(s)
	}
	return true
}

// HasScope reports whether a scope, words with spaces between them, has a word.
func HasScope(scope, word string) bool {
	return slices.Contains(strings.Fields(scope), word)
}
