package subject

import (
	"net/http"
	"slices"
	"strings"

	"posthaste/collection"
	"posthaste/internal/secret/naming"
	"posthaste/internal/variable"
)

// A Step is one request with its scripts and what it needs.
type Step struct {
	Index     int
	Item      *collection.Item
	Pre, Test []Scripted
	Uses      []Use
}

// A Use is a {{name}} in a request.
type Use struct {
	Name  string
	Where string           // as a message says it: "the URL", "header Authorization"
	Owner *collection.Item // that it stands in, for auth is inherited; nil is the collection
	Keys  []string         // that lead to it in the owner's JSON
	Token bool             // it is what says who is asking

	Template bool // the text it stands in is a template of the server's
	Beside   bool // another placeholder stands directly beside it: it may be meant to be empty
}

// step gathers what one request uses, in the order in which it is resolved.
func (k *Checker) step(index int, it *collection.Item) *Step {
	s := &Step{Index: index, Item: it}
	s.Pre, s.Test = k.running(it, "prerequest"), k.running(it, "test")
	q := it.Request
	s.use("the URL", q.URL.Resolved(), it, false, "request", "url")
	s.use("the method", q.Method, it, false, "request", "method")
	for _, h := range q.Header {
		if !h.Disabled {
			s.use("header "+h.Key, h.Key+" "+h.Value, it, naming.Names(h.Key), "request", "header")
		}
	}
	if q.Body != nil && !q.Body.Disabled && k.SendsBody(it) {
		for _, text := range bodyTexts(q.Body) {
			s.use("the body", text, it, false, "request", "body")
		}
	}
	k.Auth(it, func(owner *collection.Item, auth *collection.Auth, keys ...string) {
		for _, p := range auth.Params {
			s.use("the "+auth.Type+" auth", p.Value.String(), owner, true, keys...)
		}
	})
	return s
}

// Auth calls visit with the auth that a request is sent with, who has it (nil is the collection), and the keys that
// lead to it there.
func (k *Checker) Auth(it *collection.Item, visit func(owner *collection.Item, auth *collection.Auth, keys ...string)) {
	auth, owner := k.authOf(it)
	switch {
	case auth == nil:
	case owner == it:
		visit(owner, auth, "request", "auth")
	default:
		visit(owner, auth, "auth")
	}
}

// running returns the scripts that run for a request, with who holds them.
func (k *Checker) running(it *collection.Item, listen string) []Scripted {
	var list []Scripted
	for _, e := range it.Scripts(k.C, listen) {
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
		list = append(list, Scripted{owner, e.Event, k.flow(e.Script.Source)})
	}
	return list
}

// authOf is the auth that a request is sent with, and the item that has it; nil is the collection.
func (k *Checker) authOf(it *collection.Item) (*collection.Auth, *collection.Item) {
	auth := it.EffectiveAuth(k.C)
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

// SendsBody reports whether the body goes out: that of GET and HEAD does only where the file says so.
func (k *Checker) SendsBody(it *collection.Item) bool {
	switch it.Request.Method {
	case http.MethodGet, http.MethodHead, "COPY", "PURGE", "UNLOCK":
		keep := it.EffectiveBehavior(k.C)["disableBodyPruning"]
		return keep.Truthy()
	}
	return true
}

// bodyTexts are the texts of a body in which placeholders count: those of its mode, not of rows that are switched
// off.
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

// use notes the names in a text. vault: names are read from outside and never count as missing.
func (s *Step) use(where, text string, owner *collection.Item, token bool, keys ...string) {
	if !strings.Contains(text, "{{") {
		return
	}
	template := IsServerTemplate(text)
	for name := range variable.Names(text) {
		known := slices.ContainsFunc(s.Uses, func(u Use) bool { return u.Name == name && u.Where == where })
		if !known && !strings.HasPrefix(name, "vault:") {
			placeholder := "{{" + name + "}}"
			s.Uses = append(s.Uses, Use{
				Name: name, Where: where, Owner: owner, Keys: keys, Token: token, Template: template,
				Beside: strings.Contains(text, placeholder+"{{") || strings.Contains(text, "}}"+placeholder),
			})
		}
	}
}

// Here makes a finding at the place of a use.
func (k *Checker) Here(s *Step, u Use, text string) Finding {
	f := k.Finding(s.Item, u.Name, text)
	f.Put(k.At(u.Owner, []string{"{{" + u.Name + "}}"}, u.Keys...))
	return f
}

// Own returns the request's own test scripts. Those of folders run for many requests, and what one answer lacks
// another has.
func (s *Step) Own() []Scripted {
	var list []Scripted
	for _, script := range s.Test {
		if script.Owner == s.Item {
			list = append(list, script)
		}
	}
	return list
}

// NamesIn lists the names of the placeholders of a text.
func NamesIn(text string) func(yield func(string) bool) { return variable.Names(text) }
