package core

import (
	"net/http"
	"net/url"
	"strings"
	"time"
)

// A Call is a request as the APIs see it.
type Call struct {
	Method    string
	Path      string // escaped, as sent
	Host      string
	Base      string // scheme and host that the client used, without a slash at the end
	Header    http.Header
	Query     url.Values
	Body      []byte
	Now       time.Time // UTC
	Operation string
	Params    map[string]string // the path's variable segments, decoded
}

func newCall(r *http.Request, body []byte, now time.Time) *Call {
	return &Call{
		Method: r.Method, Path: r.URL.EscapedPath(), Host: r.Host, Base: baseOf(r),
		Header: r.Header, Query: r.URL.Query(), Body: body, Now: now,
	}
}

// baseOf is the scheme and host that the client asked for: those that a proxy, or
// --map, says it has turned, else those of the connection. Links in responses point
// there, so that a client that follows one comes back the same way.
func baseOf(r *http.Request) string {
	scheme, host := "http", r.Host
	if r.TLS != nil {
		scheme = "https"
	}
	if s := strings.ToLower(r.Header.Get("X-Forwarded-Proto")); s == "http" || s == "https" {
		scheme = s
	}
	if h := r.Header.Get("X-Forwarded-Host"); h != "" {
		if u, err := url.Parse("//" + h); err == nil && u.Host == h {
			host = h
		}
	}
	return scheme + "://" + host
}
