package schema

import (
	"github.com/dop251/goja"

	"posthaste/script/lib/native"
	"posthaste/script/lib/schema/jsdata"
	"posthaste/script/lib/schema/tv4"
)

// Bounds of compiling and checking, for schemas that a script made hostile or by mistake.
const (
	maxDepth = jsdata.MaxDepth
	// maxNodes bounds the schema nodes that one compilation may make, copies of what a $ref names included.
	maxNodes = 200_000
	// maxSteps bounds the schema nodes that one validation may visit: a few seconds.
	maxSteps = jsdata.MaxSteps
)

// A Library is the schema validators of one runtime. Like the runtime it is not safe for
// concurrent use.
type Library struct {
	vm      *goja.Runtime
	env     *native.Env
	realm   *jsdata.Realm
	meta    goja.Value // the meta-schema of draft 7, once it was needed
	ajv     *goja.Object
	tv4     *goja.Object
	state   *goja.Symbol // where an ajv instance keeps its Go side
	classes ajvErrors
	shapes  shapes
	metas   map[metaKey]*entry
}

// A metaKey is the options that change how schemas are checked by the meta-schema.
type metaKey struct {
	allErrors, verbose, jsonPointers, noMessages, pathOfProperty, fullFormats, noFormats, noUnicode bool
}

// New prepares the validators of env's runtime. It must be called before scripts run, because
// it remembers the realm's own RegExp; everything else is made when first used. Of env only
// VM and Stopped are used.
func New(env *native.Env) *Library {
	l := &Library{vm: env.VM, env: env, realm: jsdata.NewRealm(env), state: goja.NewSymbol("ajv"), shapes: shapes{}, metas: map[metaKey]*entry{}}
	return l
}

// Ajv is the value of require('ajv'): the constructor of ajv 6.12.5.
func (l *Library) Ajv() goja.Value {
	if l.ajv == nil {
		l.ajv = l.newAjv()
	}
	return l.ajv
}

// TV4 is the value of require('tv4') and of the global tv4: version 1.3.0.
func (l *Library) TV4() goja.Value {
	if l.tv4 == nil {
		l.tv4 = tv4.New(l.realm)
	}
	return l.tv4
}

// Check validates data with ajv's options and lists what does not match ("data.a should be
// number"). It is what sdk.Env.Schema asks for. err is the exception of a schema that cannot
// be used.
func (l *Library) Check(schema, data, options goja.Value) (problems []string, err error) {
	exception := l.vm.Try(func() {
		in := l.newInstance(options)
		failures, valid := in.validate(in.compiledFor(schema), &spot{value: data})
		if valid {
			return
		}
		for _, f := range failures {
			problems = append(problems, "data"+f.path()+" "+f.text())
		}
	})
	if exception != nil {
		return nil, exception
	}
	return problems, nil
}

// fail throws an Error of the realm.
func (l *Library) fail(message string) { l.realm.Fail(message) }

// tooMuch throws the RangeError that a validator in JavaScript ends with when it recurses
// without end.
func (l *Library) tooMuch() { l.realm.TooMuch() }

// pattern makes a regular expression of the realm.
func (l *Library) pattern(source string) *goja.Object {
	return l.realm.Pattern(source)
}

// matches asks a regular expression of the realm.
func (l *Library) matches(re *goja.Object, text goja.Value) bool { return l.realm.Matches(re, text) }
