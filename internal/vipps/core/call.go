package vipps

import (
	"net/http"
	"net/url"
	"strings"
	"time"
)

// A call is a request as the APIs see it.
type call struct {
	method    string
	path      string // escaped, as sent
	host      string
	base      string // scheme and host that the client used, without a slash at the end
	header    http.Header
	query     url.Values
	body      []byte
	now       time.Time // UTC
	operation string
	params    map[string]string // the path's variable segments, decoded
}

func newCall(r *http.Request, body []byte, now time.Time) *call {
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	return &call{
		method: r.Method, path: r.URL.EscapedPath(), host: r.Host, base: scheme + "://" + r.Host,
		header: r.Header, query: r.URL.Query(), body: body, now: now,
	}
}

// A route ties a method and a path to an operation of an API.
type route struct {
	name    string // "ecom.capture"
	method  string
	pattern string // "/ecomm/v2/payments/{orderId}/capture"
	door    door
	limit   limit
	serve   func(*call) reply
}

// match finds the route of a path. Vipps compares paths without case and
// tolerates a slash at the end. A method that no route has is an unknown path
// too: that is how Azure API Management answers.
func match(routes []route, method, path string) (route, map[string]string, bool) {
	segments := strings.Split(strings.TrimPrefix(strings.TrimSuffix(path, "/"), "/"), "/")
	for _, rt := range routes {
		if rt.method != method {
			continue
		}
		if params, ok := fit(strings.Split(rt.pattern[1:], "/"), segments); ok {
			return rt, params, true
		}
	}
	return route{}, nil, false
}

func fit(pattern, segments []string) (map[string]string, bool) {
	if len(pattern) != len(segments) {
		return nil, false
	}
	params := map[string]string{}
	for i, want := range pattern {
		got, err := url.PathUnescape(segments[i])
		if err != nil {
			return nil, false
		}
		if name, isParam := strings.CutPrefix(want, "{"); isParam {
			params[strings.TrimSuffix(name, "}")] = got
		} else if !strings.EqualFold(want, got) {
			return nil, false
		}
	}
	return params, true
}
