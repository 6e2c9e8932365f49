package check

import (
	"fmt"
	"iter"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// builtinWords are the words that texts of rules may hold in braces, beside the ids of values, the words of the
// file, and {into:ID}.
func builtinWords() []string {
	return []string{
		"names", "labels", "note", "into", "is", "it", "count", "env", "host", "hosts", "base", "unit", "status", "match", "detail",
		"retry", "said", "other", "what", "use", "switch", "file", "portal", "api", "no-answer", "unclear-values",
	}
}

// wordsOf lists the words of a text; of {into:ID} it is the ID.
func wordsOf(text string) []string {
	var words []string
	for _, m := range wordPattern.FindAllStringSubmatch(text, -1) {
		words = append(words, strings.TrimPrefix(m[1], "into:"))
	}
	return words
}

var wordPattern = regexp.MustCompile(`\{([a-z][a-z0-9_:-]*)\}`)

func mapKeys(m map[string]string) iter.Seq[string] { return maps.Keys(m) }

// keysOf lists the keys of a type of the rules file by the type's name.
func keysOf(name string) []string {
	var keys []string
	for _, v := range []any{Rules{}, Environment{}, Hosts{}, Value{}, Pattern{}, Claim{}, Step{}, Field{}, Rule{}} {
		t := reflect.TypeOf(v)
		for i := range t.NumField() {
			if key := t.Field(i).Tag.Get("yaml"); t.Name() == name && key != "" {
				keys = append(keys, key)
			}
		}
	}
	return keys
}

// text puts the words of a finding into a text of its rule.
func (s *session) text(text string, f *finding) string {
	if f == nil {
		f = &finding{}
	}
	for range 3 { // a word may hold others: {portal} has {unit}
		text = wordPattern.ReplaceAllStringFunc(text, func(m string) string {
			return s.word(strings.Trim(m, "{}"), f)
		})
	}
	return text
}

// word is what a word stands for. None is ever a value that was given, but the unit's number of the right shape.
func (s *session) word(word string, f *finding) string {
	if id, ok := strings.CutPrefix(word, "into:"); ok {
		return s.into(&finding{values: []*given{s.value(id)}})
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
		return g.name(s.in)
	}
	if text, ok := s.answerWord(word, f.result); ok {
		return text
	}
	if text, ok := s.findingWord(word, f); ok {
		return text
	}
	return s.settingWord(word)
}

// findingWord is a word about the values of a finding.
func (s *session) findingWord(word string, f *finding) (string, bool) {
	names := f.names(s.in)
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
	case "unclear-values":
		if f.result != nil && f.result.step.Product != "" {
			return f.result.step.Title + " is on", true
		}
		open := s.unproven()
		return join(open) + choose(len(open) > 1, " are right", " is right"), true
	}
	return "", false
}

// settingWord is a word about what is checked and where.
func (s *session) settingWord(word string) string {
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
		return s.rules.Portal
	case "api":
		return s.rules.API
	}
	return ""
}

// seconds is a Retry-After that is no date.
var seconds = regexp.MustCompile(`^\d{1,5}$`)

// answerWord is a word about an answer, or about why none came.
func (s *session) answerWord(word string, r *result) (string, bool) {
	if r == nil {
		return "", false
	}
	switch word {
	case "status":
		if r.answer == nil {
			return "none", true
		}
		return strconv.Itoa(r.answer.Status), true
	case "match":
		return s.safe(r.match), true
	case "detail":
		if r.err != nil {
			return s.safe(r.err.Error()), true
		}
		return "", true
	case "said":
		if title := r.said(); title != "" {
			return ", " + strconv.Quote(s.safe(title)), true
		}
		return "", true
	case "retry":
		if r.answer != nil {
			if after := r.answer.header("Retry-After"); seconds.MatchString(after) {
				return " in " + after + " s", true
			}
		}
		return " in a minute", true
	}
	return "", false
}

// unit is the value that may be shown, when its shape is right.
func (s *session) unit() string {
	for _, g := range s.given {
		if g.Show && g.text() != "" && s.fits(g.Value, g.text()) {
			return g.text()
		}
	}
	return ""
}

// doubtsUnit tells whether a finding is about the number of the sales unit, which then finds nothing in a portal.
func (f *finding) doubtsUnit() bool {
	return slices.ContainsFunc(f.values, func(g *given) bool { return g.Show })
}

// names are the variables that a finding is about.
func (f *finding) names(in Input) []string {
	var names []string
	for _, v := range f.vars {
		names = append(names, v.Name)
	}
	if len(names) == 0 {
		for _, g := range f.values {
			names = append(names, g.name(in))
		}
	}
	return names
}

// labels are what the portal calls the values.
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

// into says where the values of a finding are to be put.
func (s *session) into(f *finding) string {
	vars := slices.Clone(f.vars)
	var fresh []string
	for _, g := range f.values {
		switch {
		case len(f.vars) > 0:
		case len(g.vars) > 0:
			vars = append(vars, g.vars...)
		case len(g.unset) > 0:
			vars = append(vars, g.unset...)
		default:
			fresh = append(fresh, g.name(s.in))
		}
	}
	var places []string
	for _, origin := range []Origin{FromFile, FromDotenv, FromEnv, FromPrompt} {
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

func (s *session) place(origin Origin, names []string) string {
	switch origin {
	case FromFile:
		return choose(len(names) > 1, "variables ", "variable ") + join(quoted(names))
	case FromDotenv:
		return join(names) + " in " + s.in.Dotenv
	case FromEnv:
		return "the environment " + choose(len(names) > 1, "variables ", "variable ") + join(names)
	case FromPrompt:
	}
	return "the prompt for " + join(names)
}

func quoted(names []string) []string {
	list := make([]string, len(names))
	for i, n := range names {
		list[i] = strconv.Quote(n)
	}
	return list
}

// join puts "and" between the last two.
func join(list []string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:len(list)-1], ", ") + " and " + list[len(list)-1]
}

func choose(first bool, a, b string) string {
	if first {
		return a
	}
	return b
}

// number writes small numbers out.
func number(n int) string {
	words := []string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"}
	if n < len(words) {
		return words[n]
	}
	return fmt.Sprint(n)
}
