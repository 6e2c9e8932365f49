// Package source is what all readers of a user's files share: texts in any encoding, places in them, errors that name a place, and
// a check of JSON that says where it breaks off.
package source

import (
	"bytes"
	"encoding/binary"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// Newman's encoding detection: a byte order mark decides, then zero bytes give UTF-16 away, then text
// that is valid UTF-8 is UTF-8. What is left is Windows-1252, unless nearly all of it reads as UTF-8: then
// only the odd bytes are replaced. newman takes it for Latin-1, which makes control characters of the euro sign
// and of dashes and quotes (newman issue 2466); no file that a person wrote means those.

// Decode returns a file's text as UTF-8 without byte order mark.
func Decode(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte{0xEF, 0xBB, 0xBF}):
		data = data[3:]
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE}):
		return decodeUTF16(data[2:], binary.LittleEndian)
	case bytes.HasPrefix(data, []byte{0xFE, 0xFF}):
		return decodeUTF16(data[2:], binary.BigEndian)
	case LooksUTF16(data, 1):
		return decodeUTF16(data, binary.LittleEndian)
	case LooksUTF16(data, 0):
		return decodeUTF16(data, binary.BigEndian)
	}
	if utf8.Valid(data) {
		return string(data)
	}
	if mostlyUTF8(data) {
		return strings.ToValidUTF8(string(data), "\uFFFD")
	}
	return Windows1252(data)
}

// LooksUTF16 says whether most code units at the file's start have their zero byte at the given
// offset, as text in ASCII has.
func LooksUTF16(data []byte, zero int) bool {
	head := data[:min(len(data), 256)&^1]
	if len(head) < 2 {
		return false
	}
	zeros := 0
	for i := 0; i < len(head); i += 2 {
		if head[i+zero] == 0 && head[i+1-zero] != 0 {
			zeros++
		}
	}
	return zeros*2 > len(head)/2
}

// decodeUTF16 decodes whole units; a last odd byte is dropped. Lone surrogates become U+FFFD.
func decodeUTF16(data []byte, order binary.ByteOrder) string {
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	return string(utf16.Decode(units))
}

// mostlyUTF8 tells damaged UTF-8 from another encoding: in Latin-1 nearly every byte above 127 is invalid UTF-8.
func mostlyUTF8(data []byte) bool {
	good, bad := 0, 0
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		switch {
		case r == utf8.RuneError && size == 1:
			bad++
		case size > 1:
			good++
		}
		data = data[size:]
	}
	return good > bad
}

// Windows1252 decodes as browsers do: the five bytes that stand for no character are control characters.
func Windows1252(data []byte) string {
	var b strings.Builder
	b.Grow(len(data) + len(data)/8)
	for _, c := range data {
		r := charmap.Windows1252.DecodeByte(c)
		if r == utf8.RuneError {
			r = rune(c)
		}
		b.WriteRune(r)
	}
	return b.String()
}

// A Source is a file's text with the means to turn offsets into places.
type Source struct {
	File  string // as errors call it
	Text  string // in UTF-8, without white space at its end
	Start int    // where the document begins, after leading white space
	lines []int  // where lines begin, made when first needed
}

// New decodes a file's bytes. The name is what errors call the file.
func New(file string, data []byte) *Source {
	text := strings.TrimRightFunc(Decode(data), IsSpace)
	start := len(text) - len(strings.TrimLeftFunc(text, IsSpace))
	return &Source{File: file, Text: text, Start: start}
}

// IsSpace knows what JavaScript's trim removes.
func IsSpace(r rune) bool { return unicode.IsSpace(r) && r != '\u0085' || r == '\uFEFF' }

// Pos returns the place of an offset. The line table is made once, at the first call.
func (s *Source) Pos(offset int) Pos {
	if s.lines == nil {
		s.lines = []int{0}
		for i, rest := 0, s.Text; ; {
			n := strings.IndexByte(rest, '\n')
			if n < 0 {
				break
			}
			i += n + 1
			rest = rest[n+1:]
			s.lines = append(s.lines, i)
		}
		s.lines = slices.Clip(s.lines)
	}
	line := sort.Search(len(s.lines), func(i int) bool { return s.lines[i] > offset })
	return Pos{Line: line, Col: offset - s.lines[line-1] + 1}
}

// ErrorAt returns an error with the place of an offset and a hint, which may be "".
func (s *Source) ErrorAt(offset int, hint string, err error) *ParseError {
	return &ParseError{File: s.File, Pos: s.Pos(offset), Hint: hint, Err: err}
}

// A Pos is a place in the user's file. The zero Pos is unknown.
type Pos struct {
	Line int // 1-based
	Col  int // 1-based, in bytes
}
