package transport

import (
	"context"
	"errors"
	"net"
	"net/http/httptrace"
	"net/url"
	"strings"
	"time"

	"posthaste/internal/transport/certificate"
	"posthaste/internal/transport/failure"
	"posthaste/internal/transport/proxy"
	"posthaste/internal/transport/target"
)

// A route is how a hop reaches its server. Its key names the pooled connections that can
// serve it.
type route struct {
	key    poolKey
	proxy  *url.URL // nil: directly
	tunnel bool     // an HTTP proxy is asked for a connection of our own
	server string   // the name for SNI and for the certificate's check
	cert   *certificate.Client
	alpn   string // protocols to offer, joined by " "
}

// routeOf decides on proxy, client certificate and protocols, and makes the key of them.
// Everything that changes how the connection is made must be in the key, or a request would
// use a connection with another certificate.
func (c *Client) routeOf(h *hop) (route, error) {
	var r route
	r.key.scheme, r.key.addr = h.via.Scheme, h.dial
	if err := c.chooseProxy(&r, h); err != nil {
		return r, err
	}
	if h.via.Scheme != "https" {
		return r, nil
	}
	r.server = h.via.Hostname
	if i := find(h.header, "Host"); i >= 0 && !h.header[i].System { // newman: Node takes the SNI name from it
		// Without the port, but not cut inside an IPv6 address.
		r.server = h.header[i].Value
		if at := strings.LastIndexByte(r.server, ':'); at >= 0 && !strings.Contains(r.server[at:], "]") {
			r.server = r.server[:at]
		}
	}
	r.server = strings.Trim(r.server, "[]")
	r.cert = c.certificateFor(&h.target)
	switch h.settings.protocol {
	case "http2", "auto": // http2 too: a server that does not speak it is asked in HTTP/1.1, as newman asks all
		r.alpn = "h2 http/1.1"
	}
	// The key's parts are separated by a character that is in none of them.
	var b strings.Builder
	for _, part := range []string{r.server, r.alpn, h.settings.tlsDisabled, h.settings.tlsCiphers} {
		b.WriteString(part)
		b.WriteByte('|')
	}
	if !h.settings.verify {
		b.WriteByte('k')
	}
	if r.cert != nil {
		b.WriteString(r.cert.ID)
	}
	r.key.tls = b.String()
	return r, nil
}

// chooseProxy decides on the proxy: the request's own, otherwise what the options say. Hosts
// that --map sends to this machine are reached directly: a proxy elsewhere could not reach
// the simulator.
func (c *Client) chooseProxy(r *route, h *hop) error {
	if h.mapped && isLocal(h.via.Hostname) {
		return nil
	}
	if r.proxy = h.settings.proxy; r.proxy == nil && c.opts.Proxy != nil {
		var err error
		if r.proxy, err = c.opts.Proxy(&url.URL{Scheme: h.via.Scheme, Host: r.key.addr, Path: "/"}); err != nil {
			return &failure.Error{Message: "Invalid proxy: " + err.Error(), Hint: "look at HTTP_PROXY and HTTPS_PROXY", Err: err}
		}
	}
	if r.proxy == nil {
		return nil
	}
	r.key.proxy = r.proxy.String()
	// The key differs, because a tunnel is bound to one server and an ordinary proxy
	// connection is not.
	if r.tunnel = h.via.Scheme == "https" || r.proxy == h.settings.proxy && h.settings.tunnel; r.tunnel {
		r.key.proxy += " tunnel"
	}
	// CheckSendable of the target allows such hosts only where no proxy has to be told them.
	if strings.HasPrefix(r.proxy.Scheme, "http") && !target.Sendable(h.via.Host()) {
		e := target.Unescaped()
		e.Hint = "the host holds a character that cannot be sent to a proxy"
		return e
	}
	return nil
}

// isLocal reports whether a host is this machine by name or loopback address. An IPv6 address
// may be in brackets.
func isLocal(host string) bool {
	if isLocalhost(host) {
		return true
	}
	ip := net.ParseIP(strings.Trim(host, "[]"))
	return ip != nil && ip.IsLoopback()
}

// isLocalhost reports whether a name means this machine without any lookup (RFC 6761, 6.3).
// name must be in lower case.
func isLocalhost(host string) bool {
	return host == "localhost" || strings.HasSuffix(host, ".localhost")
}

// connect opens the TCP connection of a hop, to its server or its proxy, within
// Options.Timeout. It fills in the timing of lookup and connection.
func (c *Client) connect(ctx context.Context, h *hop, r route) (*wire, error) {
	addr, name := r.key.addr, h.via.Hostname
	if r.proxy != nil {
		addr, name = proxy.Addr(r.proxy), r.proxy.Hostname()
	}
	if r.proxy == nil {
		if err := h.via.CheckPort(); err != nil {
			return nil, err
		}
	}
	dialCtx := c.traced(ctx, h)
	if c.opts.Timeout > 0 {
		var cancel context.CancelFunc
		dialCtx, cancel = context.WithTimeout(dialCtx, c.opts.Timeout)
		defer cancel()
	}
	start := c.opts.Now()
	var nc net.Conn
	var err error
	if isLocalhost(strings.ToLower(name)) {
		nc, err = dialLocal(dialCtx, addr[strings.LastIndexByte(addr, ':'):])
	} else {
		var d net.Dialer
		nc, err = d.DialContext(dialCtx, "tcp", addr)
	}
	// Connect is the time without the lookup.
	h.timing.Connect = c.opts.Now().Sub(start) - h.timing.DNS
	if err == nil {
		return &wire{Conn: nc}, nil
	}
	// What ended it matters more than the system's error.
	switch {
	case ctx.Err() != nil:
		return nil, &failure.Error{Code: "ABORT_ERR", Message: "The operation was aborted", Err: context.Cause(ctx)}
	case errors.Is(dialCtx.Err(), context.DeadlineExceeded):
		return nil, &failure.Error{Code: "ETIMEDOUT", Message: "ETIMEDOUT", Hint: "no connection to " + addr + " within " + c.opts.Timeout.String() + " (--timeout-request)", Err: err}
	}
	err = failure.Of("connect", err)
	if r.proxy == nil {
		return nil, err
	}
	return nil, proxy.Explain(r.proxy, h.via.Scheme, err)
}

// dialLocal tries IPv6 first and falls back to IPv4, because Node servers on localhost often
// listen on ::1 only. (newman: the runtime probes ::1 for half a second)
func dialLocal(ctx context.Context, port string) (net.Conn, error) {
	var d net.Dialer
	probe, cancel := context.WithTimeout(ctx, 500*time.Millisecond)
	defer cancel()
	if nc, err := d.DialContext(probe, "tcp6", "[::1]"+port); err == nil {
		return nc, nil
	}
	return d.DialContext(ctx, "tcp4", "127.0.0.1"+port)
}

// traced measures the lookup of a name. Only new connections have one.
func (c *Client) traced(ctx context.Context, h *hop) context.Context {
	var start time.Time
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		DNSStart: func(httptrace.DNSStartInfo) { start = c.opts.Now() },
		DNSDone:  func(httptrace.DNSDoneInfo) { h.timing.DNS = c.opts.Now().Sub(start) },
	})
}
