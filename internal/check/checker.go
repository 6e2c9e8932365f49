package check

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// A Variable is a value under a name of the user's.
type Variable struct {
	Name     string
	Value    string
	Disabled bool
	Origin   Origin
	Line     int // in the file, 0 when it is not known
}

// An Origin says where a variable came from. Earlier ones win.
type Origin int

// The origins.
const (
	FromFile   Origin = iota // the environment file
	FromDotenv               // a file of NAME=value lines
	FromEnv                  // the process's environment
	FromPrompt
)

// Input is what one check is about.
type Input struct {
	File       string // the environment file's name, "" when there is none
	Dotenv     string // the name of the file of NAME=value lines, "" when there is none
	Variables  []Variable
	Production bool
	Offline    bool     // no call is made
	Products   []string // of Rules.Products
	Version    string   // of the program, for support
}

// A Request is a call to make. Redirects are not to be followed: they would carry the values elsewhere.
type Request struct {
	Method string
	URL    string
	Header []Field
}

// An Answer is what came back.
type Answer struct {
	Status int
	Header []Field
	Body   []byte
	Proto  string
	TLS    string // "TLS 1.3", "" without
	Issuer string // who signed the server's certificate
}

// header returns a header line's value, "" when there is none.
func (a *Answer) header(name string) string {
	for _, f := range a.Header {
		if strings.EqualFold(f.Name, name) {
			return f.Value
		}
	}
	return ""
}

// A Sender makes calls. Its errors say why no answer came; their text is matched by rules and shown.
type Sender interface {
	Send(context.Context, Request) (*Answer, error)
}

// A Checker judges values by Rules. All fields are needed, Send only for checks that are not offline.
type Checker struct {
	Rules *Rules
	Send  Sender
	Now   func() time.Time
	Rand  io.Reader // names things that do not exist
}

// Run checks. Errors are about the input; what is found, also that nobody answers, is in the Report.
func (c *Checker) Run(ctx context.Context, in Input) (*Report, error) {
	for _, p := range in.Products {
		if !slices.Contains(c.Rules.Products(), p) {
			return nil, fmt.Errorf("there is no product %q; the products are %s", p, strings.Join(c.Rules.Products(), ", "))
		}
	}
	if in.Production && !c.Rules.environment(true).Production {
		return nil, fmt.Errorf("%s knows no production environment of %s", c.Rules.File(), c.Rules.API)
	}
	in.Variables = effective(in.Variables)
	s := &session{
		rules: c.Rules, in: in, sender: c.Send, now: c.Now, rand: c.Rand,
		env: c.Rules.environment(in.Production), started: c.Now(),
		proven: map[string]bool{}, doubtful: map[string]bool{},
	}
	s.gather()
	s.offline()
	if !s.failed() && !in.Offline {
		s.online(ctx)
	}
	return s.report(), nil
}

// A session is one check on its way.
type session struct {
	rules   *Rules
	in      Input
	sender  Sender
	now     func() time.Time
	rand    io.Reader
	env     *Environment
	started time.Time

	base     string // scheme and host that calls go to
	standIn  bool   // it is a simulator on this machine
	given    []*given
	findings []finding
	lines    []Line // what steps had to say
	proven   map[string]bool
	doubtful map[string]bool // blamed by a rule
	keys     []*key          // of the value that is tried one by one
	token    string
	results  map[string]*result // by step
	decisive *result            // the answer that the verdict rests on
	last     *result
	applied  []string
	calls    []Call
}

// A finding is a rule that applies, and to what.
type finding struct {
	rule   *Rule
	values []*given
	vars   []Variable // whose lines are marked; the values' own when empty
	words  map[string]string
	result *result // nil: found without a call
}

func (s *session) failed() bool {
	return slices.ContainsFunc(s.findings, func(f finding) bool { return f.rule.Result == Wrong })
}

// find notes a finding by its symptom.
func (s *session) find(symptom string, f finding) {
	f.rule = s.rules.bySymptom(symptom)
	if f.rule == nil {
		panic("check: no rule for symptom " + symptom) // common.yaml has one for each
	}
	s.note(f)
}

func (s *session) note(f finding) {
	s.findings = append(s.findings, f)
	s.applied = append(s.applied, f.rule.ID)
}
