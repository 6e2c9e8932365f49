package assert

import (
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/lib/chai/assertion"
)

// A member is an assert function. The last word of its spec is the method with the
// number of its arguments, a property (.ok), or a type or value to be (:array,
// =true); the others are flags, not for negate among them. A few are made by
// functions of their own.
type member struct{ name, spec string }

// members lists the functions in chai's order.
//
//nolint:gochecknoglobals // a table
var members = []member{
	{"isOk", ".ok"},
	{"isNotOk", "not .ok"},
	{"equal", "loose"},
	{"notEqual", "loose"},
	{"strictEqual", "equal/1"},
	{"notStrictEqual", "not equal/1"},
	{"deepStrictEqual", "eql/1"},
	{"deepEqual", "eql/1"},
	{"notDeepEqual", "not eql/1"},
	{"isAbove", "above/1"},
	{"isAtLeast", "least/1"},
	{"isBelow", "below/1"},
	{"isAtMost", "most/1"},
	{"isTrue", ".true"},
	{"isNotTrue", "not =true"},
	{"isFalse", ".false"},
	{"isNotFalse", "not =false"},
	{"isNull", "=null"},
	{"isNotNull", "not =null"},
	{"isNaN", ".NaN"},
	{"isNotNaN", "not .NaN"},
	{"exists", ".exist"},
	{"notExists", "not .exist"},
	{"isUndefined", "=undefined"},
	{"isDefined", "not =undefined"},
	{"isFunction", ":function"},
	{"isNotFunction", "not :function"},
	{"isObject", ":object"},
	{"isNotObject", "not :object"},
	{"isArray", ":array"},
	{"isNotArray", "not :array"},
	{"isString", ":string"},
	{"isNotString", "not :string"},
	{"isNumber", ":number"},
	{"isNotNumber", "not :number"},
	{"isFinite", ".finite"},
	{"isBoolean", ":boolean"},
	{"isNotBoolean", "not :boolean"},
	{"typeOf", "a/1"},
	{"notTypeOf", "not a/1"},
	{"instanceOf", "instanceof/1"},
	{"notInstanceOf", "not instanceof/1"},
	{"include", "include/1"},
	{"notInclude", "not include/1"},
	{"deepInclude", "deep include/1"},
	{"notDeepInclude", "not deep include/1"},
	{"nestedInclude", "nested include/1"},
	{"notNestedInclude", "not nested include/1"},
	{"deepNestedInclude", "deep nested include/1"},
	{"notDeepNestedInclude", "not deep nested include/1"},
	{"ownInclude", "own include/1"},
	{"notOwnInclude", "not own include/1"},
	{"deepOwnInclude", "deep own include/1"},
	{"notDeepOwnInclude", "not deep own include/1"},
	{"match", "match/1"},
	{"notMatch", "not match/1"},
	{"property", "property/1"},
	{"notProperty", "not property/1"},
	{"propertyVal", "property/2"},
	{"notPropertyVal", "not property/2"},
	{"deepPropertyVal", "deep property/2"},
	{"notDeepPropertyVal", "not deep property/2"},
	{"ownProperty", "own property/1"},
	{"notOwnProperty", "not own property/1"},
	{"ownPropertyVal", "own property/2"},
	{"notOwnPropertyVal", "not own property/2"},
	{"deepOwnPropertyVal", "deep own property/2"},
	{"notDeepOwnPropertyVal", "not deep own property/2"},
	{"nestedProperty", "nested property/1"},
	{"notNestedProperty", "not nested property/1"},
	{"nestedPropertyVal", "nested property/2"},
	{"notNestedPropertyVal", "not nested property/2"},
	{"deepNestedPropertyVal", "deep nested property/2"},
	{"notDeepNestedPropertyVal", "not deep nested property/2"},
	{"lengthOf", "lengthOf/1"},
	{"hasAnyKeys", "any keys/1"},
	{"hasAllKeys", "all keys/1"},
	{"containsAllKeys", "contains all keys/1"},
	{"doesNotHaveAnyKeys", "not any keys/1"},
	{"doesNotHaveAllKeys", "not all keys/1"},
	{"hasAnyDeepKeys", "any deep keys/1"},
	{"hasAllDeepKeys", "all deep keys/1"},
	{"containsAllDeepKeys", "contains all deep keys/1"},
	{"doesNotHaveAnyDeepKeys", "not any deep keys/1"},
	{"doesNotHaveAllDeepKeys", "not all deep keys/1"},
	{"throws", "throw/2"},
	{"doesNotThrow", "not throw/2"},
	{"operator", "operator"},
	{"closeTo", "closeTo/2"},
	{"approximately", "approximately/2"},
	{"sameMembers", "members/1"},
	{"notSameMembers", "not members/1"},
	{"sameDeepMembers", "deep members/1"},
	{"notSameDeepMembers", "not deep members/1"},
	{"sameOrderedMembers", "ordered members/1"},
	{"notSameOrderedMembers", "not ordered members/1"},
	{"sameDeepOrderedMembers", "deep ordered members/1"},
	{"notSameDeepOrderedMembers", "not deep ordered members/1"},
	{"includeMembers", "contains members/1"},
	{"notIncludeMembers", "not contains members/1"},
	{"includeDeepMembers", "contains deep members/1"},
	{"notIncludeDeepMembers", "not contains deep members/1"},
	{"includeOrderedMembers", "contains ordered members/1"},
	{"notIncludeOrderedMembers", "not contains ordered members/1"},
	{"includeDeepOrderedMembers", "contains deep ordered members/1"},
	{"notIncludeDeepOrderedMembers", "not contains deep ordered members/1"},
	{"oneOf", "oneOf/1"},
	{"changes", "change"},
	{"changesBy", "change"},
	{"doesNotChange", "change"},
	{"changesButNotBy", "change"},
	{"increases", "change"},
	{"increasesBy", "change"},
	{"doesNotIncrease", "change"},
	{"increasesButNotBy", "change"},
	{"decreases", "change"},
	{"decreasesBy", "change"},
	{"doesNotDecrease", "change"},
	{"doesNotDecreaseBy", "change"},
	{"decreasesButNotBy", "change"},
	{"ifError", "error"},
	{"isExtensible", ".extensible"},
	{"isNotExtensible", "not .extensible"},
	{"isSealed", ".sealed"},
	{"isNotSealed", "not .sealed"},
	{"isFrozen", ".frozen"},
	{"isNotFrozen", "not .frozen"},
	{"isEmpty", ".empty"},
	{"isNotEmpty", "not .empty"},
}

