package golive

import (
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"
)

// List judges all calls in the order in which they were sent, and returns the list as far as they fill it in.
func (r *Reader) List() *List {
	l := &List{Checklist: r.list, Simulated: r.opt.Simulated}
	calls := slices.Clone(r.calls)
	slices.SortStableFunc(calls, func(a, b *call) int { return a.Time.Compare(b.Time) })
	near := make([]string, len(r.list.Rows))
	for _, rule := range r.list.Rows {
		l.Filled = append(l.Filled, Row{Text: rule.Text})
	}
	people := r.shown()
	known, repeated := map[string]facts{}, map[string]bool{}
	for i, c := range calls {
		if i > 0 && c.same(calls[i-1]) {
			continue // a recording that was named twice, or is part of another
		}
		if !c.repeats(repeated) {
			c.before = maps.Clone(known[c.id(r.list)])
			r.list.learn(c, known)
		}
		at := scene{c, c.before, known[c.id(r.list)]}
		for i, rule := range r.list.Rows {
			if evidence, why := rule.judge(at); evidence != nil {
				l.Filled[i].take(evidence)
			} else if why != "" {
				near[i] = why
			}
		}
		for _, p := range people {
			p.judge(at)
		}
	}
	for i := range l.Filled {
		l.Filled[i].close(r.list.Rows[i], near[i])
	}
	l.about(calls)
	l.forPeople(people, calls)
	return l
}

// about adds the rows about all calls of a kind.
func (l *List) about(calls []*call) {
	if len(l.Refused) > 0 {
		l.Filled = append(l.Filled, refused(l.Refused, calls))
	}
	l.Filled = append(l.Filled, loops(calls))
	if len(l.References) > 0 {
		l.Filled = append(l.Filled, named(l.References, calls))
	}
	for _, rule := range l.Headers {
		l.Filled = append(l.Filled, rule.judge(calls))
	}
	l.Filled = append(l.Filled, system(calls))
}

// same reports whether two recordings tell of one call.
func (c *call) same(other *call) bool {
	return !c.Time.IsZero() && c.Time.Equal(other.Time) && c.method == other.method && c.URL == other.URL
}

// repeats reports whether a call is the repetition of another by its key: nothing happened by it.
func (c *call) repeats(seen map[string]bool) bool {
	for _, h := range c.header {
		if name := strings.ToLower(h.Key); name != "idempotency-key" && name != "x-request-id" || h.Value == "" || c.status >= http.StatusMultipleChoices {
			continue
		}
		k := c.method + " " + c.URL + " " + h.Value
		if seen[k] {
			return true
		}
		seen[k] = true
	}
	return false
}

// id is the reference of the call's payment, "" for none.
func (c *call) id(list Checklist) string {
	for _, f := range list.Facts {
		if id, ok := matches(f.Method, f.Path, c.method, c.url); ok && f.ID == "" {
			return id
		}
	}
	for _, rule := range list.Rows {
		if id, ok := matches(rule.Method, rule.Path, c.method, c.url); ok && id != "" {
			return id
		}
	}
	return ""
}

// referred is where the reference of a payment or an agreement stands that is not in the path.
const referred = "answer:reference or answer:orderId or answer:agreementId or answer:chargeId or answer:pspTransactionId" +
	" or request:transaction.reference or request:transactions.0.pspTransactionId"

// judge returns the call as evidence for the rule, or why a call that nearly fits does not count. Calls of a teardown do
// not count: they tidy up, whatever has been tested.
func (r *Rule) judge(s scene) (evidence *Evidence, why string) {
	id, ok := matches(r.Method, r.Path, s.method, s.url)
	below := http.StatusMultipleChoices
	if r.Below > 0 {
		below = r.Below
	}
	if !ok || s.status >= below || s.teardown {
		return nil, ""
	}
	for _, c := range r.When {
		if holds, known := c.holds(s); !known {
			return nil, "such a call was sent at " + s.Time.UTC().Format(time.RFC3339) + ", but these recordings do not show what it asks for"
		} else if !holds {
			return nil, "such a call was sent at " + s.Time.UTC().Format(time.RFC3339) + ", but " + c.Else
		}
	}
	one := s.Evidence
	one.Reference = id
	if one.Reference == "" {
		one.Reference = s.value(referred).String()
	}
	return &one, ""
}

// take keeps the better evidence of the two.
func (row *Row) take(e *Evidence) {
	if row.Evidence == nil || better(*e, *row.Evidence) {
		row.Evidence = e
	}
}

// close says of a row whether it is done, and else what is missing.
func (row *Row) close(rule Rule, near string) {
	row.Done = row.Evidence != nil && row.Evidence.Doubt == ""
	switch {
	case row.Done:
	case row.Evidence != nil:
		row.Missing = row.Evidence.Doubt
	case near != "":
		row.Missing = near + "; " + rule.source()
	default:
		row.Missing = "no such call succeeded in these recordings; " + rule.source()
	}
}

// source is which request gives a row.
func (r *Rule) source() string {
	if r.Collection == "" {
		return "it is " + r.Method + " " + r.Path + ", which none of our collections sends"
	}
	return r.Collection + " has it: " + r.Request
}
