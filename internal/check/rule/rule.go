// Package rule is what is known of an API family's credentials: its values and their shapes, the calls that can be
// made with them, and for each symptom a verdict, what to do and where that is known from. It is read from a file.
package rule

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"posthaste/internal/check/evidence"
	"posthaste/internal/near"
)

// Rules describe one API family. docs/check.md explains the file they are read from.
type Rules struct {
	API          string            `yaml:"api"`
	Source       string            `yaml:"source"`       // where all of this is known from
	Portal       string            `yaml:"portal"`       // the way to the values, for the words {portal}
	Words        map[string]string `yaml:"words"`        // further words for texts
	Environments []Environment     `yaml:"environments"` // the first is the one that is meant by default
	Hosts        Hosts             `yaml:"hosts"`
	Placeholders []string          `yaml:"placeholders"` // patterns of values that nobody has filled in
	Trace        []string          `yaml:"trace"`        // paths in answers that support asks for
	Values       []Value           `yaml:"values"`
	Kinds        []Kind            `yaml:"kinds"`     // of keys, the first that is recognised counts; none: one of all values and steps
	OldToken     []string          `yaml:"old_token"` // variables that may hold a token of an earlier run
	Claims       []Claim           `yaml:"claims"`    // of the access token
	Steps        []Step            `yaml:"steps"`
	Rules        []Rule            `yaml:"rules"` // the first that fits decides

	file     string
	patterns map[string]*regexp.Regexp
	names    []string // of variables in the API's own files, beside those of values
}

// An Environment is one of the places where an API answers.
type Environment struct {
	ID         string            `yaml:"id"`
	Label      string            `yaml:"label"` // as texts name it, in capitals
	Host       string            `yaml:"host"`  // https://…, nothing after the host
	Production bool              `yaml:"production"`
	Words      map[string]string `yaml:"words"`
}

// Hosts names the variables that hold addresses.
type Hosts struct {
	Base       []string `yaml:"base"`       // the host alone; calls go there
	Maybe      []string `yaml:"maybe"`      // names that others use too: base where they hold a host of the API
	Production []string `yaml:"production"` // the same, always of the production environment
	Also       []string `yaml:"also"`       // addresses that must be of the same environment
}

// A Kind is one kind of keys that the API gives out.
type Kind struct {
	ID       string   `yaml:"id"`
	Label    string   `yaml:"label"`  // "partner keys"
	When     []Sign   `yaml:"when"`   // any of them; a kind without is the one that is meant when no other is recognised
	Values   []string `yaml:"values"` // ids, in the order in which a report shows them
	Optional []string `yaml:"optional"`
	Steps    []string `yaml:"steps"`
	Only     string   `yaml:"only"`   // id of the environment outside which there are no such keys
	Portal   string   `yaml:"portal"` // the way to these keys, in the place of the file's
}

// A Sign is what a kind is recognised by: variables that are there, filled in or not, and others that are not. An id of
// a value stands for all its names.
type Sign struct {
	Has         []string `yaml:"has"`
	Filled      []string `yaml:"filled"` // as has, and filled in
	Lacks       []string `yaml:"lacks"`
	Environment string   `yaml:"environment"` // only in this one, by id
}

// A Value is one of the credentials.
type Value struct {
	ID        string            `yaml:"id"`
	Label     string            `yaml:"label"` // as the portal calls it
	Names     []string          `yaml:"names"` // of variables, the usual one first; case, "-" and "_" do not count
	Env       []string          `yaml:"env"`   // of environment variables
	Uses      map[string]string `yaml:"uses"`  // what a name is for, where several values are given: a step's use
	Several   bool              `yaml:"several"`
	Secret    bool              `yaml:"secret"`
	Shape     string            `yaml:"shape"`
	Strict    bool              `yaml:"strict"` // another shape is wrong, not only strange
	Exact     string            `yaml:"exact"`  // the only characters that a strict shape has, to point at a wrong one
	Looks     string            `yaml:"looks"`  // the shape in words: "a GUID"
	Groups    []int             `yaml:"groups"` // how many characters each group between dashes has, to say where a shape breaks
	Wrong     []Pattern         `yaml:"wrong"`  // shapes that are known mistakes
	Examples  []string          `yaml:"examples"`
	Note      string            `yaml:"note"`      // what to watch when copying
	Proven    string            `yaml:"proven"`    // said once it is
	Unchecked string            `yaml:"unchecked"` // said when it is not
	Show      bool              `yaml:"show"`      // may stand in reports when its shape is right
	Prefix    int               `yaml:"prefix"`    // how many of its first characters support may see
}

