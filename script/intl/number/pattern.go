package number

import (
	"strings"
	"unicode/utf8"
)

// A pattern is a number pattern of CLDR, such as "#,##0.00 ¤;(#,##0.00 ¤)". Only what cannot
// come from options is kept: numbers of digits do.
type pattern struct {
	prefix, suffix       string // still quoted
	negPrefix, negSuffix string
	negative             bool // it has a negative form
	primary, secondary   int  // sizes of groups; 0 means no groups
	integers             int  // zeros before the point
}

// isNumberSign recognises the characters of the number itself in a pattern (UTS 35, part 3).
func isNumberSign(r rune) bool { return strings.ContainsRune("#0.,@E", r) || r >= '1' && r <= '9' }

// parsePattern reads a number pattern of CLDR, such as "#,##0.###". A negative one may follow
// behind a semicolon; its digits do not count. Every text is a pattern: one without digits is
// all prefix.
func parsePattern(text string) pattern {
	var p pattern
	positive, negative := cutUnquoted(text)
	var body string
	p.prefix, body, p.suffix = affixes(positive)
	if negative != "" {
		p.negative = true
		p.negPrefix, _, p.negSuffix = affixes(negative)
	}
	integer, _, _ := strings.Cut(body, ".")
	integer, _, _ = strings.Cut(integer, "E")
	p.integers = strings.Count(integer, "0")
	// "#,##,##0": the last comma ends the first group, the one before it the second.
	if last := strings.LastIndexByte(integer, ','); last >= 0 {
		p.primary = len(integer) - last - 1
		p.secondary = p.primary
		if before := strings.LastIndexByte(integer[:last], ','); before >= 0 {
			p.secondary = last - before - 1
		}
	}
	return p
}

// cutUnquoted cuts at the first semicolon outside of quotes. after is "" when there is none.
func cutUnquoted(text string) (before, after string) {
	quoted := false
	for i, r := range text {
		if r == '\'' {
			quoted = !quoted
		}
		if r == ';' && !quoted {
			return text[:i], text[i+1:]
		}
	}
	return text, ""
}

// affixes splits a pattern into what stands before, in and after its digits. Signs inside of
// quotes are text. A pattern without digits is all prefix.
func affixes(text string) (prefix, body, suffix string) {
	quoted := false
	start := -1
	for i, r := range text {
		if r == '\'' {
			quoted = !quoted
			continue
		}
		is := !quoted && isNumberSign(r)
		if is && start < 0 {
			start = i
		}
		if !is && start >= 0 {
			break
		}
	}
	if start < 0 {
		return text, "", ""
	}
	rest := text[start:]
	end := len(rest)
	for i, r := range rest {
		if !isNumberSign(r) {
			end = i
			break
		}
	}
	return text[:start], rest[:end], rest[end:]
}

// An affix piece is literal text or a sign that stands for a symbol.
type affixPiece struct {
	sign rune // - + % ¤, 0 for literal text
	text string
}

// pieces splits an affix into texts and signs. Quotes protect signs; two quotes are one.
func pieces(affix string) []affixPiece {
	var out []affixPiece
	literal := func(s string) {
		if n := len(out); n > 0 && out[n-1].sign == 0 {
			out[n-1].text += s
			return
		}
		out = append(out, affixPiece{0, s})
	}
	quoted := false
	for i := 0; i < len(affix); {
		r, size := utf8.DecodeRuneInString(affix[i:])
		switch {
		case r == '\'' && strings.HasPrefix(affix[i+1:], "'"):
			literal("'")
			size = 2
		case r == '\'':
			quoted = !quoted
		case !quoted && (r == '-' || r == '+' || r == '%' || r == '¤'):
			out = append(out, affixPiece{sign: r})
		default:
			literal(string(r))
		}
		i += size
	}
	return out
}
