package token

import (
	"regexp"
	"strings"
	"sync"
	"unicode/utf8"
)

// A Matcher finds the first place in s that it matches; ok is false when there is no such place.
type Matcher func(s string) (match string, ok bool)

// number matches the first run of low to high digits (high 0: no limit), with a sign where
// that is allowed. A longer run is cut.
func number(low, high int, signed bool) Matcher {
	return func(s string) (string, bool) {
		for i := range len(s) {
			j := i
			if signed && (s[j] == '+' || s[j] == '-') {
				j++
			}
			n := digits(s[j:], high)
			if n >= low {
				return s[i : j+n], true
			}
		}
		return "", false
	}
}

// digits counts the digits at the start of s, up to a limit that is not 0.
func digits(s string, limit int) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' && (limit == 0 || n < limit) {
		n++
	}
	return n
}

// Timestamp matches seconds with up to three decimals: the token X.
func Timestamp(s string) (string, bool) {
	whole, ok := number(1, 0, true)(s)
	if !ok {
		return "", false
	}
	rest := s[strings.Index(s, whole)+len(whole):]
	if len(rest) > 1 && rest[0] == '.' {
		if n := digits(rest[1:], 3); n > 0 {
			whole += rest[:n+1]
		}
	}
	return whole, true
}

// Offset matches an offset of UTC: Z or signed hours, with minutes or without; alone says
// that hours suffice.
func Offset(alone bool) Matcher {
	return func(s string) (string, bool) {
		for i := range len(s) {
			if s[i] == 'Z' || s[i] == 'z' {
				return s[i : i+1], true
			}
			if n := offsetAt(s[i:], alone); n > 0 {
				return s[i : i+n], true
			}
		}
		return "", false
	}
}

// offsetAt is the length of the offset at the start of s, 0 if missing.
func offsetAt(s string, alone bool) int {
	if s[0] != '+' && s[0] != '-' || digits(s[1:], 2) < 2 {
		return 0
	}
	rest := s[3:]
	colon := boolInt(strings.HasPrefix(rest, ":"))
	if digits(rest[colon:], 2) == 2 {
		return 5 + colon
	}
	if alone {
		return 3
	}
	return 0
}

// Literal matches the text that a token stands for, anywhere.
func Literal(t string) Matcher {
	text := unescape(t)
	return func(s string) (string, bool) { return text, strings.Contains(s, text) }
}

// escapes are what a token may have around its text: brackets or a backslash.
var escapes = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\\(\[)|\\(\])|\[([^\]\[]*)\]|\\(.)`) })

// unescape takes them off (moment: regexEscape of unescapeFormat).
func unescape(t string) string {
	return escapes().ReplaceAllString(strings.Replace(t, `\`, "", 1), "$1$2$3$4")
}

// arabic is the second half of moment's matchWord: up to three words.
var arabic = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^[\x{0600}-\x{06FF}/]+(\s*?[\x{0600}-\x{06FF}]+){1,2}`)
})

// Word matches the name of a month, a weekday or the like in any script, with digits before
// it (moment: matchWord).
func Word(s string) (string, bool) {
	for i := 0; i < len(s); {
		n := digits(s[i:], 256)
		j := i + n
		for j < len(s) {
			r, size := utf8.DecodeRuneInString(s[j:])
			if !wordRune(r) {
				break
			}
			j += size
		}
		if j > i+n {
			return s[i:j], true
		}
		if m := arabic().FindString(s[i:]); m != "" {
			return m, true
		}
		_, size := utf8.DecodeRuneInString(s[i:])
		i += size
	}
	return "", false
}

// wordRune knows the letters of the first half: all but Arabic and what is no letter.
func wordRune(r rune) bool {
	switch {
	case r == '\'', r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z':
		return true
	case r >= 0xA0 && r <= 0x5FF, r >= 0x700 && r <= 0xD7FF, r >= 0xF900 && r <= 0xFDCF, r >= 0xFDF0 && r <= 0xFF07, r >= 0xFF10 && r <= 0xFFEF:
		return true
	}
	return false
}

// Numeric gives the matcher of a token that is a number, nil for any other. strict wants as
// many digits as the token has letters.
func Numeric(t string, strict bool) Matcher {
	exact := func(n int, loose Matcher) Matcher {
		if strict {
			return number(n, n, false)
		}
		return loose
	}
	switch t {
	case "M", "D", "H", "h", "k", "m", "s", "w", "W", "d", "e", "E":
		return number(1, 2, false)
	case "MM", "DD", "HH", "hh", "kk", "mm", "ss", "ww", "WW", "YY", "gg", "GG":
		return exact(2, number(1, 2, false))
	case "YYYY", "gggg", "GGGG":
		return exact(4, number(1, 4, false))
	case "YYYYY", "YYYYYY", "ggggg", "GGGGG":
		if strict {
			return number(6, 6, true)
		}
		return number(1, 6, true)
	case "Y", "G", "g", "x":
		return number(1, 0, true)
	case "hmm", "Hmm":
		return number(3, 4, false)
	case "hmmss", "Hmmss":
		return number(5, 6, false)
	case "Q":
		return number(1, 1, false)
	case "DDD":
		return number(1, 3, false)
	case "DDDD":
		return number(3, 3, false)
	case "S", "SS", "SSS":
		return exact(len(t), number(1, 3, false))
	case "X":
		return Timestamp
	case "Z", "ZZ":
		return Offset(true)
	case "y", "yy", "yyy", "yyyy":
		return number(1, 0, false)
	}
	if strings.Trim(t, "S") == "" && t != "" {
		return number(1, 0, false)
	}
	return nil
}
