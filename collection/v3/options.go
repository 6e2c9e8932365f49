package v3

import (
	"crypto/rand"
	"fmt"
	"strings"

	"posthaste/collection"
)

// Options say how a directory is read. The zero value is ready to use.
type Options struct {
	// NewID makes the ids of what has none in its file; nil gives random UUIDs.
	NewID func() string

	// Name turns a path of the file system into what errors and the model call it: a path as the user would
	// type it. nil leaves paths alone.
	Name func(path string) string

	// Warn is told of each warning as it is found. The collection's Notices have them in any case.
	Warn func(Warning)

	// Locate makes files that bodies name into names by which they can be opened, where they lie beside the
	// request or in the collection's root. Without it they stay as written, as a conversion wants them.
	Locate bool
}

// A Warning is something that the reader understood and Postman would not, or that it had to leave out.
type Warning struct {
	Code string // what it is about, in a word or two: "unknown-key", "script-type"
	File string // as Options.Name says
	Pos  collection.Pos
	Text string // what is the matter, as a part of a sentence
	Hint string // what to do about it, "" when there is nothing to add
}

// String returns the warning in one line with its place. It ends with a full stop, or with
// the question mark of its hint.
func (w Warning) String() string {
	s := w.Text
	if w.Pos.Line > 0 {
		s = fmt.Sprintf("%s:%d:%d: %s", w.File, w.Pos.Line, w.Pos.Col, s)
	} else if w.File != "" {
		s = w.File + ": " + s
	}
	if w.Hint != "" {
		s += "; " + w.Hint
	}
	if strings.HasSuffix(s, "?") {
		return s
	}
	return s + "."
}

// newID is never nil.
func (o Options) newID() func() string {
	if o.NewID != nil {
		return o.NewID
	}
	return func() string { return collection.NewUUID(rand.Reader) }
}

// name is the path as the user would type it.
func (o Options) name(path string) string {
	if o.Name != nil {
		return o.Name(path)
	}
	return path
}