// A Pattern is a mistake and what to say of it.
type Pattern struct {
	Match string `yaml:"match"`
	Say   string `yaml:"say"`
}

// A Claim is something that an access token, a JWT, must say.
type Claim struct {
	Name        string            `yaml:"name"`
	Equals      string            `yaml:"equals"`      // id of the value that it must be
	Environment map[string]string `yaml:"environment"` // what it is in an environment, by id
	Past        bool              `yaml:"past"`        // a time that must not lie in the future; without it, one that must
	Symptom     string            `yaml:"symptom"`     // of the rule when it is not so
	Needed      bool              `yaml:"needed"`      // a token that does not say it is not believed
}

// A Step is one call.
type Step struct {
	ID      string           `yaml:"id"`
	Title   string           `yaml:"title"` // as a line of the report names it; no line without
	Method  string           `yaml:"method"`
	Path    string           `yaml:"path"`
	Header  []evidence.Field `yaml:"header"`  // values may hold {value id} and {access_token}; a line with a value that is not there is left out
	Form    string           `yaml:"form"`    // body of a form
	Basic   []string         `yaml:"basic"`   // ids of two values: Authorization: Basic
	Partial bool             `yaml:"partial"` // worth making when some of its values are not there
	Each    string           `yaml:"each"`    // id of the value that is tried one by one, if there are several
	Use     string           `yaml:"use"`     // what that value is used for here
	Host    string           `yaml:"host"`    // path of an address in the answer whose host must be the one that was asked
	Keep    string           `yaml:"keep"`    // path of the access token in the answer
	Opaque  bool             `yaml:"opaque"`  // that token need not be a JWT
	Needs   bool             `yaml:"needs_token"`
	Instead string           `yaml:"instead"` // only when that step could not tell
	With    []string         `yaml:"with"`    // only when these values are there
	Product string           `yaml:"product"` // only when asked for
	Limit   string           `yaml:"limit"`   // what a product's step cannot show
}

// Results of rules.
const (
	Right   = "right"   // nothing is wrong
	Wrong   = "wrong"   // a value is
	Unclear = "unclear" // it cannot be told
	Odd     = "odd"     // worth saying, but no finding
)

// A Rule says what a symptom means. It fits an answer by On, Status, Body or Network, or what is found
// without a call by Symptom.
type Rule struct {
	ID      string   `yaml:"id"`
	Symptom string   `yaml:"symptom"`
	On      []string `yaml:"on"`      // ids of steps; none: each
	Status  []string `yaml:"status"`  // "401", "5xx"; none: each
	Body    string   `yaml:"body"`    // pattern; its first group is the word {match}
	Shape   []string `yaml:"shape"`   // what its JSON has: "webhooks array"
	Empty   bool     `yaml:"empty"`   // an empty body will do
	Text    bool     `yaml:"text"`    // the body need not be JSON
	Kinds   []string `yaml:"kinds"`   // of keys; none: each
	Network string   `yaml:"network"` // pattern of the error when no answer came
	Result  string   `yaml:"result"`
	Blames  []string `yaml:"blames"`
	Proves  []string `yaml:"proves"`
	Subject string   `yaml:"subject"` // of the line when nothing is blamed; the step's title otherwise
	Line    string   `yaml:"line"`    // after the name of what is blamed
	Verdict string   `yaml:"verdict"` // one sentence
	Why     string   `yaml:"why"`
	Advice  string   `yaml:"advice"` // after "Do this:"
	Source  string   `yaml:"source"`
}

// File is the name of the file that the rules were read from.
func (r *Rules) File() string { return r.file }

// Products are the names that Input.Products may hold.
func (r *Rules) Products() []string {
	var names []string
	for _, s := range r.Steps {
		if s.Product != "" && !slices.Contains(names, s.Product) {
			names = append(names, s.Product)
		}
	}
	return names
}

// KindIDs are the kinds of keys that Input.Kind may hold.
func (r *Rules) KindIDs() []string {
	var ids []string
	for _, k := range r.Kinds {
		ids = append(ids, k.ID)
	}
	return ids
}