// aliases are the second names of functions.
func aliases() []struct{ name, as string } {
	return []struct{ name, as string }{
		{"isOk", "ok"},
		{"isNotOk", "notOk"},
		{"throws", "throw"},
		{"throws", "Throw"},
		{"isExtensible", "extensible"},
		{"isNotExtensible", "notExtensible"},
		{"isSealed", "sealed"},
		{"isNotSealed", "notSealed"},
		{"isFrozen", "frozen"},
		{"isNotFrozen", "notFrozen"},
		{"isEmpty", "empty"},
		{"isNotEmpty", "notEmpty"},
	}
}

// Parse reads a spec as members have it.
func Parse(l *assertion.Library, text string) Spec {
	var s Spec
	for _, word := range strings.Fields(text) {
		name, count, isMethod := strings.Cut(word, "/")
		switch {
		case isMethod:
			s.call, s.args = name, int(count[0]-'0')
		case word[0] == '.':
			s.read = word[1:]
		case word[0] == ':':
			s.call, s.fixed = "a", []goja.Value{l.B.VM.ToValue(word[1:])}
		case word[0] == '=':
			s.call, s.fixed = "equal", []goja.Value{fixedValue(l, word[1:])}
		case word == "not":
			s.flags = append(s.flags, "negate")
		default:
			s.flags = append(s.flags, word)
		}
	}
	return s
}

// fixedValue is the value that a spec compares with.
func fixedValue(l *assertion.Library, name string) goja.Value {
	switch name {
	case "null":
		return goja.Null()
	case "undefined":
		return goja.Undefined()
	}
	return l.B.VM.ToValue(name == "true")
}
