package lint

import (
	"fmt"
	"strings"

	"posthaste/collection"
)

// hosts finds requests that name in full the host that other requests take from a variable.
func hosts(k *checker) {
	variables := map[string]string{} // by the scheme and host that they hold
	for _, s := range k.steps {
		name, ok := firstVariable(s.item.Request.URL.Resolved())
		if !ok {
			continue
		}
		if w, ok := k.variable(name); ok {
			value := w.variable.Value.String()
			if origin := originOf(value); origin != "" && (variables[origin] == "" || strings.TrimSuffix(value, "/") == origin) {
				variables[origin] = name // best one that holds nothing else
			}
		}
	}
	var list []Finding
	for _, s := range k.steps {
		origin := originOf(s.item.Request.URL.Resolved())
		name := variables[origin]
		if origin == "" || name == "" {
			continue
		}
		f := k.finding(s.item, origin, fmt.Sprintf("the URL names %s, which other requests take from {{%s}}", origin, name))
		f.put(k.at(s.item, []string{origin}, "request", "url"))
		f.Hint = fmt.Sprintf("write {{%s}}: in another environment this request would still go to the old host", name)
		list = append(list, f)
	}
	k.gathered(list)
}

// firstVariable returns the variable that a URL begins with.
func firstVariable(url string) (string, bool) {
	rest, ok := strings.CutPrefix(url, "{{")
	name, _, closed := strings.Cut(rest, "}}")
	return name, ok && closed
}

// originOf returns the scheme and host of a URL that holds both as they are, else "".
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
