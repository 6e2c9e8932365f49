package weburl

import (
	neturl "net/url"
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/inspect"
	"posthaste/script/lib/native"
)

// A list is the Go side of URLSearchParams: names and values in order.
type list struct {
	pairs [][2]string
	owner *page // the URL that follows changes, if any
}

// parse reads application/x-www-form-urlencoded (WHATWG URL, 5.1).
func (l *list) parse(query string) {
	for part := range strings.SplitSeq(query, "&") {
		if part == "" {
			continue
		}
		name, value, _ := strings.Cut(part, "=")
		l.pairs = append(l.pairs, [2]string{plain(name), plain(value)})
	}
}

// plain decodes a name or value: "+" is a blank, then percent-decoding, then UTF-8.
func plain(s string) string {
	return native.DecodeUTF8([]byte(unescape(strings.ReplaceAll(s, "+", " "))))
}

// String is the application/x-www-form-urlencoded form (WHATWG URL, 5.2).
func (l *list) String() string {
	var b strings.Builder
	for i, pair := range l.pairs {
		if i > 0 {
			b.WriteByte('&')
		}
		b.WriteString(formEscape(pair[0]) + "=" + formEscape(pair[1]))
	}
	return b.String()
}

// formEscape differs from net/url in two characters: the standard escapes "~" and leaves "*".
func formEscape(s string) string {
	return strings.NewReplacer("~", "%7E", "%2A", "*").Replace(neturl.QueryEscape(s))
}

// changed writes the list back into the URL that it belongs to. Every change does so, also
// one that changes nothing, which normalises the query.
func (l *list) changed() {
	if l.owner == nil {
		return
	}
	l.owner.url.SetSearch(l.String())
}

// list is the state behind a URLSearchParams object; anything else throws Node's error.
func (c *classes) list(v goja.Value) *list {
	if o := jsvalue.Object(v); o != nil {
		if held := o.GetSymbol(c.sym); held != nil {
			if l, ok := held.Export().(*list); ok {
				return l
			}
		}
	}
	c.env.ThrowCode("TypeError", "ERR_INVALID_THIS", `Value of "this" must be of type URLSearchParams`)
	return nil
}

