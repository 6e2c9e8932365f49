package find

import (
	"strings"

	"posthaste/internal/secret/naming"
)

// A Finder finds what the functions of this package find, and remembers how it judged names:
// a run meets the same ones thousands of times. The zero Finder is ready; it is safe for
// concurrent use. A nil one remembers nothing.
type Finder struct{ names naming.Memory }

// search begins a search at the outermost level.
func (f *Finder) search(found Found) search {
	s := search{found: found}
	if f != nil {
		s.names = &f.names
	}
	return s
}

// Text is the function Text.
func (f *Finder) Text(text string, found Found) { f.search(found).body(text) }

// Header is the function Header.
func (f *Finder) Header(name, value string, found Found) { f.search(found).header(name, value) }

// Cookie is the function Cookie.
func (f *Finder) Cookie(name, value string, found Found) { f.search(found).cookie(name, value) }

// URL is the function URL.
func (f *Finder) URL(text string, found Found) { f.search(found).url(text) }

// Query is the function Query.
func (f *Finder) Query(text string, found Found) { f.search(found).form(text) }

// Parameter is the function Parameter.
func (f *Finder) Parameter(name, value string, found Found) { f.search(found).parameter(name, value) }

// Pair is the function Query for one pair, whose parts are those of a URL: what separates
// pairs from each other belongs to them.
func (f *Finder) Pair(name, value string, found Found) {
	if strings.ContainsAny(name, "&;=") || strings.ContainsAny(value, "&;") {
		f.search(found).form(name + "=" + strings.ReplaceAll(strings.ReplaceAll(value, "&", "%26"), ";", "%3B"))
		return
	}
	f.search(found).field(name, value)
}

// Parts is the function Parts. The value counts as being within another already.
func (f *Finder) Parts(value string, found Found) {
	s := f.search(found)
	s.depth = 1
	s.within(value)
}
