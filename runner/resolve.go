package runner

import (
	"slices"
	"strings"
	"sync"

	"posthaste/collection"
	"posthaste/internal/expansion"
)

// resolve returns the request with its placeholders replaced. What is disabled stays, for
// scripts to see. The collection's request is not changed.
//
// The URL is put together first, resolved as one text and taken apart again, so a variable's
// value may hold a slash, a "?" or a whole host (newman: postman-runtime's resolveUrl).
//
// written is the URL with the values of its path variables; url is what it became, as text.
// After it, vars.Err says whether the variables could be put in. urls may be nil.
func resolve(r *collection.Request, written string, vars *expansion.Expansion, urls *urlBook) (resolved collection.Request, url string) {
	resolved = collection.Request{Method: vars.Expand(r.Method)}
	resolved.URL, url = urls.read(vars.Expand(written))
	resolved.Body, resolved.Proxy = resolveBody(r.Body, vars), resolveProxy(r.Proxy, vars)
	resolved.Header = slices.Grow(resolved.Header, len(r.Header))
	for _, h := range r.Header {
		by := sentBy(vars, h.Disabled)
		h.Key, h.Value = by.Expand(h.Key), by.Expand(h.Value)
		resolved.Header = append(resolved.Header, h)
	}
	return resolved, url
}

// sentBy is what expands a part of a request: what is disabled is not sent, and what it lacks is nobody's concern.
func sentBy(vars *expansion.Expansion, disabled bool) *expansion.Expansion {
	if disabled {
		return vars.Unsent()
	}
	return vars
}

// resolveProxy replaces placeholders in a copy.
func resolveProxy(p *collection.Proxy, vars *expansion.Expansion) *collection.Proxy {
	if p == nil {
		return nil
	}
	resolved := *p
	resolved.Host, resolved.User, resolved.Password = vars.Expand(p.Host), vars.Expand(p.User), vars.Expand(p.Password)
	return &resolved
}

// resolveBody replaces placeholders in a copy; the collection's own body must stay for the
// next iteration. All modes are resolved, not only the one that is sent: scripts may look at
// the others.
func resolveBody(b *collection.Body, vars *expansion.Expansion) *collection.Body {
	if b == nil {
		return nil
	}
	resolved := *b
	resolved.Raw = vars.Expand(b.Raw)
	resolved.URLEncoded, resolved.FormData = nil, nil
	for _, p := range b.URLEncoded {
		by := sentBy(vars, p.Disabled)
		p.Key, p.Value = by.Expand(p.Key), resolveValue(p.Value, by)
		resolved.URLEncoded = append(resolved.URLEncoded, p)
	}
	for _, p := range b.FormData {
		resolved.FormData = append(resolved.FormData, resolveFormParam(p, sentBy(vars, p.Disabled)))
	}
	if b.File != nil {
		file := *b.File
		file.Src, file.Content = vars.Expand(file.Src), vars.Expand(file.Content)
		resolved.File = &file
	}
	if b.GraphQL != nil {
		g := *b.GraphQL
		g.Query, g.OperationName = vars.Expand(g.Query), vars.Expand(g.OperationName)
		g.Variables = resolveValue(g.Variables, vars)
		resolved.GraphQL = &g
	}
	return &resolved
}

// resolveFormParam works on the copy that it was given. Paths of files may have placeholders
// too.
func resolveFormParam(p collection.FormParam, vars *expansion.Expansion) collection.FormParam {
	p.Key, p.Value = vars.Expand(p.Key), resolveValue(p.Value, vars)
	p.FileName, p.ContentType = vars.Expand(p.FileName), vars.Expand(p.ContentType)
	var src []string
	for _, path := range p.Src {
		src = append(src, vars.Expand(path))
	}
	p.Src = src
	return p
}

// resolveValue replaces placeholders in strings, and in the texts inside arrays and objects.
// Those are expanded as JSON text: a value that breaks the JSON makes it a string, as in
// newman.
func resolveValue(v collection.Value, vars *expansion.Expansion) collection.Value {
	switch v.Kind() {
	case collection.String:
		return collection.Text(vars.Expand(v.String()))
	case collection.JSON:
		if strings.Contains(v.String(), "{{") {
			return collection.JSONValue(vars.Expand(v.String()))
		}
		return v
	default:
		return v
	}
}

// resolveAuth returns the parameters of a scheme with their values put in; a is not changed.
func resolveAuth(a *collection.Auth, vars *expansion.Expansion) []collection.AuthParam {
	params := make([]collection.AuthParam, len(a.Params))
	for i, p := range a.Params {
		p.Value = resolveValue(p.Value, vars)
		params[i] = p
	}
	return params
}

// typedParams are parameters whose values are what their types make of them (newman: they are
// variables). A number that is written as a text becomes a number, which some schemes tell
// apart.
func typedParams(list []collection.AuthParam) []collection.AuthParam {
	typed := make([]collection.AuthParam, len(list))
	for i, p := range list {
		p.Value = collection.Variable{Value: p.Value, Type: p.Type}.Typed()
		typed[i] = p
	}
	return typed
}

// A urlBook remembers the texts of URLs that were taken apart lately: a run asks the same few
// again and again. The zero urlBook is empty; it is safe for concurrent use. A nil one
// remembers nothing.
type urlBook struct {
	mu     sync.Mutex
	byText map[string]*readURL
}

// A readURL is a URL's text taken apart, and the text that the parts make.
type readURL struct {
	url  collection.URL
	text string
}

// How many URLs are remembered before the book begins again, and how long in bytes they may be.
const (
	mostURLs   = 256
	longestURL = 1 << 10
)

// read is collection.ParseURL, with the URL as its String method writes it. The lists in it
// are shared and must not be changed.
func (b *urlBook) read(text string) (collection.URL, string) {
	if b == nil || len(text) > longestURL {
		u := collection.ParseURL(text)
		return u, u.String()
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	known := b.byText[text]
	if known == nil {
		text = strings.Clone(text) // it may be a piece of something large
		known = &readURL{url: collection.ParseURL(text)}
		if known.text = known.url.String(); known.text == text {
			known.text = text
		}
		if b.byText == nil || len(b.byText) >= mostURLs {
			b.byText = make(map[string]*readURL)
		}
		b.byText[text] = known
	}
	return known.url, known.text
}
