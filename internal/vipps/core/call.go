package core

import (
	"net/http"
	"net/url"
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
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	return &Call{
		Method: r.Method, Path: r.URL.EscapedPath(), Host: r.Host, Base: scheme + "://" + r.Host,
		Header: r.Header, Query: r.URL.Query(), Body: body, Now: now,
	}
}
