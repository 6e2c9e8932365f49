// Package online makes the calls that show what values are good for: token requests and GETs, nothing that creates or
// changes anything. Each answer becomes a Result: the rule that explains it, and Evidence if it is believed.
package online

import (
	"context"
	"encoding/hex"
	"io"
	"slices"
	"time"

	"github.com/tidwall/gjson"

	"posthaste/internal/check/evidence"
	"posthaste/internal/check/rule"
	"posthaste/internal/check/value"
)

// A Plan is what is to be asked, and with what.
type Plan struct {
	Rules       *rule.Rules
	Kind        *rule.Kind
	Environment *rule.Environment
	Base        string                    // scheme and host that calls go to
	Values      []*value.Given            // of the kind
	Usable      func(*value.Given) bool   // whether a value may be sent
	Broken      func(value.Variable) bool // whether one of several is not to be sent
	Products    []string                  // that were asked for
	Send        evidence.Sender
	Now         func() time.Time
	Rand        io.Reader // names things that do not exist
}

// A Result is what a call showed.
type Result struct {
	evidence.Exchange
	Step     *rule.Step
	Rule     *rule.Rule
	Evidence evidence.Evidence // zero when the rule claims nothing, or the answer is not believed
	Doubt    evidence.Doubt    // why it is not
	Match    string            // what the rule's pattern found in the body
	Left     []string          // ids of values that were not sent, since nothing usable was given

	key *Key // that was tried, nil where none is
}

// Sent reports whether a value was part of the call.
func (r *Result) Sent(id string) bool { return !slices.Contains(r.Left, id) }

// Outcome is what all calls showed.
type Outcome struct {
	Steps   map[string]*Result // the one of each step that counts
	Order   []*Result          // the same, in order
	Calls   []*Result          // all that were made
	Skipped map[string]Reason  // steps of the kind that were not made, by id
	Keys    []*Key             // of the value that is tried one by one
	Token   string
	Claims  string // the symptom of what is wrong with the token, "" when nothing is
	Life    time.Duration
}

// A Reason is why a step was not made.
type Reason int

// The reasons.
const (
	NotWanted Reason = iota // nobody asked for the product, or another step has told
	NoValue                 // a value that it needs is not there
	Stopped                 // a call before it ended the check
)

// session is the calls of one check on their way.
type session struct {
	Plan
	out *Outcome
}

// Run makes the calls, in the order of the kind, until one says that no other is worth making.
func Run(ctx context.Context, p Plan) *Outcome {
	s := &session{p, &Outcome{Steps: map[string]*Result{}, Skipped: map[string]Reason{}}}
	s.out.Keys = s.distinct()
	stopped := false
	for _, id := range p.Kind.Steps {
		step := p.Rules.Step(id)
		left := s.left(step)
		switch {
		case !s.wanted(step):
			s.out.Skipped[id] = NotWanted
		case stopped:
			s.out.Skipped[id] = Stopped
		case s.lacks(step, left):
			s.out.Skipped[id] = NoValue
		case step.Needs && s.out.Token == "":
			s.out.Skipped[id] = Stopped
		default:
			r := s.try(ctx, step, left)
			s.out.Steps[id] = r
			s.out.Order = append(s.out.Order, r)
			stopped = !s.take(r)
		}
	}
	return s.out
}

// wanted reports whether a step is to be made at all.
func (s *session) wanted(step *rule.Step) bool {
	if step.Product != "" && !slices.Contains(s.Products, step.Product) {
		return false
	}
	if step.Instead == "" {
		return true
	}
	first := s.out.Steps[step.Instead]
	return first != nil && first.Rule.Result == rule.Unclear
}

// left are the ids of the step's values that cannot be sent.
func (s *session) left(step *rule.Step) []string {
	var ids []string
	for _, g := range s.Values {
		if step.Uses(g.ID) && !s.Usable(g) {
			ids = append(ids, g.ID)
		}
	}
	return ids
}

// lacks reports whether a step is not worth making without the values that are left out.
func (s *session) lacks(step *rule.Step, left []string) bool {
	for _, id := range left {
		g := s.value(id)
		switch {
		case id == step.Each, slices.Contains(step.With, id), slices.Contains(step.Basic, id):
			return true
		case !step.Partial && g.Needed:
			return true
		}
	}
	return false
}

func (s *session) value(id string) *value.Given {
	for _, g := range s.Values {
		if g.ID == id {
			return g
		}
	}
	return nil
}

// take keeps the token. It reports whether to go on.
func (s *session) take(r *Result) bool {
	step := r.Step
	switch r.Rule.Result {
	case rule.Right:
		if step.Keep == "" {
			return true
		}
		token := gjson.GetBytes(r.Answer.Body, step.Keep).String()
		if token == "" {
			s.out.Claims = "no-token"
		} else {
			s.out.Claims = s.checkClaims(r, token)
		}
		if s.out.Claims != "" {
			r.Evidence = evidence.Evidence{} // the answer is not what it seems: it proves nothing
			if r.key != nil {
				delete(r.key.Good, step.Use)
			}
			return false
		}
		s.out.Token = token
		if r.key != nil {
			r.key.Good[step.Use] = r.Evidence // with what the token says
		}
		return true
	case rule.Wrong:
		return step.Product != ""
	case rule.Unclear:
		return !step.IsFirst() && step.Keep == "" || step.IsFirst() && r.Doubt.Old
	}
	return true
}

// random is a name that nothing has.
func (s *session) random() string {
	b := make([]byte, 8)
	if _, err := io.ReadFull(s.Rand, b); err != nil {
		return "none"
	}
	return hex.EncodeToString(b)
}
