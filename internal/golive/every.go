package golive

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"

	"posthaste/runner/event"
)

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
// by anybody, and a simulator's own paths do not belong to Vipps.
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

// refused is the row about errors: each of some calls has met one. The newest is its evidence.
func refused(rules []Refusal, calls []*call) Row {
	row := Row{Text: "A documented error of each call was met"}
	for _, rule := range rules {
		var met *Evidence
		for _, c := range calls {
			_, ok := matches(rule.Method, rule.Path, c.method, c.url)
			if ok && c.status >= http.StatusBadRequest && c.status < http.StatusInternalServerError && !c.teardown && (met == nil || better(c.Evidence, *met)) {
				met = &c.Evidence
			}
		}
		switch {
		case row.Missing != "": // the first is enough to go on with
		case met == nil:
			row.Missing = fmt.Sprintf("no error of %s %s in these recordings; %s has it: %s", rule.Method, rule.Path, rule.Collection, rule.Request)
		case met.Doubt != "":
			row.Evidence, row.Missing = met, met.Doubt
		}
	}
	if row.Done = row.Missing == ""; row.Done {
		row.Note = fmt.Sprintf("each of %d calls has met one", len(rules))
	}
	return row
}

// A call that is sent again so often, each time so soon after a 5xx, is a loop.
const (
	loopTries = 4
	loopPause = time.Second
)

// loops is the row about calls that are sent again and again after a 5xx.
func loops(calls []*call) Row {
	row, counted, failed := Row{Text: "No call is repeated in a loop after a 5xx"}, 0, 0
	type tries struct {
		n    int
		last time.Time
	}
	known := map[string]tries{}
	for _, c := range calls {
		if c.Doubt == "" {
			counted++
		}
		k := c.method + " " + c.URL
		if c.status < http.StatusInternalServerError {
			delete(known, k)
			continue
		}
		failed++
		t := known[k]
		if t.n == 0 || c.Time.Sub(t.last) >= loopPause {
			t.n = 0
		}
		t.n, t.last = t.n+1, c.Time
		known[k] = t
		if t.n >= loopTries && row.Evidence == nil {
			row.Evidence, row.Missing = &c.Evidence, fmt.Sprintf("this is try %d, each less than a second after a 5xx", t.n)
		}
	}
	switch {
	case row.Evidence != nil:
	case counted == 0:
		row.Missing = "no request in these recordings counts"
	default:
		row.Done, row.Note = true, fmt.Sprintf("%d of %d answers are a 5xx", failed, len(calls))
	}
	return row
}

// wellNamed is a reference as Vipps MobilePay recommends it: six characters at least, letters, digits and hyphens, no zero
// in front. More than digits is looked for besides.
// Source: https://developer.vippsmobilepay.com/docs/knowledge-base/orderid/
var wellNamed = regexp.MustCompile(`^[A-Za-z1-9-][A-Za-z0-9-]{5,63}$`)

// named is the row about references. Those of calls that were refused do not count.
func named(rules []Reference, calls []*call) Row {
	row, counted := Row{Text: "References have 6 to 64 letters, digits and hyphens, no zero in front, and are more than digits"}, 0
	for _, c := range calls {
		for _, rule := range rules {
			if _, ok := matches(rule.Method, rule.Path, c.method, c.url); !ok || c.status >= http.StatusMultipleChoices {
				continue
			}
			id := scene{call: c}.value(rule.At).String()
			switch {
			case strings.Contains(id, "*"): // masked: it may be anything
			case row.Evidence != nil:
			case !wellNamed.MatchString(id) || strings.Trim(id, "0123456789") == "":
				row.Evidence, row.Missing = &c.Evidence, fmt.Sprintf("the reference %q is not so", id)
			case c.Doubt == "":
				counted++
			}
		}
	}
	switch {
	case row.Evidence != nil:
	case counted > 0:
		row.Done, row.Note = true, fmt.Sprintf("all %d references are so", counted)
	default:
		row.Missing = "no reference in these recordings counts"
	}
	return row
}
