package schema

import "github.com/dop251/goja"

// definitionSchema is what the definition of a keyword must match (ajv: definition_schema).
// It is ajv's own schema, since its errors reach scripts.
const definitionSchema = `{
	"definitions": {"simpleTypes": {"type": "string", "enum": ["array", "boolean", "integer", "null", "number", "object", "string"]}},
	"type": "object",
	"dependencies": {
		"schema": ["validate"], "$data": ["validate"], "statements": ["inline"], "valid": {"not": {"required": ["macro"]}}
	},
	"properties": {
		"type": {"anyOf": [{"$ref": "#/definitions/simpleTypes"}, {"type": "array", "items": {"$ref": "#/definitions/simpleTypes"}}]},
		"schema": {"type": "boolean"}, "statements": {"type": "boolean"},
		"dependencies": {"type": "array", "items": {"type": "string"}},
		"metaSchema": {"type": "object"}, "modifying": {"type": "boolean"}, "valid": {"type": "boolean"},
		"$data": {"type": "boolean"}, "async": {"type": "boolean"},
		"errors": {"anyOf": [{"type": "boolean"}, {"const": "full"}]}
	}
}`

// checkDefinition is validateKeyword(definition, throwError). The errors are set on the
// method itself, as ajv does.
func (in *instance) checkDefinition(definition goja.Value, throw bool) bool {
	if in.definition == nil {
		json := in.vm.Get("JSON").ToObject(in.vm)
		options := in.vm.NewObject()
		_ = options.Set("allErrors", true)
		checker := in.newInstance(options)
		in.definition = checker.compiledFor(in.env.Call(json.Get("parse"), json, "parse", in.vm.ToValue(definitionSchema)))
	}
	failures, valid := in.definition.in.validate(in.definition, &spot{value: definition})
	errs := errorList(in.vm, failures)
	check := in.object.Get("validateKeyword").ToObject(in.vm)
	_ = check.Set("errors", errs)
	if !valid && throw {
		in.fail("custom keyword definition is invalid: " + in.errorsText(errs, goja.Undefined()))
	}
	return valid
}
