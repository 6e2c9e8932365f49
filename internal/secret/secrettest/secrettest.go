// Package secrettest writes values as programs and servers write them, for tests. It shares nothing with the packages
// that undo encodings.
package secrettest

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"html"
	"math/rand/v2"
	"net/url"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// An Encoder writes a value as some program does.
type Encoder struct {
	Name string
	To   func(r *rand.Rand, value string) string
	Wide bool // it makes several characters of each
	Text bool // it takes characters, not bytes
}

// Takes reports whether the encoder can write a text at all.
func (e Encoder) Takes(text string) bool {
	return !e.Text || utf8.ValidString(text) && (e.Name != "XML" || !strings.Contains(text, "\x00"))
}

func perByte(format, separator string) func(*rand.Rand, string) string {
	return func(_ *rand.Rand, value string) string {
		parts := make([]string, len(value))
		for i := range len(value) {
			parts[i] = fmt.Sprintf(format, value[i])
		}
		return strings.Join(parts, separator)
	}
}

func perRune(write func(rune) string) func(*rand.Rand, string) string {
	return func(_ *rand.Rand, value string) string {
		var b strings.Builder
		for _, r := range value {
			b.WriteString(write(r))
		}
		return b.String()
	}
}

func plain(f func(string) string) func(*rand.Rand, string) string {
	return func(_ *rand.Rand, value string) string { return f(value) }
}

func jsonText(value string) string {
	quoted, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return string(quoted[1 : len(quoted)-1])
}

func xmlText(value string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(value)); err != nil {
		panic(err)
	}
	return b.String()
}

// somewhere puts value between other characters before it is encoded as a whole, so that it stands at any alignment.
func somewhere(r *rand.Rand, value string) string {
	return strings.Repeat("k", r.IntN(5)) + value + strings.Repeat("m", r.IntN(5))
}

func wrapped(text, end string, width int) string {
	var lines []string
	for len(text) > width {
		lines, text = append(lines, text[:width]), text[width:]
	}
	return strings.Join(append(lines, text), end)
}

func utf16Bytes(value string, big bool) string {
	var b []byte
	for _, u := range utf16.Encode([]rune(value)) {
		if big {
			b = append(b, byte(u>>8), byte(u))
		} else {
			b = append(b, byte(u), byte(u>>8))
		}
	}
	return string(b)
}

// Encoders returns all encoders.
func Encoders() []Encoder {
	list := []Encoder{
		{"in a query", plain(url.QueryEscape), false, false},
		{"in a path", plain(url.PathEscape), false, false},
		{"as encodeURIComponent", plain(func(v string) string { return strings.ReplaceAll(url.QueryEscape(v), "+", "%20") }), false, false},
		{"percent of each byte", perByte("%%%02X", ""), true, false},
		{"percent in lower case", perByte("%%%02x", ""), true, false},
		{"JSON", plain(jsonText), false, true},
		{"JSON with \\/", plain(func(v string) string { return strings.ReplaceAll(jsonText(v), "/", `\/`) }), false, true},
		{"\\u of each", perRune(func(c rune) string {
			var b strings.Builder
			for _, u := range utf16.Encode([]rune{c}) {
				fmt.Fprintf(&b, `\u%04x`, u)
			}
			return b.String()
		}), true, true},
		{"\\u{}", perRune(func(c rune) string { return fmt.Sprintf(`\u{%X}`, c) }), true, true},
		{"\\x of each byte", perByte(`\x%02x`, ""), true, false},
		{"octal", perByte(`\%03o`, ""), true, false},
		{"HTML", plain(html.EscapeString), false, true},
		{"XML", plain(xmlText), false, true},
		{"decimal entities", perRune(func(c rune) string { return fmt.Sprintf("&#%d;", c) }), true, true},
		{"hexadecimal entities", perRune(func(c rune) string { return fmt.Sprintf("&#x%X;", c) }), true, true},
		{"hex", func(r *rand.Rand, v string) string { return hex.EncodeToString([]byte(somewhere(r, v))) }, true, false},
		{"HEX", func(r *rand.Rand, v string) string {
			return strings.ToUpper(hex.EncodeToString([]byte(somewhere(r, v))))
		}, true, false},
		{"hex with blanks", perByte("%02x", " "), true, false},
		{"hex with colons", perByte("%02X", ":"), true, false},
		{"0x, 0x", perByte("0x%02x", ", "), true, false},
		{"bytes", perByte("%d", ","), true, false},
		{"bytes with blanks", perByte("%d", ", "), true, false},
		{"bytes on lines", perByte("%d", ",\n    "), true, false},
		{"an object of bytes", func(_ *rand.Rand, v string) string {
			parts := make([]string, len(v))
			for i := range len(v) {
				parts[i] = fmt.Sprintf(`"%d":%d`, i, v[i])
			}
			return "{" + strings.Join(parts, ",") + "}"
		}, true, false},
		{"UTF-16", plain(func(v string) string { return utf16Bytes(v, false) }), true, true},
		{"UTF-16 big-endian", plain(func(v string) string { return utf16Bytes(v, true) }), true, true},
	}
	for name, one := range map[string]*base64.Encoding{
		"base64": base64.StdEncoding, "base64 without padding": base64.RawStdEncoding,
		"base64 for URLs": base64.URLEncoding, "base64 for URLs without padding": base64.RawURLEncoding,
	} {
		list = append(list, Encoder{name, func(r *rand.Rand, v string) string { return one.EncodeToString([]byte(somewhere(r, v))) }, false, false})
	}
	for name, end := range map[string]string{"base64 on lines": "\n", "base64 on lines of MIME": "\r\n", "base64 on lines with blanks": "\n    "} {
		list = append(list, Encoder{name, func(r *rand.Rand, v string) string {
			return wrapped(base64.StdEncoding.EncodeToString([]byte(somewhere(r, v))), end, 12+r.IntN(65))
		}, false, false})
	}
	return list
}

// Random is a source of chance that is the same for the same seed.
func Random(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, seed)) }

// Values are secrets of all sorts: what one encoding or another changes.
func Values() []string {
	return []string{
		`Y8K"teew6/GE2+Zmey<c>==`, "fb492b5e-7907-4d83-ba20-c7fb60ca35de", "p@ss word!1234", "100%25sure&amp;so", `C:\new\table\x41`,
		"pässwörd für alle", "日本語のパスワード", "line one\nline two\r\nline three", "it's \"quoted\"", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
		"12345678", "a+b/c=d&e?f#g", "emoji 😀 key", "%41%42%43%44", "{{half of it", "<b>old</b>", "tab\there\\there", "0123456789abcdef",
	}
}
