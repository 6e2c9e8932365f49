package assertion

import (
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
)

// A Failure says what an assertion that does not hold reports. In both messages
// #{this}, #{exp} and #{act} stand for the subject, Expected and Actual.
type Failure struct {
	Message string // when the assertion should have held
	Negated string // when it should not have
	// Expected and Actual go into the error; a nil Expected is undefined, and a
	// nil Actual is the subject.
	Expected, Actual goja.Value
	// NoDiff keeps reporters from comparing Expected with Actual. Without an
	// Expected and an Actual they never do.
	NoDiff bool
}

// Assert throws an AssertionError unless ok holds, or, after a not, unless it
// does not.
func (a *Assertion) Assert(ok bool, f Failure) { a.Check(ok, func() Failure { return f }) }

// Assertf is Assert for the two messages alone.
func (a *Assertion) Assertf(ok bool, message, negated string) {
	a.Check(ok, func() Failure { return Failure{Message: message, Negated: negated} })
}

// Check is Assert for a failure that is costly to describe: it is made only when it
// is needed, which is also when a plugin has overwritten Assertion.prototype.assert.
func (a *Assertion) Check(ok bool, failure func() Failure) {
	if a.l.shown || a.foreign != nil {
		if v := a.target().Get("assert"); v != goja.Value(a.l.assertFunc) {
			a.checkByScript(v, ok, failure())
			return
		}
	}
	if a.broken(ok) {
		a.fail(failure())
	}
}

// checkByScript leaves the verdict to a script's own assert.
func (a *Assertion) checkByScript(assert goja.Value, ok bool, f Failure) {
	b := a.l.B
	args := []goja.Value{b.VM.ToValue(ok), b.String(f.Message), b.String(f.Negated)}
	if f.Expected != nil || f.Actual != nil || f.NoDiff {
		args = append(args, jsvalue.OrUndefined(f.Expected))
	}
	if f.Actual != nil || f.NoDiff {
		args = append(args, jsvalue.OrUndefined(f.Actual))
	}
	if f.NoDiff {
		args = append(args, b.VM.ToValue(false))
	}
	jsvalue.Call(a.l.function(assert, "this.assert"), a.Value(), args...)
}

// Raise throws an AssertionError with a text of its own, whatever the flags
// say: for an assertion that cannot be made of such a subject.
func (a *Assertion) Raise(text string) { a.RaiseBare(a.Prefix() + text) }

// RaiseBare is Raise without the message that was given to expect.
func (a *Assertion) RaiseBare(text string) { a.l.throwAssertion(text, errorProps{}, a) }

// broken says whether an assertion fails.
func (a *Assertion) broken(ok bool) bool { return ok == a.Is(Negate) }

// Test is utils.test: whether the assertion holds.
func (a *Assertion) Test(ok bool) bool { return !a.broken(ok) }

// fail throws the AssertionError. Only an assertion that names a value shows a difference.
func (a *Assertion) fail(f Failure) {
	actual := f.Actual
	if actual == nil {
		actual = jsvalue.OrUndefined(a.object)
	}
	text := f.Message
	if a.Is(Negate) {
		text = f.Negated
	}
	diff := !f.NoDiff && (!jsvalue.IsUndefined(f.Expected) || !jsvalue.IsUndefined(f.Actual))
	a.l.throwAssertion(a.Prefix()+a.Fill(text, f.Expected, actual), errorProps{
		actual: actual, expected: jsvalue.OrUndefined(f.Expected), set: true,
		showDiff: diff && a.l.showDiff(), operator: a.Operator(text, f.Expected),
	}, a)
}

// Fill replaces the placeholders of a message, one after the other.
func (a *Assertion) Fill(text string, expected, actual goja.Value) string {
	if strings.Contains(text, "#{this}") {
		text = strings.ReplaceAll(text, "#{this}", a.l.Display(jsvalue.OrUndefined(a.object)))
	}
	if strings.Contains(text, "#{act}") {
		text = strings.ReplaceAll(text, "#{act}", a.l.Display(actual))
	}
	if strings.Contains(text, "#{exp}") {
		text = strings.ReplaceAll(text, "#{exp}", a.l.Display(jsvalue.OrUndefined(expected)))
	}
	return text
}

// Operator is the node:assert name of the comparison, which some reporters show.
func (a *Assertion) Operator(text string, expected goja.Value) string {
	if v := lookup(a.extra, "operator"); jsvalue.Truthy(v) {
		return a.l.B.Str(v)
	}
	if text == "" || hasWord(text, "have") {
		return ""
	}
	object := false
	switch a.l.B.KindOf(expected) {
	case "Array", "Object", "function":
		object = true
	}
	switch not := hasWord(text, "not"); {
	case not && object:
		return "notDeepStrictEqual"
	case not:
		return "notStrictEqual"
	case object:
		return "deepStrictEqual"
	}
	return "strictEqual"
}

// hasWord says whether a word stands between two white spaces.
func hasWord(text, word string) bool {
	for {
		i := strings.Index(text, word)
		if i < 0 {
			return false
		}
		rest := text[i+len(word):]
		if i > 0 && isSpace(text[i-1]) && rest != "" && isSpace(rest[0]) {
			return true
		}
		text = rest
	}
}

func isSpace(b byte) bool { return b == ' ' || b >= '\t' && b <= '\r' }
