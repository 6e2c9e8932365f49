package golive

import (
	"fmt"
	"slices"
	"time"
)

// The pace of polling that Vipps MobilePay recommends: from 5 s after the payment's creation on, every 2 s. Clocks and
// schedulers are allowed a little.
const (
	pollFirst = 5*time.Second - pollSlack
	pollEvery = 2*time.Second - pollSlack
	pollSlack = 200 * time.Millisecond
)

// A shown is a row for a person with the evidence that there is so far.
type shown struct {
	Person
	met []*Evidence // for each of Seen
}

// shown returns the rows for people, without evidence.
func (r *Reader) shown() []*shown {
	list := make([]*shown, 0, len(r.list.People))
	for _, p := range r.list.People {
		list = append(list, &shown{Person: p, met: make([]*Evidence, len(p.Seen))})
	}
	return list
}

// judge keeps the call where the row asks for it.
func (p *shown) judge(at scene) {
	for i, rule := range p.Seen {
		if e, _ := rule.judge(at); e != nil && e.Doubt == "" && (p.met[i] == nil || better(*e, *p.met[i])) {
			p.met[i] = e
		}
	}
}

// row is the row as it is filled in; ok is false where a person has to.
func (p *shown) row() (row Row, ok bool) {
	if len(p.met) == 0 || slices.Contains(p.met, nil) {
		return row, false
	}
	row = Row{Text: p.Text, Done: true}
	for _, e := range p.met {
		row.take(e)
	}
	return row, true
}

// forPeople fills in what the recordings show of the rows for people, and leaves the others to them.
func (l *List) forPeople(people []*shown, calls []*call) {
	l.People = nil
	for _, p := range people {
		row, ok := p.row()
		for _, poll := range l.Polls {
			if poll.Person == p.Text && !ok {
				row, ok = poll.judge(calls)
			}
		}
		if ok {
			l.Filled = append(l.Filled, row)
		} else {
			l.People = append(l.People, p.Person)
		}
	}
}

// judge looks at the pace of polling. ok is false where no payment was asked for twice while it waited: one look is no
// polling.
func (p *Poll) judge(calls []*call) (row Row, ok bool) {
	row = Row{Text: p.Person}
	last, looks := map[string]time.Time{}, map[string]int{}
	polled := 0
	for _, c := range calls {
		if c.Time.IsZero() || c.Doubt != "" || c.teardown {
			continue
		}
		if _, creates := matches(p.Create[0], p.Create[1], c.method, c.url); creates {
			last[scene{call: c}.value(p.ID).String()] = c.Time
			continue
		}
		id, asks := matches(p.Method, p.Path, c.method, c.url)
		if !asks {
			continue
		}
		if waits, known := p.While.holds(scene{call: c}); !waits || !known {
			continue
		}
		before, begun := last[id]
		last[id] = c.Time
		looks[id]++
		if looks[id] == 2 {
			polled++
		}
		pace := pollEvery
		if looks[id] == 1 {
			pace = pollFirst
		}
		if begun && c.Time.Sub(before) < pace && row.Evidence == nil {
			row.Evidence, row.Missing = &c.Evidence, fmt.Sprintf("this came %.1f s after the call before it", c.Time.Sub(before).Seconds())
		}
	}
	if polled == 0 {
		return row, false
	}
	if row.Done = row.Evidence == nil; row.Done {
		row.Note = fmt.Sprintf("%d payments were polled so", polled)
	}
	return row, true
}
