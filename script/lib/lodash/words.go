package lodash

import (
	"github.com/dop251/goja"

	"posthaste/script/lib/native"
)

// words splits text into words: at breaks, between cases and around digits.
func (l *library) words(call goja.FunctionCall) goja.Value {
	s := scanner{native.UTF16(call.Argument(0))}
	found := []any{}
	for at := 0; at < len(s.text); {
		end := s.word(at)
		if end <= at {
			at++
			continue
		}
		found = append(found, goja.StringFromUTF16(s.text[at:end]))
		at = end
	}
	return l.env.VM.NewArray(found...)
}

// A scanner finds the ends of words in UTF-16 text. Its methods take a position and give the end, or -1.
type scanner struct{ text []uint16 }

func (s scanner) at(i int) int {
	if i < 0 || i >= len(s.text) {
		return -1
	}
	return int(s.text[i])
}

func isLower(c int) bool {
	return c >= 'a' && c <= 'z' || c >= 0xdf && c <= 0xf6 || c >= 0xf8 && c <= 0xff
}

func isUpper(c int) bool {
	return c >= 'A' && c <= 'Z' || c >= 0xc0 && c <= 0xd6 || c >= 0xd8 && c <= 0xde
}
func isDigit(c int) bool { return c >= '0' && c <= '9' }

// isBreak says that a unit ends a word: a space, punctuation, a sign.
func isBreak(c int) bool {
	switch {
	case c < 0:
		return false
	case c <= 0x2f, c >= 0x3a && c <= 0x40, c >= 0x5b && c <= 0x60, c >= 0x7b && c <= 0xbf, c >= 0x2000 && c <= 0x206f:
		return true
	}
	switch c {
	case 0xd7, 0xf7, 0xfeff, 0x1680, 0x180e, 0x3000:
		return true
	}
	return false
}

func isDingbat(c int) bool { return c >= 0x2700 && c <= 0x27bf }

// isMisc says that a unit is of none of the other classes: letters of other scripts.
func isMisc(c int) bool {
	return c >= 0 && (c < 0xd800 || c > 0xdfff) && !isBreak(c) && !isDigit(c) && !isDingbat(c) && !isLower(c) && !isUpper(c)
}

func isMiscLower(c int) bool { return isLower(c) || isMisc(c) }
func isMiscUpper(c int) bool { return isUpper(c) || isMisc(c) }

func (s scanner) run(i int, is func(int) bool) int {
	for is(s.at(i)) {
		i++
	}
	return i
}

// contraction is the end of an English one such as 's or 'LL, or the position itself.
func (s scanner) contraction(i int, upper bool) int {
	if c := s.at(i); c != '\'' && c != 0x2019 {
		return i
	}
	for _, ending := range []string{"d", "ll", "m", "re", "s", "t", "ve"} {
		if s.has(i+1, ending, upper) {
			return i + 1 + len(ending)
		}
	}
	return i
}

func (s scanner) has(i int, text string, upper bool) bool {
	for k, c := range []byte(text) {
		if upper && c >= 'a' {
			c -= 'a' - 'A'
		}
		if s.at(i+k) != int(c) {
			return false
		}
	}
	return true
}

// word tries the forms of words in turn.
func (s scanner) word(i int) int {
	for _, form := range []func(int) int{s.capitalized, s.acronym, s.mixed, s.upper, s.ordinalUpper, s.ordinalLower} {
		if end := form(i); end > i {
			return end
		}
	}
	if end := s.run(i, isDigit); end > i {
		return end
	}
	return s.emoji(i)
}

// ends gives the end of a word with its contraction where what follows ends a word.
func (s scanner) ends(i int, upper bool, follows func(int) bool) int {
	if end := s.contraction(i, upper); end > i && follows(end) {
		return end
	}
	if follows(i) {
		return i
	}
	return -1
}

func (s scanner) capitalized(i int) int {
	start := i
	if isUpper(s.at(i)) {
		start++
	}
	end := s.run(start, isLower)
	if end == start {
		return -1
	}
	return s.ends(end, false, func(at int) bool { return at == len(s.text) || isBreak(s.at(at)) || isUpper(s.at(at)) })
}

func (s scanner) acronym(i int) int {
	follows := func(at int) bool {
		return at == len(s.text) || isBreak(s.at(at)) || isUpper(s.at(at)) && isMiscLower(s.at(at+1))
	}
	for end := s.run(i, isMiscUpper); end > i; end-- {
		if found := s.ends(end, true, follows); found > 0 {
			return found
		}
	}
	return -1
}

func (s scanner) mixed(i int) int {
	start := i
	if isUpper(s.at(i)) {
		start++
	}
	end := s.run(start, isMiscLower)
	if end == start {
		return -1
	}
	return s.contraction(end, false)
}

func (s scanner) upper(i int) int {
	end := s.run(i, isUpper)
	if end == i {
		return -1
	}
	return s.contraction(end, true)
}

func (s scanner) ordinalUpper(i int) int { return s.ordinal(i, true) }
func (s scanner) ordinalLower(i int) int { return s.ordinal(i, false) }

// ordinal is a number such as 1st or 12TH.
func (s scanner) ordinal(i int, upper bool) int {
	digits := s.run(i, isDigit)
	if digits == i {
		return -1
	}
	suffix := "th"
	switch s.at(digits - 1) {
	case '1':
		suffix = "st"
	case '2':
		suffix = "nd"
	case '3':
		suffix = "rd"
	}
	if !s.has(digits, suffix, upper) {
		return -1
	}
	end := digits + len(suffix)
	c := s.at(end)
	inWord := isDigit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_'
	if !inWord || c == '_' || upper && c >= 'a' || !upper && c >= 'A' && c <= 'Z' {
		return end
	}
	return -1
}
