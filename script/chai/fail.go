package chai

import (
	"strings"

	"github.com/dop251/goja"
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
func (a *Assertion) Assert(ok bool, f Failure) {
	if a.broken(ok) {
		a.fail(f)
	}
}

// Assertf is Assert for the two messages alone.
func (a *Assertion) Assertf(ok bool, message, negated string) {
	if a.broken(ok) {
		a.fail(Failure{Message: message, Negated: negated})
	}
}

// Raise throws an AssertionError with a text of its own, whatever the flags
// say: for an assertion that cannot be made of such a subject.
func (a *Assertion) Raise(text string) {
	a.c.throwAssertion(a.prefix()+text, errorProps{})
}

// broken says whether an assertion fails, so that messages are made only then.
func (a *Assertion) broken(ok bool) bool { return ok == a.is(negate) }

func (a *Assertion) fail(f Failure) {
	actual := f.Actual
	if actual == nil {
		actual = orUndefined(a.object)
	}
	text := f.Message
	if a.is(negate) {
		text = f.Negated
	}
	diff := !f.NoDiff && (!isUndefined(f.Expected) || !isUndefined(f.Actual))
	a.c.throwAssertion(a.prefix()+a.fill(text, f.Expected, actual), errorProps{
		actual: actual, expected: orUndefined(f.Expected), set: true,
		showDiff: diff && a.c.showDiff(), operator: a.operator(text, f.Expected),
	})
}

// fill replaces the placeholders of a message, one after the other.
func (a *Assertion) fill(text string, expected, actual goja.Value) string {
	if strings.Contains(text, "#{this}") {
		text = strings.ReplaceAll(text, "#{this}", a.c.display(orUndefined(a.object)))
	}
	if strings.Contains(text, "#{act}") {
		text = strings.ReplaceAll(text, "#{act}", a.c.display(actual))
	}
	if strings.Contains(text, "#{exp}") {
		text = strings.ReplaceAll(text, "#{exp}", a.c.display(orUndefined(expected)))
	}
	return text
}

// operator is the node:assert name of the comparison, which some reporters show.
func (a *Assertion) operator(text string, expected goja.Value) string {
	if v := a.extra["operator"]; truthy(v) {
		return a.c.str(v)
	}
	if text == "" || hasWord(text, "have") {
		return ""
	}
	object := false
	switch a.c.kindOf(expected) {
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

// showDiff is config.showDiff.
func (c *Chai) showDiff() bool {
	if c.config == nil {
		return true
	}
	v := c.config.Get("showDiff")
	return typeOf(v) == "boolean" && truthy(v)
}
