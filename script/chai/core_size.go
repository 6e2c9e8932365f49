package chai

import (
	"strings"

	"github.com/dop251/goja"
)

// needsLength asserts, after a length in the chain, that the subject has one.
func (a *Assertion) needsLength(kind string) {
	if a.is(doLength) && kind != "map" && kind != "set" {
		a.hasLength()
	}
}

func (a *Assertion) hasLength() {
	on := &Assertion{c: a.c, object: a.object, message: a.message}
	on.property([]goja.Value{a.c.vm.ToValue("length")})
}

// count is the number of the subject's items, and the word for it.
func (a *Assertion) count(kind string) (what string, n goja.Value) {
	if kind == "map" || kind == "set" {
		return "size", a.c.at(a.object, "size")
	}
	return "length", a.c.at(a.object, "length")
}

// counted puts the word for the number of items into a message.
func counted(message, what string) string { return strings.Replace(message, "%", what, 1) }

// size is a number or a date as comparisons see it.
func (c *Chai) size(v goja.Value) float64 {
	if o, ok := v.(*goja.Object); ok && o.ClassName() == "Date" {
		return number(call(c.in.dateTime, o))
	}
	return number(v)
}

// subjectText is the subject as a message of a wrong type shows it.
func (a *Assertion) subjectText(kind string) string {
	if kind == "string" {
		return "'" + a.c.str(a.object) + "'"
	}
	return a.c.str(a.object)
}
