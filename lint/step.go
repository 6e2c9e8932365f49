package lint

import (
	"net/http"
	"slices"
	"strings"

	"posthaste/collection"
	"posthaste/internal/secret/naming"
	"posthaste/internal/variable"
)

// A step is one request with its scripts and what it needs.
type step struct {
	index     int
	item      *collection.Item
	pre, test []scripted
	uses      []use
}

// A use is a {{name}} in a request.
type use struct {
	name  string
	where string           // as a message says it: "the URL", "header Authorization"
	owner *collection.Item // that it stands in, for auth is inherited; nil is the collection
	keys  []string         // that lead to it in the owner's JSON
	token bool             // it is what says who is asking
}

func (k *checker) step(index int, it *collection.Item) *step {
	s := &step{index: index, item: it}
	s.pre, s.test = k.running(it, "prerequest"), k.running(it, "test")
	q := it.Request
	s.use("the URL", q.URL.Resolved(), it, false, "request", "url")
	s.use("the method", q.Method, it, false, "request", "method")
	for _, h := range q.Header {
		if !h.Disabled {
			s.use("header "+h.Key, h.Key+" "+h.Value, it, naming.Names(h.Key), "request", "header")
		}
	}
	if q.Body != nil && !q.Body.Disabled && k.sendsBody(it) {
		for _, text := range bodyTexts(q.Body) {
			s.use("the body", text, it, false, "request", "body")
		}
	}
	auth, owner := k.authOf(it)
	if auth != nil {
		keys := []string{"auth"}
		if owner == it {
			keys = []string{"request", "auth"}
		}
		for _, p := range auth.Params {
			s.use("the "+auth.Type+" auth", p.Value.String(), owner, true, keys...)
		}
	}
	return s
}

// running returns the scripts that run for a request, with who holds them.
func (k *checker) running(it *collection.Item, listen string) []scripted {
	var list []scripted
	for _, e := range it.Scripts(k.c, listen) {
		var owner *collection.Item
		switch e.Level {
		case "item":
			owner = it
		case "folder":
			for _, f := range it.Folders() {
				if f.ID == e.ID {
					owner = f
				}
			}
		}
		list = append(list, scripted{owner, e.Event, k.flow(e.Script.Source)})
	}
	return list
}

// authOf is the auth that a request is sent with, and the item that has it; nil is the collection.
func (k *checker) authOf(it *collection.Item) (*collection.Auth, *collection.Item) {
	auth := it.EffectiveAuth(k.c)
	if auth == it.Request.Auth {
		return auth, it
	}
	for _, f := range it.Folders() {
		if f.Auth == auth {
			return auth, f
		}
	}
	return auth, nil
}

// sendsBody tells whether the body goes out: that of GET and HEAD does only where the file says so.
func (k *checker) sendsBody(it *collection.Item) bool {
	switch it.Request.Method {
	case http.MethodGet, http.MethodHead, "COPY", "PURGE", "UNLOCK":
		keep := it.EffectiveBehavior(k.c)["disableBodyPruning"]
		return keep.Truthy()
	}
	return true
}

func bodyTexts(b *collection.Body) []string {
	var list []string
	switch b.Mode {
	case "raw":
		list = append(list, b.Raw)
	case "urlencoded":
		for _, p := range b.URLEncoded {
			if !p.Disabled {
				list = append(list, p.Key, p.Value.String())
			}
		}
	case "formdata":
		for _, p := range b.FormData {
			if !p.Disabled {
				list = append(append(list, p.Key, p.Value.String(), p.FileName), p.Src...)
			}
		}
	case "file":
		if b.File != nil {
			list = append(list, b.File.Src)
		}
	case "graphql":
		if b.GraphQL != nil {
			list = append(list, b.GraphQL.Query, b.GraphQL.Variables.String())
		}
	}
	return list
}

func (s *step) use(where, text string, owner *collection.Item, token bool, keys ...string) {
	if !strings.Contains(text, "{{") {
		return
	}
	for name := range variable.Names(text) {
		known := slices.ContainsFunc(s.uses, func(u use) bool { return u.name == name && u.where == where })
		if !known && !strings.HasPrefix(name, "vault:") {
			s.uses = append(s.uses, use{name, where, owner, keys, token})
		}
	}
}

// here makes a finding at the place of a use.
func (k *checker) here(s *step, u use, text string) Finding {
	f := k.finding(s.item, u.name, text)
	f.put(k.at(u.owner, []string{"{{" + u.name + "}}"}, u.keys...))
	return f
}

// own returns the request's own test scripts. Those of folders run for many requests, and what one answer lacks
// another has.
func (s *step) own() []scripted {
	var list []scripted
	for _, script := range s.test {
		if script.owner == s.item {
			list = append(list, script)
		}
	}
	return list
}

func namesIn(text string) func(yield func(string) bool) { return variable.Names(text) }
