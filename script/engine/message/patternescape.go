package message

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// escape reads a backslash and what belongs to it. Without the flag u nearly everything is
// allowed: an unknown escape is the character itself (annex B).
func (p *patternCheck) escape(class bool) {
	p.i++
	rest := p.rest()
	if rest == "" {
		p.fail(`\ at end of pattern`)
		return
	}
	r, size := utf8.DecodeRuneInString(rest)
	p.i += size
	switch {
	case r == 'k' && !class && (p.strict || p.named):
		if !strings.HasPrefix(p.rest(), "<") {
			p.fail("Invalid named reference")
			return
		}
		p.i++
		p.references = append(p.references, p.name())
	case !p.strict:
	case r == 'x':
		p.hex(2, "Invalid escape")
	case r == 'u':
		p.unicode()
	case r == 'c':
		if c := p.rest(); c == "" || !unicode.IsLetter(rune(c[0])) || c[0] >= utf8.RuneSelf {
			p.fail("Invalid Unicode escape")
			return
		}
		p.i++
	case r == 'p' || r == 'P':
		// Whether the property exists, the engine checks.
		if end := strings.IndexByte(p.rest(), '}'); strings.HasPrefix(p.rest(), "{") && end > 0 {
			p.i += end + 1
			return
		}
		p.fail("Invalid property name")
	case r >= '0' && r <= '9':
		p.digit(r, class)
	// The syntax characters, and control escapes. - is one only in a class.
	case strings.ContainsRune(`dDsSwWbfnrtv^$\.*+?()[]{}|/`, r), r == 'B' && !class, r == '-' && class:
	case p.sets:
	default:
		p.fail("Invalid escape")
	}
}

// digit reads a reference to a group, or the character 0. Only with the flag u: without it,
// digits that are no group are octal.
func (p *patternCheck) digit(first rune, class bool) {
	digits := string(first)
	for rest := p.rest(); rest != "" && rest[0] >= '0' && rest[0] <= '9'; rest = p.rest() {
		digits += rest[:1]
		p.i++
	}
	n, err := strconv.Atoi(digits)
	switch {
	case first == '0' && len(digits) > 1:
		p.fail("Invalid decimal escape")
	case first != '0' && class:
		p.fail("Invalid class escape")
	case err != nil || n > p.groups:
		p.fail("Invalid escape")
	}
}

// hex reads exactly length hexadecimal digits.
func (p *patternCheck) hex(length int, otherwise string) {
	rest := p.rest()
	if len(rest) < length || strings.Trim(rest[:length], "0123456789abcdefABCDEF") != "" {
		p.fail(otherwise)
		return
	}
	p.i += length
}

// unicode reads \uHHHH and \u{…}; p.i is behind the u. A pair of surrogates is read as two
// escapes, which makes no difference to validity.
func (p *patternCheck) unicode() {
	if !strings.HasPrefix(p.rest(), "{") {
		p.hex(4, "Invalid Unicode escape")
		return
	}
	end := strings.IndexByte(p.rest(), '}')
	if end < 0 {
		p.fail("Invalid Unicode escape")
		return
	}
	if n, err := strconv.ParseUint(p.rest()[1:end], 16, 64); err != nil || n > unicode.MaxRune {
		p.fail("Invalid Unicode escape")
		return
	}
	p.i += end + 1
}
