package inspect

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
)

// list joins the texts of n items as far as they fit, and ends with the number
// of those left out, as in "1, 2, …(3)". An item is made only when it may be
// shown or must be known to decide that.
func (in *inspector) list(n int, item func(i int) string, o *options) string {
	limit := o.truncate
	var out strings.Builder
	width := 0
	ahead := "" // the next item, when it was looked at already
	for i := range n {
		in.b.Step()
		left := n - i
		rest := jsvalue.Length(leftOut(left))
		o.truncate = limit - width
		if left > 1 {
			o.truncate -= 2
		}
		text := ahead
		if text == "" {
			text = separated(item(i), left)
		}
		end := width + jsvalue.Length(text)
		if left == 1 && end > limit && width+rest <= limit {
			return out.String() + leftOut(left)
		}
		if left > 2 && end+rest > limit {
			return out.String() + leftOut(left)
		}
		ahead = ""
		if left > 1 {
			ahead = separated(item(i+1), left-1)
		}
		if left == 2 && end+rest > limit && end+jsvalue.Length(ahead) > limit {
			return out.String() + leftOut(left)
		}
		out.WriteString(text)
		width = end
		if left > 2 && end+jsvalue.Length(ahead) >= limit {
			return out.String() + leftOut(left-1)
		}
	}
	return out.String()
}

func leftOut(n int) string { return jsvalue.Ellipsis + "(" + strconv.Itoa(n) + ")" }

func separated(text string, left int) string {
	if left > 1 {
		return text + ", "
	}
	return text
}

func (in *inspector) values(items []goja.Value, o *options) string {
	return in.list(len(items), func(i int) string { return in.inspect(items[i], o) }, o)
}

// array prints the items, then the properties that are no index.
func (in *inspector) array(v *goja.Object, o *options) string {
	n := jsvalue.ListLength(v)
	keys := v.Keys()
	extra := keys[min(n, len(keys)):] // as chai counts: holes hide properties
	if n == 0 && len(extra) == 0 {
		return "[]"
	}
	o.truncate -= 4
	body := in.list(n, func(i int) string { return in.inspect(jsvalue.Index(v, i), o) }, o)
	o.truncate -= jsvalue.Length(body)
	if more := in.namedProperties(v, extra, o); more != "" {
		body += ", " + more
	}
	return "[ " + body + " ]"
}

// properties prints an object: all its own properties, symbols last.
func (in *inspector) properties(v *goja.Object, o *options) string {
	names := v.GetOwnPropertyNames()
	if len(names) > 0 && names[0] == "stack" && in.b.CountsAsObject(v) {
		names = append(names[1:], "stack") // the engine puts it first, chai last
	}
	symbols := in.b.Items(jsvalue.Call(in.b.OwnSymbols, goja.Undefined(), v).(*goja.Object))
	if len(names) == 0 && len(symbols) == 0 {
		return "{}"
	}
	o.truncate -= 4
	for _, s := range in.seen {
		if s == v {
			return "[Circular]"
		}
	}
	in.seen = append(in.seen, v)
	body := in.namedProperties(v, names, o)
	more := in.list(len(symbols), func(i int) string {
		sym, _ := symbols[i].(*goja.Symbol)
		return in.property("["+jsvalue.SymbolText(sym)+"]", v.GetSymbol(sym), o)
	}, o)
	in.seen = in.seen[:len(in.seen)-1]
	if body != "" && more != "" {
		body += ", "
	}
	return "{ " + body + more + " }"
}

func (in *inspector) namedProperties(v *goja.Object, names []string, o *options) string {
	return in.list(len(names), func(i int) string { return in.property(keyText(names[i]), v.Get(names[i]), o) }, o)
}

func (in *inspector) property(key string, v goja.Value, o *options) string {
	o.truncate -= 2 + jsvalue.Length(key)
	return key + ": " + in.inspect(jsvalue.OrUndefined(v), o)
}

// keyText prints a property name, quoted unless it is an identifier.
func keyText(name string) string {
	plain := name != "" && (name[0] < '0' || name[0] > '9')
	for i := 0; i < len(name) && plain; i++ {
		b := name[i] | 0x20
		plain = name[i] == '_' || b >= 'a' && b <= 'z' || name[i] >= '0' && name[i] <= '9'
	}
	if plain {
		return name
	}
	text := strings.ReplaceAll(jsonString(name), "'", `\'`)
	text = strings.ReplaceAll(text, `\"`, `"`)
	return "'" + strings.TrimSuffix(strings.TrimPrefix(text, `"`), `"`) + "'"
}

// jsonString is JSON.stringify of a string.
func jsonString(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case strings.ContainsRune("\b\t\n\f\r", r):
			b.WriteByte('\\')
			b.WriteByte("btn\x00fr"[r-'\b'])
		case r < ' ':
			b.WriteString(unitEscape(r))
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

func unitEscape(r rune) string { return `\u` + strconv.FormatInt(0x10000+int64(r), 16)[1:] }

// quote prints a string: escaped, then cut to what is left.
func (in *inspector) quote(s string, o *options) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size == 1: // part of a lone surrogate
			b.WriteByte(s[i])
		case r == '\'':
			b.WriteString(`\'`)
		case strings.ContainsRune("\b\t\n\f\r", r):
			b.WriteByte('\\')
			b.WriteByte("btn\x00fr"[r-'\b'])
		case invisible(r):
			b.WriteString(unitEscape(r))
		default:
			b.WriteString(s[i : i+size])
		}
		i += size
	}
	return in.style("'"+jsvalue.Truncate(b.String(), o.truncate-2)+"'", "string")
}

// invisible says whether a character is shown by its number.
func invisible(r rune) bool {
	switch {
	case r < ' ', r >= 0x7f && r <= 0x9f, r == 0xad:
	case r >= 0x600 && r <= 0x604, r == 0x70f, r == 0x17b4, r == 0x17b5:
	case r >= 0x200c && r <= 0x200f, r >= 0x2028 && r <= 0x202f, r >= 0x2060 && r <= 0x206f:
	case r == 0xfeff, r >= 0xfff0 && r <= 0xffff:
	default:
		return false
	}
	return true
}

// numberText prints a number; zeros have a sign.
func numberText(v goja.Value, o *options) string {
	f := v.ToFloat()
	switch {
	case math.IsNaN(f) || math.IsInf(f, 0):
		return v.String()
	case f == 0 && math.Signbit(f):
		return "-0"
	case f == 0:
		return "+0"
	}
	return jsvalue.Truncate(v.String(), o.truncate)
}
