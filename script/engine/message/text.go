package message

import (
	"regexp"
	"strings"
	"sync"

	"posthaste/script/engine/failure"
	"posthaste/script/engine/syntax"
)

// texts are messages of the engine and what V8 says in their place, where the message alone
// tells. V8's are those of src/common/message-template.h in Node 20.
//
//nolint:gochecknoglobals // a table
var texts = map[string]string{
	"Malformed URI": "URI malformed",
	"toFixed() precision must be between 0 and 100":                                          "toFixed() digits argument must be between 0 and 100",
	"toPrecision() precision must be between 1 and 100":                                      "toPrecision() argument must be between 1 and 100",
	"toExponential() precision must be between 0 and 100":                                    "toExponential() argument must be between 0 and 100",
	"radix must be an integer between 2 and 36":                                              "toString() radix argument must be between 2 and 36",
	"The normalization form should be one of NFC, NFD, NFKC, NFKD":                           "The normalization form should be one of NFC, NFD, NFKC, NFKD.",
	"RegExp doesn't have global flag set":                                                    "String.prototype.matchAll called with a non-global RegExp argument",
	"Constructor Promise requires 'new'":                                                     "Promise constructor cannot be invoked without 'new'",
	"Cannot convert Symbol to a BigInt":                                                      "Cannot convert Symbol() to a BigInt",
	"Value is not callable: [object Object]":                                                 "#<Object> is not a function",
	"Must call super constructor in derived class before accessing 'this'":                   superMissing,
	"Must call super constructor in derived class before returning from derived constructor": superMissing,
	"object is not iterable":                                                                 "object is not iterable (cannot read property Symbol(Symbol.iterator))",
	"iterator.next is missing or not a function":                                             "undefined is not a function",
	"No initial value":           "Reduce of empty array with no initial value",
	"exponent must be positive":  "Exponent must be non-negative",
	"prototype is not an object": "Function has non-object prototype 'undefined' in instanceof check",
	"Invalid property descriptor. Cannot both specify accessors and a value or writable attribute": "Invalid property descriptor. Cannot both specify accessors and a value or writable attribute, #<Object>",
}

// superMissing is the one message that V8 has for two mistakes with super.
const superMissing = "Must call super constructor in derived class before accessing 'this' or returning from derived constructor"

// A wording is the same for messages with a value in them. to refers to groups of from, as
// $1.
type wording struct {
	from *regexp.Regexp
	to   string
}

// wordings are all of them, made when the first message is worded: most runs have none. The
// first that matches is taken, so that the narrower stand before the wider.
var wordings = sync.OnceValue(func() []wording {
	return []wording{
		{regexp.MustCompile(`^Could not convert &\{.*\}( \([^)]*\))? to primitive$`), "Cannot convert object to primitive value"},
		{regexp.MustCompile(`^(Method \S+ called on incompatible receiver) \[object ([B-Z]\w+|Async\w+)\]$`), "$1 #<$2>"}, // an array stays
		{regexp.MustCompile(`^Method Date\.prototype\.\w+ is called on incompatible receiver.*$`), "this is not a Date object."},
		{regexp.MustCompile(`^Method ((\w+)\.prototype\.\w+) is called on incompatible receiver$`), "$1 requires that 'this' be a $2"},
		{regexp.MustCompile(`^Iterator result \[object Object\] is not an object$`), "Iterator result #<Object> is not an object"},
		{regexp.MustCompile(`^\[object Object\] is not a function$`), "#<Object> is not a function"},
		{regexp.MustCompile(`^(Cannot delete property '.*' of) \[object Object\]$`), "$1 #<Object>"},
		{regexp.MustCompile(`^Cannot write private member (#\S+) from an object`), "Cannot write private member $1 to an object"},
		{regexp.MustCompile(`^Cannot convert (-?[\d.]+(?:e[+-]?\d+)?|NaN|-?Infinity) to a BigInt$`), "The number $1 cannot be converted to a BigInt because it is not an integer"},
		{regexp.MustCompile(`^Byte length of (\w+) should be a multiple`), "byte length of $1 should be a multiple"},
		{regexp.MustCompile(`^Index \d+ is out of bounds$`), "Offset is outside the bounds of the DataView"},
		{regexp.MustCompile(`^(Cannot assign to read only property '(?:undefined|NaN|Infinity)')$`), "$1 of object '[object Object]'"},
		{regexp.MustCompile(`^(Cannot assign to read only property '\d+')$`), "$1 of object '[object Array]'"},
		{regexp.MustCompile(`^(Cannot assign to read only property '[^']*')$`), "$1 of object '#<Object>'"},
		{regexp.MustCompile(`^(.*) is not a method$`), "$1 is not a function"},
	}
})

