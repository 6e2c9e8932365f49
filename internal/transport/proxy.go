package transport

import (
	"bufio"
	"context"
	"encoding/base64"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strings"
	"sync"
)

// ProxyFromEnvironment returns a Proxy function that reads the variables newman reads: HTTP_PROXY for http,
// HTTPS_PROXY and then HTTP_PROXY for https, NO_PROXY, each also in lower case. Unlike Go's own, it does not
// except localhost. NO_PROXY is "*" or a list of names, which also mean their subdomains, addresses and CIDR
// blocks, each with an optional port.
func ProxyFromEnvironment(getenv func(string) string) func(*url.URL) (*url.URL, error) {
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
	forHTTP := sync.OnceValues(func() (*url.URL, error) { return parseProxy(plain) })
	forHTTPS := sync.OnceValues(func() (*url.URL, error) { return parseProxy(secure) })
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

// parseProxy reads a proxy's URL; one without scheme is an HTTP proxy, and no text is none.
func parseProxy(text string) (*url.URL, error) {
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

// proxyAddr is where a proxy is dialled.
func proxyAddr(u *url.URL) string {
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

// proxyAuth is the Proxy-Authorization of a proxy's URL, "" without credentials.
func proxyAuth(u *url.URL) string {
	if u.User == nil {
		return ""
	}
	password, _ := u.User.Password()
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(u.User.Username()+":"+password))
}

// throughProxy makes the connection to a proxy one to the server, or prepares it for absolute request lines.
func (c *Client) throughProxy(ctx context.Context, h *hop, r route, cn *conn) error {
	if r.proxy.Scheme == "https" {
		if err := c.handshake(ctx, cn, c.proxyTLS(r.proxy.Hostname(), h.settings)); err != nil {
			return proxyError(r.proxy, h.via.Scheme, errorOf("connect", err))
		}
	}
	switch {
	case strings.HasPrefix(r.proxy.Scheme, "socks4"):
		return socks4(ctx, r, cn)
	case strings.HasPrefix(r.proxy.Scheme, "socks"):
		return socks5(ctx, r, cn)
	case r.tunnel:
		return c.tunnel(r, cn)
	}
	cn.absURI, cn.auth = true, proxyAuth(r.proxy)
	return nil
}

// tunnel asks an HTTP proxy for a connection to the server. Nothing of the request is shown to the proxy.
func (c *Client) tunnel(r route, cn *conn) error {
	var b strings.Builder
	fmt.Fprintf(&b, "CONNECT %s HTTP/1.1\r\nHost: %s\r\nUser-Agent: %s\r\nConnection: keep-alive\r\n", r.key.addr, r.key.addr, c.opts.UserAgent)
	if auth := proxyAuth(r.proxy); auth != "" {
		b.WriteString("Proxy-Authorization: " + auth + "\r\n")
	}
	b.WriteString("\r\n")
	if _, err := cn.stream.Write([]byte(b.String())); err != nil {
		return proxyError(r.proxy, "https", errorOf("write", err))
	}
	br := bufio.NewReaderSize(cn.stream, 4<<10)
	hd, err := readHead(br, c.opts.MaxHeaderSize, true)
	if err != nil {
		return proxyError(r.proxy, "https", errorOf("read", err))
	}
	if hd.code != 200 {
		return &Error{
			Code: "ECONNRESET", Message: fmt.Sprintf("tunneling socket could not be established, statusCode=%d", hd.code),
			Hint: "the proxy " + r.proxy.Redacted() + " refuses " + r.key.addr + ": " + hd.reason,
		}
	}
	if br.Buffered() > 0 {
		return &Error{Code: "ECONNRESET", Message: "got illegal response body from proxy", Hint: "the proxy speaks before the server can"}
	}
	return nil
}
