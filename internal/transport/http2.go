package transport

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

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
	r, err := c.byNetHTTP(ctx, h, start, cn.cc.RoundTrip, func(ctx context.Context) *http.Request { return h.request(ctx, c.opts.Files) })
	if err != nil {
		return nil, err
	}
	for i := range r.Header { // the names that HTTP/2 has on the wire
		r.Header[i].Key = strings.ToLower(r.Header[i].Key)
	}
	r.Remote, r.Security = cn.remote, cn.agreed
	return r, nil
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
	r.Body = h.body(files)
	return r.WithContext(ctx)
}

// body is the body of the hop as net/http reads it, nil for none. Reading fails where a file of the body does.
func (h *hop) body(files content.FileOpener) io.ReadCloser {
	if h.payload.Size == 0 {
		return nil
	}
	read, write := io.Pipe()
	body := h.payload                                                    // the hop may have moved on before all is written
	go func() { _ = write.CloseWithError(body.WriteTo(write, files)) }() // the reader gets the error
	return read
}
