package response

import (
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/sdk/core"
)

// stripCall takes the call around JSONP off: what stands in the first line before the last
// "(", and the last ")". "cb({\"a\":1});" becomes {"a":1}. Text that begins with "{" or "("
// has no call in front. It follows the regular expressions of the SDK, with all that they get
// wrong.
func stripCall(body string) string {
	line, rest, more := strings.Cut(body, "\n")
	if open := strings.LastIndexByte(line, '('); open > 0 && line[0] != '{' && line[0] != '(' {
		body = line[open+1:]
		if more {
			body += "\n" + rest
		}
	}
	for i := range len(body) {
		// The SDK's pattern does not end at ")}", a bracket within the object.
		if body[i] != ')' || i+1 < len(body) && body[i+1] == '}' {
			continue
		}
		// Nor where a further line follows.
		if i+1 < len(body) && strings.Contains(body[i+1:], "\n") {
			continue
		}
		return body[:i]
	}
	return body
}

// revive runs a JSON reviver over a parsed value, children first, as JSON.parse does
// (ECMA-262, InternalizeJSONProperty). Without a function v is returned as it is.
func revive(s *core.SDK, v, reviver goja.Value) goja.Value {
	if !core.IsFunction(reviver) {
		return v
	}
	holder := s.VM.NewObject()
	core.Set(holder, "", v)
	return reviveKey(s, holder, "", reviver)
}

func reviveKey(s *core.SDK, holder *goja.Object, key string, reviver goja.Value) goja.Value {
	// Counts the depth, so that a deeply nested text ends with an exception and not with a
	// full stack.
	defer s.Enter()()
	if o, ok := jsvalue.Get(holder, key).(*goja.Object); ok {
		keys := o.Keys()
		if core.IsArray(o) {
			// The indexes, in order: Keys would leave out the holes that a reviver made.
			keys = make([]string, len(core.Items(o)))
			for i := range keys {
				keys[i] = strconv.Itoa(i)
			}
		}
		for _, k := range keys {
			if v := reviveKey(s, o, k, reviver); goja.IsUndefined(v) {
				// undefined removes the member, as the standard asks.
				_ = o.Delete(k)
			} else {
				core.Set(o, k, v)
			}
		}
	}
	return s.Call(reviver, holder, s.VM.ToValue(key), jsvalue.Get(holder, key))
}
