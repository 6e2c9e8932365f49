package response

import (
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/sdk/core"
)

// stripCall takes the call around JSONP off: what stands before the first bracket's line end in "(", and
// the last ")".
func stripCall(body string) string {
	line, rest, more := strings.Cut(body, "\n")
	if open := strings.LastIndexByte(line, '('); open > 0 && line[0] != '{' && line[0] != '(' {
		body = line[open+1:]
		if more {
			body += "\n" + rest
		}
	}
	for i := range len(body) {
		if body[i] != ')' || i+1 < len(body) && body[i+1] == '}' {
			continue
		}
		if i+1 < len(body) && strings.Contains(body[i+1:], "\n") {
			continue
		}
		return body[:i]
	}
	return body
}

// revive runs a JSON reviver over a parsed value, children first.
func revive(s *core.SDK, v, reviver goja.Value) goja.Value {
	if !core.IsFunction(reviver) {
		return v
	}
	holder := s.VM.NewObject()
	core.Set(holder, "", v)
	return reviveKey(s, holder, "", reviver)
}

func reviveKey(s *core.SDK, holder *goja.Object, key string, reviver goja.Value) goja.Value {
	defer s.Enter()()
	if o, ok := jsvalue.Get(holder, key).(*goja.Object); ok {
		keys := o.Keys()
		if core.IsArray(o) {
			keys = make([]string, len(core.Items(o)))
			for i := range keys {
				keys[i] = strconv.Itoa(i)
			}
		}
		for _, k := range keys {
			if v := reviveKey(s, o, k, reviver); goja.IsUndefined(v) {
				_ = o.Delete(k)
			} else {
				core.Set(o, k, v)
			}
		}
	}
	return s.Call(reviver, holder, s.VM.ToValue(key), jsvalue.Get(holder, key))
}
