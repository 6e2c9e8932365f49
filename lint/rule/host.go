package rule

import (
	"fmt"
	"strings"

	"posthaste/collection"
	"posthaste/lint/subject"
)

// hosts finds requests that name in full the host that other requests take from a variable.
// Findings are gathered by Gathered: a collection with forty such requests gets one line, not
// forty.
func hosts(k *subject.Checker) {
	variables := map[string]string{} // by the scheme and host that they hold
	for _, s := range k.Steps {
		name, ok := firstVariable(s.Item.Request.URL.Resolved())
		if !ok {
			continue
		}
		if w, ok := k.Variable(name); ok {
			value := w.Variable.Value.String()
			if origin := originOf(value); origin != "" && (variables[origin] == "" || strings.TrimSuffix(value, "/") == origin) {
				// A variable that holds a path as well could not replace the host alone.
				variables[origin] = name // best one that holds nothing else
			}
		}
	}
	var list []subject.Finding
	for _, s := range k.Steps {
		origin := originOf(s.Item.Request.URL.Resolved())
		name := variables[origin]
		if origin == "" || name == "" {
			continue
		}
		f := k.Finding(s.Item, origin, fmt.Sprintf("the URL names %s, which other requests take from {{%s}}", origin, name))
		f.Put(k.At(s.Item, []string{origin}, "request", "url"))
		f.Hint = fmt.Sprintf("write {{%s}}: in another environment this request would still go to the old host", name)
		list = append(list, f)
	}
	k.Gathered(list)
}

// firstVariable returns the variable that a URL begins with. Only a variable at the very beginning can hold the host.
func firstVariable(url string) (string, bool) {
	rest, ok := strings.CutPrefix(url, "{{")
	name, _, closed := strings.Cut(rest, "}}")
	return name, ok && closed
}

// originOf returns the scheme and host of a URL that holds both as they are, else "". Case does not matter in a
// scheme or a host, so both are compared in lower case (RFC 3986, 6.2.2.1).
func originOf(text string) string {
	u := collection.ParseURL(strings.TrimSpace(text))
	host := strings.Join(u.Host, ".")
	if u.Protocol == "" || host == "" || strings.ContainsAny(u.Protocol+host+u.Port, "{}<> ") {
		return ""
	}
	if u.Port != "" {
		host += ":" + u.Port
	}
	return strings.ToLower(u.Protocol + "://" + host)
}
