package tv4

import (
	"regexp"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/schema/jsdata"
)

// A validator is one api object of tv4 with the schemas, formats and keywords that were added
// to it. freshApi makes another one.
type validator struct {
	*jsdata.Realm
	shared     *shared
	api        *goja.Object
	errorProto *goja.Object // the prototype of ValidationError
	stringify  goja.Value   // the engine's JSON.stringify
	schemas    *schemaMap
	missing    *names // documents that were referred to but not added
	formats    map[string]goja.Value
	keywords   []string // their order
	keyword    map[string][]goja.Value
	language   string     // "en", or a key of shared.languages
	reporter   goja.Value // the script's own messages, nil without
}

// shared is what all api objects of a runtime have in common: error codes and languages.
type shared struct {
	codes     *goja.Object                 // tv4.errorCodes
	number    map[string]int               // by name
	texts     map[int]string               // English messages, by number
	languages map[string]map[string]string // by language and code name
	nameOf    map[int]string               // by number
}

// New makes the value of require('tv4') and of the global tv4: version 1.3.0. Each call makes
// a new world of codes and languages.
func New(l *jsdata.Realm) *goja.Object {
	shared := &shared{
		codes: l.VM.NewObject(), number: map[string]int{}, texts: map[int]string{}, nameOf: map[int]string{},
		languages: map[string]map[string]string{"en": {}, "en-gb": {}},
	}
	for _, c := range codes() {
		shared.define(c)
	}
	proto := l.VM.CreateObject(l.VM.Get("Error").ToObject(l.VM).Get("prototype").ToObject(l.VM))
	_ = proto.Set("name", "ValidationError")
	t := fresh(l, shared, proto)
	// Some scripts read tv4.tv4, which the bundle of tv4 exports.
	_ = t.api.Set("tv4", t.api)
	return t.api
}

// define adds a code, or replaces one. Callers check for conflicts.
func (s *shared) define(c code) {
	_ = s.codes.Set(c.name, c.number)
	s.number[c.name], s.texts[c.number], s.nameOf[c.number] = c.number, c.text, c.name
}

// fresh makes an api object with its own schemas, formats and language. Languages and error
// codes are shared.
func fresh(l *jsdata.Realm, shared *shared, proto *goja.Object) *validator {
	t := &validator{
		Realm: l, shared: shared, api: l.VM.NewObject(), errorProto: proto,
		stringify: jsvalue.Field(l.VM.Get("JSON"), "stringify"), schemas: newSchemaMap(nil), missing: newNames(),
		formats: map[string]goja.Value{}, keyword: map[string][]goja.Value{}, language: "en",
	}
	for _, m := range t.methods() {
		_ = t.api.Set(m.name, l.Env.Func(m.name, 0, m.run))
	}
	// The result of validate is stored on the api itself: tv4.error, tv4.missing, tv4.valid.
	_ = t.api.Set("missing", l.VM.NewArray())
	_ = t.api.Set("error", goja.Null())
	_ = t.api.Set("valid", true)
	_ = t.api.Set("errorCodes", shared.codes)
	return t
}

// A named is one method of an api object. Methods are own properties, so a script can replace
// them.
type named struct {
	name string
	run  func(call goja.FunctionCall) goja.Value
}

func (t *validator) methods() []named {
	return append([]named{
		{"setErrorReporter", t.setErrorReporter},
		{"addFormat", t.addFormat},
		{"language", t.chooseLanguage},
		{"addLanguage", t.addLanguage},
		{"freshApi", t.freshAPI},
		{"validate", t.callValidate},
		{"validateResult", t.callValidateResult},
		{"validateMultiple", t.callValidateMultiple},
		{"defineKeyword", t.defineKeyword},
		{"defineError", t.defineError},
		{"reset", t.reset},
	}, t.schemaMethods()...)
}

// setErrorReporter takes a function (error, data, schema) that returns a message. A text
// chooses a language, as in older versions of tv4.
func (t *validator) setErrorReporter(call goja.FunctionCall) goja.Value {
	if jsdata.KindOf(call.Argument(0)) == jsdata.KindString {
		return t.chooseLanguage(call)
	}
	t.reporter = nil
	if call.Argument(0).ToBoolean() {
		t.reporter = call.Argument(0)
	}
	return t.VM.ToValue(true)
}

// addFormat takes (name, test) or an object of tests by name.
func (t *validator) addFormat(call goja.FunctionCall) goja.Value {
	if given := call.Argument(0); jsdata.IsThing(given) {
		for _, name := range jsdata.Keys(given) {
			t.formats[name] = jsvalue.Field(given, name)
		}
		return goja.Undefined()
	}
	t.formats[call.Argument(0).String()] = call.Argument(1)
	return goja.Undefined()
}

// defineKeyword adds a test to a keyword; several tests of one keyword all run.
func (t *validator) defineKeyword(call goja.FunctionCall) goja.Value {
	name := call.Argument(0).String()
	if t.keyword[name] == nil {
		t.keywords = append(t.keywords, name)
	}
	t.keyword[name] = append(t.keyword[name], call.Argument(1))
	return goja.Undefined()
}

// chooseLanguage returns the language, or changes it to one that was added. A region falls
// back to its language: "de-at" to "de". It returns the new language, or false when that is
// unknown, and then nothing changes.
func (t *validator) chooseLanguage(call goja.FunctionCall) goja.Value {
	if !call.Argument(0).ToBoolean() {
		return t.VM.ToValue(t.language)
	}
	name := call.Argument(0).String()
	if t.shared.languages[name] == nil {
		name, _, _ = strings.Cut(name, "-")
	}
	if t.shared.languages[name] == nil {
		return t.VM.ToValue(false)
	}
	t.language = name
	return t.VM.ToValue(name)
}