// EnvNames are the environment variables that values may come from.
func (r *Rules) EnvNames() []string {
	var names []string
	for _, v := range r.Values {
		for _, name := range v.Env {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}

// Value finds a value by its id, or nil.
func (r *Rules) Value(id string) *Value {
	for i := range r.Values {
		if r.Values[i].ID == id {
			return &r.Values[i]
		}
	}
	return nil
}

// Step finds a step by its id, or nil.
func (r *Rules) Step(id string) *Step {
	for i := range r.Steps {
		if r.Steps[i].ID == id {
			return &r.Steps[i]
		}
	}
	return nil
}

// BySymptom finds the rule of what values, keys or claims show, or nil.
func (r *Rules) BySymptom(symptom string) *Rule {
	for i := range r.Rules {
		if r.Rules[i].Symptom == symptom {
			return &r.Rules[i]
		}
	}
	return nil
}

// Environment returns the one that a check is about: the first, or the first of production.
func (r *Rules) Environment(production bool) *Environment {
	for i := range r.Environments {
		if r.Environments[i].Production == production {
			return &r.Environments[i]
		}
	}
	return &r.Environments[0]
}

// Matches applies a pattern of the file, compiled when it was read. An empty pattern matches nothing.
func (r *Rules) Matches(pattern, text string) bool {
	re := r.patterns[pattern]
	return pattern != "" && re != nil && re.MatchString(text)
}

// Group returns what the last group of a pattern of the file found in a body.
func (r *Rules) Group(pattern string, body []byte) (string, bool) {
	m := r.patterns[pattern].FindSubmatch(body)
	if m == nil {
		return "", false
	}
	return string(m[len(m)-1]), true
}

// Fits reports whether a text could be a value.
func (r *Rules) Fits(v *Value, text string) bool {
	return r.Matches(v.Shape, text) && r.Mistake(v, text) == ""
}

// Mistake says which known mistake a value is, "" if it is not one.
func (r *Rules) Mistake(v *Value, text string) string {
	for _, w := range v.Wrong {
		if r.Matches(w.Match, text) {
			return w.Say
		}
	}
	return ""
}

// IsPlaceholder reports whether nobody has filled in a text.
func (r *Rules) IsPlaceholder(text string) bool {
	return slices.ContainsFunc(r.Placeholders, func(p string) bool { return r.Matches(p, text) })
}

// Names are all names of variables that the API's own files use, as far as the rules know them.
func (r *Rules) Names() []string {
	names := slices.Clone(r.names)
	for _, v := range r.Values {
		names = append(append(names, v.Names...), v.Env...)
	}
	names = append(append(names, r.Hosts.Base...), r.Hosts.Production...)
	return append(append(names, r.Hosts.Also...), r.OldToken...)
}

// Rank tells how usual a name is for the value; -1 if it is not one of its names.
func (v *Value) Rank(name string) int {
	folded := func(n string) bool { return near.Fold(n) == near.Fold(name) }
	if i := slices.Index(v.Names, name); i >= 0 {
		return i
	}
	if i := slices.IndexFunc(v.Names, folded); i >= 0 {
		return len(v.Names) + i
	}
	if i := slices.IndexFunc(v.Env, folded); i >= 0 {
		return 2*len(v.Names) + i
	}
	return -1
}

// Use is what a variable's name says that it is for, "" when it says nothing.
func (v *Value) Use(variable string) string {
	for name, use := range v.Uses {
		if near.Fold(name) == near.Fold(variable) {
			return use
		}
	}
	return ""
}

// IsFirst reports whether a step only asks whether anybody is there.
func (p *Step) IsFirst() bool { return p.Title == "" && len(p.Header) == 0 && len(p.Basic) == 0 }

// IsOn reports whether a rule is about a step.
func (u *Rule) IsOn(step string) bool { return len(u.On) == 0 || slices.Contains(u.On, step) }

// HasStatus reports whether a rule is about a status.
func (u *Rule) HasStatus(status int) bool {
	for _, want := range u.Status {
		if text := strconv.Itoa(status); want == text || want == text[:1]+"xx" {
			return true
		}
	}
	return len(u.Status) == 0
}

// Want is what an answer must have for the rule to be believed of it. A rule that claims nothing wants nothing.
func (u *Rule) Want() evidence.Want {
	return evidence.Want{JSON: !u.Text && (u.Body != "" || len(u.Shape) > 0 || u.Empty), Empty: u.Empty, Shape: u.Shape}
}

// Claims reports whether a rule says of any value that it is right or wrong.
func (u *Rule) Claims() bool {
	return len(u.Proves) > 0 || u.Result == Wrong || u.Result == Right
}

// Uses reports whether a step sends a value.
func (p *Step) Uses(id string) bool {
	if slices.Contains(p.Basic, id) || strings.Contains(p.Path, "{"+id+"}") || slices.Contains(p.With, id) {
		return true
	}
	return slices.ContainsFunc(p.Header, func(h evidence.Field) bool { return strings.Contains(h.Value, "{"+id+"}") })
}
