package script

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/dop251/goja"

	"posthaste/runner/event"
	"posthaste/script/engine/failure"
	"posthaste/script/lib/chai"
)

// maxThrown is how much of a thrown object reports get, in bytes.
const maxThrown = 64 << 10

// newmanError adds what only newman's reports say of an error: the place of an assertion that failed outside of
// pm.test, and the members of a thrown object that is no Error.
func (r *run) newmanError(e *event.Error, f *failure.Fault) {
	o, ok := f.Value.(*goja.Object)
	if !ok {
		return
	}
	switch {
	case chai.IsAssertion(o):
		if f.Line > 0 {
			e.At = newmanPlace(f.Line, f.Col, f.Source)
		}
	case o.ClassName() == "Object" || o.ClassName() == "Array":
		_ = r.instance.vm.Try(func() { // what throws again has no JSON
			text, err := r.instance.stringify(goja.Undefined(), o)
			if err != nil || !goja.IsString(text) || len(text.String()) > maxThrown {
				return
			}
			e.Thrown = text.String()
			if o.ClassName() == "Array" {
				e.Thrown = r.instance.indexed(o)
			}
		})
	}
}

// indexed is the JSON of a list as an object of its indexes.
func (s *instance) indexed(list *goja.Object) string {
	o := s.vm.NewObject()
	for _, key := range list.Keys() {
		_ = o.Set(key, list.Get(key))
	}
	text, err := s.stringify(goja.Undefined(), o)
	if err != nil {
		return ""
	}
	return text.String()
}

// newmanPlace is a place of ours as newman counts it. Its lines begin one later, because of what it puts before a
// script. Where ours names the bracket of a call, V8 names the method before it, unless that is a reserved word; of a
// property of pm.expect(…) it names the dot.
func newmanPlace(line, col int, source string) string {
	before := source[:min(max(col-1, 0), len(source))]
	method := regexp.MustCompile(`[\p{L}\p{N}_$]*$`).FindString(before)
	property := regexp.MustCompile(`(?:\)|^\s*)(?:\s*\.\s*[\w$]+)*\s*\.$`)
	switch {
	case strings.HasPrefix(source[len(before):], "("):
		switch method {
		case "throw", "instanceof", "in", "delete", "typeof", "new", "null", "true", "false":
		default:
			col -= len([]rune(method))
		}
	case property.MatchString(before):
		col--
	}
	return fmt.Sprintf("%d:%d", line+1, col)
}
