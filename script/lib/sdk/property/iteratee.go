package property

import (
	"regexp"
	"strings"
	"sync"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/sdk/core"
)

// iteratee makes a rule from what list methods accept, which is what lodash's iteratee
// accepts: a function with its context, an object that a member must contain, a [path, value]
// pair, the name or path of a property, or nothing, which returns the member itself.
//
// bindSelf makes the list the this of functions that come without a context; map does so,
// filter and find do not.
func iteratee(s *core.SDK, l List, a core.Args, bindSelf bool) func(v goja.Value, i int) goja.Value {
	rule, context := a.At(0), a.At(1)
	if core.IsFunction(rule) {
		if jsvalue.IsNullish(context) && bindSelf {
			context = l.object
		}
		members := l.memberArray()
		return func(v goja.Value, i int) goja.Value {
			return s.Call(rule, context, v, s.VM.ToValue(i), members)
		}
	}
	switch o, _ := rule.(*goja.Object); {
	case jsvalue.IsNullish(rule):
		return func(v goja.Value, _ int) goja.Value { return v }
	// ["key", "X-Trace"]: the property at the path equals the value.
	case core.IsArray(rule):
		pair := core.Args(core.Items(rule))
		return func(v goja.Value, _ int) goja.Value {
			found, _ := Path(s, v, core.Text(pair.At(0)))
			return s.VM.ToValue(s.Equal(found, pair.At(1)))
		}
	// {disabled: true}: lodash's matches.
	case o != nil:
		return func(v goja.Value, _ int) goja.Value { return s.VM.ToValue(contains(s, v, o)) }
	// "value" or "a.b[0]": lodash's property.
	default:
		return func(v goja.Value, _ int) goja.Value {
			found, _ := Path(s, v, core.Text(rule))
			return found
		}
	}
}

// contains says whether v has the properties of part with equal values; inner objects in part
// are compared in the same way, arrays as a whole. What is no object contains only the empty
// part.
func contains(s *core.SDK, v goja.Value, part *goja.Object) bool {
	o, ok := v.(*goja.Object)
	if !ok {
		return len(part.Keys()) == 0
	}
	// Counts the depth, so that an object that contains itself ends with an exception and not
	// with a full stack.
	defer s.Enter()()
	for _, key := range part.Keys() {
		want := jsvalue.Get(part, key)
		have := jsvalue.Get(o, key)
		// A property that is there with the value undefined counts as present.
		if goja.IsUndefined(have) && !s.Has(o, key) {
			return false
		}
		if inner, ok := want.(*goja.Object); ok && s.IsPlain(inner) {
			if !contains(s, have, inner) {
				return false
			}
			continue
		}
		if !s.Equal(have, want) {
			return false
		}
	}
	return true
}

// Path follows a lodash path such as "a.b[0]['c d']". found is false where the last step is
// no own property: lodash's get and has differ there. A property that is literally named like
// the whole path wins.
func Path(s *core.SDK, v goja.Value, path string) (value goja.Value, found bool) {
	if s.Has(v, path) {
		return jsvalue.Field(v, path), true
	}
	for _, step := range pathSteps(path) {
		if jsvalue.IsString(v) { // a text has its characters and its length
			v = v.ToObject(s.VM)
		}
		switch o, ok := v.(*goja.Object); {
		case ok && s.Has(o, step):
			v = jsvalue.Get(o, step)
		// Inherited, such as "length" of an array or a getter of a class: get finds it, has
		// does not.
		case ok && !goja.IsUndefined(jsvalue.Get(o, step)):
			return jsvalue.Get(o, step), false
		default:
			return goja.Undefined(), false
		}
	}
	return v, true
}

// Compiled when first used: most scripts never pass a path.
var (
	// deepPath tells a path from the name of a property (lodash: reIsDeepProp).
	deepPath = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`\.|\[(?:[^\[\]]*|"(?:[^"\\]|\\.)*?"|'(?:[^'\\]|\\.)*?')\]`)
	})
	// pathPart is a name, or a number or quoted name in brackets (lodash: rePropName).
	pathPart = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^(?:[^.\[\]]+|\[(?:(-?\d+(?:\.\d+)?)|"((?:[^"\\]|\\.)*?)"|'((?:[^'\\]|\\.)*?)')\])`)
	})
	// emptyPart is where a path has an empty name: between the dots of "a..b", at the end of
	// "a.", and "[]".
	emptyPart = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(?:\.|\[\])(?:\.|\[\]|$)`) })
	// escapedOne is a backslash and the character that it escapes, within quoted names:
	// 'it\'s'.
	escapedOne = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\\(\\)?`) })
)

// pathSteps splits a lodash path: "a.b[0]['c d']" is a, b, 0, "c d". What is no path is one
// step, whatever characters it has.
func pathSteps(path string) []string {
	if !deepPath().MatchString(path) {
		return []string{path}
	}
	var steps []string
	// ".a" is the property a of the property with the empty name.
	if strings.HasPrefix(path, ".") {
		steps = append(steps, "")
	}
	for i := 0; i < len(path); {
		rest := path[i:]
		m := pathPart().FindStringSubmatchIndex(rest)
		switch {
		case m == nil:
			if emptyPart().MatchString(rest) {
				steps = append(steps, "")
			}
			// A dot, or a bracket that opens nothing: lodash skips it.
			i++
			continue
		// A number in brackets, then names in double and in single quotes.
		case m[2] >= 0:
			steps = append(steps, rest[m[2]:m[3]])
		case m[4] >= 0:
			steps = append(steps, escapedOne().ReplaceAllString(rest[m[4]:m[5]], "$1"))
		case m[6] >= 0:
			steps = append(steps, escapedOne().ReplaceAllString(rest[m[6]:m[7]], "$1"))
		default:
			steps = append(steps, rest[:m[1]])
		}
		i += m[1]
	}
	return steps
}
