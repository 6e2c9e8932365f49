package openapi

import (
	"net/url"
	"path"
	"slices"
	"strings"
)

// Gap begins what stands for a part of a request that is not known before it is sent, such as the value of a variable. It is a
// character of Unicode's private use, with which no text of a file is written. One gap may stand for any text, several
// segments of a path included.
const Gap = "\uf8ff"

// NewGap makes the n-th gap of a request. Gaps differ from each other, as the values that they stand for mostly do.
func NewGap(n int) string { return Gap + string(rune(firstPrivate+n%kinds)) }

// The private characters that number gaps: U+E000 and on.
const (
	firstPrivate = 0xe000
	kinds        = 0x1800
)

// HasGap reports whether a part of a text is not known.
func HasGap(text string) bool { return strings.Contains(text, Gap) }

// IsGap reports whether nothing of a text is known.
func IsGap(text string) bool { return HasGap(text) && !strings.ContainsFunc(text, notGap) }

// Shown is a text for messages: each gap is {{…}} in it.
func Shown(text string) string {
	if !HasGap(text) {
		return text
	}
	var b strings.Builder
	inGap := false
	for _, r := range text {
		if gap := !notGap(r); gap != inGap {
			if inGap = gap; gap {
				b.WriteString("{{…}}")
			}
		}
		if !inGap {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// notGap reports whether a character is not a part of a gap.
func notGap(r rune) bool { return r < firstPrivate || r > 0xf8ff }

// A DraftMatch is what MatchDraft found.
type DraftMatch struct {
	Match
	Served bool // the file is, or may be, about the server
	Host   bool // the host is known
	// Several operations may be meant, or the gaps may hold parts of the path that decide: nothing can be said.
	Open   bool
	Others []string // methods that the path has, where it has not the request's
	// Doubt is how much had to be supposed for the match, 0 for nothing: gaps that hold literal text, and segments of the base
	// path that the variable of the host has.
	Doubt int
}

// MatchDraft is Match for a URL that may have gaps. A host that is a gap is any, and may hold the base path, or a part of it.
// Of several operations that differ in what stands at a gap, one that has a parameter there is taken.
func (d *Document) MatchDraft(method string, u *url.URL) DraftMatch {
	m := d.findDraft(method, u.Host, u.EscapedPath(), u.Query())
	if m.Operation != nil || !m.Served || m.Open {
		return m
	}
	// As Match: a slash at the end makes no difference where there is no better.
	other, had := strings.CutSuffix(u.EscapedPath(), "/")
	if !had {
		other += "/"
	}
	if again := d.findDraft(method, u.Host, other, u.Query()); again.Operation != nil {
		return again
	}
	return m
}

// findDraft goes through all operations: drafts are few, and their gaps make the groups of routes useless.
func (d *Document) findDraft(method, host, escaped string, query url.Values) DraftMatch {
	host = strings.ToLower(host)
	segments := strings.Split(strings.TrimPrefix(escaped, "/"), "/")
	for i := range segments {
		segments[i] = unescape(segments[i])
	}
	open := host == "" || IsGap(withoutPort(host))
	out := DraftMatch{Host: !open}
	best := candidate{guesses: len(segments) + 1}
	tied := false
	for _, o := range d.draftOrder() {
		for _, b := range d.served[o.route.served] {
			if !open && !b.maybe(host) {
				continue
			}
			out.Served = true
			c, ok := b.draft(o, segments, open, query)
			switch {
			case !ok:
				out.Open = out.Open || o.Method == method && b.stretched(o, segments)
			case o.Method != method:
				if c.guesses == 0 {
					out.Others = append(out.Others, o.Method)
				}
			case c.doubt() < best.doubt():
				best, tied, out.Match, out.Doubt = c, false, Match{o, c.values}, c.doubt()
			case c.doubt() == best.doubt() && c.guesses > 0 && out.Operation != o:
				tied = true
			}
		}
	}
	if tied {
		out.Match = Match{}
	}
	// What is found stands against what a gap might hold besides.
	out.Open = out.Operation == nil && (tied || out.Open)
	if out.Operation != nil {
		out.Others = nil
	}
	slices.Sort(out.Others)
	out.Others = slices.Compact(out.Others)
	return out
}

// A candidate is an operation that a draft may be: guesses are the gaps that would have to hold literal text, and skipped the
// segments of the base path that the draft does not show.
type candidate struct {
	guesses, skipped int
	values           []PathValue
}

// doubt puts a guess above everything that a base path can skip.
func (c candidate) doubt() int { return c.guesses<<16 + c.skipped }

// draftOrder lists the operations so that the most concrete of equal length come first.
func (d *Document) draftOrder() []*Operation {
	var lengths []int
	for n := range d.routes {
		lengths = append(lengths, n)
	}
	slices.Sort(lengths)
	var list []*Operation
	for _, n := range slices.Backward(lengths) {
		list = append(list, d.routes[n]...)
	}
	return list
}

// hostAndPath divides a base's segments: the first is of the host where that has variables.
func (b *base) hostAndPath() (host *segment, segments []segment) {
	if b.scheme == "{host}" {
		return &b.path[0], b.path[1:]
	}
	return nil, b.path
}

// maybe reports whether a host, which may have gaps, can be the base's.
func (b *base) maybe(host string) bool {
	template, _ := b.hostAndPath()
	switch {
	case b.any:
		return true
	case template != nil:
		return HasGap(host) || template.match(host, &[]PathValue{}) || template.match(withoutPort(host), &[]PathValue{})
	case HasGap(host):
		return fitsGaps(host, b.host) || fitsGaps(withoutPort(host), withoutPort(b.host))
	}
	return sameHost(b.host, host)
}

// fitsGaps reports whether a text with gaps can be another text.
func fitsGaps(gapped, text string) bool {
	var pattern strings.Builder
	inGap := false
	for _, r := range gapped {
		if !notGap(r) {
			if !inGap {
				pattern.WriteByte('*')
			}
			inGap = true
			continue
		}
		if strings.ContainsRune(`*?[\`, r) {
			pattern.WriteByte('\\')
		}
		inGap = false
		pattern.WriteRune(r)
	}
	// path.Match stops stars at slashes, which segments and hosts do not have.
	ok, err := path.Match(pattern.String(), text)
	return ok && err == nil
}

// draft compares the path of a draft with that of an operation behind this base. Behind an open host the base path may be
// there in whole, in its last segments, or not at all, as the variable of the host has it then.
func (b *base) draft(o *Operation, segments []string, open bool, query url.Values) (candidate, bool) {
	for key, want := range o.route.query {
		if has := query[key]; !slices.Equal(has, want) && !HasGap(strings.Join(has, "")) {
			return candidate{}, false
		}
	}
	_, prefix := b.hostAndPath()
	whole := append(slices.Clone(prefix), o.route.segments...)
	skip := len(whole) - len(segments)
	if skip < 0 || skip > 0 && !open || skip > len(prefix) {
		return candidate{}, false
	}
	c := candidate{skipped: skip}
	for i, text := range segments {
		s := &whole[skip+i]
		switch guessed, ok := s.draft(text, &c.values); {
		case !ok:
			return candidate{}, false
		case guessed:
			c.guesses++
		}
	}
	return c, true
}

// draft compares one segment, unescaped, which may have gaps. It is guessed where a gap would have to hold literal text.
func (s *segment) draft(text string, values *[]PathValue) (guessed, ok bool) {
	switch {
	case !HasGap(text):
		return false, s.match(text, values)
	case s.names == nil:
		return true, fitsGaps(text, s.literal)
	case s.whole:
		*values = append(*values, PathValue{s.names[0], text})
		return false, true
	case s.match(text, values):
		return false, true
	case IsGap(text):
		for _, name := range s.names {
			*values = append(*values, PathValue{name, text})
		}
		return true, true
	}
	return false, false
}

// stretched reports whether a draft may be the operation when each of its gaps can hold several segments, or none.
func (b *base) stretched(o *Operation, segments []string) bool {
	if !slices.ContainsFunc(segments, IsGap) {
		return false
	}
	_, prefix := b.hostAndPath()
	return stretch(append(slices.Clone(prefix), o.route.segments...), segments) || stretch(o.route.segments, segments)
}

// stretch matches segments as a glob does, in time of the product of both lengths. A text that is more than gaps must fit one
// segment.
func stretch(whole []segment, segments []string) bool {
	can := make([]bool, len(whole)+1) // which beginnings of whole the segments so far can be
	can[0] = true
	for _, text := range segments {
		next := make([]bool, len(whole)+1)
		if IsGap(text) {
			next[0] = can[0]
			for i := range whole {
				next[i+1] = can[i+1] || next[i] || can[i]
			}
		} else {
			for i := range whole {
				if can[i] {
					_, next[i+1] = whole[i].draft(text, &[]PathValue{})
				}
			}
		}
		can = next
	}
	return can[len(whole)]
}
