package v3

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"posthaste/collection"
	"posthaste/collection/v3/format"
	"posthaste/internal/near"
)

// A reader turns the files of one collection into the model. It keeps the first error and
// goes on, so that reading code stays free of error paths; whoever started it asks for err at
// the end. Warnings are all kept.
type reader struct {
	fsys  fs.FS
	opt   Options
	newID func() string
	root  string // the collection's directory
	c     *collection.Collection
	err   error

	entries    int // of all directories, for the bound
	warnings   int
	skipped    []string // items of kinds that are not run, by path
	prerelease bool
}

// wrong records that a value is not what its key wants. hint says what to write instead;
// format may hold %w.
func (r *reader) wrong(v value, hint, format string, args ...any) {
	r.fail(v.f.errorAt(v.pos(), hint, fmt.Errorf(format, args...)))
}

// fail keeps the first error.
func (r *reader) fail(err error) {
	if r.err == nil {
		r.err = err
	}
}

// warn reports what was understood all the same, or left out, at the place of a value.
func (r *reader) warn(v value, code, hint, format string, args ...any) {
	r.report(Warning{Code: code, File: v.f.name, Pos: v.pos(), Text: fmt.Sprintf(format, args...), Hint: hint})
}

// maxNotices bounds how many warnings become notices, which are printed before a run;
// Options.Warn hears all.
const maxNotices = 50

// report passes a warning on. The collection's own notices are limited: a damaged tree gives
// one for each file.
func (r *reader) report(w Warning) {
	if r.warnings++; r.warnings <= maxNotices {
		r.c.Notices = append(r.c.Notices, w.String())
	}
	if r.opt.Warn != nil {
		r.opt.Warn(w)
	}
}

// lose records what the model cannot hold, for conversions. it is nil for the collection.
func (r *reader) lose(it *collection.Item, format string, args ...any) {
	path := ""
	if it != nil {
		path = strings.Join(append(it.Path(), it.Name), " / ")
	}
	r.c.Lost = append(r.c.Lost, collection.Loss{Path: path, What: fmt.Sprintf(format, args...)})
}

// open reads and checks a YAML file; nil means that it could not, which is reported.
func (r *reader) open(path string) *file {
	name := r.opt.name(path)
	data, err := readLimited(r.fsys, path)
	if err != nil {
		r.fail(&collection.ParseError{File: name, Err: fmt.Errorf("reading: %w", err)})
		return nil
	}
	f, err := parse(path, name, data)
	if err != nil {
		r.fail(err)
		return nil
	}
	return f
}

// known warns of keys that the format does not have, which Postman drops without a word. what
// names the owner of the keys, as in "a request has no key …".
func (r *reader) known(v value, what string, keys ...string) {
	for _, p := range v.pairs() {
		if slices.Contains(keys, p.key) {
			continue
		}
		hint := "Postman drops it"
		if names := near.Names(p.key, keys, 1); len(names) > 0 {
			hint = fmt.Sprintf("did you mean %q?", names[0])
		}
		r.warn(p.place, "unknown-key", hint, "%s has no key %q", what, p.key)
	}
}

// text reads a scalar; null and absent are "". Numbers and booleans are their source text:
// 007 stays 007. what names the value in errors.
func (r *reader) text(v value, what string) string {
	if !v.isNull() && !v.isScalar() {
		r.wrong(v, "quote the value if it is meant as text", "%s: expected a text, found %s", what, v.kind())
	}
	return v.text()
}

// flag reads true or false; null and absent are false. yes and 1 are not taken for true.
func (r *reader) flag(v value, what string) bool {
	switch {
	case v.isNull(), v.text() == "false":
		return false
	case v.text() != "true":
		r.wrong(v, "write true or false", "%s: expected true or false, found %s", what, v.shown())
	}
	return true
}

// shown quotes a scalar for a message, and names anything else. Long texts are cut.
func (v value) shown() string {
	if v.isScalar() && !v.isNull() {
		return fmt.Sprintf("%q", format.Clip(v.n.Value))
	}
	return v.kind()
}

// An entry is one element of what may be written as a map or as a list of keys and values.
type entry struct {
	node        value // the element, or the map's value
	key         string
	value       value
	noKey       bool // the key is null
	disabled    bool
	description string
}

// entryPairs reads {key: value, …} or [{key, value, description, disabled}, …] in file order.
// more are the further keys that entries of a list may have.
func (r *reader) entryPairs(v value, what string, more ...string) []entry {
	switch {
	case v.isNull():
		return nil
	case v.isMap():
		var list []entry
		for _, p := range v.pairs() {
			r.text(p.value, what+" "+p.key)
			list = append(list, entry{node: p.value, key: p.key, value: p.value})
		}
		return list
	case !v.isList():
		r.wrong(v, "write a map of names and values, or a list of {key, value}", "%s: expected a map or a list, found %s", what, v.shown())
		return nil
	}
	var list []entry
	for _, e := range v.elements() {
		if !e.isMap() {
			r.wrong(e, "write {key: name, value: text}", "%s: expected a map with key and value, found %s", what, e.shown())
			continue
		}
		r.known(e, what, append([]string{"key", "value", "description", "disabled"}, more...)...)
		list = append(list, entry{
			node: e, key: r.text(e.get("key"), what+": key"), value: e.get("value"), noKey: e.get("key").isNull(),
			disabled: r.flag(e.get("disabled"), what+": disabled"), description: r.text(e.get("description"), what+": description"),
		})
	}
	return list
}
