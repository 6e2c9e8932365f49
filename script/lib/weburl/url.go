// Package weburl is the WHATWG URL standard for scripts: the URL and URLSearchParams classes.
//
// The parser is a library that follows https://url.spec.whatwg.org; net/url follows RFC 3986 and differs in what scripts
// notice (backslashes, default ports, number hosts, escapes).
package weburl

import (
	"strconv"
	"strings"

	"github.com/nlnwa/whatwg-url/url"
)

// parse parses input, against base when that is not nil. It never changes base.
func parse(input string, base *url.Url) (*url.Url, error) {
	if base == nil {
		return url.Parse(input)
	}
	return base.Parse(input)
}

// origin is the origin of u, "null" for schemes that have none, such as data and file. A blob
// URL has the origin of the http URL in it (WHATWG URL, 4.7).
func origin(u *url.Url) string {
	if u.Scheme() == "blob" && u.OpaquePath() {
		if inner, err := url.Parse(u.Pathname()); err == nil && strings.HasPrefix(inner.Scheme(), "http") {
			return origin(inner)
		}
	}
	if !u.IsSpecialScheme() || u.Scheme() == "file" {
		return "null"
	}
	return u.Protocol() + "//" + u.Host()
}

// unescape decodes %XX and leaves broken escapes as they are; net/url refuses them.
func unescape(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			// ParseUint would accept a sign.
			if n, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil && s[i+1] != '+' && s[i+1] != '-' {
				b.WriteByte(byte(n))
				i += 2
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
