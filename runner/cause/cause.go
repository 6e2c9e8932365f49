// Package cause judges which failures of a run are causes and which follow from others.
//
// A failure is a consequence when something that its step used was missing or wrong because of an earlier failure: a
// variable, a credential that was refused, a resource that was not made, a host that nobody can reach. Where that
// cannot be told it is a cause. The judgement is made when a step is over, in the order of the reports; later steps do
// not change it. What is remembered is bounded: what was longest out of use is forgotten, and what would have followed
// from it is a cause.
package cause

import "slices"

// A Place is an item of the collection, as reports name it.
type Place struct {
	ID   string
	Path []string // names of the folders, outermost first
	Name string
}

// A Failure is something in a step that failed.
type Failure struct {
	Name    string // of the assertion, or what else failed
	Message string
	Where   string // the place in a script, or ""
}

// A Cause is a step that failed by itself, with what followed from it. Executions of one item that fail in the same
// way, in other iterations, are one Cause.
type Cause struct {
	Item       Place
	Iterations []int // 0-based; at most mostPlaces of them
	Times      int   // executions that failed in this way
	Failures   []Failure
	Failed     int    // failures of these steps themselves, in all executions
	Sent       string // "POST https://…", "" when nothing was sent
	Status     int    // 0 without a response
	Reason     string // of the status
	Code       string // of the error of a request without a response, such as "ENOTFOUND"
	Body       string // the beginning of the response's body
	Left       []Left // variables that it left without a proper value
	Why        string // one sentence
	Todo       string // what to do, "" where nothing is known
	// Silent says that nothing failed in the step itself: no test looked at its error status, or a script made a variable
	// undefined. What followed from it failed.
	Silent bool
	// Consequences are the failures that followed; those of one item with one name are one. At most mostConsequences.
	Consequences []Consequence
	Followed     int // failures that followed, all of them

	forgotten bool
}

// A Left is a variable that a failed step would have set.
type Left struct {
	Name  string
	State string // one of the States
}

// What a variable is after the step that would have set it.
const (
	Missing   = "missing"   // no scope has it
	Undefined = "undefined" // a script set it to undefined
	Stale     = "stale"     // it has the value that an earlier step of the run gave it
	Initial   = "initial"   // it has the value that it had before the run
)

// A Consequence is a failure that followed from a cause.
type Consequence struct {
	Item       Place
	Name       string
	Message    string
	Through    string // how it followed, such as "access_token is undefined"
	Iterations []int  // 0-based; at most mostPlaces of them
	Times      int
}

// A Verdict is what was judged of one step. The zero Verdict is of a step whose failures are its own.
type Verdict struct {
	Cause   *Cause // that the step's failures belong to; nil when nothing failed
	Follows bool   // all failures of the step are consequences
	Within  bool   // all but the request's own are: it got no response
	First   bool   // they are the first consequences of a cause that failed nothing itself
	Through string
}

// How much is kept. What goes beyond is counted.
const (
	mostCauses       = 500
	mostPlaces       = 50
	mostFailures     = 20
	mostConsequences = 200
	mostNames        = 4096
	mostHabits       = 1024
	mostText         = 2 << 10 // bytes of a message
)

// Causes returns the causes in the order in which they failed. The caller must not change them.
func (j *Judge) Causes() []*Cause { return j.causes }

// Count is the number of causes, also of those that are not kept, and of the failures that followed from them.
func (j *Judge) Count() (causes, consequences int) {
	return len(j.causes) + j.more, j.followed
}

// Of returns the verdict on a step that is over: the last one that ended, and after End those that were cut short.
func (j *Judge) Of(step string) Verdict { return j.verdicts[step] }

// Mapped returns the cause with its texts changed by f.
func (c *Cause) Mapped(f func(string) string) *Cause {
	m := *c
	m.Item = c.Item.mapped(f)
	for _, text := range []*string{&m.Sent, &m.Reason, &m.Body, &m.Why, &m.Todo} {
		*text = f(*text)
	}
	m.Failures = slices.Clone(c.Failures)
	for i := range m.Failures {
		failed := &m.Failures[i]
		failed.Name, failed.Message, failed.Where = f(failed.Name), f(failed.Message), f(failed.Where)
	}
	m.Left = slices.Clone(c.Left)
	for i := range m.Left {
		m.Left[i].Name = f(m.Left[i].Name)
	}
	m.Consequences = slices.Clone(c.Consequences)
	for i := range m.Consequences {
		q := &m.Consequences[i]
		q.Item, q.Name, q.Message, q.Through = q.Item.mapped(f), f(q.Name), f(q.Message), f(q.Through)
	}
	return &m
}

func (p Place) mapped(f func(string) string) Place {
	p.Name = f(p.Name)
	p.Path = slices.Clone(p.Path)
	for i := range p.Path {
		p.Path[i] = f(p.Path[i])
	}
	return p
}
