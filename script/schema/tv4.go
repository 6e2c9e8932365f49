package schema

import (
	"regexp"
	"strings"

	"github.com/dop251/goja"
)

// tv4 is one api object of tv4 with the schemas, formats and keywords that were added to it.
type tv4 struct {
	*Library
	shared     *tv4Shared
	api        *goja.Object
	errorProto *goja.Object
	stringify  goja.Value
	schemas    *schemaMap
	missing    *names
	formats    map[string]goja.Value
	keywords   []string
	keyword    map[string][]goja.Value
	language   string
	reporter   goja.Value
}

// tv4Shared is what all api objects of a runtime have in common.
type tv4Shared struct {
	codes     *goja.Object
	number    map[string]int
	texts     map[int]string
	languages map[string]map[string]string // by language and code name
	nameOf    map[int]string
}

func (l *Library) newTV4() *goja.Object {
	shared := &tv4Shared{
		codes: l.vm.NewObject(), number: map[string]int{}, texts: map[int]string{}, nameOf: map[int]string{},
		languages: map[string]map[string]string{"en": {}, "en-gb": {}},
	}
	for _, c := range tv4Codes() {
		shared.define(c)
	}
	proto := l.vm.CreateObject(l.vm.Get("Error").ToObject(l.vm).Get("prototype").ToObject(l.vm))
	_ = proto.Set("name", "ValidationError")
	t := l.freshTV4(shared, proto)
	_ = t.api.Set("tv4", t.api)
	return t.api
}

func (s *tv4Shared) define(c code) {
	_ = s.codes.Set(c.name, c.number)
	s.number[c.name], s.texts[c.number], s.nameOf[c.number] = c.number, c.text, c.name
}

func (l *Library) freshTV4(shared *tv4Shared, proto *goja.Object) *tv4 {
	t := &tv4{
		Library: l, shared: shared, api: l.vm.NewObject(), errorProto: proto,
		stringify: get(l.vm.Get("JSON"), "stringify"), schemas: newSchemaMap(nil), missing: newNames(),
		formats: map[string]goja.Value{}, keyword: map[string][]goja.Value{}, language: "en",
	}
	for _, m := range t.methods() {
		_ = t.api.Set(m.name, l.env.Func(m.name, 0, m.run))
	}
	_ = t.api.Set("missing", l.vm.NewArray())
	_ = t.api.Set("error", goja.Null())
	_ = t.api.Set("valid", true)
	_ = t.api.Set("errorCodes", shared.codes)
	return t
}

// A named is one method of an api object.
type named struct {
	name string
	run  func(call goja.FunctionCall) goja.Value
}

