package check

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"posthaste/internal/check/evidence"
	"posthaste/internal/check/online"
	"posthaste/internal/check/report"
	"posthaste/internal/check/rule"
	"posthaste/internal/check/value"
)

// Input is what one check is about. The zero values of its lists and texts ask for the usual.
type Input struct {
	File       string // the environment file's name, or ""
	Dotenv     string // the name of the file of NAME=value lines, or ""
	Variables  []value.Variable
	Production bool
	Offline    bool     // no call is made
	Kind       string   // id of the kind of keys, "" to find out
	Products   []string // of Rules.Products
	Proxy      string   // that calls go through, without its password; "" for none
	Version    string   // of the program, for support
}

// A Checker judges values by Rules. All fields are needed, Send only for checks that are not
// offline. It may be used for several checks.
type Checker struct {
	Rules *rule.Rules
	Send  evidence.Sender
	Now   func() time.Time
	Rand  io.Reader // names things that do not exist
}

// Run checks. Errors are about the input; what is found, also that nobody answers, is in the
// Report.
func (c *Checker) Run(ctx context.Context, in Input) (*report.Report, error) {
	for _, p := range in.Products {
		if !slices.Contains(c.Rules.Products(), p) {
			return nil, fmt.Errorf("there is no product %q; the products are %s", p, strings.Join(c.Rules.Products(), ", "))
		}
	}
	if in.Production && !c.Rules.Environment(true).Production {
		return nil, fmt.Errorf("%s knows no production environment of %s", c.Rules.File(), c.Rules.API)
	}
	// Values that were given twice are told, and then only the one that a run would use is
	// looked at.
	twice := value.Twice(in.Variables)
	in.Variables = value.Effective(in.Variables)
	env := c.Rules.Environment(in.Production)
	kind, err := c.kind(env, in)
	if err != nil {
		return nil, err
	}
	what := &subject{
		rules: c.Rules, in: in, kind: kind, env: env, started: c.Now(), now: c.Now,
		given: value.Gather(c.Rules, kind, in.Variables),
	}
	found := &findingList{table: c.Rules}
	seen := &inspection{what, found}
	seen.offline(twice)
	t := &evaluation{subject: what, findingList: found, judged: map[string]judgement{}}
	// Calls are made only when they can show something: a request without values proves
	// nothing and may lock a key.
	if !in.Offline && seen.isWorthAsking() {
		t.out = online.Run(ctx, online.Plan{
			Rules: c.Rules, Kind: kind, Environment: env, Base: what.base, Values: what.given, Usable: found.isUsable,
			Broken: found.isBroken, Products: in.Products, Send: c.Send, Now: c.Now, Rand: c.Rand,
		})
		what.token = t.out.Token
		t.judge()
	}
	return (&summary{t}).report(c.Now()), nil
}

// kind is the kind of keys that was named, else the one that is recognised by the variables'
// names.
func (c *Checker) kind(env *rule.Environment, in Input) (*rule.Kind, error) {
	if in.Kind == "" {
		return value.Recognise(c.Rules, env.ID, in.Variables), nil
	}
	var ids []string
	for i := range c.Rules.Kinds {
		if c.Rules.Kinds[i].ID == in.Kind {
			return &c.Rules.Kinds[i], nil
		}
		ids = append(ids, c.Rules.Kinds[i].ID)
	}
	return nil, fmt.Errorf("there is no kind of keys %q; the kinds are %s", in.Kind, strings.Join(ids, ", "))
}

// A subject is what one check is about, with what all its stages need. It is made once; base,
// standIn and token are filled in on the way.
type subject struct {
	rules   *rule.Rules
	in      Input
	kind    *rule.Kind
	env     *rule.Environment
	started time.Time
	now     func() time.Time
	given   []*value.Given

	base    string // scheme and host that calls go to
	standIn bool   // it is a simulator on this machine
	token   string // that came, for masking
}

// value finds a value of the kind by its id, nil when these keys have no such value.
func (s *subject) value(id string) *value.Given {
	for _, g := range s.given {
		if g.ID == id {
			return g
		}
	}
	return nil
}

// Place is the way to the values of the usual kind of keys, as somebody walks it in the API's portal; "" where the rules do not
// say it.
func Place(rules *rule.Rules, production bool) string {
	env := rules.Environment(production)
	text := cmp.Or(value.Recognise(rules, env.ID, nil).Portal, rules.Portal)
	return rule.Word().ReplaceAllStringFunc(text, func(m string) string {
		word := strings.Trim(m, "{}")
		return cmp.Or(env.Words[word], rules.Words[word], map[string]string{"unit": "your sales unit"}[word])
	})
}

// Missing lists the values of the usual kind of keys that no variable fills in, for the
// command that asks for them.
func Missing(rules *rule.Rules, variables []value.Variable) []rule.Value {
	kind := value.Recognise(rules, rules.Environment(false).ID, nil)
	var missing []rule.Value
	for _, g := range value.Gather(rules, kind, variables) {
		if len(g.Vars) == 0 {
			missing = append(missing, *g.Value)
		}
	}
	return missing
}
