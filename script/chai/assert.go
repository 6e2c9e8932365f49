package chai

import (
	"strings"

	"github.com/dop251/goja"
)

// A spec says how an assert function is put together from the chain: it takes
// the subject, the arguments of the assertion, and a message.
type spec struct {
	flags flags
	call  string       // the method, or
	read  string       // the property
	args  int          // of the method, besides the subject
	fixed []goja.Value // given to the method in their place
	kind  string       // the argument of a type assertion
}

// assertSpecs lists the assert functions that follow the pattern. In each text
// the last word is the method, with the number of its arguments, a property
// (.ok), or a type or value to be (:array, =true); the others are flags.
func assertSpecs() map[string]string {
	specs := map[string]string{
		"isOk": ".ok", "strictEqual": "equal/1", "deepEqual": "eql/1", "deepStrictEqual": "eql/1",
		"isAbove": "above/1", "isAtLeast": "least/1", "isBelow": "below/1", "isAtMost": "most/1",
		"isTrue": ".true", "isNotTrue": "not =true", "isFalse": ".false", "isNotFalse": "not =false",
		"isNull": "=null", "isNotNull": "not =null", "isNaN": ".NaN", "exists": ".exist", "notExists": "not .exist",
		"isUndefined": "=undefined", "isDefined": "not =undefined", "isFinite": ".finite",
		"typeOf": "a/1", "instanceOf": "instanceof/1", "match": "match/1", "lengthOf": "lengthOf/1",
		"property": "property/1", "propertyVal": "property/2", "ownProperty": "own property/1",
		"ownPropertyVal": "own property/2", "deepPropertyVal": "deep property/2", "deepOwnPropertyVal": "deep own property/2",
		"nestedProperty": "nested property/1", "nestedPropertyVal": "nested property/2",
		"deepNestedPropertyVal": "deep nested property/2",
		"include":               "include/1", "deepInclude": "deep include/1", "nestedInclude": "nested include/1",
		"deepNestedInclude": "deep nested include/1", "ownInclude": "own include/1", "deepOwnInclude": "deep own include/1",
		"hasAnyKeys": "any keys/1", "hasAllKeys": "all keys/1", "containsAllKeys": "contains all keys/1",
		"hasAnyDeepKeys": "any deep keys/1", "hasAllDeepKeys": "all deep keys/1",
		"containsAllDeepKeys": "contains all deep keys/1", "doesNotHaveAnyKeys": "not any keys/1",
		"doesNotHaveAllKeys": "not all keys/1", "doesNotHaveAnyDeepKeys": "not any deep keys/1",
		"doesNotHaveAllDeepKeys": "not all deep keys/1",
		"throws":                 "throw/2", "doesNotThrow": "not throw/2",
		"closeTo": "closeTo/2", "approximately": "approximately/2", "oneOf": "oneOf/1",
		"sameMembers": "members/1", "sameDeepMembers": "deep members/1", "sameOrderedMembers": "ordered members/1",
		"sameDeepOrderedMembers": "deep ordered members/1", "includeMembers": "contains members/1",
		"includeDeepMembers": "contains deep members/1", "includeOrderedMembers": "contains ordered members/1",
		"includeDeepOrderedMembers": "contains deep ordered members/1",
		"isExtensible":              ".extensible", "isSealed": ".sealed", "isFrozen": ".frozen", "isEmpty": ".empty",
	}
	for _, kind := range []string{"Function", "Object", "Array", "String", "Number", "Boolean"} {
		specs["is"+kind] = ":" + strings.ToLower(kind)
		specs["isNot"+kind] = "not :" + strings.ToLower(kind)
	}
	for _, name := range []string{"isOk", "isNaN", "isExtensible", "isSealed", "isFrozen", "isEmpty"} {
		specs["isNot"+name[2:]] = "not " + specs[name]
	}
	for _, name := range []string{
		"strictEqual", "deepEqual", "typeOf", "instanceOf", "match", "property", "propertyVal", "ownProperty",
		"ownPropertyVal", "deepPropertyVal", "deepOwnPropertyVal", "nestedProperty", "nestedPropertyVal",
		"deepNestedPropertyVal", "include", "deepInclude", "nestedInclude", "deepNestedInclude", "ownInclude",
		"deepOwnInclude", "sameMembers", "sameDeepMembers", "sameOrderedMembers", "sameDeepOrderedMembers",
		"includeMembers", "includeDeepMembers", "includeOrderedMembers", "includeDeepOrderedMembers",
	} {
		specs["not"+strings.ToUpper(name[:1])+name[1:]] = "not " + specs[name]
	}
	return specs
}

func (c *Chai) parseSpec(text string) spec {
	var s spec
	for _, word := range strings.Fields(text) {
		name, count, isMethod := strings.Cut(word, "/")
		switch {
		case isMethod:
			s.call, s.args = name, int(count[0]-'0')
		case word[0] == '.':
			s.read = word[1:]
		case word[0] == ':':
			s.kind = word[1:]
		case word[0] == '=':
			s.call = "equal"
			s.fixed = []goja.Value{c.fixedValue(word[1:])}
		case word == "not":
			s.flags |= negate
		default:
			s.flags |= flagNamed(word)
		}
	}
	return s
}

// fixedValue is the value that a spec compares with.
func (c *Chai) fixedValue(name string) goja.Value {
	switch name {
	case "null":
		return goja.Null()
	case "undefined":
		return goja.Undefined()
	}
	return c.vm.ToValue(name == "true")
}

// assertFunc makes an assert function of its spec.
func (c *Chai) assertFunc(name string, s spec) *goja.Object {
	return c.native(name, func(in goja.FunctionCall) goja.Value {
		args := in.Arguments
		a := &Assertion{c: c, object: in.Argument(0), flags: s.flags}
		a.takeMessage(args, 1+s.args)
		switch {
		case s.read != "":
			a.Read(s.read)
		case s.kind != "":
			a.isA(s.kind)
		case s.fixed != nil:
			a.Call(s.call, s.fixed...)
		default:
			given := make([]goja.Value, s.args) // all of them, even when left out
			for i := range given {
				given[i] = arg(args, i+1)
			}
			a.Call(s.call, given...)
		}
		if name == "throws" {
			return a.Object()
		}
		return nil
	})
}
