// Package cheerio is what scripts get from require('cheerio') and as the global cheerio: the interface of
// cheerio 0.22, for reading HTML and XML answers.
//
// Nodes are plain script objects, as cheerio's are: scripts read el.attribs.href and el.children[0].data, and
// write to them. So the tree is not golang.org/x/net/html's, which goquery works on, and that parser's html, head and
// body around everything would be wrong: cheerio 0.22 keeps a fragment a fragment. The parser follows htmlparser2's
// rules (what an opening tag closes, which elements are empty), selectors are matched in Go on the script objects,
// and the methods themselves are JavaScript of our own (js/cheerio.js). testdata/recorded.json compares all with the real one.
//
// Not here: selectors with namespaces, and $.fn plugins that reach into cheerio's private parts.
//
// Hostile input is bounded: elements nest at most maxDepth deep, deeper ones are added to the deepest, and selectors
// have a length and a depth.
package cheerio

import (
	"embed"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/native"
)

//go:embed js/cheerio.js
var files embed.FS

//nolint:gochecknoglobals // a table of embedded files, which keeps what costs milliseconds to compile
var scripts = native.NewScripts(files, "require:", "host")

// A library is cheerio in one runtime. Like the runtime it is used by one goroutine.
type library struct {
	vm    *goja.Runtime
	env   *native.Env
	proto map[string]*goja.Object // of nodes: "text" and "element", which the methods give
	ticks int                     // nodes looked at so far, see tick
	rows  map[*goja.Object]row    // while a selector is matched

	compiled map[string]*selector // selectors by their text
}

// tick is called for each node that is looked at: an interrupted script ends here, since no
// JavaScript runs meanwhile.
func (l *library) tick() {
	l.ticks++
	l.env.Pause(l.ticks)
}

// New makes the value of require('cheerio') in env's runtime. Of env only VM and Stopped are used.
func New(env *native.Env) goja.Value {
	l := &library{vm: env.VM, env: env, proto: map[string]*goja.Object{}}
	wrapped, err := scripts.Function(env.VM, "cheerio")
	l.env.Check(err)
	return l.env.Call(wrapped, goja.Undefined(), "cheerio", l.host())
}

// host is what the methods, which are JavaScript, need of Go: parsing, selecting and
// rendering. Arguments are not checked, as only our own code calls it.
func (l *library) host() *goja.Object {
	o := l.vm.NewObject()
	for name, f := range map[string]func(call goja.FunctionCall) goja.Value{
		"prototypes": func(call goja.FunctionCall) goja.Value {
			l.proto["text"] = call.Argument(0).ToObject(l.vm)
			l.proto["element"] = call.Argument(1).ToObject(l.vm)
			return goja.Undefined()
		},
		"parse": func(call goja.FunctionCall) goja.Value {
			return l.list(l.parse(call.Argument(0).String(), readOptions(call.Argument(1))))
		},
		"select": func(call goja.FunctionCall) goja.Value {
			s := l.selector(call.Argument(0).String())
			// A search remembers places of siblings; scripts may change the tree before the
			// next one.
			l.rows = map[*goja.Object]row{}
			return l.list(s.find(items(call.Argument(1)), items(call.Argument(2))))
		},
		"matches": func(call goja.FunctionCall) goja.Value {
			s := l.selector(call.Argument(0).String())
			el := jsvalue.Object(call.Argument(1))
			l.rows = map[*goja.Object]row{}
			return l.vm.ToValue(el != nil && isElement(el) && s.matches(el))
		},
		"render": func(call goja.FunctionCall) goja.Value {
			w := &writer{library: l, options: readOptions(call.Argument(1))}
			w.nodes(items(call.Argument(0)), 0)
			return l.vm.ToValue(w.String())
		},
	} {
		_ = o.Set(name, l.env.Func(name, 0, f))
	}
	return o
}

// list is an array of nodes for the JavaScript.
func (l *library) list(nodes []*goja.Object) goja.Value {
	out := make([]any, len(nodes))
	for i, n := range nodes {
		out[i] = n
	}
	return l.vm.NewArray(out...)
}
