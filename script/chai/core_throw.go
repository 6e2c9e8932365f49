package chai

import (
	"errors"
	"strings"

	"github.com/dop251/goja"
)

// A thrown is what a throw assertion looks for and what it caught.
type thrown struct {
	a             *Assertion
	like, matcher goja.Value // an Error or its constructor; a text or RegExp
	caught        goja.Value // undefined when nothing was thrown
}

// throws calls the subject and asserts what it throws, which becomes the
// subject.
func (a *Assertion) throws(args []goja.Value) {
	a.takeMessage(args, 2)
	a.needs(a.object, "function")
	t := thrown{a: a, like: arg(args, 0), matcher: arg(args, 1)}
	if _, text := t.like.(goja.String); text || a.c.isRegExp(t.like) {
		t.like, t.matcher = goja.Null(), t.like
	}
	t.caught = a.c.catch(a.object)
	anything := goja.IsUndefined(t.like) && goja.IsUndefined(t.matcher)
	if anything || !a.is(negate) {
		t.assertAny()
	}
	// Negated with both arguments, it fails only when both fit.
	both := truthy(t.like) && truthy(t.matcher) && a.is(negate)
	likeFits := t.assertLike(both)
	matcherFits := t.assertMatcher(both)
	if likeFits && matcherFits {
		a.fail(t.likeFailure())
	}
	a.object = t.caught
}

// catch calls a function and gives what it throws. What no script can catch,
// an interrupt, goes on.
func (c *Chai) catch(v goja.Value) goja.Value {
	f, ok := goja.AssertFunction(v)
	if !ok {
		return goja.Undefined()
	}
	_, err := f(goja.Undefined())
	if err == nil {
		return goja.Undefined()
	}
	var ex *goja.Exception
	if !errors.As(err, &ex) {
		panic(err)
	}
	return ex.Value()
}

// assertAny asserts that anything was thrown at all.
func (t thrown) assertAny() {
	a := t.a
	if !a.broken(truthy(t.caught)) {
		return
	}
	what, expected := "an error", t.like
	switch {
	case a.c.isError(t.like):
		what = "#{exp}"
	case truthy(t.like):
		what = a.c.str(a.c.constructorName(t.like))
	}
	if truthy(t.like) {
		expected = a.c.invoke(t.like, "errorLike", "toString")
	}
	actual := t.caught
	if _, text := t.caught.(goja.String); !text && truthy(t.caught) {
		actual = a.c.errorText(t.caught)
	}
	a.fail(Failure{
		Message: "expected #{this} to throw " + what, Negated: "expected #{this} to not throw an error but #{act} was thrown",
		Expected: expected, Actual: actual,
	})
}

// assertLike asserts the error or its class. When the message is asserted too
// under a not, it only says whether the error fits.
func (t thrown) assertLike(both bool) (fits bool) {
	a := t.a
	if !truthy(t.like) || !truthy(t.caught) {
		return false
	}
	if a.c.isError(t.like) && strictEqual(t.caught, t.like) == a.is(negate) {
		if both {
			fits = true
		} else {
			f := t.likeFailure()
			f.Expected, f.Actual = a.c.invoke(t.like, "errorLike", "toString"), a.c.invoke(t.caught, "caughtErr", "toString")
			if a.is(negate) {
				f.Negated = "expected #{this} to not throw #{exp}"
			}
			a.fail(f)
		}
	}
	if a.c.sameClass(t.caught, t.like) == a.is(negate) {
		if !both {
			a.fail(t.likeFailure())
		}
		fits = true
	}
	return fits
}

func (t thrown) likeFailure() Failure {
	return Failure{
		Message:  "expected #{this} to throw #{exp} but #{act} was thrown",
		Negated:  "expected #{this} to not throw #{exp} but #{act} was thrown",
		Expected: t.a.c.errorText(t.like), Actual: t.a.c.errorText(t.caught),
	}
}

// assertMatcher asserts the message.
func (t thrown) assertMatcher(both bool) (fits bool) {
	a := t.a
	if !truthy(t.caught) || isNullish(t.matcher) || a.c.messageFits(t.caught, t.matcher) != a.is(negate) {
		return false
	}
	if both {
		return true
	}
	how := "including"
	if a.c.isRegExp(t.matcher) {
		how = "matching"
	}
	a.fail(Failure{
		Message:  "expected #{this} to throw error " + how + " #{exp} but got #{act}",
		Negated:  "expected #{this} to throw error not " + how + " #{exp}",
		Expected: t.matcher, Actual: a.c.errorMessage(t.caught),
	})
	return false
}

// errorText is an error's toString, or the name of a class or other value.
func (c *Chai) errorText(v goja.Value) goja.Value {
	switch {
	case c.isError(v):
		return c.invoke(v, "error", "toString")
	case truthy(v):
		return c.constructorName(v)
	}
	return v
}

// constructorName is the name of an error's class or of a function, else the
// value itself.
func (c *Chai) constructorName(v goja.Value) goja.Value {
	o, ok := v.(*goja.Object)
	switch {
	case ok && c.isError(o):
		if maker, isObject := o.Get("constructor").(*goja.Object); isObject && isFunction(maker) {
			return orUndefined(maker.Get("name"))
		}
		return goja.Null()
	case ok && isFunction(o):
		return orUndefined(o.Get("name"))
	}
	return v
}

// sameClass says whether a thrown value is of an error's or constructor's class.
func (c *Chai) sameClass(caught, like goja.Value) bool {
	o, ok := like.(*goja.Object)
	if !ok {
		return false
	}
	class := o
	if c.isError(o) {
		class, _ = o.Get("constructor").(*goja.Object)
	} else if !strictEqual(o, c.in.errorCtor) && !c.isError(o.Get("prototype")) {
		return false
	}
	if class == nil {
		return false
	}
	return strictEqual(c.at(caught, "constructor"), class) || isObject(caught) && c.vm.InstanceOf(caught, class)
}

func isObject(v goja.Value) bool {
	_, ok := v.(*goja.Object)
	return ok
}

func (c *Chai) messageFits(caught, matcher goja.Value) bool {
	text := caught
	if _, ok := caught.(goja.String); !ok {
		text = c.at(caught, "message")
	}
	if c.isRegExp(matcher) {
		return truthy(c.invoke(matcher, "errMatcher", "test", text))
	}
	part, ok := matcher.(goja.String)
	if !ok {
		return false
	}
	if s, isText := text.(goja.String); isText {
		return strings.Contains(textOf(s), textOf(part))
	}
	return number(c.invoke(text, "comparisonString", "indexOf", part)) != -1
}

func (c *Chai) errorMessage(v goja.Value) goja.Value {
	if _, ok := v.(goja.String); ok {
		return v
	}
	if msg := c.at(v, "message"); truthy(msg) {
		return msg
	}
	return c.vm.ToValue("")
}
