package chai

import (
	"regexp"
	"strings"

	"github.com/dop251/goja"
)

// A pathInfo is what a nested property path such as a.b[1] leads to.
type pathInfo struct {
	parent, name, value goja.Value
	exists              bool
}

// pathInfo walks a path. A backslash takes the meaning from the dot or bracket
// behind it. As in chai, the names constructor, prototype and __proto__ lead
// nowhere.
func (c *Chai) pathInfo(of goja.Value, path string) pathInfo {
	parts := c.splitPath(path)
	if len(parts) == 0 {
		c.throwType("Cannot read properties of null (reading 'map')")
	}
	last := parts[len(parts)-1]
	info := pathInfo{parent: of, name: last}
	if len(parts) > 1 {
		info.parent = c.walk(of, parts[:len(parts)-1])
	}
	info.value = c.walk(of, parts)
	if !isNullish(info.parent) {
		_, info.exists = c.atKey(info.parent.ToObject(c.vm), last)
	}
	return info
}

// walk reads one part after the other; it stops reading at a falsy value.
func (c *Chai) walk(of goja.Value, parts []goja.Value) goja.Value {
	v := of
	for i, part := range parts {
		if !truthy(v) {
			return goja.Null()
		}
		next, _ := c.atKey(v, part)
		if i == len(parts)-1 {
			return next
		}
		v = next
	}
	return goja.Null()
}

// splitPath splits at dots and before brackets that no backslash precedes.
func (c *Chai) splitPath(path string) []goja.Value {
	var dotted strings.Builder
	for i := 0; i < len(path); i++ {
		if path[i] == '[' && i > 0 && path[i-1] != '\\' {
			dotted.WriteByte('.')
		}
		dotted.WriteByte(path[i])
	}
	indexed := regexp.MustCompile(`^\[(\d+)\]$`)
	escaped := regexp.MustCompile(`\\([.[\]])`)
	var out []goja.Value
	for _, part := range dotParts(dotted.String()) {
		switch {
		case part == "constructor" || part == "__proto__" || part == "prototype":
			out = append(out, goja.Undefined())
		case indexed.MatchString(part):
			out = append(out, c.vm.ToValue(part[1:len(part)-1]).ToNumber())
		default:
			out = append(out, c.valueOf(escaped.ReplaceAllString(part, "$1")))
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
