package core

import (
	"errors"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/chai/assertion"
)

// A thrown is what a throw assertion looks for and what it caught. Package chai's
// assert.throws uses the same rules.
type thrown struct {
	a             *assertion.Assertion
	like, matcher goja.Value // an Error or its constructor; a text or RegExp
	caught        goja.Value // undefined when nothing was thrown
}

// throws calls the subject and asserts what it throws, which becomes the subject. Arguments
// are an error or a class, and a text or pattern of the message; either can be missing.
func throws(a *assertion.Assertion, args []goja.Value) {
	a.TakeMessage(args, 2)
	needs(a, a.Object(), "function")
	t := thrown{a: a, like: jsvalue.Arg(args, 0), matcher: jsvalue.Arg(args, 1)}
	if _, text := t.like.(goja.String); text || a.Builtins().IsRegExp(t.like) {
		t.like, t.matcher = goja.Null(), t.like
	}
	t.caught = catch(a.Library(), a.Object())
	anything := goja.IsUndefined(t.like) && goja.IsUndefined(t.matcher)
	// expect(f).to.not.throw() fails for anything; with arguments, only for what they
	// describe.
	if anything || !a.Is(assertion.Negate) {
		t.assertAny()
	}
	// Negated with both arguments, it fails only when both fit.
	both := jsvalue.Truthy(t.like) && jsvalue.Truthy(t.matcher) && a.Is(assertion.Negate)
	likeFits := t.assertLike(both)
	matcherFits := t.assertMatcher(both)
	if likeFits && matcherFits {
		a.Check(a.Negated(), t.likeFailure)
	}
	a.SetObject(t.caught)
}

// catch calls a function and returns what it throws, undefined for nothing. A full stack is a
// RangeError, as in Node; what no script can catch, such as an interrupt, goes on.
func catch(l *assertion.Library, v goja.Value) goja.Value {
	f, ok := goja.AssertFunction(v)
	if !ok {
		return goja.Undefined()
	}
	_, err := f(goja.Undefined())
	if err == nil {
		return goja.Undefined()
	}
	var ex *goja.Exception
	if errors.As(err, &ex) {
		return ex.Value()
	}
	var overflow *goja.StackOverflowError
	if errors.As(err, &overflow) {
		o, err := l.B.NewRangeError(nil, l.B.VM.ToValue("Maximum call stack size exceeded"))
		jsvalue.Must(err)
		return o
	}
	panic(err)
}

// assertAny asserts that anything was thrown at all. The message says what was expected: an
// error, an error like the given one, or a class.
func (t thrown) assertAny() {
	a := t.a
	a.Check(jsvalue.Truthy(t.caught), func() assertion.Failure {
		what, expected := "an error", t.like
		switch {
		case a.Builtins().IsError(t.like):
			what = "#{exp}"
		case jsvalue.Truthy(t.like):
			what = a.Builtins().Str(ConstructorName(a.Library(), t.like))
		}
		if jsvalue.Truthy(t.like) {
			expected = a.Builtins().Invoke(t.like, "errorLike", "toString")
		}
		actual := t.caught
		if _, text := t.caught.(goja.String); !text && jsvalue.Truthy(t.caught) {
			actual = errorText(a.Library(), t.caught)
		}
		return assertion.Failure{
			Message: "expected #{this} to throw " + what, Negated: "expected #{this} to not throw an error but #{act} was thrown",
			Expected: expected, Actual: actual,
		}
	})
}

// assertLike asserts the error or its class. With both set, where the message is asserted too
// under a not, it only says whether the error fits.
func (t thrown) assertLike(both bool) (fits bool) {
	a := t.a
	if !jsvalue.Truthy(t.like) || !jsvalue.Truthy(t.caught) {
		return false
	}
	if a.Builtins().IsError(t.like) && jsvalue.StrictEqual(t.caught, t.like) == a.Is(assertion.Negate) {
		if both {
			fits = true
		} else {
			a.Check(a.Negated(), t.instanceFailure)
		}
	}
	if SameClass(a.Library(), t.caught, t.like) == a.Is(assertion.Negate) {
		if !both {
			a.Check(a.Negated(), t.likeFailure)
		}
		fits = true
	}
	return fits
}

