package sdk

import (
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

// pathSteps splits a lodash path.
func pathSteps(path string) []string {
	var steps []string
	var step strings.Builder
	pending := false
	flush := func() {
		if pending {
			steps = append(steps, step.String())
		}
		step.Reset()
		pending = false
	}
	if strings.HasPrefix(path, ".") {
		steps = append(steps, "")
	}
	for i := 0; i < len(path); i++ {
		switch c := path[i]; c {
		case '.':
			flush()
			pending = i+1 == len(path) || path[i+1] == '.'
		case '[':
			end := strings.IndexByte(path[i:], ']')
			if end < 0 {
				step.WriteByte(c)
				pending = true
				continue
			}
			flush()
			inner := path[i+1 : i+end]
			if len(inner) >= 2 && (inner[0] == '"' || inner[0] == '\'') && inner[len(inner)-1] == inner[0] {
				inner = inner[1 : len(inner)-1]
			}
			steps = append(steps, inner)
			i += end
		default:
			step.WriteByte(c)
			pending = true
		}
	}
	flush()
	return steps
}
