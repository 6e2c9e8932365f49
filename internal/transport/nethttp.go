package transport

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"posthaste/collection"
	"posthaste/internal/transport/content"
	"posthaste/internal/transport/failure"
	"posthaste/internal/transport/http1"
)

// byNetHTTP makes one hop by way of net/http: over HTTP/2, or over the RoundTripper of the options. send is what sends,
// made makes the request, and the time limit of the options holds for both and for reading the body.
func (c *Client) byNetHTTP(
	ctx context.Context, h *hop, start time.Time,
	send func(*http.Request) (*http.Response, error), made func(context.Context) *http.Request,
) (*Response, error) {
	// Cancelled when the function returns, which also ends the writing of the body.
	limited, cancel := context.WithCancel(ctx)
	if c.opts.Timeout > 0 {
		limited, cancel = context.WithTimeout(ctx, c.opts.Timeout)
	}
	defer cancel()
	res, err := send(made(limited))
	if err != nil {
		return nil, c.explained(ctx, limited, err, 0)
	}
	defer func() { _ = res.Body.Close() }() // it was read to its end, or failed
	first := c.opts.Now()
	counted := &countReader{r: res.Body}
	hd := &http1.Head{Length: res.ContentLength, Header: sortedHeader(res.Header)}
	data, err := c.collectHTTP2(counted, hd, http1.Bodyless(h.method, res.StatusCode), h.settings.hold)
	if err != nil {
		return nil, c.explained(ctx, limited, err, counted.n)
	}
	h.ended = c.opts.Now()
	h.timing.FirstByte, h.timing.Body = first.Sub(start), h.ended.Sub(first)
	var size int64
	for _, line := range hd.Header {
		size += int64(len(line.Key) + len(line.Value) + 4) // ": " and a line end, as in HTTP/1.1
	}
	return &Response{
		Code: res.StatusCode, Proto: res.Proto, Header: hd.Header, Body: data,
		WireSize: counted.n, HeaderSize: size, Timing: h.timing,
	}, nil
}

// explained is the failure of a hop that net/http made. outer is the run's context, limited has the time limit as well;
// got is how many bytes of the body had come.
func (c *Client) explained(outer, limited context.Context, err error, got int64) error {
	var own *failure.Error
	switch {
	case errors.As(err, &own):
		return own
	case outer.Err() != nil:
		return &failure.Error{Code: "ABORT_ERR", Message: "The operation was aborted", Err: context.Cause(outer)}
	case limited.Err() != nil:
		return &failure.Error{Code: "ESOCKETTIMEDOUT", Message: "ESOCKETTIMEDOUT", Hint: "no complete answer within " + c.opts.Timeout.String() + " (--timeout-request)", Err: err}
	case got > 0:
		return failure.Aborted(err, got)
	case c.opts.RoundTripper != nil:
		return failure.Of("connect", err)
	}
	return &failure.Error{Code: "ERR_HTTP2_ERROR", Message: err.Error(), Err: err}
}

// overRoundTripper makes one hop over the RoundTripper of the options. No connection of ours is made, so that proxies,
// certificates and authorities have no say.
func (c *Client) overRoundTripper(ctx context.Context, h *hop) (*Response, error) {
	start := c.opts.Now()
	h.timing = Timing{Wait: start.Sub(h.began)}
	return c.byNetHTTP(ctx, h, start, c.opts.RoundTripper.RoundTrip, func(ctx context.Context) *http.Request {
		return h.plainRequest(ctx, c.opts.Files)
	})
}

// plainRequest is the hop as a RoundTripper expects it: names of headers in their canonical form, the URL in its parts.
// What net/http derives itself (Content-Length, Transfer-Encoding) is not in the headers.
func (h *hop) plainRequest(ctx context.Context, files content.FileOpener) *http.Request {
	u := &url.URL{Scheme: h.via.Scheme, Host: h.via.Host()}
	if parsed, err := url.ParseRequestURI(h.via.RequestURI()); err == nil && !strings.HasPrefix(h.via.RequestURI(), "//") {
		u.Path, u.RawPath, u.RawQuery, u.ForceQuery = parsed.Path, parsed.RawPath, parsed.RawQuery, parsed.ForceQuery
	} else { // what url.Parse does not take goes out as it is written
		u.Opaque = "//" + u.Host + h.via.RequestURI()
	}
	r := &http.Request{
		Method: h.method, URL: u, Host: u.Host, Header: http.Header{}, ContentLength: h.payload.Size,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Body: h.body(files),
	}
	for _, line := range h.header {
		switch strings.ToLower(line.Key) {
		case "host":
			r.Host = cmp.Or(line.Value, r.Host)
		case "content-length", "transfer-encoding":
		default:
			r.Header.Add(line.Key, line.Value)
		}
	}
	for _, line := range h.forwarded() {
		r.Header.Set(line.name, line.value)
	}
	if len(r.Header.Values("User-Agent")) == 0 {
		r.Header.Set("User-Agent", "") // or net/http adds its own
	}
	return r.WithContext(ctx)
}

// sortedHeader lists header lines by name. Their order on the wire is lost in net/http.
func sortedHeader(given http.Header) []collection.Header {
	lines := make([]collection.Header, 0, len(given))
	for name, values := range given {
		for _, v := range values {
			lines = append(lines, collection.Header{Key: name, Value: v})
		}
	}
	slices.SortStableFunc(lines, func(a, b collection.Header) int {
		return strings.Compare(strings.ToLower(a.Key), strings.ToLower(b.Key))
	})
	return lines
}
