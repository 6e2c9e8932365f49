// Package sent is a request as it was sent, as scripts and reports see it.
package sent

import (
	"slices"
	"strings"

	"posthaste/collection"
	"posthaste/internal/transport"
	"posthaste/internal/transport/content"
)

// Header is the header of a sent request as scripts and reports see it. newman does not know the Content-Type that
// forms and files get without the user's doing; compat leaves it out.
func Header(request *collection.Request, wire []collection.Header, compat bool) []collection.Header {
	list := lines(request.Header, wire)
	if b := request.Body; compat && b != nil && (b.Mode == collection.BodyURLEncoded || b.Mode == collection.BodyFormData || b.Mode == collection.BodyFile) {
		return slices.DeleteFunc(slices.Clone(list), func(h collection.Header) bool { return h.System && strings.EqualFold(h.Key, "Content-Type") })
	}
	return list
}

// lines are those of the request, disabled and doubled ones too, and behind them those of the wire that they do not name. newman: a Cookie stands among the latter.
func lines(given, wire []collection.Header) []collection.Header {
	if !slices.ContainsFunc(given, func(h collection.Header) bool { return h.Disabled || h.Key == "" || isCookie(h) }) && eachOnce(given) {
		return wire // which begins with the given lines
	}
	list := make([]collection.Header, 0, len(given)+len(wire))
	sent := slices.ContainsFunc(wire, isCookie)
	for _, h := range given {
		if !strings.EqualFold(h.Key, "Cookie") || h.Disabled && !sent { // newman: the line that is sent replaces it
			list = append(list, h)
		}
	}
	named := make(map[string]bool, len(given))
	for _, h := range given {
		if !h.Disabled {
			named[strings.ToLower(h.Key)] = true
		}
	}
	var cookie *collection.Header
	for _, h := range wire {
		switch {
		case isCookie(h):
			cookie = &h
			cookie.System = true // newman
			continue
		case named[strings.ToLower(h.Key)]:
			continue
		}
		if cookie != nil && strings.EqualFold(h.Key, "Content-Length") {
			list, cookie = append(list, *cookie), nil
		}
		list = append(list, h)
	}
	if cookie != nil {
		list = append(list, *cookie)
	}
	return list
}

func isCookie(h collection.Header) bool { return !h.Disabled && strings.EqualFold(h.Key, "Cookie") }

// eachOnce reports whether no two lines have one name.
func eachOnce(list []collection.Header) bool {
	if transport.DifferentNames(list) {
		return true
	}
	seen := make(map[string]bool, len(list))
	for _, h := range list {
		seen[strings.ToLower(h.Key)] = true
	}
	return len(seen) == len(list)
}

// Body is a body as it was sent: without the comments of JSON, also where the method kept it from being sent.
func Body(b *collection.Body, header []collection.Header, prepared *transport.Prepared) *collection.Body {
	if b == nil || b.Mode != "raw" || !strings.Contains(b.Raw, "/") {
		return b
	}
	data, ok := prepared.Body()
	if prepared.BodyMode != "raw" {
		data, ok = content.Bytes(b, header)
	}
	if !ok || b.Disabled || string(data) == b.Raw {
		return b
	}
	stripped := *b
	stripped.Raw = string(data)
	return &stripped
}
