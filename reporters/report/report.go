// Package report is what all reporters share: what a reporter is and what it gets, the journal that gathers the events of a
// step, the outcomes of a step, and the texts that explain a failure.
//
// A reporter sees events and the sums so far, and writes to what it was given; it knows neither the runner nor the
// process.
package report

import (
	"fmt"
	"io"
	"strings"
	"time"

	"posthaste/runner/event"
)

// A Reporter makes one report of one run.
type Reporter interface {
	// Report takes the next event. The summary has counted it already. The error is that of the first write
	// that did not succeed. After event.RunFinished the report is complete.
	Report(e event.Event, s *event.Summary) error
}

// A Config is what a reporter gets.
type Config struct {
	Out      io.Writer         // the terminal, or the report's file
	Options  map[string]string // --reporter-<name>-<option>, names in camel case; "true" without a value
	Compat   bool              // newman's layout
	Terminal Terminal          // what Out can show; of no concern to reports in files
	// Spool returns a file of the reporter's own for what must be written before its place in the report is known.
	// Whoever called New removes it.
	Spool func() (io.ReadWriteSeeker, error)
	// Live makes the report's own file for what is worth having also when the run is cut off, such as that of a machine
	// that is taken away: what is written to it is there at once. Nil where there is no such file.
	Live func() (LiveFile, error)
	// Host is the machine's name for reports that show one; "" leaves it out.
	Host string
	Now  func() time.Time
	// Mask masks a text before a report cuts it into pieces in which no secret could be found any more. Nil leaves it.
	Mask func(string) string
	// StepSummary is where the github report writes the job's summary; nil leaves it out. It must mask like Out.
	StepSummary io.Writer
	// StepSummaryUsed is how many bytes stand there already, of earlier runs in the same step.
	StepSummaryUsed int64
	// StepOutput is where the github report sets the step's outputs; nil leaves them out.
	StepOutput io.Writer
}

// A LiveFile is written as the run goes on, masked as far as its secrets are known by then.
type LiveFile interface {
	io.ReadWriteSeeker
	Flush() error
}

// A Terminal says what the reader of a text can see.
type Terminal struct {
	Colour  bool
	Unicode bool
	Live    bool // lines may be rewritten
	Width   int  // columns
	Verbose bool
	Silent  bool
	// Commands says that what reads the text obeys commands in it, as CI systems do; texts from outside are defused.
	Commands bool
	Output   string // how much the cli report shows: one of Outputs, "" is OutputFull
}

// A Spec describes a reporter before it is made.
type Spec struct {
	Name      string
	Extension string // of its file; "" for a reporter that writes to the terminal
	Bodies    int    // bytes of each body it wants to see
	Documents bool   // whether it wants the JSON of collection and items
	New       func(Config) (Reporter, error)
}

// Option reads a flag-like option: absent is false, "false" too.
func (c Config) Option(name string) bool {
	v, ok := c.Options[name]
	return ok && !strings.EqualFold(v, "false")
}

// ErrOption says that an option's value is none of those it may have.
func ErrOption(reporter, option, value string, allowed ...string) error {
	return fmt.Errorf("--reporter-%s-%s: %q is none of %s", reporter, option, value, strings.Join(allowed, ", "))
}
