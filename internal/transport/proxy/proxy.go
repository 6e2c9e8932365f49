// Package proxy decides which proxy is asked, and speaks to those that are not HTTP.
//
// The environment's variables are read as newman reads them. Passwords are never part of an error.
package proxy

import (
	"cmp"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"posthaste/internal/transport/failure"
	"posthaste/internal/transport/target"
)

// FromEnvironment returns a Proxy function that reads the variables newman reads: HTTP_PROXY
// for http, HTTPS_PROXY and then HTTP_PROXY for https, NO_PROXY, each also in lower case. It
// is nil when no proxy is named. Unlike Go's own, it does not except localhost. NO_PROXY is
// "*" or a list of names, which also mean their subdomains, addresses and CIDR blocks, each
// with an optional port. A proxy that cannot be read is an error of each request that would
// use it.
func FromEnvironment(getenv func(string) string) func(*url.URL) (*url.URL, error) {
	first := func(names ...string) string {
		for _, n := range names {
			if v := getenv(n); v != "" {
				return v
			}
		}
		return ""
	}
	plain := first("HTTP_PROXY", "http_proxy")
	secure := first("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy")
	except := first("NO_PROXY", "no_proxy")
	if plain == "" && secure == "" {
		return nil
	}
	forHTTP := sync.OnceValues(func() (*url.URL, error) { return parse(plain) })
	forHTTPS := sync.OnceValues(func() (*url.URL, error) { return parse(secure) })
	return func(u *url.URL) (*url.URL, error) {
		switch {
		case excepted(except, u):
			return nil, nil
		case u.Scheme == "https":
			return forHTTPS()
		}
		return forHTTP()
	}
}

// scheme is what a proxy's URL may begin with: "http://", or "//" without a name. Slashes may
// be backslashes, as people on Windows write.
var scheme = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(?:([A-Za-z0-9+.-]+):)?[/\\\\]{2,}`) })

// parse reads a proxy's URL; one without scheme is an HTTP proxy, and an empty text means no
// proxy. What is before the last "@" is user and password, in any characters, percent-encoded
// or not: a proxy's URL has no path that could be meant.
func parse(text string) (*url.URL, error) {
	if text = strings.TrimSpace(text); text == "" {
		return nil, nil
	}
	u := &url.URL{Scheme: "http"}
	rest := text
	if m := scheme().FindStringSubmatch(text); m != nil {
		rest = text[len(m[0]):]
		u.Scheme = cmp.Or(strings.ToLower(m[1]), "http")
	}
	if at := strings.LastIndexByte(rest, '@'); at >= 0 {
		if at > 0 {
			name, password, _ := strings.Cut(rest[:at], ":")
			u.User = url.UserPassword(target.Decode(name), target.Decode(password))
		}
		rest = rest[at+1:]
	}
	// A path, query or fragment means nothing.
	if end := strings.IndexAny(rest, `/\?#`); end >= 0 {
		rest = rest[:end]
	}
	switch u.Scheme {
	case "http", "https", "socks", "socks5", "socks5h", "socks4", "socks4a":
	default:
		return nil, fmt.Errorf("no such kind of proxy: %s", u.Scheme)
	}
	host, port := rest, ""
	if colon := strings.LastIndexByte(rest, ':'); colon >= 0 && !strings.Contains(rest[colon:], "]") {
		host, port = rest[:colon], rest[colon+1:]
	}
	if host == "" {
		return nil, fmt.Errorf("it names no host: %s", maskUser(text))
	}
	if n, err := strconv.ParseUint(port, 10, 16); port != "" && (err != nil || n == 0) || strings.ContainsFunc(host, unicode.IsSpace) {
		return nil, fmt.Errorf("not a URL: %s", maskUser(text))
	}
	if u.Host = target.EncodeHost(host); port != "" {
		u.Host += ":" + port
	}
	return u, nil
}

// maskUser hides credentials in text that is no URL, for an error.
func maskUser(text string) string {
	at := strings.LastIndexByte(text, '@')
	if at < 0 {
		return text
	}
	return scheme().FindString(text) + "…" + text[at:]
}

// excepted reports whether NO_PROXY's list names the host of u. Entries are separated by
// commas or blanks. A leading "*." or "." changes nothing: a name includes its subdomains.
func excepted(list string, u *url.URL) bool {
	host, port := strings.ToLower(u.Hostname()), u.Port()
	addr, addrErr := netip.ParseAddr(host)
	for entry := range strings.FieldsFuncSeq(list, func(r rune) bool { return r == ',' || r == ' ' }) {
		entry = strings.ToLower(entry)
		if entry == "*" {
			return true
		}
		if prefix, err := netip.ParsePrefix(entry); err == nil {
			if addrErr == nil && prefix.Contains(addr.Unmap()) {
				return true
			}
			continue
		}
		name, entryPort := entry, ""
		if h, p, err := net.SplitHostPort(entry); err == nil {
			name, entryPort = h, p
		}
		name = strings.Trim(target.EncodeHost(strings.TrimPrefix(strings.TrimPrefix(name, "*"), ".")), "[]")
		if name == "" || entryPort != "" && entryPort != port {
			continue
		}
		if host == name || strings.HasSuffix(host, "."+name) {
			return true
		}
	}
	return false
}

// Addr is the host and port where a proxy is dialled, with the usual port of its scheme.
func Addr(u *url.URL) string {
	port := u.Port()
	if port == "" {
		switch u.Scheme {
		case "https":
			port = "443"
		case "http":
			port = "80"
		default:
			port = "1080"
		}
	}
	return net.JoinHostPort(u.Hostname(), port)
}

// Auth is the Proxy-Authorization of a proxy's URL (Basic, RFC 7617), "" without credentials.
func Auth(u *url.URL) string {
	if u.User == nil {
		return ""
	}
	password, _ := u.User.Password()
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(u.User.Username()+":"+password))
}

// Explain changes an error so that it says that the proxy, not the server, could not be
// reached. scheme is that of the request; for https the message is the one of newman's tunnel
// library. A password in the proxy's URL is masked.
func Explain(proxy *url.URL, scheme string, err error) error {
	var cause *failure.Error
	if !errors.As(err, &cause) {
		return err
	}
	e := *cause
	e.Hint = "the proxy " + proxy.Redacted() + " could not be used"
	if scheme == "https" && !strings.HasPrefix(proxy.Scheme, "socks") {
		e.Message = "tunneling socket could not be established, cause=" + e.Message
	}
	return &e
}
