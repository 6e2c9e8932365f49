package newman

import (
	"io"
	"strconv"
	"strings"

	"posthaste/reporters/report"
)

// An object writes one JSON object, member by member, indented as JSON.stringify with two
// spaces does. It holds no more than the member at hand, and returns the first error from
// close. Members of an inner object must be written before the outer goes on.
type object struct {
	w      io.Writer
	indent string // of the members
	n      int    // members so far
	err    *error
}

// newObject opens an object whose closing brace stands at indent. The caller has indented the
// opening one.
func newObject(w io.Writer, indent string) *object {
	o := &object{w: w, indent: indent + "  ", err: new(error)}
	o.write("{")
	return o
}

// object opens an object as a member. It shares this one's error.
func (o *object) object(name string) *object {
	o.name(name)
	inner := &object{w: o.w, indent: o.indent + "  ", err: o.err}
	inner.write("{")
	return inner
}

// field writes a member. A value that has no JSON is an error, which close returns.
func (o *object) field(name string, v any) {
	text, err := report.Indented(v, o.indent)
	if err != nil && *o.err == nil {
		*o.err = err
	}
	o.name(name)
	o.write(text)
}

// numbers writes bytes as a list of numbers, on one line, some kilobytes at a time: a body of
// a megabyte must not become four in memory.
func (o *object) numbers(name string, data []byte) {
	o.name(name)
	o.write("[")
	line := make([]byte, 0, 4096)
	for i, b := range data {
		if i > 0 {
			line = append(line, ',')
		}
		line = strconv.AppendUint(line, uint64(b), 10)
		if len(line) > 4000 {
			o.write(string(line))
			line = line[:0]
		}
	}
	o.write(string(line) + "]")
}

// spooled writes what the spool holds as the elements of a list. The spool holds the commas.
func (o *object) spooled(name string, s *report.Spool) {
	o.name(name)
	o.write("[")
	if *o.err == nil {
		*o.err = s.CopyTo(o.w)
	}
	o.write("]")
}

// close ends the object. An object without members is {}.
func (o *object) close() error {
	if o.n > 0 {
		o.write("\n" + strings.TrimSuffix(o.indent, "  "))
	}
	o.write("}")
	return *o.err
}

// name begins a member on a line of its own.
func (o *object) name(name string) {
	text := "\n"
	if o.n++; o.n > 1 {
		text = ",\n"
	}
	o.write(text + o.indent + strconv.Quote(name) + ": ")
}

// write does nothing after the first error.
func (o *object) write(text string) {
	if *o.err == nil {
		_, *o.err = io.WriteString(o.w, text)
	}
}