// makeParams makes the URLSearchParams class.
func (c *classes) makeParams() {
	env, vm := c.env, c.env.VM
	c.paramsCtor = env.Constructor("URLSearchParams", 0, func(call goja.ConstructorCall) *goja.Object {
		l := &list{}
		c.fill(l, call.Argument(0))
		c.attach(call.This, l)
		return nil
	})
	proto := c.paramsCtor.Get("prototype").(*goja.Object)
	c.paramsProto = proto
	c.changers(proto)
	c.readers(proto)
	_ = proto.DefineDataPropertySymbol(goja.SymToStringTag, vm.ToValue("URLSearchParams"), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	c.inspection(proto, func(o goja.Value, _ inspect.Options) string {
		var parts []string
		for _, pair := range c.list(o).pairs {
			parts = append(parts, inspect.Quote(vm.ToValue(pair[0]))+" => "+inspect.Quote(vm.ToValue(pair[1])))
		}
		if len(parts) == 0 {
			return "URLSearchParams {}"
		}
		return "URLSearchParams { " + strings.Join(parts, ", ") + " }"
	})
}

// fill reads the constructor's argument: text with or without "?", an iterable of pairs, or
// an object. null and undefined are empty.
func (c *classes) fill(l *list, v goja.Value) {
	o := jsvalue.Object(v)
	if jsvalue.IsNullish(v) {
		return
	}
	if o == nil {
		l.parse(strings.TrimPrefix(text(v), "?"))
		return
	}
	if iterator := o.GetSymbol(goja.SymIterator); !jsvalue.IsNullish(iterator) {
		c.env.VM.ForOf(o, func(item goja.Value) bool {
			var pair []string
			if jsvalue.Object(item) != nil {
				c.env.VM.ForOf(item, func(part goja.Value) bool {
					pair = append(pair, text(part))
					return true
				})
			}
			if len(pair) != 2 {
				c.env.ThrowCode("TypeError", "ERR_INVALID_TUPLE", "Each query pair must be an iterable [name, value] tuple")
			}
			l.pairs = append(l.pairs, [2]string{pair[0], pair[1]})
			return true
		})
		return
	}
	for _, key := range o.Keys() {
		l.pairs = append(l.pairs, [2]string{key, text(o.Get(key))})
	}
}

// changers defines append, delete, set and sort. Each writes the list back into its URL.
func (c *classes) changers(proto *goja.Object) {
	method := func(name string, n int, fn func(l *list, args []string, call goja.FunctionCall)) {
		c.env.Method(proto, name, n, func(call goja.FunctionCall) goja.Value {
			l := c.list(call.This)
			if len(call.Arguments) < n {
				c.missing(n)
			}
			var args []string
			for _, v := range call.Arguments[:min(len(call.Arguments), 2)] {
				args = append(args, text(v))
			}
			fn(l, args, call)
			l.changed()
			return goja.Undefined()
		})
	}
	method("append", 2, func(l *list, args []string, _ goja.FunctionCall) {
		l.pairs = append(l.pairs, [2]string{args[0], args[1]})
	})
	method("delete", 1, func(l *list, args []string, call goja.FunctionCall) {
		byValue := !goja.IsUndefined(call.Argument(1))
		l.pairs = slices.DeleteFunc(l.pairs, func(pair [2]string) bool {
			return pair[0] == args[0] && (!byValue || pair[1] == args[1])
		})
	})
	method("set", 2, func(l *list, args []string, _ goja.FunctionCall) {
		i := slices.IndexFunc(l.pairs, func(pair [2]string) bool { return pair[0] == args[0] })
		if i < 0 {
			l.pairs = append(l.pairs, [2]string{args[0], args[1]})
			return
		}
		l.pairs[i][1] = args[1]
		rest := slices.DeleteFunc(l.pairs[i+1:], func(pair [2]string) bool { return pair[0] == args[0] })
		l.pairs = l.pairs[:i+1+len(rest)]
	})
	method("sort", 0, func(l *list, _ []string, _ goja.FunctionCall) {
		slices.SortStableFunc(l.pairs, func(a, b [2]string) int {
			// The standard sorts by UTF-16 units, which differs from Go's order beyond
			// U+FFFF.
			return slices.Compare(utf16.Encode([]rune(a[0])), utf16.Encode([]rune(b[0])))
		})
	})
}

// missing throws Node's error for too few of n arguments.
func (c *classes) missing(n int) {
	names := `The "name" argument must be specified`
	if n == 2 {
		names = `The "name" and "value" arguments must be specified`
	}
	c.env.ThrowCode("TypeError", "ERR_MISSING_ARGS", names)
}

// readers defines the methods that leave the list as it is.
func (c *classes) readers(proto *goja.Object) {
	env, vm := c.env, c.env.VM
	found := func(call goja.FunctionCall) (values []any) {
		if len(call.Arguments) == 0 {
			c.missing(1)
		}
		name := text(call.Argument(0))
		for _, pair := range c.list(call.This).pairs {
			if pair[0] == name {
				values = append(values, pair[1])
			}
		}
		return values
	}
	env.Method(proto, "get", 1, func(call goja.FunctionCall) goja.Value {
		if values := found(call); len(values) > 0 {
			return vm.ToValue(values[0])
		}
		return goja.Null()
	})
	env.Method(proto, "getAll", 1, func(call goja.FunctionCall) goja.Value { return vm.NewArray(found(call)...) })
	env.Method(proto, "has", 1, func(call goja.FunctionCall) goja.Value {
		values := found(call)
		if v := call.Argument(1); !goja.IsUndefined(v) {
			return vm.ToValue(slices.Contains(values, any(text(v))))
		}
		return vm.ToValue(len(values) > 0)
	})
	env.Method(proto, "toString", 0, func(call goja.FunctionCall) goja.Value { return vm.ToValue(c.list(call.This).String()) })
	env.Getter(proto, "size", true, func(this goja.Value) goja.Value { return vm.ToValue(len(c.list(this).pairs)) })
	env.Method(proto, "forEach", 1, func(call goja.FunctionCall) goja.Value {
		l := c.list(call.This)
		// The length is read again: a callback may add pairs.
		for i := 0; i < len(l.pairs); i++ {
			env.Call(call.Argument(0), call.Argument(1), "callback", vm.ToValue(l.pairs[i][1]), vm.ToValue(l.pairs[i][0]), call.This)
		}
		return goja.Undefined()
	})
	walk := c.walks()
	entries := walk("entries", func(pair [2]string) goja.Value { return vm.NewArray(pair[0], pair[1]) })
	env.Hidden(proto, "entries", entries)
	env.Hidden(proto, "keys", walk("keys", func(pair [2]string) goja.Value { return vm.ToValue(pair[0]) }))
	env.Hidden(proto, "values", walk("values", func(pair [2]string) goja.Value { return vm.ToValue(pair[1]) }))
	_ = proto.DefineDataPropertySymbol(goja.SymIterator, entries, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

// inspection makes consoles print objects of a class by show, through Node's
// nodejs.util.inspect.custom.
func (c *classes) inspection(proto *goja.Object, show func(o goja.Value, opt inspect.Options) string) {
	symbol := jsvalue.Object(c.env.VM.GlobalObject().Get("Symbol"))
	if symbol == nil {
		return
	}
	custom, ok := c.env.Call(symbol.Get("for"), symbol, "Symbol.for", c.env.VM.ToValue("nodejs.util.inspect.custom")).(*goja.Symbol)
	if !ok {
		return
	}
	_ = proto.DefineDataPropertySymbol(custom, c.env.Func("inspect", 2, func(call goja.FunctionCall) goja.Value {
		return c.env.VM.ToValue(show(call.This, inspect.FromScript(call.Argument(1))))
	}), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

// showURL prints a URL as Node does: its class and every property, one on each line.
func (c *classes) showURL(o goja.Value, _ inspect.Options) string {
	object := jsvalue.Object(o)
	if object == nil || object.GetSymbol(c.sym) == nil {
		return "URL {}"
	}
	var b strings.Builder
	b.WriteString("URL {")
	for i, name := range []string{"href", "origin", "protocol", "username", "password", "host", "hostname", "port", "pathname", "search", "searchParams", "hash"} {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString("\n  " + name + ": " + inspect.Value(c.env.VM, object.Get(name), inspect.Options{}))
	}
	return b.String() + "\n}"
}