// instanceFailure is the failure of an error that is not the very one that was given.
func (t thrown) instanceFailure() assertion.Failure {
	f := t.likeFailure()
	b := t.a.Builtins()
	f.Expected, f.Actual = b.Invoke(t.like, "errorLike", "toString"), b.Invoke(t.caught, "caughtErr", "toString")
	if t.a.Negated() {
		f.Negated = "expected #{this} to not throw #{exp}"
	}
	return f
}

// likeFailure is the failure of an error of another class.
func (t thrown) likeFailure() assertion.Failure {
	return assertion.Failure{
		Message:  "expected #{this} to throw #{exp} but #{act} was thrown",
		Negated:  "expected #{this} to not throw #{exp} but #{act} was thrown",
		Expected: errorText(t.a.Library(), t.like), Actual: errorText(t.a.Library(), t.caught),
	}
}

// assertMatcher asserts the message. With both set it only says whether the message fits.
func (t thrown) assertMatcher(both bool) (fits bool) {
	a := t.a
	if !jsvalue.Truthy(t.caught) || jsvalue.IsNullish(t.matcher) || MessageFits(a.Library(), t.caught, t.matcher) != a.Is(assertion.Negate) {
		return false
	}
	if both {
		return true
	}
	how := "including"
	if a.Builtins().IsRegExp(t.matcher) {
		how = "matching"
	}
	a.Check(a.Negated(), func() assertion.Failure {
		return assertion.Failure{
			Message:  "expected #{this} to throw error " + how + " #{exp} but got #{act}",
			Negated:  "expected #{this} to throw error not " + how + " #{exp}",
			Expected: t.matcher, Actual: ErrorMessage(a.Library(), t.caught),
		}
	})
	return false
}

// errorText is an error's toString, or the name of a class or other value.
func errorText(l *assertion.Library, v goja.Value) goja.Value {
	switch {
	case l.B.IsError(v):
		return l.B.Invoke(v, "error", "toString")
	case jsvalue.Truthy(v):
		return ConstructorName(l, v)
	}
	return v
}

// ConstructorName is the name of an error's class or of a function, otherwise the value
// itself (check-error 1.0).
func ConstructorName(l *assertion.Library, v goja.Value) goja.Value {
	o, ok := v.(*goja.Object)
	switch {
	case ok && l.B.IsError(o):
		if maker, isObject := o.Get("constructor").(*goja.Object); isObject && jsvalue.IsFunction(maker) {
			return jsvalue.OrUndefined(maker.Get("name"))
		}
		return goja.Null()
	case ok && jsvalue.IsFunction(o):
		return jsvalue.OrUndefined(o.Get("name"))
	}
	return v
}

// SameClass says whether a thrown value is of an error's class, or of a constructor's.
// Classes that do not derive from Error never match.
func SameClass(l *assertion.Library, caught, like goja.Value) bool {
	o, ok := like.(*goja.Object)
	if !ok {
		return false
	}
	class := o
	if l.B.IsError(o) {
		class, _ = o.Get("constructor").(*goja.Object)
	} else if !jsvalue.StrictEqual(o, l.B.ErrorClass) && !l.B.IsError(o.Get("prototype")) {
		return false
	}
	if class == nil {
		return false
	}
	return jsvalue.StrictEqual(l.B.At(caught, "constructor"), class) || jsvalue.IsObject(caught) && l.B.VM.InstanceOf(caught, class)
}

// MessageFits says whether the message of what was thrown contains a text or matches a
// RegExp. A thrown string is its own message.
func MessageFits(l *assertion.Library, caught, matcher goja.Value) bool {
	text := caught
	if _, ok := caught.(goja.String); !ok {
		text = l.B.At(caught, "message")
	}
	if l.B.IsRegExp(matcher) {
		return jsvalue.Truthy(l.B.Invoke(matcher, "errMatcher", "test", text))
	}
	part, ok := matcher.(goja.String)
	if !ok {
		return false
	}
	if s, isText := text.(goja.String); isText {
		return strings.Contains(jsvalue.TextOf(s), jsvalue.TextOf(part))
	}
	return jsvalue.Number(l.B.Invoke(text, "comparisonString", "indexOf", part)) != -1
}

// ErrorMessage is the message of what was thrown, "" when it has none.
func ErrorMessage(l *assertion.Library, v goja.Value) goja.Value {
	if _, ok := v.(goja.String); ok {
		return v
	}
	if msg := l.B.At(v, "message"); jsvalue.Truthy(msg) {
		return msg
	}
	return l.B.VM.ToValue("")
}
