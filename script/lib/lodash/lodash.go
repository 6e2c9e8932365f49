// Package lodash is lodash 4.17.21, and 3.10.2 for the global _, for scripts: its functions, chains and error texts, written again. The functions are
// JavaScript of ours in js/, since most of what they do is to call functions of the script; what is long work without
// such calls (copies, equality, sorting, words) is done in Go, for data that is plain.
//
// A member is made when it is first touched. Answers that the original gave are in testdata, where tools/lodash put them.
package lodash

import (
	"embed"
	"strings"
	"sync"

	"github.com/dop251/goja"

	"posthaste/script/lib/native"
)

//go:embed js/*.js js/*/*.js
var files embed.FS

// An edition is one version of lodash: its number and its functions.
type edition struct {
	version          string
	chainable, plain string
	names            func() []string
	places           func() map[string]string
}

//nolint:gochecknoglobals // a table of embedded files, which keeps what costs milliseconds to compile
var compiled sync.Map

// program compiles a file once a process. Unlike other scripts of ours these are not strict: lodash writes to frozen
// objects without an error.
func program(name string) (*goja.Program, error) {
	if known, ok := compiled.Load(name); ok {
		return known.(*goja.Program), nil
	}
	source, err := files.ReadFile("js/" + name + ".js")
	if err != nil {
		return nil, err
	}
	made, err := goja.Compile("require:lodash/"+name, "(function (use, host, _, lib) {"+string(source)+"\n})", false)
	if err != nil {
		return nil, err
	}
	compiled.Store(name, made) // two runtimes at once compile it twice, which is harmless
	return made, nil
}

// library is one runtime's lodash.
type library struct {
	env                     *native.Env
	edition                 *edition
	objectProto, arrayProto *goja.Object
}

// New makes the value of require('lodash').
func New(env *native.Env) goja.Value { return load(env, &four) }

// New3 makes the global _, lodash 3.10.2, which Postman has.
func New3(env *native.Env) goja.Value { return load(env, &three) }

func load(env *native.Env, e *edition) goja.Value {
	vm := env.VM
	l := &library{env: env, edition: e}
	l.objectProto = vm.NewObject().Prototype()
	l.arrayProto = vm.NewArray().Prototype()
	host, timers := vm.NewObject(), vm.NewObject()
	for name, v := range env.Timers {
		_ = timers.Set(name, v)
	}
	for name, v := range map[string]any{
		"version": e.version, "three": e == &three, "root": vm.GlobalObject(), "place": l.place, "chainable": l.chainable, "plain": l.plain, "load": l.load, "timers": timers, "buffer": l.buffer, "members": l.members,
		"clone": l.clone, "equal": l.equal, "order": l.order, "words": l.words, "deburr": l.deburr,
	} {
		_ = host.Set(name, v)
	}
	return env.Call(l.function("core"), goja.Undefined(), "core", goja.Undefined(), host)
}

func (l *library) function(name string) goja.Value {
	p, err := program(name)
	l.env.Check(err)
	f, err := l.env.VM.RunProgram(p)
	l.env.Check(err)
	return f
}

// buffer is the class Buffer, undefined if missing.
func (l *library) buffer(goja.FunctionCall) goja.Value {
	if l.env.Require == nil {
		return goja.Undefined()
	}
	return l.env.Require("buffer").ToObject(l.env.VM).Get("Buffer")
}

// load gives the function that makes a file's module.
func (l *library) load(call goja.FunctionCall) goja.Value {
	return l.function(call.Argument(0).String())
}

// members defines every function of lodash on _ so that it is made when it is first read. The getter is the setter too, which
// has an argument: a function of Go costs a microsecond, and there are three hundred.
func (l *library) members(call goja.FunctionCall) goja.Value {
	target := call.Argument(0).(*goja.Object)
	make, _ := goja.AssertFunction(call.Argument(1))
	for _, name := range l.edition.names() {
		access := l.env.VM.ToValue(func(call goja.FunctionCall) goja.Value {
			v := call.Argument(0)
			if len(call.Arguments) == 0 {
				made, err := make(goja.Undefined(), l.env.VM.ToValue(name))
				l.env.Check(err)
				v = made
			}
			l.env.Check(target.DefineDataProperty(name, v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE))
			return v
		})
		l.env.Check(target.DefineAccessorProperty(name, access, access, goja.FLAG_TRUE, goja.FLAG_TRUE))
	}
	return goja.Undefined()
}

// place is the file that a function comes from.
func (l *library) place(call goja.FunctionCall) goja.Value {
	return l.env.VM.ToValue(l.edition.places()[call.Argument(0).String()])
}

func (l *library) chainable(goja.FunctionCall) goja.Value { return l.names(l.edition.chainable) }
func (l *library) plain(goja.FunctionCall) goja.Value     { return l.names(l.edition.plain) }

func (l *library) names(list string) goja.Value {
	items := []any{}
	for _, name := range strings.Fields(list) {
		items = append(items, name)
	}
	return l.env.VM.NewArray(items...)
}
