package collection

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A Kind is the JavaScript type of a Value, as typeof has it but for null, and with lists and
// objects together.
type Kind uint8

// The kinds. The zero Kind is Undefined.
const (
	Undefined Kind = iota
	Null
	Bool
	Number
	String
	JSON // an array or an object
)

// A Value is what a variable or a parameter holds: JSON, or JavaScript's undefined, which is
// the zero Value. Values are immutable and comparable; equal text of equal kind is an equal
// value. So {"a":1} and {"a": 1} differ unless they were compacted.
type Value struct {
	// The string itself for String, JSON for Bool, Number and JSON, empty for the others.
	kind Kind
	text string
}

// Text returns a string value.
func Text(s string) Value { return Value{String, s} }

// NullValue returns JSON's null.
func NullValue() Value { return Value{kind: Null} }

// BoolValue returns a boolean.
func BoolValue(b bool) Value { return Value{Bool, strconv.FormatBool(b)} }

// NumberValue returns a number as JavaScript holds it: a float64. Values that JSON cannot
// hold (NaN and the infinities) become null, as with JSON.stringify.
func NumberValue(f float64) Value {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return NullValue()
	}
	return Value{Number, FormatNumber(f)}
}

// JSONValue returns the value that valid JSON text stands for. Arrays and objects keep their
// text, compacted by the caller when that matters. Text that is no JSON comes back as a
// string value, the empty text as undefined.
func JSONValue(raw string) Value {
	raw = strings.TrimSpace(raw)
	switch {
	case raw == "":
		return Value{}
	case raw == "null":
		return NullValue()
	case raw == "true", raw == "false":
		return Value{Bool, raw}
	case raw[0] == '"':
		var s string
		if json.Unmarshal([]byte(raw), &s) != nil {
			return Text(raw)
		}
		return Text(s)
	case raw[0] == '{', raw[0] == '[':
		return Value{JSON, raw}
	}
	f, err := strconv.ParseFloat(raw, 64)
	if err != nil {
		return Text(raw)
	}
	return NumberValue(f)
}

// Kind tells the value's JavaScript type.
func (v Value) Kind() Kind { return v.kind }

// IsString reports whether the value is a string.
func (v Value) IsString() bool { return v.kind == String }

// String returns what the value looks like when JavaScript turns it into text in a
// placeholder: undefined is "", null is "null", arrays and objects are their JSON text.
// JavaScript's own forms ("1,2" for [1,2], "[object Object]") are package variable's concern.
func (v Value) String() string {
	if v.kind == Null {
		return "null"
	}
	return v.text
}

// JSONText returns the value as JSON; undefined becomes null, since JSON has no word for it.
func (v Value) JSONText() string {
	switch v.kind {
	case Undefined, Null:
		return "null"
	case String:
		return Quote(v.text)
	default:
		return v.text
	}
}

// MarshalJSON writes the value as JSONText does.
func (v Value) MarshalJSON() ([]byte, error) { return []byte(v.JSONText()), nil }

// UnmarshalJSON reads any JSON value. It never fails: the decoder has checked the text.
func (v *Value) UnmarshalJSON(b []byte) error {
	*v = JSONValue(string(b))
	return nil
}

// Float returns the number that a number value holds, and false for other kinds.
func (v Value) Float() (float64, bool) {
	if v.kind != Number {
		return 0, false
	}
	f, err := strconv.ParseFloat(v.text, 64)
	return f, err == nil
}

// Truthy reports whether JavaScript takes the value for true. NaN and -0 cannot occur: see
// NumberValue and FormatNumber.
func (v Value) Truthy() bool {
	switch v.kind {
	case Undefined, Null:
		return false
	case Bool:
		return v.text == "true"
	case Number:
		return v.text != "0"
	case String:
		return v.text != ""
	default:
		return true
	}
}

// Quote returns s as a JSON string, escaped as JavaScript's JSON.stringify does: nothing that
// HTML alone would want escaped. Bytes that are no UTF-8 become U+FFFD.
func Quote(s string) string { return string(AppendQuote(make([]byte, 0, len(s)+2), s)) }

// AppendQuote appends what Quote returns to b. encoding/json is not used, because it escapes
// <, > and & and U+2028, which JavaScript does not.
func AppendQuote(b []byte, s string) []byte {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\uFFFD")
	}
	b = append(b, '"')
	done := 0 // s up to here is in b already
	for i := range len(s) {
		c := s[i]
		if c >= 0x20 && c != '"' && c != '\\' {
			continue
		}
		b = append(b, s[done:i]...)
		done = i + 1
		switch short := strings.IndexByte("\b\t\n\f\r", c); {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case short >= 0:
			b = append(b, '\\', "btnfr"[short])
		default:
			b = fmt.Appendf(b, "\\u%04x", c)
		}
	}
	b = append(b, s[done:]...)
	return append(b, '"')
}

// FormatNumber returns f as JavaScript's Number.prototype.toString does (ECMA-262,
// 6.1.6.1.20): the shortest digits that read back as f, with an exponent from 1e21 up and
// below 1e-6.
func FormatNumber(f float64) string {
	switch {
	case math.IsNaN(f):
		return "NaN"
	case math.IsInf(f, 1):
		return "Infinity"
	case math.IsInf(f, -1):
		return "-Infinity"
	case f == 0: // -0 too
		return "0"
	}
	abs := math.Abs(f)
	if abs >= 1e-6 && abs < 1e21 {
		return strconv.FormatFloat(f, 'f', -1, 64)
	}
	s := strconv.FormatFloat(f, 'e', -1, 64) // 1e-07, where JavaScript writes 1e-7
	mantissa, exp, _ := strings.Cut(s, "e")
	sign := exp[:1]
	return mantissa + "e" + sign + strings.TrimLeft(exp[1:], "0")
}
