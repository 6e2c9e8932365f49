package check

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"posthaste/internal/check/online"
	"posthaste/internal/check/rule"
	"posthaste/internal/check/value"
)

// text puts the words of a finding into a text of its rule. f may be nil for texts without
// such words. Unknown words become "".
func (s *subject) text(text string, f *finding) string {
	if f == nil {
		f = &finding{}
	}
	for range 3 { // a word may hold others: {portal} has {unit}
		text = rule.Word().ReplaceAllStringFunc(text, func(m string) string {
			return s.word(strings.Trim(m, "{}"), f)
		})
	}
	return text
}

// word is what a word stands for. It is never a value that the user gave, except for a unit's
// number of the right shape. The finding's own words come first, then those of the rules,
// then names of variables.
func (s *subject) word(word string, f *finding) string {
	if id, ok := strings.CutPrefix(word, "into:"); ok {
		g := s.value(id)
		if g == nil { // these keys have none
			g = &value.Given{Value: s.rules.Value(id)}
		}
		return s.into(&finding{values: []*value.Given{g}})
	}
	if text, ok := f.words[word]; ok {
		return text
	}
	for _, words := range []map[string]string{s.env.Words, s.rules.Words} {
		if text, ok := words[word]; ok {
			return text
		}
	}
	if g := s.value(word); g != nil {
		return s.name(g)
	}
	if v := s.rules.Value(word); v != nil {
		return v.Names[0]
	}
	if text, ok := s.answerWord(word, f.result); ok {
		return text
	}
	if text, ok := s.findingWord(word, f); ok {
		return text
	}
	return s.settingWord(word)
}

// findingWord is a word about the values of a finding, in the singular or plural that fits.
func (s *subject) findingWord(word string, f *finding) (string, bool) {
	names := s.names(f)
	switch word {
	case "names":
		return join(names), true
	case "labels":
		return join(f.labels()), true
	case "note":
		if len(f.values) == 1 && f.values[0].Note != "" {
			return " " + f.values[0].Note, true
		}
		return "", true
	case "into":
		return s.into(f), true
	case "is":
		return choose(len(names) > 1, "are", "is"), true
	case "it":
		return choose(len(names) > 1, "them", "it"), true
	case "count":
		return number(len(names)), true
	case "unit":
		if unit := s.unit(); unit != "" && !f.doubtsUnit() {
			return "sales unit " + unit, true
		}
		return "your sales unit", true
	}
	return "", false
}

// settingWord is a word about what is checked and where, "" for an unknown one.
func (s *subject) settingWord(word string) string {
	switch word {
	case "env":
		return s.env.Label
	case "host":
		return hostOf(s.base)
	case "base":
		return s.env.Host
	case "hosts":
		var hosts []string
		for _, e := range s.rules.Environments {
			hosts = append(hosts, e.Host+" ("+e.Label+")")
		}
		return join(hosts)
	case "file":
		return choose(s.in.File == "", "the environment", s.in.File)
	case "portal":
		return cmp.Or(s.kind.Portal, s.rules.Portal)
	case "kind":
		return cmp.Or(s.kind.Label, "these values")
	case "proxy":
		return choose(s.in.Proxy == "", "the proxy in between", "the proxy "+s.in.Proxy)
	case "api":
		return s.rules.API
	}
	return ""
}

// seconds is a Retry-After that is no date.
var seconds = regexp.MustCompile(`^\d{1,5}$`)

// answerWord is a word about an answer, or about why none came. r may be nil. Text of the
// other side is made safe.
func (s *subject) answerWord(word string, r *online.Result) (string, bool) {
	if r == nil {
		return "", false
	}
	switch word {
	case "status":
		if r.Answer == nil {
			return "none", true
		}
		return strconv.Itoa(r.Answer.Status), true
	case "match":
		return s.safe(r.Match), true
	case "detail":
		if r.Err != nil {
			return s.safe(r.Err.Error()), true
		}
		return "", true
	case "said":
		if title := said(r); title != "" {
			return ", " + strconv.Quote(s.safe(title)), true
		}
		return "", true
	case "retry":
		if r.Answer != nil {
			if after := r.Answer.Get("Retry-After"); seconds.MatchString(after) {
				return " in " + after + " s", true
			}
		}
		return " in a minute", true
	}
	return "", false
}

