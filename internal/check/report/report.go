// Package report is what a check found, and how that is written: for people, as JSON, as JUnit, for GitHub.
//
// A line says ok only if it has evidence. Everything else is a finding, or says why nothing is known, so that a check
// that could not look is never green. No credential is in a report: texts are masked before they come here.
package report

import (
	"time"

	"posthaste/internal/check/evidence"
)

// A Status is how one line of a report ends.
type Status string

// The statuses, in the order in which a report shows them.
const (
	OK      Status = "ok"
	Warn    Status = "warn"
	Fail    Status = "fail"
	Unknown Status = "unknown" // it was tried and could not be told
	Skip    Status = "skip"    // it was not tried
)

// A Line says one thing that was looked at. Only the functions below make one, so that no line says ok without the
// evidence that proves it.
type Line struct {
	Subject string // a variable as the file spells it, a host, a product; "" for a line about several
	Text    string
	Line    int // where the variable stands in Report.File, 0 when it does not

	status   Status
	evidence []evidence.Evidence
}

// Proved is a line that says ok. Without any evidence it is one that could not be told.
func Proved(subject, text string, proof ...evidence.Evidence) Line {
	l := Line{Subject: subject, Text: text, status: OK}
	for _, e := range proof {
		if !e.IsZero() {
			l.evidence = append(l.evidence, e)
		}
	}
	if len(l.evidence) == 0 {
		l.status, l.Text = Unknown, "nothing proves it"
	}
	return l
}

// Refuted is a line about something that is wrong. Evidence is what shows it.
func Refuted(subject, text string, proof ...evidence.Evidence) Line {
	l := Proved(subject, text, proof...)
	l.status, l.Text = Fail, text
	return l
}

// Untold is a line about something that was tried and could not be told.
func Untold(subject, text string) Line { return Line{Subject: subject, Text: text, status: Unknown} }

// Untried is a line about something that was not tried.
func Untried(subject, text string) Line { return Line{Subject: subject, Text: text, status: Skip} }

// Noted is a line that is worth reading and changes nothing.
func Noted(subject, text string) Line { return Line{Subject: subject, Text: text, status: Warn} }

// Status is how the line ends.
func (l Line) Status() Status { return l.status }

// Evidence is what the line rests on: at least one for a line that says ok.
func (l Line) Evidence() []string {
	var list []string
	for _, e := range l.evidence {
		list = append(list, e.String())
	}
	return list
}

// At puts the line of the file in.
func (l Line) At(line int) Line {
	l.Line = line
	return l
}

// An Outcome is the result of a whole report.
type Outcome string

// The outcomes.
const (
	AllRight  Outcome = "right"
	Finding   Outcome = "wrong"
	CannotSay Outcome = "unclear"
)

// A Report is what a check found. No field holds a value that was given, apart from the host, a sales unit's
// number of the right shape, and Support's few characters of an identifier.
type Report struct {
	API         string
	Environment string // "TEST"
	Host        string // without the scheme
	Kind        string // of keys: "partner keys"; "" where the API knows one only
	Unit        string // of the value that may be shown, "" when it has another shape
	File        string
	Offline     bool
	Outcome     Outcome
	Lines       []Line // what is right first
	Verdict     string // one sentence
	Why         string
	Open        string // what was not judged, "" when everything was
	Advice      string // what to do, "" when there is nothing
	Support     []evidence.Field
	Rules       []string // ids of the rules that applied, in the order in which they did
	Calls       []Call   // in the order in which they were made
	Time        time.Time
	Elapsed     time.Duration
}

// Count tells how many lines have a status.
func (r *Report) Count(s Status) int {
	n := 0
	for _, l := range r.Lines {
		if l.status == s {
			n++
		}
	}
	return n
}

// paragraphs are what stands below the lines: the verdict, why, what is open, what to do.
func (r *Report) paragraphs() []string {
	var list []string
	for _, text := range []string{r.Verdict, r.Why, r.Open} {
		if text != "" {
			list = append(list, text)
		}
	}
	if r.Advice != "" {
		list = append(list, "Do this: "+r.Advice)
	}
	return list
}

// Mask puts every text of the report through a function that takes secrets out.
func (r *Report) Mask(text func(string) string) {
	for _, s := range []*string{&r.Verdict, &r.Why, &r.Open, &r.Advice} {
		*s = text(*s)
	}
	for i := range r.Lines {
		l := &r.Lines[i]
		l.Text = text(l.Text)
		for j, e := range l.evidence {
			l.evidence[j] = evidence.Seen(text(e.String()))
		}
	}
	for i := range r.Support {
		r.Support[i].Value = text(r.Support[i].Value)
	}
}
