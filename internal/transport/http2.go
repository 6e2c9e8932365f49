package transport

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"posthaste/collection"
	"posthaste/internal/transport/content"
	"posthaste/internal/transport/failure"
	"posthaste/internal/transport/http1"
)

// An h2Pool keeps one HTTP/2 connection per key, which carries many requests at a time. The
// zero pool is empty and ready to use.
type h2Pool struct {
	mu   sync.Mutex
	open map[poolKey]*h2Conn
}

// An h2Conn is an HTTP/2 connection with what responses say of it.
type h2Conn struct {
	cc     *http.ClientConn
	remote string
	agreed *Security
}

// take returns the connection of a key if it still works, otherwise nil.
func (p *h2Pool) take(key poolKey) *h2Conn {
	p.mu.Lock()
	defer p.mu.Unlock()
	if cn := p.open[key]; cn != nil && cn.cc.Err() == nil {
		return cn
	}
	delete(p.open, key)
	return nil
}

// put replaces the connection of a key; requests on the old one go on.
func (p *h2Pool) put(key poolKey, cn *h2Conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.open == nil {
		p.open = map[poolKey]*h2Conn{}
	}
	p.open[key] = cn
}

func (p *h2Pool) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, cn := range p.open {
		_ = cn.cc.Close() // nothing is under way
	}
	p.open = nil
}

// upgrade makes a fresh TLS connection that agreed on h2 an HTTP/2 connection and pools it.
// key.addr is for net/http's own checks; it dials nothing.
func (c *Client) upgrade(ctx context.Context, key poolKey, cn *conn) (*h2Conn, error) {
	t := &http.Transport{
		DialTLSContext:         func(context.Context, string, string) (net.Conn, error) { return cn.stream, nil },
		DisableCompression:     true,
		MaxResponseHeaderBytes: int64(c.opts.MaxHeaderSize),
		Protocols:              new(http.Protocols),
	}
	t.Protocols.SetHTTP2(true)
	cc, err := t.NewClientConn(ctx, "https", key.addr)
	if err != nil {
		return nil, failure.Of("connect", err)
	}
	upgraded := &h2Conn{cc: cc, remote: cn.remote, agreed: cn.agreed}
	c.h2.put(key, upgraded)
	return upgraded, nil
}

// overHTTP2 makes one hop over a connection that others may be using. Timeout limits the
// whole exchange here, silence is not measured apart.
func (c *Client) overHTTP2(ctx context.Context, cn *h2Conn, h *hop, start time.Time) (*Response, error) {
	// Cancelled when the function returns, which also ends the writing of the body.
	limited, cancel := context.WithCancel(ctx)
	if c.opts.Timeout > 0 {
		limited, cancel = context.WithTimeout(ctx, c.opts.Timeout)
	}
	defer cancel()
	explain := func(err error, got int64) error {
		var own *failure.Error
		switch {
		case errors.As(err, &own):
			return own
		case ctx.Err() != nil:
			return &failure.Error{Code: "ABORT_ERR", Message: "The operation was aborted", Err: context.Cause(ctx)}
		case limited.Err() != nil:
			return &failure.Error{Code: "ESOCKETTIMEDOUT", Message: "ESOCKETTIMEDOUT", Hint: "no complete answer within " + c.opts.Timeout.String() + " (--timeout-request)", Err: err}
		case got > 0:
			return failure.Aborted(err, got)
		}
		return &failure.Error{Code: "ERR_HTTP2_ERROR", Message: err.Error(), Err: err}
	}
	res, err := cn.cc.RoundTrip(h.request(limited, c.opts.Files))
	if err != nil {
		return nil, explain(err, 0)
	}
	defer func() { _ = res.Body.Close() }() // it was read to its end, or failed
	first := c.opts.Now()
	counted := &countReader{r: res.Body}
	hd := &http1.Head{Length: res.ContentLength, Header: lowerHeader(res.Header)}
	data, err := c.collectHTTP2(counted, hd, http1.Bodyless(h.method, res.StatusCode), h.settings.hold)
	if err != nil {
		return nil, explain(err, counted.n)
	}
	h.ended = c.opts.Now()
	h.timing.FirstByte, h.timing.Body = first.Sub(start), h.ended.Sub(first)
	var size int64
	for _, line := range hd.Header {
		size += int64(len(line.Key) + len(line.Value) + 4) // ": " and a line end, as in HTTP/1.1
	}
	return &Response{
		Code: res.StatusCode, Proto: res.Proto, Header: hd.Header, Body: data,
		WireSize: counted.n, HeaderSize: size, Remote: cn.remote, Security: cn.agreed, Timing: h.timing,
	}, nil
}