// Text words a message of the engine as V8 does, as far as the message alone tells. Others
// stay. m is without the error's name.
func Text(m string) string {
	if text, ok := texts[m]; ok {
		return text
	}
	if rest, ok := strings.CutPrefix(m, "SyntaxError: <eval>: Line "); ok { // of eval and Function
		if _, text, ok := strings.Cut(rest, " "); ok {
			return text
		}
	}
	if rest, ok := strings.CutPrefix(m, "SyntaxError: "); ok { // of what compiles there
		if text, _, ok := strings.Cut(rest, " at "+"<eval>:"); ok {
			return syntax.Message(text, &failure.Fault{})
		}
	}
	for _, p := range wordings() {
		if p.from.MatchString(m) {
			return p.from.ReplaceAllString(m, p.to)
		}
	}
	return m
}

// Known says whether a message may be one of the engine's own, which V8 words in another way.
// Most errors that a script catches are not: the list of beginnings keeps their handling
// cheap. A wrong yes costs time, a wrong no leaves the engine's wording.
func Known(m string) bool {
	for _, start := range []string{
		"Value is ", "Cannot ", "Class ", "Could not ", "Object has no member ", "Not a function", "Dynamic object", "object is not ",
		"Constructor ", "Method ", "Must call ", "proxy target", "Malformed", "to", "radix", "The normalization", "RegExp doesn't", "No initial",
		"Byte length", "Index ", "Invalid index", "iterator.next", "exponent", "SyntaxError: ", "prototype is not", "ownKeys", "Receiver ", "Iterator result ", "[object ", "requires that",
	} {
		if strings.HasPrefix(m, start) {
			return true
		}
	}
	return strings.HasSuffix(m, "called on non-object") || strings.HasSuffix(m, " is not a method")
}

// patternTexts are what the engines behind regular expressions say, by a part of it, and what
// V8 says. goja compiles with Go's regexp first and with regexp2 what that lacks, so that
// both have their lines here. The first part that the message contains is taken.
//
//nolint:gochecknoglobals // a table
var patternTexts = []struct{ part, text string }{
	{"missing argument to repetition operator", "Nothing to repeat"},
	{"invalid nested repetition operator", "Nothing to repeat"},
	{"assertion cannot be quantified", "Nothing to repeat"},
	{"quantifier {x,y} following nothing", "Nothing to repeat"},
	{"trailing backslash", `\ at end of pattern`},
	{"illegal \\ at end", `\ at end of pattern`},
	{"invalid repeat count", "numbers out of order in {} quantifier"},
	{"invalid character class range", "Range out of order in character class"},
	{"[x-y] range in reverse order", "Range out of order in character class"},
	{"unknown unicode category", "Invalid property name"},
	{"reference to undefined group name", "Invalid named capture referenced"},
	{"undefined group", "Invalid named capture referenced"},
	{"Unterminated character class", "Unterminated character class"},
	{"missing closing ]", "Unterminated character class"},
	{"Unterminated group", "Unterminated group"},
	{"missing closing )", "Unterminated group"},
	{"Unmatched ')'", "Unmatched ')'"},
	{"unexpected )", "Unmatched ')'"},
	{"Invalid group", "Invalid group"},
	{"invalid escape sequence", "Invalid Unicode escape"},
	{"duplicate", "Duplicate capture group name"},
}

// Pattern words what is wrong with a regular expression as V8 does: "Invalid regular
// expression: /(/: Unterminated group". m is the engine's message; one that has this form
// already stays.
func Pattern(pattern, flags, m string) string {
	if strings.HasPrefix(m, "Invalid regular expression: /") || strings.Contains(m, "nvalid flags") {
		return m
	}
	// What V8 shows for new RegExp("").
	if pattern == "" {
		pattern = "(?:)"
	}
	head := "Invalid regular expression: /" + pattern + "/" + flags + ": "
	if strings.HasSuffix(m, "Unterminated group") && openName().MatchString(pattern) {
		return head + "Invalid capture group name"
	}
	for _, t := range patternTexts {
		if strings.Contains(m, t.part) {
			return head + t.text
		}
	}
	return m
}

// openName finds the name of a group that does not end: /(?<name/. For V8 the name is wrong,
// and not the group unterminated.
var openName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\(\?<[\p{L}\p{N}_$]*$`) })
