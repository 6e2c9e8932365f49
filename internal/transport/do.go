package transport

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"slices"
	"strings"
	"time"

	"posthaste/collection"
	"posthaste/internal/transport/content"
	"posthaste/internal/transport/failure"
	"posthaste/internal/transport/target"
)

// A Response is a response, read whole and decompressed. It belongs to the caller.
type Response struct {
	Code       int
	Reason     string              // as sent; "" where the server gave none
	Proto      string              // "HTTP/1.1", "HTTP/2.0"
	Header     []collection.Header // in the order on the wire
	Body       []byte              // decompressed; nil if missing
	WireSize   int64               // bytes of the body as received, before decompression
	HeaderSize int64               // bytes of status line and header lines
	Remote     string              // address that answered: the proxy's where there is one
	Security   *Security           // nil without TLS
	URL        string              // of the last hop, without credentials and fragment
	Timing     Timing
	Redirects  []Redirect // the hops before the last
	// Sent are the first hop's header lines as they were sent, with cookies.
	Sent []collection.Header // the first hop's header lines as they went out
}

// Security is what a TLS connection agreed on. It is shared by the responses of a connection
// and never changed.
type Security struct {
	Version string // "TLS 1.3"
	Issuer  string // who signed the server's certificate: organisation, else name; "" where it says neither
}

// A Redirect is a response that was followed.
type Redirect struct {
	URL      string // that was asked
	Code     int
	Location string // as the server sent it, perhaps relative
}

// Timing holds the phases of the last hop; what did not happen is 0, such as DNS on a pooled
// connection. Total covers all hops.
type Timing struct {
	Prepare, Wait, Process             time.Duration // before Do; until a connection was looked for; after the last byte
	DNS, Connect, TLS, FirstByte, Body time.Duration
	Total                              time.Duration
}

// A hop is one request on the wire. A redirect changes it into the next one, see follow.
type hop struct {
	method   string
	target   target.Target // whom the request is for
	url      string        // target as text
	via      target.Target // who is asked: target, or where Options.Map answers it
	dial     string        // host and port of via; "" where that is still to be put together
	mapped   bool
	header   []collection.Header
	cookieAt int    // where a Cookie line goes that is not there yet
	cookie   string // the user's own cookies
	noJar    bool   // the jar adds none
	payload  content.Payload
	chunked  bool // the user's Transfer-Encoding asks for it
	settings *settings
	timing   Timing
	began    time.Time
	ended    time.Time // when the last byte had come
}

// Do sends a prepared request and returns the last response of its redirects. A response of
// any status is no error; errors are *failure.Error, or whatever Options.Admit returned.
// Cookies that responses set go into the jar, also those of redirects. The body is in memory
// when Do returns. p is not changed and can be sent again.
func (c *Client) Do(ctx context.Context, p *Prepared) (*Response, error) {
	started := c.opts.Now()
	h := &hop{method: p.Method, target: p.Target, url: p.URL, dial: p.dial, header: p.Header, cookieAt: p.cookieAt, noJar: p.noJar, payload: p.payload, settings: &p.settings}
	// The user's own cookies stay in every hop; those of the jar change with the URL.
	if i := find(h.header, "Cookie"); i >= 0 {
		h.cookie = h.header[i].Value
	}
	var sent []collection.Header
	var followed []Redirect
	for h.began = started; ; h.began = c.opts.Now() {
		previous := ""
		if n := len(followed); n > 0 {
			previous = followed[n-1].URL
		}
		// Each hop is asked for: a redirect may lead out of the fence.
		err := c.admit(h, previous)
		if err != nil {
			return nil, err
		}
		if h.via, h.mapped, err = c.mapped(h.target); err != nil {
			return nil, err
		}
		if h.mapped || h.dial == "" {
			h.dial = dialed(&h.via)
		}
		c.addCookies(h)
		h.chunked = isChunked(h.header)
		if followed == nil {
			sent = h.header
		}
		r, err := c.roundTrip(ctx, h)
		if err != nil {
			return nil, err
		}
		r.URL = h.url
		c.keepCookies(h, r)
		location, ok := h.redirect(r)
		if !ok {
			end := c.opts.Now()
			r.Sent, r.Redirects, r.Timing.Total, r.Timing.Process = sent, followed, end.Sub(started), end.Sub(h.ended)
			r.Timing.Prepare = started.Sub(p.began)
			return r, nil
		}
		// newman gives up on the next redirect, after having followed this many.
		if len(followed) >= h.settings.maxRedirects {
			return nil, &failure.Error{
				Message: "Exceeded maxRedirects. Probably stuck in a redirect loop " + h.target.Href(),
				Hint:    "maxRedirects in the request's settings raises the limit",
			}
		}
		followed = append(followed, Redirect{URL: r.URL, Code: r.Code, Location: location})
		if err := c.follow(h, r.Code, location); err != nil {
			return nil, err
		}
	}
}

