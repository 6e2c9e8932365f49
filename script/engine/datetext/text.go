// Package datetext reads the texts that Date.parse takes for dates, as V8 does.
package datetext

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Fields are what a text says of a time. Month counts from 0.
type Fields struct {
	Year, Month, Day, Hour, Minute, Second, Milli int
	Zoned                                         bool // Offset is known; else the time is local
	Offset                                        int  // seconds east of UTC
}

// UTC is the time in milliseconds since 1970, of a local time as if it was one of UTC.
func (f Fields) UTC() int64 {
	t := time.Date(f.Year, time.Month(f.Month+1), f.Day, f.Hour, f.Minute, f.Second, f.Milli*int(time.Millisecond), time.UTC)
	return t.UnixMilli() - int64(f.Offset)*1000
}

// Parse reads a text as V8's Date.parse does: the standard's own form, and otherwise whatever looks like a date, in which
// words before the first number and text in brackets are ignored. It is false for a text that is no date.
func Parse(text string) (Fields, bool) {
	p := &textParser{tokens: tokens(text), zone: zone{hour: -1, minute: -1}, month: -1, half: -1}
	switch p.standard() {
	case standardDone:
		return p.fields()
	case standardWrong:
		return Fields{}, false
	}
	if !p.legacy() {
		return Fields{}, false
	}
	return p.fields()
}

// The kinds of tokens.
const (
	number = iota
	symbol
	space
	monthWord
	halfWord // am and pm
	zoneWord
	timeWord // the letter between a date and a time
	otherWord
	unknown
	end
)

type token struct {
	kind   int
	value  int
	length int
}

// words are those that V8 knows, by their first three letters.
func knownWord(word string) (kind, value int) {
	prefix := word[:min(3, len(word))]
	if i := strings.Index("janfebmaraprmayjunjulaugsepoctnovdec", prefix); len(prefix) == 3 && i >= 0 && i%3 == 0 {
		return monthWord, i/3 + 1
	}
	switch word {
	case "am":
		return halfWord, 0
	case "pm":
		return halfWord, 12
	case "ut", "utc", "z", "gmt":
		return zoneWord, 0
	case "t":
		return timeWord, 0
	}
	if i := strings.Index("pdtpstmdtmstcdtcstedtest", prefix); len(word) == 3 && i >= 0 && i%3 == 0 {
		return zoneWord, []int{-7, -8, -6, -7, -5, -6, -4, -5}[i/3]
	}
	return otherWord, 0
}

// maxDigits is how many digits of a number count; V8 leaves out the rest.
const maxDigits = 9

func tokens(text string) []token {
	var list []token
	for i := 0; i < len(text); {
		start := i
		switch c := text[i]; {
		case c >= '0' && c <= '9':
			value, significant := 0, 0
			for ; i < len(text) && text[i] >= '0' && text[i] <= '9'; i++ {
				if significant > 0 || text[i] != '0' {
					if significant < maxDigits {
						value = value*10 + int(text[i]-'0')
					}
					significant++
				}
			}
			list = append(list, token{number, value, i - start})
		case strings.IndexByte(":-+.)", c) >= 0:
			i++
			list = append(list, token{symbol, int(c), 1})
		case blank(text[i:]) > 0:
			i += blank(text[i:])
			list = append(list, token{space, 0, 1})
		case c >= 'A': // every letter and sign from there on
			for i < len(text) && text[i] >= 'A' && blank(text[i:]) == 0 {
				i++
			}
			kind, value := knownWord(strings.ToLower(text[start:i]))
			list = append(list, token{kind, value, i - start})
		case c == '(':
			i = closing(text, i)
			list = append(list, token{unknown, 0, i - start})
		default:
			i++
			list = append(list, token{unknown, 0, 1})
		}
	}
	return list
}

// blank is the length of the white space that a text begins with.
func blank(text string) int {
	if r, size := utf8.DecodeRuneInString(text); unicode.IsSpace(r) && r != 0x85 || r == '\ufeff' {
		return size
	}
	return 0
}

// closing is the place behind the bracket that closes one.
func closing(text string, i int) int {
	depth := 0
	for ; i < len(text); i++ {
		switch text[i] {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(text)
}

// textParser collects what the tokens of a text say.
type textParser struct {
	tokens []token
	i      int
	days   []int // in the order of the text
	times  []int
	month  int // that has a name, -1 without
	half   int // hours that am or pm add, -1 without
	zone   zone
	iso    bool
}

type zone struct{ sign, hour, minute int }

func (z zone) empty() bool { return z.sign == 0 && z.hour < 0 }
func (z zone) utc() bool   { return z.sign == 1 && z.hour == 0 && z.minute == 0 }

func (p *textParser) peek() token {
	if p.i < len(p.tokens) {
		return p.tokens[p.i]
	}
	return token{kind: end}
}

func (p *textParser) next() token {
	t := p.peek()
	p.i++
	return t
}

func (p *textParser) skip(c byte) bool {
	if t := p.peek(); t.kind == symbol && t.value == int(c) {
		p.i++
		return true
	}
	return false
}

// fixed reads a number of so many digits within bounds.
func (p *textParser) fixed(length, least, most int) (int, bool) {
	t := p.peek()
	if t.kind != number || t.length != length || t.value < least || t.value > most {
		return 0, false
	}
	p.i++
	return t.value, true
}

func sign(t token) int {
	switch {
	case t.kind == symbol && t.value == '+':
		return 1
	case t.kind == symbol && t.value == '-':
		return -1
	}
	return 0
}