// collectHTTP2 reads the body of a response, decompressed. hold charges the bytes to the
// run's memory before they are read; a Content-Length above the limit is refused before a
// byte is read.
func (c *Client) collectHTTP2(r *countReader, hd *http1.Head, none bool, hold func(int64) error) ([]byte, error) {
	limit := c.opts.MaxResponseSize
	switch {
	case none:
		return nil, nil
	case limit > 0 && hd.Length > limit:
		return nil, tooLarge(limit)
	}
	if i := find(hd.Header, "content-encoding"); i >= 0 {
		return readAll(content.Decompress(r, hd.Header[i].Value), -1, limit, hold)
	}
	return readAll(r, hd.Length, limit, hold)
}

// A countReader counts the bytes that pass, before decompression.
type countReader struct {
	r io.Reader
	n int64
}

func (c *countReader) Read(b []byte) (int, error) {
	n, err := c.r.Read(b)
	c.n += int64(n)
	return n, err
}

// request is the hop as net/http wants it. Opaque keeps the path as it is, also where it
// begins with "//". Lines that HTTP/2 forbids (RFC 9113, 8.2.2) are left out.
func (h *hop) request(ctx context.Context, files content.FileOpener) *http.Request {
	r := &http.Request{
		Method: h.method, Host: h.via.Host(), Header: http.Header{}, ContentLength: h.payload.Size,
		URL: &url.URL{Scheme: h.via.Scheme, Host: h.via.Host()},
	}
	for _, line := range h.header {
		switch key := strings.ToLower(line.Key); key {
		case "host":
			r.Host = line.Value
		case "connection", "keep-alive", "transfer-encoding", "upgrade", "proxy-connection", "content-length":
		default:
			r.Header[key] = append(r.Header[key], line.Value)
		}
	}
	for _, line := range h.forwarded() {
		r.Header[strings.ToLower(line.name)] = []string{line.value}
	}
	r.URL.Opaque = "//" + r.Host + h.via.RequestURI()
	// Set canonicalises, which net/http looks for; everything else has lower-case names.
	if r.Header["user-agent"] == nil { //nolint:staticcheck // HTTP/2 has lower-case names, which are kept
		r.Header.Set("User-Agent", "") // or net/http adds its own
	}
	if h.payload.Size > 0 {
		read, write := io.Pipe()
		r.Body = read
		body := h.payload                                                    // the hop may have moved on before all is written
		go func() { _ = write.CloseWithError(body.WriteTo(write, files)) }() // the reader gets the error
	}
	return r.WithContext(ctx)
}

// lowerHeader lists header lines with lower-case names, as HTTP/2 has them. Their order is
// lost in net/http, so they are sorted.
func lowerHeader(given http.Header) []collection.Header {
	lines := make([]collection.Header, 0, len(given))
	for name, values := range given {
		for _, v := range values {
			lines = append(lines, collection.Header{Key: strings.ToLower(name), Value: v})
		}
	}
	slices.SortStableFunc(lines, func(a, b collection.Header) int { return strings.Compare(a.Key, b.Key) })
	return lines
}