// isChunked reports whether the user asked for a chunked body by a header of their own.
func isChunked(header []collection.Header) bool {
	i := find(header, "Transfer-Encoding")
	return i >= 0 && strings.Contains(strings.ToLower(header[i].Value), "chunked")
}

// addCookies appends the jar's cookies to the user's Cookie line, or inserts a line of its
// own. After a redirect the line keeps its place, and what the jar has for the new URL
// replaces the old value. The header is copied before it is changed, since Prepared shares
// it.
func (c *Client) addCookies(h *hop) {
	if c.opts.Jar == nil || h.settings.noCookies || h.noJar {
		return
	}
	value := c.opts.Jar.Header(h.url)
	i := find(h.header, "Cookie")
	switch {
	case value == "" && (i < 0 || c.opts.KeepCookies):
		return
	// The line was the jar's only, for the URL before the redirect.
	case value == "" && h.cookie == "" && h.header[i].System:
		h.header = remove(slices.Clone(h.header), "Cookie")
		return
	case i < 0:
		h.header = slices.Insert(slices.Clip(h.header), h.cookieAt, collection.Header{Key: "Cookie", Value: value, System: true})
		return
	case h.cookie != "" && value != "":
		value = h.cookie + "; " + value
	case h.cookie != "":
		value = h.cookie
	}
	h.header = slices.Clone(h.header)
	h.header[i].Value = value
}

// keepCookies stores the cookies that a response sets. Ten characters is the length of
// "Set-Cookie": most lines are passed over by that.
func (c *Client) keepCookies(h *hop, r *Response) {
	if c.opts.Jar == nil || h.settings.noCookies {
		return
	}
	for i := range r.Header {
		if len(r.Header[i].Key) == 10 && strings.EqualFold(r.Header[i].Key, "Set-Cookie") {
			_ = c.opts.Jar.Set(r.URL, r.Header[i].Value) // newman: what is no cookie is ignored
		}
	}
}

// roundTrip makes one hop. A pooled connection that turns out to be gone is replaced; this
// ends, since every such connection leaves the pool.
func (c *Client) roundTrip(ctx context.Context, h *hop) (*Response, error) {
	if c.opts.RoundTripper != nil {
		return c.overRoundTripper(ctx, h)
	}
	for {
		r, err := c.attempt(ctx, h)
		if !errors.Is(err, errStale) {
			return r, err
		}
	}
}

// attempt sends one request over a connection that is open already, or over a new one. The
// time that it waited for a free connection is counted apart from the time on the wire. It
// returns errStale when the connection was gone.
func (c *Client) attempt(ctx context.Context, h *hop) (*Response, error) {
	route, err := c.routeOf(h)
	if err != nil {
		return nil, err
	}
	start := c.opts.Now()
	// An attempt measures again; what a stale connection cost is part of the waiting.
	h.timing = Timing{Wait: start.Sub(h.began)}
	if route.alpn != "" {
		if cn := c.h2.take(route.key); cn != nil {
			return c.overHTTP2(ctx, cn, h, start)
		}
	}
	cn := c.pool.take(route.key, h.repeatable() || h.bound())
	var g *guard
	if cn == nil {
		w, err := c.connect(ctx, h, route)
		if err != nil {
			return nil, err
		}
		g = c.newGuard(ctx, w)
		if cn, err = c.secure(ctx, h, route, w); err != nil {
			err = g.explain("connect", err, 0)
			g.stop()
			_ = w.Close() // the handshake's error is what counts
			return nil, err
		}
		// The server chose HTTP/2 during the handshake.
		if t, ok := cn.stream.(*tls.Conn); ok && t.ConnectionState().NegotiatedProtocol == "h2" {
			g.stop()
			upgraded, err := c.upgrade(ctx, route.key, cn)
			if err != nil {
				cn.close()
				return nil, err
			}
			return c.overHTTP2(ctx, upgraded, h, start)
		}
		if h.settings.protocol == "http2" {
			h.settings.say("protocolVersion: http2: the server does not speak HTTP/2, so the request is sent in HTTP/1.1")
		}
		cn.br = bufio.NewReaderSize(cn.stream, 8<<10)
	} else {
		g = c.newGuard(ctx, cn.wire)
	}
	r, reusable, err := c.exchange(cn, g, h, start)
	if errors.Is(err, errStale) {
		c.pool.lost(route.key)
	}
	// Order matters: stop must be called in any case, and says whether the deadline was
	// touched.
	if !g.stop() || !reusable {
		cn.close()
		return r, err
	}
	c.pool.put(route.key, cn)
	return r, err
}
