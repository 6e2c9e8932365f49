package node

import (
	"math/big"
	"strconv"
	"strings"
)

// exact is how many bytes the text of a number may have for a float to hold it without a
// loss: a float64 keeps 15 significant digits.
const exact = 15

// Rat is a number without a loss. It is false for one with an exponent so large that nobody
// should compute with it: 1e1000000000 would have a billion digits.
func Rat(text string) (*big.Rat, bool) {
	if i := strings.IndexAny(text, "eE"); i >= 0 {
		if e, err := strconv.Atoi(text[i+1:]); err != nil || e > 400 || e < -400 {
			return nil, false
		}
	}
	return new(big.Rat).SetString(text)
}

// Compare compares the texts of two numbers: -1, 0 or 1. Short texts are compared as floats,
// which is exact and fast; longer ones as fractions.
func Compare(a, b string) int {
	if a == b {
		return 0
	}
	if len(a) > exact || len(b) > exact {
		x, ok := Rat(a)
		y, both := Rat(b)
		if ok && both {
			return x.Cmp(y)
		}
	}
	x, _ := strconv.ParseFloat(a, 64) // out of range is infinite
	y, _ := strconv.ParseFloat(b, 64)
	switch {
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return 0
}

// IsInteger reports whether the text of a number is a whole number, such as 1, 1.0 and 1e3.
func IsInteger(text string) bool {
	if !strings.ContainsAny(text, ".eE") {
		return true
	}
	if r, ok := Rat(text); ok {
		return r.IsInt()
	}
	f, err := strconv.ParseFloat(text, 64)
	return err != nil || f != 0 // huge, which is whole, or tiny, which is not and was read as 0
}

// Equal compares two values as JSON Schema does (2020-12 core, 4.2.2): numbers by value,
// objects in any order. Neither may be nil.
func Equal(a, b *Node) bool {
	if a.Kind != b.Kind {
		return false
	}
	switch a.Kind {
	case Null:
		return true
	case Number:
		return Compare(a.Text, b.Text) == 0
	case Array:
		if len(a.Items) != len(b.Items) {
			return false
		}
		for i := range a.Items {
			if !Equal(a.Items[i], b.Items[i]) {
				return false
			}
		}
		return true
	case Object:
		if len(a.Keys) != len(b.Keys) {
			return false
		}
		for i, key := range a.Keys {
			if v := b.Get(key); v == nil || !Equal(a.Items[i], v) {
				return false
			}
		}
		return true
	default:
		return a.Text == b.Text
	}
}

// JSON is the value as JSON on one line, without spaces.
func (n *Node) JSON() string { return string(n.AppendJSON(nil)) }

// AppendJSON appends the value as JSON on one line. Numbers are written as they were read.
func (n *Node) AppendJSON(b []byte) []byte {
	switch n.Kind {
	case Null:
		return append(b, "null"...)
	case String:
		return appendString(b, n.Text)
	case Array:
		b = append(b, '[')
		for i, v := range n.Items {
			if i > 0 {
				b = append(b, ',')
			}
			b = v.AppendJSON(b)
		}
		return append(b, ']')
	case Object:
		b = append(b, '{')
		for i, v := range n.Items {
			if i > 0 {
				b = append(b, ',')
			}
			b = append(appendString(b, n.Keys[i]), ':')
			b = v.AppendJSON(b)
		}
		return append(b, '}')
	default:
		return append(b, n.Text...)
	}
}

// appendString appends a JSON string. Only what JSON asks for is escaped, so that messages
// stay legible.
func appendString(b []byte, s string) []byte {
	b = append(b, '"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r == '\n':
			b = append(b, `\n`...)
		case r == '\t':
			b = append(b, `\t`...)
		case r == '\r':
			b = append(b, `\r`...)
		case r < ' ':
			b = append(b, `\u00`...)
			b = append(b, "0123456789abcdef"[r>>4], "0123456789abcdef"[r&15])
		// Bytes that are not UTF-8 come out as U+FFFD, which is what range made of them.
		default:
			b = append(b, string(r)...)
		}
	}
	return append(b, '"')
}

// Short is the value as JSON, cut after 80 bytes, for messages. A character that is cut in
// two is left out.
func (n *Node) Short() string {
	const most = 80
	text := n.JSON()
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most-3], "") + "…"
}
