// Package token reads the format strings of moment: which letters are tokens, which text stands for itself, and what a
// token matches in a date that is parsed.
package token

import (
	"strings"
	"unicode/utf8"
)

// Scan splits a format into tokens and text, as they stand there: text in brackets keeps
// them, and an escaped token its backslash. Line ends are dropped (moment: formattingTokens).
func Scan(format string) []string {
	var out []string
	for format != "" {
		n := next(format)
		if n == 0 {
			_, n = utf8.DecodeRuneInString(format)
		} else {
			out = append(out, format[:n])
		}
		format = format[n:]
	}
	return out
}

// next is the length of what a format begins with, 0 for the end of a line. s is not empty.
func next(s string) int {
	if n := bracketed(s); n > 0 {
		return n
	}
	if s[0] == '\\' && len(s) > 1 {
		if n := letters(s[1:]); n > 0 {
			return n + 1
		}
	}
	return letters(s)
}

// bracketed is the length of text in brackets at the start of s: up to the last "]" before
// another "[". 0 when none begins there.
func bracketed(s string) int {
	if s[0] != '[' {
		return 0
	}
	rest := s[1:]
	if i := strings.IndexByte(rest, '['); i >= 0 {
		rest = rest[:i]
	}
	return 1 + strings.LastIndexByte(rest, ']') + 1 - boolInt(!strings.Contains(rest, "]"))
}

// boolInt is 1 for true.
func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// longest lists the tokens by their first letter, in the order in which they are tried: a
// longer one first, but as moment's pattern has them. "w|" is a fault of that pattern, which
// is kept.
func longest(c byte) []string {
	switch c {
	case 'H':
		return []string{"Hmmss", "Hmm", "HH"}
	case 'h':
		return []string{"hmmss", "hmm", "hh"}
	case 'M':
		return []string{"Mo", "MMMM", "MMM", "MM"}
	case 'D':
		return []string{"Do", "DDDo", "DDDD", "DDD", "DD"}
	case 'd':
		return []string{"dddd", "ddd", "dd", "do"}
	case 'w':
		return []string{"wo", "w|", "ww"}
	case 'W':
		return []string{"Wo", "W|", "WW"}
	case 'Q':
		return []string{"Qo"}
	case 'N':
		return []string{"NNNNN", "NNNN", "NNN", "NN"}
	case 'Y':
		return []string{"YYYYYY", "YYYYY", "YYYY", "YY"}
	case 'y':
		return []string{"yyyy", "yyy", "yy", "yo"}
	case 'g':
		return []string{"ggggg", "gggg", "gg"}
	case 'G':
		return []string{"GGGGG", "GGGG", "GG"}
	case 'k':
		return []string{"kk"}
	case 'm':
		return []string{"mm"}
	case 's':
		return []string{"ss"}
	case 'z':
		return []string{"zz"}
	case 'Z':
		return []string{"ZZ"}
	}
	return nil
}

// letters is the length of the token at the start of s, or of one character; 0 for the end of
// a line.
func letters(s string) int {
	if s[0] == 'S' {
		n := 1
		for n < len(s) && n < 9 && s[n] == 'S' {
			n++
		}
		return n
	}
	for _, t := range longest(s[0]) {
		if strings.HasPrefix(s, t) {
			return len(t)
		}
	}
	switch r, n := utf8.DecodeRuneInString(s); r {
	case '\n', '\r', '\u2028', '\u2029':
		return 0
	default:
		return n
	}
}

// Text is what a token that formats nothing shows: without its brackets, or without
// backslashes (moment: removeFormattingTokens).
func Text(t string) string {
	if i := strings.IndexByte(t, '['); i >= 0 && i+1 < len(t) {
		return strings.TrimSuffix(strings.TrimPrefix(t, "["), "]")
	}
	return strings.ReplaceAll(t, `\`, "")
}

// Long replaces the tokens of a locale's own formats (LT, LLLL, l …) once. name gives the format of a token, "" when the
// locale has none. changed says that some token was replaced.
func Long(format string, name func(string) string) (out string, changed bool) {
	if !strings.ContainsAny(format, "Ll") {
		return format, false
	}
	var b strings.Builder
	for format != "" {
		n := bracketed(format)
		if n == 0 {
			escaped := boolInt(format[0] == '\\')
			if n = longLetters(format[escaped:]); n > 0 {
				if full := name(format[:escaped+n]); full != "" {
					b.WriteString(full)
					format, changed = format[escaped+n:], true
					continue
				}
				n += escaped
			}
		}
		if n == 0 {
			n = 1
		}
		b.WriteString(format[:n])
		format = format[n:]
	}
	return b.String(), changed
}

// longLetters is the length of the name of a long format at the start of s.
func longLetters(s string) int {
	for _, t := range []string{"LTS", "LT", "LLLL", "LLL", "LL", "L", "llll", "lll", "ll", "l"} {
		if strings.HasPrefix(s, t) {
			return len(t)
		}
	}
	return 0
}

// Short is a long format with shorter tokens, as the small letters of a locale's own formats
// have it: "l" is "D. M. YYYY" of "DD. MM. YYYY".
func Short(format string) string {
	var b strings.Builder
	for _, t := range Scan(format) {
		switch t {
		case "MMMM", "MM", "DD", "dddd":
			t = t[1:]
		}
		b.WriteString(t)
	}
	return b.String()
}
