// Package path follows nested property paths such as a.b[1], as pathval 1.1 does.
//
// A backslash escapes a dot or bracket that is part of a name.
package path

import (
	"regexp"
	"strings"
	"sync"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
)

var (
	indexed = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\[(\d+)\]$`) })
	escaped = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\\([.[\]])`) })
)

// An Info is what a nested property path such as a.b[1] leads to.
type Info struct {
	Parent, Name, Value goja.Value
	Exists              bool
}

// Find walks a path. A backslash takes the meaning from the dot or bracket
// behind it. As in chai, the names constructor, prototype and __proto__ lead
// nowhere.
func Find(b *jsvalue.Builtins, of goja.Value, path string) Info {
	parts := split(b, path)
	if len(parts) == 0 {
		b.ThrowType("Cannot read properties of null (reading 'map')")
	}
	last := parts[len(parts)-1]
	info := Info{Parent: of, Name: last}
	if len(parts) > 1 {
		info.Parent = walk(b, of, parts[:len(parts)-1])
	}
	info.Value = walk(b, of, parts)
	if !jsvalue.IsNullish(info.Parent) {
		_, info.Exists = b.AtKey(info.Parent.ToObject(b.VM), last)
	}
	return info
}

// walk reads one part after the other; it stops reading at a falsy value.
func walk(b *jsvalue.Builtins, of goja.Value, parts []goja.Value) goja.Value {
	v := of
	for i, part := range parts {
		if !jsvalue.Truthy(v) {
			return goja.Null()
		}
		next, _ := b.AtKey(v, part)
		if i == len(parts)-1 {
			return next
		}
		v = next
	}
	return goja.Null()
}

// split splits at dots and before brackets that no backslash precedes.
func split(b *jsvalue.Builtins, path string) []goja.Value {
	var dotted strings.Builder
	for i := 0; i < len(path); i++ {
		if path[i] == '[' && i > 0 && path[i-1] != '\\' {
			dotted.WriteByte('.')
		}
		dotted.WriteByte(path[i])
	}
	var out []goja.Value
	for _, part := range dotParts(dotted.String()) {
		switch {
		case part == "constructor" || part == "__proto__" || part == "prototype":
			out = append(out, goja.Undefined())
		case indexed().MatchString(part):
			out = append(out, b.VM.ToValue(part[1:len(part)-1]).ToNumber())
		default:
			out = append(out, b.String(escaped().ReplaceAllString(part, "$1")))
		}
	}
	return out
}

// dotParts splits at dots, escaped ones excepted; empty parts do not count.
func dotParts(s string) []string {
	var out []string
	start := 0
	flush := func(end int) {
		if end > start {
			out = append(out, s[start:end])
		}
	}
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s) && s[i+1] == '.':
			i++
		case s[i] == '.':
			flush(i)
			start = i + 1
		}
	}
	flush(len(s))
	return out
}
