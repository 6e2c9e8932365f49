package core

import (
	"net/url"
	"strings"

	"posthaste/internal/vipps/response"
)

// A Handler answers one call. The server's lock is held.
type Handler func(*Call) response.Response

// A Route ties a method and a path to an operation of an API.
type Route struct {
	Name    string // "ecom.capture"
	Method  string
	Pattern string // "/ecomm/v2/payments/{orderId}/capture"
	Access  Access
	Limit   Limit
	Serve   Handler
}

// Route returns a route whose callers need this access.
func (a Access) Route(name, method, pattern string, limit Limit, serve Handler) Route {
	return Route{Name: name, Method: method, Pattern: pattern, Access: a, Limit: limit, Serve: serve}
}

// match finds the route of a path. Vipps compares paths without case and
// tolerates a slash at the end. A method that no route has is an unknown path
// too: that is how Azure API Management answers.
func match(routes []Route, method, path string) (Route, map[string]string, bool) {
	segments := strings.Split(strings.TrimPrefix(strings.TrimSuffix(path, "/"), "/"), "/")
	for _, rt := range routes {
		if rt.Method != method {
			continue
		}
		if params, ok := fit(strings.Split(rt.Pattern[1:], "/"), segments); ok {
			return rt, params, true
		}
	}
	return Route{}, nil, false
}

// fit matches a path segment by segment. Vipps ignores case in paths, and so does this; parameters are unescaped.
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
