package subject

import (
	"strings"

	"github.com/tidwall/gjson"

	"posthaste/collection"
)

// isExampleOf reports whether a saved example answers the request that it is saved with, as far as its own copy of the
// request says: examples stay when a request is changed, and people save those of others. Another value in the place
// of a variable is the same request; another method, path or body is not.
func isExampleOf(original gjson.Result, q *collection.Request) bool {
	if !original.Exists() || original.Type == gjson.Null {
		return true
	}
	if method := original.Get("method").String(); method != "" && !strings.EqualFold(method, q.Method) {
		return false
	}
	if url := exampleURL(original); url != "" && !sameTarget(url, q.URL.Resolved()) {
		return false
	}
	mode := original.Get("body.mode").String()
	if q.Body == nil || mode == "" {
		return (q.Body == nil || q.Body.Mode == "") == (mode == "")
	}
	if mode != q.Body.Mode {
		return false
	}
	return mode != "raw" || sameBody(original.Get("body.raw").String(), q.Body.Raw)
}

func exampleURL(original gjson.Result) string {
	if url := original.Get("url"); url.Type == gjson.String {
		return url.Str
	}
	return original.Get("url.raw").String()
}

// sameTarget compares the paths of two addresses. What comes from a variable may be anything, and so may the host.
func sameTarget(a, b string) bool {
	x, y := segments(a), segments(b)
	if len(x) != len(y) {
		return strings.Contains(a+b, "{{") && len(x) > 0 && len(y) > 0 && agree(x[len(x)-1], y[len(y)-1])
	}
	for i := range x {
		if !agree(x[i], y[i]) {
			return false
		}
	}
	return true
}

// agree reports whether two segments can be one: equal, variable, or values that a machine made.
func agree(a, b string) bool {
	open := func(s string) bool {
		return strings.Contains(s, "{{") || strings.HasPrefix(s, ":") || strings.ContainsAny(s, "0123456789")
	}
	return a == b || open(a) || open(b)
}

// segments are the parts of an address's path.
func segments(address string) []string {
	address, _, _ = strings.Cut(address, "?")
	address, _, _ = strings.Cut(address, "#")
	if _, rest, ok := strings.Cut(address, "://"); ok {
		address = rest
	}
	_, path, _ := strings.Cut(address, "/")
	return strings.Split(strings.Trim(path, "/"), "/")
}

// sameBody compares two bodies by the names of their members: what they hold may differ.
func sameBody(a, b string) bool {
	x, y := members(a), members(b)
	if x == nil || y == nil {
		return true // no objects: nothing to go by
	}
	if len(x) != len(y) {
		return false
	}
	for key := range x {
		if !y[key] {
			return false
		}
	}
	return true
}

// members are the names of an object's members, nil for what is no object.
func members(text string) map[string]bool {
	r := gjson.Parse(text)
	if !gjson.Valid(text) || !r.IsObject() {
		return nil
	}
	keys := map[string]bool{}
	r.ForEach(func(key, _ gjson.Result) bool {
		keys[key.Str] = true
		return true
	})
	return keys
}