// addLanguage adds messages by code name. They also serve the language without region, unless
// that is there already.
func (t *validator) addLanguage(call goja.FunctionCall) goja.Value {
	name, given := call.Argument(0).String(), call.Argument(1)
	messages := map[string]string{}
	for _, key := range jsdata.Keys(given) {
		messages[key] = jsvalue.Field(given, key).String()
	}
	t.shared.languages[name] = messages
	if root, _, _ := strings.Cut(name, "-"); t.shared.languages[root] == nil {
		t.shared.languages[root] = messages
	}
	return t.api
}

// languageText is the message of a code: in the language, then in it without region, then in
// English. ok is false for a code without a text.
func (t *validator) languageText(number int) (string, bool) {
	name := t.shared.nameOf[number]
	root, _, _ := strings.Cut(t.language, "-")
	for _, language := range []string{t.language, root} {
		if text, ok := t.shared.languages[language][name]; ok && name != "" {
			return text, true
		}
	}
	text, ok := t.shared.texts[number]
	return text, ok
}

// defineError takes (name, number, message) and adds an error code. Numbers below 10000 are
// tv4's own. A name or number that is taken throws.
func (t *validator) defineError(call goja.FunctionCall) goja.Value {
	name, number := call.Argument(0), call.Argument(1)
	if jsdata.KindOf(name) != jsdata.KindString || !regexp.MustCompile(`^[A-Z]+(_[A-Z]+)*$`).MatchString(name.String()) {
		t.Fail("Code name must be a string in UPPER_CASE_WITH_UNDERSCORES")
	}
	if jsdata.KindOf(number) != jsdata.KindNumber || !jsdata.IsInteger(number.ToFloat()) || number.ToFloat() < 10000 {
		t.Fail("Code number must be an integer > 10000")
	}
	if known, ok := t.shared.number[name.String()]; ok {
		t.Fail("Error already defined: " + name.String() + " as " + t.VM.ToValue(known).String())
	}
	if known, ok := t.shared.nameOf[int(number.ToInteger())]; ok {
		t.Fail("Error code already used: " + known + " as " + number.String())
	}
	t.shared.define(code{name.String(), int(number.ToInteger()), call.Argument(2).String()})
	return goja.Undefined()
}

// freshAPI takes a language, or nothing.
func (t *validator) freshAPI(call goja.FunctionCall) goja.Value {
	fresh := fresh(t.Realm, t.shared, t.errorProto)
	if call.Argument(0).ToBoolean() {
		fresh.chooseLanguage(call)
	}
	return fresh.api
}

// reset forgets the last result, not schemas or formats.
func (t *validator) reset(call goja.FunctionCall) goja.Value {
	t.missing = newNames()
	this := t.receiver(call)
	_ = this.Set("error", goja.Null())
	_ = this.Set("missing", t.VM.NewArray())
	_ = this.Set("valid", true)
	return goja.Undefined()
}

// receiver is the object that a result is written to: what validate was called on, or the api
// when it was called as a bare function.
func (t *validator) receiver(call goja.FunctionCall) *goja.Object {
	if o, ok := call.This.(*goja.Object); ok {
		return o
	}
	return t.api
}

func (t *validator) callValidate(call goja.FunctionCall) goja.Value {
	return t.validateInto(t.receiver(call), call)
}

// validateInto stops at the first error, and writes error, missing and valid to result. It
// returns valid; validateMultiple collects all errors.
func (t *validator) validateInto(result *goja.Object, call goja.FunctionCall) goja.Value {
	c, schema := t.newCheck(call, false)
	f := c.all(call.Argument(0), schema, nil, nil, "")
	if f == nil && c.ban {
		f = c.unknownProperties(call.Argument(0), schema)
	}
	_ = result.Set("error", t.show(f))
	_ = result.Set("missing", t.textList(c.missing))
	_ = result.Set("valid", f == nil)
	return t.VM.ToValue(f == nil)
}

func (t *validator) textList(texts []string) goja.Value {
	out := make([]goja.Value, len(texts))
	for i, s := range texts {
		out[i] = t.VM.ToValue(s)
	}
	return jsvalue.Array(t.VM, out)
}

// newResult makes an object whose text is "valid" or the error's message.
func (t *validator) newResult() *goja.Object {
	result := t.VM.NewObject()
	_ = result.Set("toString", t.Env.Func("toString", 0, func(call goja.FunctionCall) goja.Value {
		if jsvalue.Field(call.This, "valid").ToBoolean() {
			return t.VM.ToValue("valid")
		}
		return jsvalue.Field(jsvalue.Field(call.This, "error"), "message")
	}))
	return result
}

func (t *validator) callValidateResult(call goja.FunctionCall) goja.Value {
	result := t.newResult()
	t.validateInto(result, call)
	return result
}

func (t *validator) callValidateMultiple(call goja.FunctionCall) goja.Value {
	c, schema := t.newCheck(call, true)
	c.all(call.Argument(0), schema, nil, nil, "")
	if c.ban {
		c.unknownProperties(call.Argument(0), schema)
	}
	result := t.newResult()
	_ = result.Set("errors", t.showAll(c.errors))
	_ = result.Set("missing", t.textList(c.missing))
	_ = result.Set("valid", len(c.errors) == 0)
	return result
}
