package core

import (
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/chai/assertion"
)

// needsLength asserts, behind a length in the chain, that the subject has one. kind is its
// type; maps and sets have a size instead.
func needsLength(a *assertion.Assertion, kind string) {
	if a.Is(assertion.DoLength) && kind != "map" && kind != "set" {
		hasLength(a)
	}
}

// hasLength asserts a property length.
func hasLength(a *assertion.Assertion) {
	a.New(a.Object()).Call("property", a.Runtime().ToValue("length"))
}

// count is the number of the subject's items, and the word for it. It may be undefined.
func count(a *assertion.Assertion, kind string) (what string, n goja.Value) {
	if kind == "map" || kind == "set" {
		return "size", a.Builtins().At(a.Object(), "size")
	}
	return "length", a.Builtins().At(a.Object(), "length")
}

// counted puts the word for the number of items into a message.
func counted(message, what string) string { return strings.Replace(message, "%", what, 1) }

// Size is a number, or a date in ms, as comparisons see it; NaN for everything else.
func Size(l *assertion.Library, v goja.Value) float64 {
	if o, ok := v.(*goja.Object); ok && o.ClassName() == "Date" {
		return jsvalue.Number(jsvalue.Call(l.B.DateTime, o))
	}
	return jsvalue.Number(v)
}

// subjectText is the subject as the message of a wrong type shows it.
func subjectText(a *assertion.Assertion, kind string) string {
	if kind == "string" {
		return "'" + a.Builtins().Str(a.Object()) + "'"
	}
	return a.Builtins().Str(a.Object())
}
