package value

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// lookalike finds the first character that is not ASCII but looks like it. The advice repairs all of them: which
// Latin letter is meant can be seen, and the position says where.
func lookalike(text string) (d Damage, without string) {
	for i, r := range text {
		if r <= unicode.MaxASCII {
			continue
		}
		at := 1 + utf8.RuneCountInString(text[:i])
		latin, script := twin(r)
		if latin == 0 {
			return Damage{fmt.Sprintf("a letter or sign at character %d that is not ASCII", at), ""}, text
		}
		what := fmt.Sprintf("a %s at character %d that only looks like ASCII", script, at)
		return Damage{what, fmt.Sprintf("replace character %d, a %s, by the Latin letter, digit or sign that it looks like", at, script)},
			text[:i] + string(latin) + text[i+utf8.RuneLen(r):]
	}
	return Damage{}, text
}

// twin is the character of ASCII that another one looks like, or 0, and what that one is.
func twin(r rune) (latin rune, what string) {
	const wide, wideEnd, offset = '\uff01', '\uff5e', 0xfee0
	if r >= wide && r <= wideEnd {
		return r - offset, "full-width character"
	}
	for script, pairs := range map[string]string{
		"Cyrillic letter": "аaеeоoрpсcхxуyіiѕsјjԁdһhґrвBкkмMнHтTАAВBЕEЅSІIЈJКKМMНHОOРPСCТTХXУYЗ3бbԛqԝw",
		"Greek letter":    "οoνvαaιiκkρpυuχxγyτtΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧX",
		"dash":            "\u2010-\u2011-\u2012-\u2013-\u2014-\u2015-\u2212-\ufe63-\u00ad-",
		"sign":            "\u2044/\u2215/\uff0f/\ua78a=\u2e40=\u207a+\u02c6^\u223c~\u02dc~",
	} {
		before, after, ok := strings.Cut(pairs, string(r))
		if ok && utf8.RuneCountInString(before)%2 == 0 {
			latin, _ = utf8.DecodeRuneInString(after)
			return latin, script
		}
	}
	if n, ok := digit(r); ok {
		return '0' + n, "foreign digit"
	}
	return 0, ""
}

// digit is the value of a decimal digit of any script.
func digit(r rune) (rune, bool) {
	if !unicode.Is(unicode.Nd, r) {
		return 0, false
	}
	n := rune(0) // blocks of digits begin at their zero
	for unicode.Is(unicode.Nd, r-1) && n < 9 {
		r--
		n++
	}
	return n, true
}
