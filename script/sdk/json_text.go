package sdk

import (
	"strconv"
	"strings"

	"github.com/dop251/goja"
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
func (s *SDK) revive(v, reviver goja.Value) goja.Value {
	if !isFunction(reviver) {
		return v
	}
	holder := s.vm.NewObject()
	set(holder, "", v)
	return s.reviveKey(holder, "", reviver)
}

func (s *SDK) reviveKey(holder *goja.Object, key string, reviver goja.Value) goja.Value {
	defer s.enter()()
	if o, ok := get(holder, key).(*goja.Object); ok {
		keys := o.Keys()
		if isArray(o) {
			keys = make([]string, len(items(o)))
			for i := range keys {
				keys[i] = strconv.Itoa(i)
			}
		}
		for _, k := range keys {
			if v := s.reviveKey(o, k, reviver); goja.IsUndefined(v) {
				_ = o.Delete(k)
			} else {
				set(o, k, v)
			}
		}
	}
	return s.call(reviver, holder, s.vm.ToValue(key), get(holder, key))
}
