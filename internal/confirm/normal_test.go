package confirm

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// A normal replaces what depends on the moment of a run: places, random ids, times near the run. What stands in the
// case's own files is left alone.
type normal struct {
	from   time.Time
	inputs string
	places *strings.Replacer
	rules  []rule
}

// A rule replaces the matches that it recognises as volatile.
type rule struct {
	pattern  *regexp.Regexp
	volatile func(match string) bool
	by       string
}

func newNormal(from time.Time, inputs string, places ...string) *normal {
	n := &normal{from: from, inputs: inputs, places: strings.NewReplacer(places...)}
	digits := regexp.MustCompile(`%[0-9A-Fa-f]{2}|\d+`) // no \b: in %2F20261122%2F the number's neighbour is a letter
	foreign := func(s string) bool { return !strings.Contains(inputs, s) }
	n.rules = []rule{
		{regexp.MustCompile(`[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}`), foreign, "‹uuid›"},
		{regexp.MustCompile(`\d{4}-\d\d-\d\d[T ]\d\d(:|%3A)\d\d(:|%3A)\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)?`), n.isoNow, "‹iso›"},
		{regexp.MustCompile(`20\d{6}T\d\d:?\d\d:?\d\d(Z|\+0000)`), n.today("20060102"), "‹stamp›"},
		{digits, sized(8, n.today("20060102")), "‹day›"},
		{digits, sized(13, n.unix(time.UnixMilli)), "‹ms›"},
		{digits, sized(10, n.unix(func(v int64) time.Time { return time.Unix(v, 0) })), "‹sec›"},
	}
	return n
}

// sized limits a rule to texts of a length.
func sized(length int, volatile func(string) bool) func(string) bool {
	return func(match string) bool { return len(match) == length && volatile(match) }
}

// text replaces what is volatile in s.
func (n *normal) text(s string) string {
	s = n.places.Replace(s)
	for _, r := range n.rules {
		s = r.pattern.ReplaceAllStringFunc(s, func(match string) string {
			if r.volatile(match) {
				return r.by
			}
			return match
		})
	}
	return s
}

func (n *normal) near(t time.Time) bool {
	return t.After(n.from.Add(-5*time.Second)) && t.Before(n.from.Add(2*time.Minute))
}

func (n *normal) isoNow(match string) bool {
	match = strings.ReplaceAll(strings.Replace(match, " ", "T", 1), "%3A", ":")
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999"} {
		if t, err := time.Parse(layout, match); err == nil {
			return n.near(t)
		}
	}
	return false
}

func (n *normal) today(layout string) func(string) bool {
	return func(match string) bool {
		if strings.Contains(n.inputs, match) {
			return false
		}
		day := match[:len(layout)] // a run may begin before midnight and end after it
		return day == n.from.UTC().Format(layout) || day == n.from.Add(2*time.Minute).UTC().Format(layout)
	}
}

func (n *normal) unix(when func(int64) time.Time) func(string) bool {
	return func(match string) bool {
		v, err := strconv.ParseInt(match, 10, 64)
		return err == nil && n.near(when(v))
	}
}

// unequal makes the template of two texts: their tokens where they agree, ‹*› where not.
func unequal(a, b string) string {
	if a == b {
		return a
	}
	tokens := regexp.MustCompile(`[A-Za-z0-9+/_=%.-]+|.|\n`)
	left, right := tokens.FindAllString(a, -1), tokens.FindAllString(b, -1)
	if len(left) != len(right) {
		return "‹*›"
	}
	var out strings.Builder
	for i := range left {
		if left[i] == right[i] {
			out.WriteString(left[i])
		} else {
			out.WriteString("‹*›")
		}
	}
	return out.String()
}

// unequalAll makes the templates of two lists. ok is false where they are not of one length.
func unequalAll(a, b []string) (out []string, ok bool) {
	if len(a) != len(b) {
		return a, false
	}
	for i := range a {
		out = append(out, unequal(a[i], b[i]))
	}
	return out, true
}

// fits reports whether a text is one that the template stands for.
func fits(template, text string) bool {
	if template == text || !strings.Contains(template, "‹*›") {
		return template == text
	}
	parts := strings.Split(template, "‹*›")
	for i, p := range parts {
		parts[i] = regexp.QuoteMeta(p)
	}
	return regexp.MustCompile(`(?s)^` + strings.Join(parts, `.+?`) + `$`).MatchString(text)
}
