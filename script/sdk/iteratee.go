package sdk

import (
	"regexp"
	"strings"

	"github.com/dop251/goja"
)

func lower(text string) string { return strings.ToLower(text) }

// iteratee makes a rule from what list methods accept: a function with its context, an object that a
// member must contain, a [path, value] pair, or the name of a property.
func (s *SDK) iteratee(l list, a args, bindSelf bool) func(v goja.Value, i int) goja.Value {
	rule, context := a.at(0), a.at(1)
	if isFunction(rule) {
		if isNil(context) && bindSelf {
			context = l.object
		}
		members := l.memberArray()
		return func(v goja.Value, i int) goja.Value {
			return s.call(rule, context, v, s.vm.ToValue(i), members)
		}
	}
	switch o, _ := rule.(*goja.Object); {
	case isNil(rule):
		return func(v goja.Value, _ int) goja.Value { return v }
	case isArray(rule):
		pair := args(items(rule))
		return func(v goja.Value, _ int) goja.Value {
			found, _ := s.path(v, text(pair.at(0)))
			return s.vm.ToValue(s.equal(found, pair.at(1)))
		}
	case o != nil:
		return func(v goja.Value, _ int) goja.Value { return s.vm.ToValue(s.contains(v, o)) }
	default:
		return func(v goja.Value, _ int) goja.Value {
			found, _ := s.path(v, text(rule))
			return found
		}
	}
}

// contains tells whether v has the properties of part with equal values, inner objects in part alike.
func (s *SDK) contains(v goja.Value, part *goja.Object) bool {
	o, ok := v.(*goja.Object)
	if !ok {
		return len(part.Keys()) == 0
	}
	defer s.enter()()
	for _, key := range part.Keys() {
		want := get(part, key)
		have := get(o, key)
		if goja.IsUndefined(have) && !s.has(o, key) {
			return false
		}
		if inner, ok := want.(*goja.Object); ok && s.isPlain(inner) {
			if !s.contains(have, inner) {
				return false
			}
			continue
		}
		if !s.equal(have, want) {
			return false
		}
	}
	return true
}

// path follows a lodash path such as "a.b[0]['c d']". found is false where the last step is no own property.
// A property that is literally named like the whole path wins.
func (s *SDK) path(v goja.Value, path string) (value goja.Value, found bool) {
	if s.has(v, path) {
		return field(v, path), true
	}
	for _, step := range pathSteps(path) {
		if isString(v) { // a text has its characters and its length
			v = v.ToObject(s.vm)
		}
		switch o, ok := v.(*goja.Object); {
		case ok && s.has(o, step):
			v = get(o, step)
		case ok && !goja.IsUndefined(get(o, step)):
			return get(o, step), false
		default:
			return goja.Undefined(), false
		}
	}
	return v, true
}

var (
	// deepPath tells a path from the name of a property (lodash: reIsDeepProp).
	deepPath = regexp.MustCompile(`\.|\[(?:[^\[\]]*|"(?:[^"\\]|\\.)*?"|'(?:[^'\\]|\\.)*?')\]`)
	// pathPart is a name, or a number or quoted name in brackets (lodash: rePropName).
	pathPart = regexp.MustCompile(`^(?:[^.\[\]]+|\[(?:(-?\d+(?:\.\d+)?)|"((?:[^"\\]|\\.)*?)"|'((?:[^'\\]|\\.)*?)')\])`)
	// emptyPart is where a path has an empty name.
	emptyPart  = regexp.MustCompile(`^(?:\.|\[\])(?:\.|\[\]|$)`)
	escapedOne = regexp.MustCompile(`\\(\\)?`)
)

// pathSteps splits a lodash path.
func pathSteps(path string) []string {
	if !deepPath.MatchString(path) {
		return []string{path}
	}
	var steps []string
	if strings.HasPrefix(path, ".") {
		steps = append(steps, "")
	}
	for i := 0; i < len(path); {
		rest := path[i:]
		m := pathPart.FindStringSubmatchIndex(rest)
		switch {
		case m == nil:
			if emptyPart.MatchString(rest) {
				steps = append(steps, "")
			}
			i++
			continue
		case m[2] >= 0:
			steps = append(steps, rest[m[2]:m[3]])
		case m[4] >= 0:
			steps = append(steps, escapedOne.ReplaceAllString(rest[m[4]:m[5]], "$1"))
		case m[6] >= 0:
			steps = append(steps, escapedOne.ReplaceAllString(rest[m[6]:m[7]], "$1"))
		default:
			steps = append(steps, rest[:m[1]])
		}
		i += m[1]
	}
	return steps
}
