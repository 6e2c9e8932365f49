package schema

import (
	"math/big"
	"regexp/syntax"
	"strconv"
	"strings"
	"unicode/utf8"

	"posthaste/internal/openapi/node"
)

// textFor is a text for a property of a name, where nothing else is asked.
func textFor(name string) string {
	if name == "" {
		return "text"
	}
	return "example " + name
}

// text makes a text of format, pattern and length.
func (m *maker) text(s *Schema, name string) string {
	t := s.strings
	if t == nil {
		return textFor(name)
	}
	text, fixed := m.formatted(t.format)
	if t.pattern != nil && (!fixed || !matches(t, text)) {
		if made, ok := fromPattern(t.patternText, t.minLength, t.maxLength); ok && matches(t, made) {
			return made
		}
	}
	if !fixed {
		text = textFor(name)
		if t.maxLength >= 0 && utf8.RuneCountInString(text) > t.maxLength {
			text = strings.TrimPrefix(text, "example ")
		}
	}
	for fixed = fixed && utf8.RuneCountInString(text) >= t.minLength; !fixed && utf8.RuneCountInString(text) < t.minLength; {
		text += "x"
	}
	if r := []rune(text); t.maxLength >= 0 && len(r) > t.maxLength {
		text = string(r[:t.maxLength])
	}
	return text
}

func matches(t *stringRules, text string) bool {
	ok, err := t.pattern.MatchString(text)
	return err == nil && ok
}

// formatted is a text of a format, always the same but for what Rand changes.
func (m *maker) formatted(format string) (text string, ok bool) {
	digit := func() string { return strconv.Itoa(m.pick(10)) }
	texts := map[string]string{
		"date-time": "2026-01-0" + strconv.Itoa(1+m.pick(9)) + "T12:00:00Z", "date": "2026-01-0" + strconv.Itoa(1+m.pick(9)), "time": "12:00:00Z", "duration": "P1D",
		"email": "user" + digit() + "@example.com", "idn-email": "user@example.com", "hostname": "api.example.com", "ipv4": "192.0.2." + strconv.Itoa(1+m.pick(250)), "ipv6": "2001:db8::1",
		"uuid": "3fa85f64-5717-4562-b3fc-2c963f66afa" + digit(), "guid": "3fa85f64-5717-4562-b3fc-2c963f66afa6", "uri": "https://example.com/" + digit(), "url": "https://example.com/",
		"uri-reference": "/path", "byte": "ZXhhbXBsZQ==", "json-pointer": "/a/0", "regex": "^a$", "binary": "binary",
	}
	text, ok = texts[format]
	return text, ok
}

// fromPattern makes a text that a regular expression matches, where it is one that Go has too.
func fromPattern(pattern string, least, most int) (string, bool) {
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return "", false
	}
	for extra := range 64 { // longer until it is long enough
		var b strings.Builder
		write(&b, re, extra)
		n := utf8.RuneCountInString(b.String())
		if n >= least && (most < 0 || n <= most) {
			return b.String(), true
		}
		if most >= 0 && n > most {
			return "", false
		}
	}
	return "", false
}

// write appends a text that an expression matches, with so many repetitions more than it needs.
func write(b *strings.Builder, re *syntax.Regexp, extra int) {
	switch re.Op {
	case syntax.OpLiteral:
		b.WriteString(string(re.Rune))
	case syntax.OpCharClass:
		b.WriteRune(inClass(re.Rune))
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		b.WriteByte('a')
	case syntax.OpCapture, syntax.OpConcat:
		for _, sub := range re.Sub {
			write(b, sub, extra)
		}
	case syntax.OpAlternate:
		write(b, re.Sub[0], extra)
	case syntax.OpRepeat:
		n := re.Min + extra
		if re.Max >= 0 {
			n = min(n, re.Max)
		}
		for range n {
			write(b, re.Sub[0], 0)
		}
	case syntax.OpPlus:
		for range 1 + extra {
			write(b, re.Sub[0], 0)
		}
	case syntax.OpStar, syntax.OpQuest:
		n := extra
		if re.Op == syntax.OpQuest {
			n = min(extra, 1)
		}
		for range n {
			write(b, re.Sub[0], 0)
		}
	default:
	}
}

// inClass is a character of a class: a letter or a digit where it has one.
func inClass(ranges []rune) rune {
	for _, want := range []rune{'a', 'A', '1', '0', '_', '-', ' '} {
		for i := 0; i+1 < len(ranges); i += 2 {
			if want >= ranges[i] && want <= ranges[i+1] {
				return want
			}
		}
	}
	if len(ranges) > 0 {
		return ranges[0]
	}
	return 'a'
}

// numberText makes a number within the limits.
func (m *maker) numberText(s *Schema) string {
	n := s.numbers
	if n == nil {
		return strconv.Itoa(1 + m.pick(100))
	}
	value := big.NewRat(int64(1+m.pick(10)), 1)
	limit := func(text string, above, exclusive bool) {
		l, ok := node.Rat(text)
		if text == "" || !ok {
			return
		}
		c := value.Cmp(l)
		if above && (c < 0 || c == 0 && exclusive) || !above && (c > 0 || c == 0 && exclusive) {
			value = new(big.Rat).Set(l)
			one := big.NewRat(1, 1)
			switch {
			case exclusive && above:
				value.Add(value, one)
			case exclusive:
				value.Sub(value, one)
			case !value.IsInt() && above && s.types&integer != 0 && !s.types.has(node.Number):
				value.SetInt(new(big.Int).Add(new(big.Int).Quo(value.Num(), value.Denom()), big.NewInt(1)))
			}
		}
	}
	limit(n.maximum, false, n.exclusiveMax)
	limit(n.below, false, true)
	limit(n.minimum, true, n.exclusiveMinimum)
	limit(n.above, true, true)
	if step, ok := node.Rat(n.multipleOf); ok && n.multipleOf != "" && step.Sign() > 0 {
		q := new(big.Rat).Quo(value, step)
		whole := new(big.Int).Quo(q.Num(), q.Denom())
		if !q.IsInt() || whole.Sign() == 0 && n.minimum == "" {
			whole.Add(whole, big.NewInt(1))
		}
		value = new(big.Rat).Mul(new(big.Rat).SetInt(whole), step)
	}
	if value.IsInt() {
		return value.Num().String()
	}
	return strings.TrimRight(value.FloatString(10), "0")
}
