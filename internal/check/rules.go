package check

import (
	"regexp"
	"slices"
	"strings"
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
	OldToken     []string          `yaml:"old_token"` // variables that may hold a token of an earlier run
	Claims       []Claim           `yaml:"claims"`    // of the access token
	Steps        []Step            `yaml:"steps"`
	Rules        []Rule            `yaml:"rules"` // the first that fits decides

	file     string
	patterns map[string]*regexp.Regexp
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
	Production []string `yaml:"production"` // the same, always of the production environment
	Also       []string `yaml:"also"`       // addresses that must be of the same environment
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
	Symptom     string            `yaml:"symptom"`     // of the rule when it is not so
}

// A Step is one call.
type Step struct {
	ID      string  `yaml:"id"`
	Title   string  `yaml:"title"` // as a line of the report names it; no line without
	Method  string  `yaml:"method"`
	Path    string  `yaml:"path"`
	Header  []Field `yaml:"header"` // values may hold {value id} and {access_token}
	Each    string  `yaml:"each"`   // id of the value that is tried one by one, if there are several
	Use     string  `yaml:"use"`    // what that value is used for here
	Keep    string  `yaml:"keep"`   // path of the access token in the answer
	Needs   bool    `yaml:"needs_token"`
	Instead string  `yaml:"instead"` // only when that step could not tell
	Product string  `yaml:"product"` // only when asked for
	Limit   string  `yaml:"limit"`   // what a product's step cannot show
}

// A Field is a header line.
type Field struct {
	Name  string `yaml:"name"`
	Value string `yaml:"value"`
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

// EnvNames are the environment variables that values may come from.
func (r *Rules) EnvNames() []string {
	var names []string
	for _, v := range r.Values {
		names = append(names, v.Env...)
	}
	return names
}

func (r *Rules) value(id string) *Value {
	for i := range r.Values {
		if r.Values[i].ID == id {
			return &r.Values[i]
		}
	}
	return nil
}

func (r *Rules) step(id string) *Step {
	for i := range r.Steps {
		if r.Steps[i].ID == id {
			return &r.Steps[i]
		}
	}
	return nil
}

// bySymptom finds the rule of what the offline checks, the keys or the claims show.
func (r *Rules) bySymptom(symptom string) *Rule {
	for i := range r.Rules {
		if r.Rules[i].Symptom == symptom {
			return &r.Rules[i]
		}
	}
	return nil
}

// environment returns the one that a run is about: the first, or the first of production.
func (r *Rules) environment(production bool) *Environment {
	for i := range r.Environments {
		if r.Environments[i].Production == production {
			return &r.Environments[i]
		}
	}
	return &r.Environments[0]
}

// matches applies a pattern of the file, compiled when it was read.
func (r *Rules) matches(pattern, text string) bool {
	re := r.patterns[pattern]
	return pattern != "" && re != nil && re.MatchString(text)
}

// fold makes spellings of a variable's name equal.
func fold(name string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '-', '_', ' ', '.':
			return -1
		}
		return r
	}, strings.ToLower(name))
}

// Missing lists the values that no variable fills in.
func (r *Rules) Missing(list []Variable) []Value {
	s := &session{rules: r, in: Input{Variables: list}}
	s.gather()
	var missing []Value
	for _, g := range s.given {
		if len(g.vars) == 0 {
			missing = append(missing, *g.Value)
		}
	}
	return missing
}
