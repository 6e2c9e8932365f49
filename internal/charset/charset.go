// Package charset turns the bytes of responses into text by the name of their charset, as newman's iconv-lite does.
//
// The names are iconv-lite's, which are more than the Encoding standard has. Bytes that a charset does not have
// become U+FFFD; nothing here returns an error, because a response with a wrong label must still be shown.
package charset

import (
	_ "embed" // for the tables
	"encoding/base64"
	"encoding/hex"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// tables are the encodings of one byte. A line has their names, the characters of the bytes from 0x80 on, and those below where
// they are not ASCII's; "\" and two digits stand for a character that cannot be read (testdata/record.mjs writes them).
//
//go:embed tables.txt
var tables string

// Decode returns bytes as text. A name that is not known means UTF-8, and so does none. Bytes that mean nothing become U+FFFD, and a
// byte order mark is dropped.
func Decode(b []byte, name string) string {
	text, ok := decode(b, canonical(name))
	if !ok {
		text = ofUTF8(b)
	}
	return strings.TrimPrefix(text, "\ufeff")
}

// IsUTF8 reports whether Decode reads bytes of a charset as UTF-8.
func IsUTF8(name string) bool {
	switch name {
	case "", "utf8", "utf-8":
		return true
	}
	return false
}

// canonical leaves the letters and digits of a name, without the year that some end in.
func canonical(name string) string {
	name = strings.ToLower(name)
	if n := len(name) - 5; n > 0 && name[n] == ':' {
		if _, err := strconv.ParseUint(name[n+1:], 10, 16); err == nil {
			name = name[:n]
		}
	}
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, name)
}

// decode knows the names that iconv-lite does not take from a table. ok is false where Go's own decoder of UTF-8 serves.
func decode(b []byte, name string) (text string, ok bool) {
	switch name {
	case "", "utf8", "unicode11utf8":
		return "", false
	case "binary":
		return latin1(b), true
	case "hex":
		return hex.EncodeToString(b), true
	case "base64":
		return base64.StdEncoding.EncodeToString(b), true
	case "utf7", "unicode11utf7":
		return decodeUTF7(b, '+', '/'), true
	case "utf7imap":
		return decodeUTF7(b, '&', ','), true
	case "cesu8":
		return decodeCESU8(b), true
	}
	switch name { // newman: what is left of a last unit is dropped
	case "ucs2", "utf16", "utf16le", "utf16be":
		b = b[:len(b)&^1]
	case "ucs4", "ucs4le", "ucs4be", "utf32", "utf32le", "utf32be":
		b = b[:len(b)&^3]
	}
	if e := several(name, b); e != nil {
		decoded, err := e.NewDecoder().Bytes(b)
		return string(decoded), err == nil
	}
	table, ok := tableOf(name)
	if !ok {
		return "", false
	}
	var out strings.Builder
	out.Grow(len(b) * 2)
	for _, c := range b {
		out.WriteRune(table[c])
	}
	return out.String(), true
}

// several returns the encoding of more than one byte that has the name, nil where none has.
func several(name string, b []byte) encoding.Encoding {
	switch name {
	case "932", "shiftjis", "csshiftjis", "mskanji", "sjis", "windows31j", "ms31j", "xsjis", "windows932", "ms932", "cp932":
		return japanese.ShiftJIS
	case "eucjp":
		return japanese.EUCJP
	case "936", "gb2312", "gb231280", "gb23121980", "csgb2312", "csiso58gb231280", "euccn", "windows936", "ms936", "cp936", "gbk", "xgbk",
		"isoir58":
		return simplifiedchinese.GBK
	case "gb18030", "chinese":
		return simplifiedchinese.GB18030
	case "949", "windows949", "ms949", "cp949", "cseuckr", "csksc56011987", "euckr", "isoir149", "korean", "ksc56011987", "ksc56011989", "ksc5601":
		return korean.EUCKR
	case "950", "windows950", "ms950", "cp950", "big5", "big5hkscs", "cnbig5", "csbig5", "xxbig5":
		return traditionalchinese.Big5
	case "ucs2", "utf16le":
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case "utf16be":
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	case "utf16":
		return unicode.UTF16(endianness(b), unicode.UseBOM)
	case "utf32le", "ucs4le":
		return utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)
	case "utf32be", "ucs4be":
		return utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)
	case "utf32", "ucs4":
		return utf32.UTF32(utf32.LittleEndian, utf32.UseBOM)
	}
	return nil
}

// endianness guesses the byte order of UTF-16 without a mark: only one order of the two gives ASCII characters.
func endianness(b []byte) unicode.Endianness {
	little, big := 0, 0
	for i := 0; i+1 < min(len(b), 200); i += 2 {
		switch {
		case b[i] != 0 && b[i+1] == 0:
			little++
		case b[i] == 0 && b[i+1] != 0:
			big++
		}
	}
	if big > little {
		return unicode.BigEndian
	}
	return unicode.LittleEndian
}

// tableOf returns what each byte of an encoding of one byte means.
func tableOf(name string) (table [256]rune, ok bool) {
	for line := range strings.Lines(tables) {
		names, characters, _ := strings.Cut(strings.TrimRight(line, "\n"), "\t")
		if !strings.Contains(" "+names+" ", " "+name+" ") {
			continue
		}
		high, low, _ := strings.Cut(characters, "\t")
		for i := range 128 {
			table[i] = rune(i)
		}
		fill(table[128:], high)
		fill(table[:128], low)
		return table, true
	}
	return table, false
}

// fill reads characters of a table.
func fill(into []rune, text string) {
	for i := 0; text != "" && i < len(into); i++ {
		if text[0] == '\\' && len(text) >= 3 {
			n, err := strconv.ParseUint(text[1:3], 16, 8)
			if err != nil {
				return // a test reads every table
			}
			into[i], text = rune(n), text[3:]
			continue
		}
		r, size := utf8.DecodeRuneInString(text)
		into[i], text = r, text[size:]
	}
}

// latin1 maps each byte to the character of that number (ISO 8859-1).
func latin1(b []byte) string {
	runes := make([]rune, len(b))
	for i, c := range b {
		runes[i] = rune(c)
	}
	return string(runes)
}

// ofUTF8 replaces what is not UTF-8 as browsers and Node do.
func ofUTF8(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	decoded, err := unicode.UTF8.NewDecoder().Bytes(b)
	if err != nil {
		return strings.ToValidUTF8(string(b), "\ufffd")
	}
	return string(decoded)
}
