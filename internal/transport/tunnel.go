package transport

import (
	"bufio"
	"context"
	"fmt"
	"strings"

	"posthaste/internal/transport/failure"
	"posthaste/internal/transport/http1"
	"posthaste/internal/transport/proxy"
)

// throughProxy connects to the server through the proxy that cn reaches, or prepares cn for
// absolute request lines. An https proxy gets TLS of its own first.
func (c *Client) throughProxy(ctx context.Context, h *hop, r route, cn *conn) error {
	if r.proxy.Scheme == "https" {
		if err := c.handshake(ctx, cn, c.proxyTLS(r.proxy.Hostname(), h.settings)); err != nil {
			return proxy.Explain(r.proxy, h.via.Scheme, failure.Of("connect", err))
		}
	}
	switch {
	case strings.HasPrefix(r.proxy.Scheme, "socks4"):
		return proxy.SOCKS4(ctx, cn.wire, r.proxy, r.key.addr)
	case strings.HasPrefix(r.proxy.Scheme, "socks"):
		return proxy.SOCKS5(ctx, cn.wire, r.proxy, r.key.addr)
	case r.tunnel:
		return c.tunnel(r, cn)
	}
	cn.absURI, cn.auth = true, proxy.Auth(r.proxy)
	return nil
}

// tunnel asks an HTTP proxy for a connection to the server (CONNECT, RFC 9110, 9.3.6). The
// proxy sees the server's address and nothing of the request.
func (c *Client) tunnel(r route, cn *conn) error {
	var b strings.Builder
	fmt.Fprintf(&b, "CONNECT %s HTTP/1.1\r\nHost: %s\r\nUser-Agent: %s\r\nConnection: keep-alive\r\n", r.key.addr, r.key.addr, c.opts.UserAgent)
	if auth := proxy.Auth(r.proxy); auth != "" {
		b.WriteString("Proxy-Authorization: " + auth + "\r\n")
	}
	b.WriteString("\r\n")
	if _, err := cn.stream.Write([]byte(b.String())); err != nil {
		return proxy.Explain(r.proxy, "https", failure.Of("write", err))
	}
	// A reader of its own: the bytes after the head belong to the server's side of the
	// tunnel.
	br := bufio.NewReaderSize(cn.stream, 4<<10)
	hd, err := http1.ReadHead(br, c.opts.MaxHeaderSize, true)
	if err != nil {
		return proxy.Explain(r.proxy, "https", failure.Of("read", err))
	}
	if hd.Code != 200 {
		return &failure.Error{
			Code: "ECONNRESET", Message: fmt.Sprintf("tunneling socket could not be established, statusCode=%d", hd.Code),
			Hint: "the proxy " + r.proxy.Redacted() + " refuses " + r.key.addr + ": " + hd.Reason,
		}
	}
	if br.Buffered() > 0 {
		return &failure.Error{Code: "ECONNRESET", Message: "got illegal response body from proxy", Hint: "the proxy speaks before the server can"}
	}
	return nil
}
