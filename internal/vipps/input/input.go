package vipps

import (
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"
)

// Reading request bodies. Official collections send numbers as strings and
// strings as numbers (a reference of 19 digits, beyond 2^53), so values are read
// from their literal text and never pass through a float.

// object parses a body that must be a JSON object.
func object(body []byte) (gjson.Result, bool) {
	if !gjson.ValidBytes(body) {
		return gjson.Result{}, false
	}
	root := gjson.ParseBytes(body)
	return root, root.IsObject()
}

// text is a string, or a number as it was written; other kinds are empty.
func text(v gjson.Result) string {
	switch v.Type {
	case gjson.String:
		return v.Str
	case gjson.Number:
		return v.Raw
	case gjson.Null, gjson.False, gjson.True, gjson.JSON:
	}
	return ""
}

// integer is a whole number, written bare or within a string.
func integer(v gjson.Result) (int64, bool) {
	n, err := strconv.ParseInt(text(v), 10, 64)
	return n, err == nil
}

func absent(v gjson.Result) bool { return !v.Exists() || v.Type == gjson.Null }

// isWord reports whether s has between lo and hi letters, digits and hyphens,
// the alphabet of order ids and references.
func isWord(s string, lo, hi int) bool {
	return len(s) >= lo && len(s) <= hi && strings.Trim(strings.ToLower(s), "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}

func isDigits(s string, lo, hi int) bool {
	return len(s) >= lo && len(s) <= hi && strings.Trim(s, "0123456789") == ""
}

// isPublicURL follows the validator that Vipps uses: an absolute URL of one of
// the schemes whose host is an address or has a dot, so never localhost.
func isPublicURL(s string, schemes ...string) bool {
	u, err := url.Parse(s)
	if err != nil || !slices.Contains(schemes, strings.ToLower(u.Scheme)) {
		return false
	}
	return net.ParseIP(u.Hostname()) != nil || strings.Contains(strings.Trim(u.Hostname(), "."), ".")
}

// isLoopback reports whether an http URL names this machine by its address. Vipps
// could never call it; the simulator can, and takes it where Vipps wants https.
func isLoopback(s string) bool {
	u, err := url.Parse(s)
	return err == nil && strings.EqualFold(u.Scheme, "http") && net.ParseIP(u.Hostname()).IsLoopback()
}

// isReturnURL is a public https URL, one of the app's own scheme, or this machine's.
func isReturnURL(s string) bool {
	u, err := url.Parse(s)
	if err != nil || u.Scheme == "" {
		return false
	}
	if scheme := strings.ToLower(u.Scheme); scheme == "http" || scheme == "https" {
		return isPublicURL(s, "https") || isLoopback(s)
	}
	return true
}
