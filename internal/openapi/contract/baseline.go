package contract

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"posthaste/collection/source"
	"posthaste/internal/openapi/node"
	"posthaste/runner/event"
)

// A Baseline is deviations that are known: each has a reason, and may have a day on which it
// stops to be accepted. It is safe for concurrent use, since workers of a run share it. Nil
// knows none.
type Baseline struct {
	Entries []Entry
	All     bool // every deviation is known: a new baseline is written

	mu sync.Mutex
	// The indices of Entries whose violation was met in this run.
	seen map[int]bool
}

// An Entry is one known deviation, as the file has it.
type Entry struct {
	Violation string // Violation.ID
	Reason    string
	Expires   string // the last day on which it is accepted, such as 2027-03-31; "" for no end
	Place     string // of the entry, file:line:column
	// Expires lies before today; decided once, when the file is read, so that a run over
	// midnight is judged by one day.
	expired bool
}

// ReadBaseline reads a file of known deviations: a list under deviations, in YAML or JSON.
// Today decides which have expired. name is for errors, which have the line of the entry. An
// empty file knows none: it is what a user creates first.
func ReadBaseline(name string, data []byte, today time.Time) (*Baseline, error) {
	b := &Baseline{seen: map[int]bool{}}
	if len(strings.TrimSpace(string(data))) == 0 {
		return b, nil
	}
	f, err := node.ParseFile(name, data)
	if err != nil {
		return nil, err
	}
	list := f.Root.Get("deviations")
	if list == nil || list.Kind != node.Array {
		return nil, &source.ParseError{File: name, Pos: source.Pos{Line: 1, Col: 1}, Hint: "--openapi-update-baseline writes one", Err: fmt.Errorf("a baseline has a list of deviations")}
	}
	for _, n := range list.Items {
		e := Entry{Violation: n.Str("violation"), Reason: n.Str("reason"), Expires: n.Str("expires"), Place: n.Place()}
		fail := func(format string, args ...any) error {
			return &source.ParseError{File: name, Pos: source.Pos{Line: n.Line, Col: n.Col}, Err: fmt.Errorf(format, args...)}
		}
		if e.Violation == "" {
			return nil, fail("an entry names no violation")
		}
		// A reason is required: without one, a baseline is a way to forget.
		if e.Reason == "" {
			return nil, fail("the entry for %q has no reason", e.Violation)
		}
		if e.Expires != "" {
			day, err := time.Parse(time.DateOnly, e.Expires)
			if err != nil {
				return nil, fail("expires is a day such as 2027-03-31, not %q", e.Expires)
			}
			// The day itself counts, until its end.
			e.expired = today.After(day.AddDate(0, 0, 1))
		}
		b.Entries = append(b.Entries, e)
	}
	return b, nil
}

// split divides violations into those that count and those that are known, and notes which
// entries were met. A violation whose entry has expired counts, and says so in its message,
// lest it seem new.
func (b *Baseline) split(list []Violation) (counted, known []Violation) {
	if b == nil {
		return list, nil
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, v := range list {
		i := slices.IndexFunc(b.Entries, func(e Entry) bool { return e.Violation == v.ID })
		switch {
		case b.All:
			known = append(known, v)
		case i < 0:
			counted = append(counted, v)
		case b.Entries[i].expired:
			b.seen[i] = true
			v.Message += ", which was known until " + b.Entries[i].Expires
			counted = append(counted, v)
		default:
			b.seen[i] = true
			known = append(known, v)
		}
	}
	return counted, known
}

// Baseline are the known deviations of the contract, nil for none. It stays the Contract's
// own.
func (c *Contract) Baseline() *Baseline { return c.opt.Baseline }

// Gone are the entries of the baseline whose violation was not met though the run met their
// operation: they likely are fixed, and can be deleted. An entry whose operation was not
// called says nothing.
func (c *Contract) Gone() []Entry {
	b := c.opt.Baseline
	if b == nil || b.All {
		return nil
	}
	called := map[string]bool{}
	for _, f := range c.Coverage() {
		for _, p := range f.Points {
			if p.Seen > 0 && p.Kind == event.CoveredOperation {
				called[p.Name] = true
			}
		}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	var list []Entry
	// An ID begins with the operation: "GET /x/{id} | 200 | /amount | type".
	for i, e := range b.Entries {
		operation, _, _ := strings.Cut(e.Violation, " | ")
		if !b.seen[i] && called[operation] {
			list = append(list, e)
		}
	}
	return list
}

// Unexplained is the reason that WriteBaseline gives to a violation that no one has
// explained. It is searched for in reviews.
const Unexplained = "to be explained"

// WriteBaseline is a file of the violations of a run, in YAML, sorted, so that it changes
// little from run to run. Entries that were there keep their reason and their day; those that
// were not met are left out.
func WriteBaseline(old *Baseline, met []Violation) []byte {
	var b strings.Builder
	b.WriteString("# Known deviations from the OpenAPI file: posthaste run --openapi-baseline reads them.\n# Give each a reason, and a day after which it counts again (expires: 2027-03-31).\ndeviations:")
	var ids []string
	messages := map[string]string{}
	for _, v := range met {
		if _, there := messages[v.ID]; !there {
			ids = append(ids, v.ID)
			messages[v.ID] = v.Where + ": " + v.Keyword
		}
	}
	slices.Sort(ids)
	if len(ids) == 0 {
		b.WriteString(" []")
	}
	b.WriteString("\n")
	for _, id := range ids {
		e := Entry{Reason: Unexplained}
		if old != nil {
			if i := slices.IndexFunc(old.Entries, func(o Entry) bool { return o.Violation == id }); i >= 0 {
				e = old.Entries[i]
			}
		}
		fmt.Fprintf(&b, "  - violation: %s\n    reason: %s\n", quoted(id), quoted(e.Reason))
		if e.Expires != "" {
			fmt.Fprintf(&b, "    expires: %s\n", quoted(e.Expires))
		}
	}
	return []byte(b.String())
}

// quoted is a text as YAML and JSON both read it: a JSON string is a double-quoted YAML
// scalar.
func quoted(s string) string { return node.Text(s).JSON() }
