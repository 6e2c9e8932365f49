package confirm

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// wireFacts states what was sent, by dimension, one line a fact.
func wireFacts(requests []exchange) map[string][]string {
	facts := map[string][]string{}
	for i, r := range requests {
		n := fmt.Sprintf("#%d ", i+1)
		facts["method"] = append(facts["method"], n+r.Method)
		facts["url"] = append(facts["url"], n+r.URL)
		var names []string
		for _, h := range r.Headers {
			name, _, _ := strings.Cut(h, ":")
			names = append(names, name)
		}
		facts["order"] = append(facts["order"], n+strings.Join(names, ", "))
		for _, h := range slices.Sorted(slices.Values(r.Headers)) {
			facts["headers"] = append(facts["headers"], n+h)
		}
		for _, m := range r.More {
			facts["headers"] = append(facts["headers"], n+"("+m+")")
		}
		if r.Body != "" {
			facts["body"] = append(facts["body"], n+r.Body)
		}
	}
	return facts
}

// isAgent recognises the name that a runner sends of itself.
func isAgent(value string) bool {
	name, version, ok := strings.Cut(value, "/")
	return ok && !strings.ContainsAny(version, " /") && slices.Contains([]string{"PostmanRuntime", "Newman", "Posthaste"}, name)
}

// asSent makes the exchange of a request, with volatile values replaced.
func asSent(r *request, n *normal) exchange {
	boundary := "\x00"
	if kind := r.get("Content-Type"); strings.HasPrefix(strings.ToLower(kind), "multipart/") {
		if _, after, ok := strings.Cut(kind, "boundary="); ok {
			boundary = strings.Trim(after, `"`)
		}
	}
	unbound := func(s string) string { return strings.ReplaceAll(s, boundary, "‹boundary›") }
	x := exchange{
		Method: r.method, URL: n.text(visible(r.url())), Headers: []string{},
		Body: n.text(unbound(visible(string(r.body)))),
	}
	for _, h := range r.headers {
		value := h.value
		switch strings.ToLower(h.name) {
		case "content-length":
			if value == strconv.Itoa(len(r.body)) {
				value = "‹length›"
			}
		case "user-agent":
			if isAgent(value) {
				value = "‹agent›"
			}
		case "postman-token":
			value = "‹token›"
		case "content-type":
			value = unbound(value)
		case "proxy-connection":
			continue
		}
		x.Headers = append(x.Headers, visible(h.name)+": "+n.text(visible(value)))
	}
	if r.chunked {
		x.More = append(x.More, "chunked")
	}
	if r.certificate != "" {
		x.More = append(x.More, "certificate "+r.certificate)
	}
	return x
}

// visible spells out the bytes of what is not UTF-8.
func visible(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for _, c := range []byte(s) {
		if c >= ' ' && c < 0x7f || c == '\n' || c == '\r' || c == '\t' {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, `\x%02x`, c)
		}
	}
	return b.String()
}
