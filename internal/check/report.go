package check

import "time"

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

// A Line says one thing that was looked at.
type Line struct {
	Status  Status
	Subject string // a variable as the file spells it, a host, a product; "" for a line about several
	Text    string
	Line    int // where the variable stands in Report.File, 0 when it does not
}

// An Outcome is what a report comes to.
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
	Unit        string // of the value that may be shown, "" when it has another shape
	File        string
	Offline     bool
	Outcome     Outcome
	Lines       []Line // what is right first
	Verdict     string // one sentence
	Why         string
	Advice      string // what to do, "" when there is nothing
	Support     []Field
	Rules       []string // ids of the rules that applied, in the order in which they did
	Calls       []Call   // in the order in which they were made
	Time        time.Time
	Elapsed     time.Duration
}

// Count tells how many lines have a status.
func (r *Report) Count(s Status) int {
	n := 0
	for _, l := range r.Lines {
		if l.Status == s {
			n++
		}
	}
	return n
}
