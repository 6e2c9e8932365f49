package schema

import (
	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/schema/jsdata"
)

// options are those of new Ajv(options) that have an effect here, as ajv 6 documents them. A
// "no…" is an option that is on by default.
type options struct {
	allErrors, verbose, jsonPointers, noMessages bool
	pathOfProperty                               bool // errorDataPath: "property"
	nullable, strictNumbers, ownProperties       bool
	data                                         bool // $data
	noUnicode, noUnique                          bool
	fullFormats, noFormats                       bool
	ignoreUnknownFormats                         bool
	knownFormats                                 map[string]bool
	useDefaults, coerce, removeAdditional        string // "", "true" or what the option says
	extendRefs, missingRefs                      string
	schemaID                                     string
	skipSchemaCheck, logSchemaCheck              bool
	strictKeywords, strictDefaults               string
	passContext                                  bool
	noInline                                     bool
	inlineLimit                                  int        // inlineRefs as a number: how many keywords a schema may have to be copied
	precision                                    goja.Value // multipleOfPrecision
	logger                                       goja.Value
	keepUsed                                     bool // addUsedSchema
}

// word reads an option that is a switch with variants: "" when off, "true" when on.
func word(given goja.Value, name string) string {
	v := jsvalue.Field(given, name)
	if !v.ToBoolean() {
		return ""
	}
	return v.String()
}

// readOptions reads ajv's options. Unknown ones are ignored, as ajv does.
func readOptions(given goja.Value) *options {
	on := func(name string) bool { return jsvalue.Field(given, name).ToBoolean() }
	off := func(name string) bool { return jsdata.IsFalse(jsvalue.Field(given, name)) }
	o := &options{
		allErrors: on("allErrors"), verbose: on("verbose"), jsonPointers: on("jsonPointers"), noMessages: off("messages"),
		pathOfProperty: word(given, "errorDataPath") == "property",
		data:           on("$data"),
		nullable:       on("nullable"), strictNumbers: on("strictNumbers"), ownProperties: on("ownProperties"),
		noUnicode: off("unicode"), noUnique: off("uniqueItems"),
		fullFormats: word(given, "format") == "full", noFormats: off("format"),
		ignoreUnknownFormats: word(given, "unknownFormats") == "ignore",
		useDefaults:          word(given, "useDefaults"), coerce: word(given, "coerceTypes"),
		removeAdditional: word(given, "removeAdditional"),
		extendRefs:       word(given, "extendRefs"), missingRefs: word(given, "missingRefs"),
		schemaID:        word(given, "schemaId"),
		skipSchemaCheck: off("validateSchema"), logSchemaCheck: word(given, "validateSchema") == "log",
		strictKeywords: word(given, "strictKeywords"), strictDefaults: word(given, "strictDefaults"),
		passContext: on("passContext"),
		noInline:    off("inlineRefs"),
		precision:   jsvalue.Field(given, "multipleOfPrecision"), logger: jsvalue.Field(given, "logger"),
		keepUsed: !off("addUsedSchema"),
	}
	if v := jsvalue.Field(given, "unknownFormats"); jsdata.KindOf(v) == jsdata.KindArray {
		o.knownFormats = map[string]bool{}
		for _, name := range jsdata.Texts(v) {
			o.knownFormats[name] = true
		}
	}
	if v := jsvalue.Field(given, "inlineRefs"); jsdata.KindOf(v) == jsdata.KindNumber {
		o.inlineLimit = int(v.ToInteger())
	}
	return o
}

// forMeta is what of the options counts when a schema itself is validated: it must not be
// changed.
func (o *options) forMeta() *options {
	m := *o
	m.removeAdditional, m.useDefaults, m.coerce = "", "", ""
	return &m
}
