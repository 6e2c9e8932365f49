package golive

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"posthaste/runner/event"
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
	known, repeated := map[string]facts{}, map[string]bool{}
	for i, c := range calls {
		if i > 0 && c.same(calls[i-1]) {
			continue // a recording that was named twice, or is part of another
		}
		if !c.repeats(repeated) {
			c.before = maps.Clone(known[c.id(r.list)])
			r.list.learn(c, known)
		}
		for i, rule := range r.list.Rows {
			if evidence, why := rule.judge(scene{c, c.before, known[c.id(r.list)]}); evidence != nil {
				if row := &l.Filled[i]; row.Evidence == nil || better(*evidence, *row.Evidence) {
					row.Evidence = evidence
				}
			} else if why != "" {
				near[i] = why
			}
		}
	}
	for i := range l.Filled {
		l.Filled[i].close(r.list.Rows[i], near[i])
	}
	for _, rule := range r.list.Headers {
		l.Filled = append(l.Filled, rule.judge(calls))
	}
	l.Filled = append(l.Filled, system(calls))
	return l
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

// judge returns the call as evidence for the rule, or why a call that is nearly one is none. Calls of a teardown are
// none: they tidy up, whatever has been tested.
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

// judge looks for the header in all calls that must have it. One that lacks it opens the row.
func (r *HeaderRule) judge(calls []*call) Row {
	return everywhere(r.Text, []string{r.Header}, calls, func(c *call) bool {
		return slices.ContainsFunc(r.Calls, func(one [2]string) bool {
			_, ok := matches(one[0], one[1], c.method, c.url)
			return ok
		})
	})
}

// system looks for the headers that tell Vipps which system sends a request. Signing keys and the login's pages are asked
// by anybody, and a simulator's own paths are none of Vipps.
func system(calls []*call) Row {
	return everywhere("Each request says which system sends it: "+strings.Join(headers(), ", "), headers(), calls, func(c *call) bool {
		for _, path := range []string{"/__sim/", "/access-management-1.0/", "/userinfo"} {
			if strings.Contains(c.url.Path, path) {
				return false
			}
		}
		return true
	})
}

// everywhere is a row that asks for headers in all calls of a kind.
func everywhere(text string, names []string, calls []*call, must func(*call) bool) Row {
	row, counted := Row{Text: text}, 0
	for _, c := range calls {
		if !must(c) {
			continue
		}
		if c.Doubt == "" {
			counted++
		}
		for _, name := range names {
			if row.Evidence == nil && !has(c.header, name) {
				row.Evidence, row.Missing = &c.Evidence, name+" is missing in this request"
			}
		}
	}
	if row.Done = counted > 0 && row.Evidence == nil; row.Done {
		row.Note = fmt.Sprintf("all %d requests have it", counted)
	}
	if counted == 0 && row.Evidence == nil {
		row.Missing = "no request in these recordings counts"
	}
	return row
}

func has(header []event.Header, name string) bool {
	return slices.ContainsFunc(header, func(h event.Header) bool { return strings.EqualFold(h.Key, name) && h.Value != "" })
}
