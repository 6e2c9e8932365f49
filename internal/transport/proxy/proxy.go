// Package proxy decides which proxy is asked, and speaks to those that are not HTTP.
package proxy

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strings"
	"sync"

	"posthaste/internal/transport/failure"
)

// FromEnvironment returns a Proxy function that reads the variables newman reads: HTTP_PROXY for http,
// HTTPS_PROXY and then HTTP_PROXY for https, NO_PROXY, each also in lower case. Unlike Go's own, it does not
// except localhost. NO_PROXY is "*" or a list of names, which also mean their subdomains, addresses and CIDR
// blocks, each with an optional port.
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

// parse reads a proxy's URL; one without scheme is an HTTP proxy, and no text is none.
func parse(text string) (*url.URL, error) {
	if text == "" {
		return nil, nil
	}
	if !strings.Contains(text, "://") {
		text = "http://" + text
	}
	u, err := url.Parse(text)
	if err != nil {
		return nil, fmt.Errorf("not a URL: %s", maskUser(text)) // url's own error would show the password
	}
	switch u.Scheme {
	case "http", "https", "socks", "socks5", "socks5h", "socks4", "socks4a":
	default:
		return nil, fmt.Errorf("no such kind of proxy: %s", u.Scheme)
	}
	if u.Hostname() == "" {
		return nil, fmt.Errorf("it names no host: %s", maskUser(text))
	}
	return u, nil
}

// maskUser hides credentials in text that is no URL.
func maskUser(text string) string {
	before, rest, _ := strings.Cut(text, "://")
	if at := strings.LastIndexByte(rest, '@'); at >= 0 {
		rest = "…" + rest[at:]
	}
	return before + "://" + rest
}

// excepted tells whether NO_PROXY's list names the host of u.
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
		name = strings.Trim(strings.TrimPrefix(strings.TrimPrefix(name, "*"), "."), "[]")
		if name == "" || entryPort != "" && entryPort != port {
			continue
		}
		if host == name || strings.HasSuffix(host, "."+name) {
			return true
		}
	}
	return false
}

// Addr is where a proxy is dialled.
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

// Auth is the Proxy-Authorization of a proxy's URL, "" without credentials.
func Auth(u *url.URL) string {
	if u.User == nil {
		return ""
	}
	password, _ := u.User.Password()
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(u.User.Username()+":"+password))
}

// Explain says that the proxy, not the server, could not be reached.
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