func (t *tv4) methods() []named {
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

func (t *tv4) setErrorReporter(call goja.FunctionCall) goja.Value {
	if kindOf(call.Argument(0)) == kindString {
		return t.chooseLanguage(call)
	}
	t.reporter = nil
	if call.Argument(0).ToBoolean() {
		t.reporter = call.Argument(0)
	}
	return t.vm.ToValue(true)
}

func (t *tv4) addFormat(call goja.FunctionCall) goja.Value {
	if given := call.Argument(0); isThing(given) {
		for _, name := range keys(given) {
			t.formats[name] = get(given, name)
		}
		return goja.Undefined()
	}
	t.formats[call.Argument(0).String()] = call.Argument(1)
	return goja.Undefined()
}

func (t *tv4) defineKeyword(call goja.FunctionCall) goja.Value {
	name := call.Argument(0).String()
	if t.keyword[name] == nil {
		t.keywords = append(t.keywords, name)
	}
	t.keyword[name] = append(t.keyword[name], call.Argument(1))
	return goja.Undefined()
}

// chooseLanguage tells the language, or changes it to one that was added; region falls back to language.
func (t *tv4) chooseLanguage(call goja.FunctionCall) goja.Value {
	if !call.Argument(0).ToBoolean() {
		return t.vm.ToValue(t.language)
	}
	name := call.Argument(0).String()
	if t.shared.languages[name] == nil {
		name, _, _ = strings.Cut(name, "-")
	}
	if t.shared.languages[name] == nil {
		return t.vm.ToValue(false)
	}
	t.language = name
	return t.vm.ToValue(name)
}

func (t *tv4) addLanguage(call goja.FunctionCall) goja.Value {
	name, given := call.Argument(0).String(), call.Argument(1)
	messages := map[string]string{}
	for _, key := range keys(given) {
		messages[key] = get(given, key).String()
	}
	t.shared.languages[name] = messages
	if root, _, _ := strings.Cut(name, "-"); t.shared.languages[root] == nil {
		t.shared.languages[root] = messages
	}
	return t.api
}

func (t *tv4) languageText(number int) (string, bool) {
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

func (t *tv4) defineError(call goja.FunctionCall) goja.Value {
	name, number := call.Argument(0), call.Argument(1)
	if kindOf(name) != kindString || !regexp.MustCompile(`^[A-Z]+(_[A-Z]+)*$`).MatchString(name.String()) {
		t.fail("Code name must be a string in UPPER_CASE_WITH_UNDERSCORES")
	}
	if kindOf(number) != kindNumber || !isInteger(number.ToFloat()) || number.ToFloat() < 10000 {
		t.fail("Code number must be an integer > 10000")
	}
	if known, ok := t.shared.number[name.String()]; ok {
		t.fail("Error already defined: " + name.String() + " as " + t.vm.ToValue(known).String())
	}
	if known, ok := t.shared.nameOf[int(number.ToInteger())]; ok {
		t.fail("Error code already used: " + known + " as " + number.String())
	}
	t.shared.define(code{name.String(), int(number.ToInteger()), call.Argument(2).String()})
	return goja.Undefined()
}

func (t *tv4) freshAPI(call goja.FunctionCall) goja.Value {
	fresh := t.freshTV4(t.shared, t.errorProto)
	if call.Argument(0).ToBoolean() {
		fresh.chooseLanguage(call)
	}
	return fresh.api
}

func (t *tv4) reset(call goja.FunctionCall) goja.Value {
	t.missing = newNames()
	this := t.receiver(call)
	_ = this.Set("error", goja.Null())
	_ = this.Set("missing", t.vm.NewArray())
	_ = this.Set("valid", true)
	return goja.Undefined()
}

// receiver is the object a result is written to: the api, or what it was called on.
func (t *tv4) receiver(call goja.FunctionCall) *goja.Object {
	if o, ok := call.This.(*goja.Object); ok {
		return o
	}
	return t.api
}

func (t *tv4) callValidate(call goja.FunctionCall) goja.Value {
	return t.validateInto(t.receiver(call), call)
}

func (t *tv4) validateInto(result *goja.Object, call goja.FunctionCall) goja.Value {
	c, schema := t.newCheck(call, false)
	f := c.all(call.Argument(0), schema, nil, nil, "")
	if f == nil && c.ban {
		f = c.unknownProperties(call.Argument(0), schema)
	}
	_ = result.Set("error", t.show(f))
	_ = result.Set("missing", t.textList(c.missing))
	_ = result.Set("valid", f == nil)
	return t.vm.ToValue(f == nil)
}

func (t *tv4) textList(texts []string) goja.Value {
	out := make([]goja.Value, len(texts))
	for i, s := range texts {
		out[i] = t.vm.ToValue(s)
	}
	return list(t.vm, out)
}

// newResult makes an object whose text is "valid" or the error's message.
func (t *tv4) newResult() *goja.Object {
	result := t.vm.NewObject()
	_ = result.Set("toString", t.env.Func("toString", 0, func(call goja.FunctionCall) goja.Value {
		if get(call.This, "valid").ToBoolean() {
			return t.vm.ToValue("valid")
		}
		return get(get(call.This, "error"), "message")
	}))
	return result
}

func (t *tv4) callValidateResult(call goja.FunctionCall) goja.Value {
	result := t.newResult()
	t.validateInto(result, call)
	return result
}

func (t *tv4) callValidateMultiple(call goja.FunctionCall) goja.Value {
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
