// Package weburl is the WHATWG URL standard for scripts: the parser and serialiser,
// and the URL and URLSearchParams classes over them.
//
// The parser follows https://url.spec.whatwg.org; net/url follows RFC 3986 and
// differs in what scripts notice (backslashes, default ports, number hosts, escapes).
package weburl

import (
	"strconv"
	"strings"
)

// A URL is a parsed URL record. The zero value is not a valid URL; Parse makes one.
type URL struct {
	Scheme             string // without ":"
	Username, Password string // escaped
	Host               *string
	Port               int // -1 when absent or the scheme's default
	Path               []string
	Opaque             *string // the path of a URL like mailto:x, which has no segments
	Query, Fragment    *string // without "?" and "#"
}

// defaultPort gives a special scheme's port; special is false for other schemes.
func defaultPort(scheme string) (port int, special bool) {
	switch scheme {
	case "http", "ws":
		return 80, true
	case "https", "wss":
		return 443, true
	case "ftp":
		return 21, true
	case "file":
		return -1, true
	}
	return -1, false
}

func (u *URL) special() bool {
	_, special := defaultPort(u.Scheme)
	return special
}

// Href serialises the URL.
func (u *URL) Href() string {
	var b strings.Builder
	b.WriteString(u.Scheme + ":")
	if u.Host != nil {
		b.WriteString("//")
		if u.Username != "" || u.Password != "" {
			b.WriteString(u.Username)
			if u.Password != "" {
				b.WriteString(":" + u.Password)
			}
			b.WriteByte('@')
		}
		b.WriteString(u.HostPort())
	} else if u.Opaque == nil && len(u.Path) > 1 && u.Path[0] == "" {
		b.WriteString("/.")
	}
	b.WriteString(u.Pathname())
	if u.Query != nil {
		b.WriteString("?" + *u.Query)
	}
	if u.Fragment != nil {
		b.WriteString("#" + *u.Fragment)
	}
	return b.String()
}

// HostPort is the host with its port, "" without a host.
func (u *URL) HostPort() string {
	if u.Host == nil {
		return ""
	}
	if u.Port < 0 {
		return *u.Host
	}
	return *u.Host + ":" + strconv.Itoa(u.Port)
}

// Pathname is the path as scripts see it.
func (u *URL) Pathname() string {
	if u.Opaque != nil {
		return *u.Opaque
	}
	if len(u.Path) == 0 {
		return ""
	}
	return "/" + strings.Join(u.Path, "/")
}

// Origin is the origin, "null" for schemes that have none.
func (u *URL) Origin() string {
	if u.Scheme == "blob" && u.Opaque != nil {
		if inner, ok := Parse(*u.Opaque, nil); ok && strings.HasPrefix(inner.Scheme, "http") {
			return inner.Origin()
		}
	}
	if !u.special() || u.Scheme == "file" {
		return "null"
	}
	return u.Scheme + "://" + u.HostPort()
}

// clone copies the URL so that the copy can be changed.
func (u *URL) clone() *URL {
	c := *u
	c.Path = append([]string{}, u.Path...)
	return &c
}

// An escapeSet says which ASCII characters are escaped; all others beyond "~" and
// control characters always are.
type escapeSet string

const (
	controlSet      escapeSet = ""
	fragmentSet     escapeSet = " \"<>`"
	querySet        escapeSet = " \"#<>"
	specialQuerySet escapeSet = querySet + "'"
	pathSet         escapeSet = querySet + "?`{}"
	userinfoSet     escapeSet = pathSet + "/:;=@[\\]^|"
)

func escape(s string, set escapeSet) string {
	const digits = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		if c > ' '-1 && c < 0x7f && strings.IndexByte(string(set), c) < 0 {
			b.WriteByte(c)
			continue
		}
		b.WriteString("%" + string(digits[c>>4]) + string(digits[c&15]))
	}
	return b.String()
}

// unescape decodes %XX and leaves broken escapes as they are.
func unescape(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
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