// unit is the value that may be shown, when its shape is right. A secret that was put in its
// place does not have that shape.
func (s *subject) unit() string {
	for _, g := range s.given {
		if g.Show && g.Text() != "" && s.rules.Fits(g.Value, g.Text()) {
			return g.Text()
		}
	}
	return ""
}

// doubtsUnit reports whether a finding is about the number of the sales unit, which then
// finds nothing in a portal.
func (f *finding) doubtsUnit() bool {
	return slices.ContainsFunc(f.values, func(g *value.Given) bool { return g.Show })
}

// names are the variables that a finding is about, as the user spells them.
func (s *subject) names(f *finding) []string {
	var names []string
	for _, v := range f.vars {
		names = append(names, v.Name)
	}
	if len(names) == 0 {
		for _, g := range f.values {
			names = append(names, s.name(g))
		}
	}
	return names
}

// labels are what the portal calls the values, in quotes, each once.
func (f *finding) labels() []string {
	var labels []string
	for _, g := range f.values {
		label := strconv.Quote(g.Label)
		if !slices.Contains(labels, label) {
			labels = append(labels, label)
		}
	}
	return labels
}

// into says where the values of a finding are to be put: variables by their origin, and those
// to be added.
func (s *subject) into(f *finding) string {
	vars := slices.Clone(f.vars)
	var fresh []string
	for _, g := range f.values {
		switch {
		case len(f.vars) > 0:
		case len(g.Vars) > 0:
			vars = append(vars, g.Vars...)
		case len(g.Unset) > 0:
			vars = append(vars, g.Unset...)
		default:
			fresh = append(fresh, s.name(g))
		}
	}
	var places []string
	for _, origin := range value.Origins() {
		var names []string
		for _, v := range vars {
			if v.Origin == origin {
				names = append(names, v.Name)
			}
		}
		if len(names) > 0 {
			places = append(places, s.place(origin, names))
		}
	}
	switch {
	case len(fresh) > 0 && s.in.File == "":
		places = append(places, "the environment "+choose(len(fresh) > 1, "variables ", "variable ")+join(fresh))
	case len(fresh) > 0:
		places = append(places, choose(len(fresh) > 1, "new variables ", "a new variable ")+join(quoted(fresh)))
	}
	return join(places)
}

// place says where a value came from, so that the user knows what to edit.
func (s *subject) place(origin value.Origin, names []string) string {
	switch origin {
	case value.FromFile:
		return choose(len(names) > 1, "variables ", "variable ") + join(quoted(names))
	case value.FromFlag:
		return "the option --env-var of " + join(names)
	case value.FromCollection:
		return choose(len(names) > 1, "variables ", "variable ") + join(quoted(names)) + " of the collection"
	case value.FromGlobals:
		return choose(len(names) > 1, "variables ", "variable ") + join(quoted(names)) + " of the globals"
	case value.FromDotenv:
		return join(names) + " in " + s.in.Dotenv
	case value.FromEnv:
		return "the environment " + choose(len(names) > 1, "variables ", "variable ") + join(names)
	case value.FromPrompt:
	}
	return "the prompt for " + join(names)
}

// quoted puts quotes around names, as they stand in JSON.
func quoted(names []string) []string {
	list := make([]string, len(names))
	for i, n := range names {
		list[i] = strconv.Quote(n)
	}
	return list
}

// join puts "and" between the last two: "a, b and c".
func join(list []string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:len(list)-1], ", ") + " and " + list[len(list)-1]
}

// choose is a conditional expression.
func choose(first bool, a, b string) string {
	if first {
		return a
	}
	return b
}

// number writes small numbers out, up to nine.
func number(n int) string {
	words := []string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"}
	if n < len(words) {
		return words[n]
	}
	return fmt.Sprint(n)
}
