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
	Report(e event.Masked, s *event.Summary) error
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
	// Host is the machine's name for reports that show one; "" leaves it out.
	Host string
	Now  func() time.Time
	// Mask masks a text by what is known now: what a report keeps until its end, and what it shows of the command line.
	// Nil leaves it.
	Mask func(string) string
	// Used is how many bytes stand in Out already, where it is a file that several runs append to and that may not grow
	// beyond what its reader takes.
	Used int64
	// SkipConsequences has JUnit show failures that follow from others as skipped.
	SkipConsequences bool
	// Recording reads the recording of another run, for a report that compares. Nil where nothing can be read.
	Recording func(file string, sink func(event.Masked) error) error
	// StepOutput is where the github report sets the step's outputs; nil leaves them out.
	StepOutput io.Writer
}

// An Announcer is a reporter that shows what is under way. Reporters get the events of a step when the step is over.
type Announcer interface {
	// Announce takes a request as it is sent, and the end of a step: with units side by side long before Report does.
	Announce(e event.Masked, s *event.Summary) error
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
	About     string // what it is, in a few words, for help
	Extension string // of its file; "" for a reporter that writes to the terminal
	Bodies    int    // bytes of each body it wants to see
	Documents bool   // whether it wants the JSON of collection and items
	// Options are those it knows, as they are typed after its name: --reporter-<name>-<option>. Every reporter knows export.
	Options []string
	// BodiesFor is what it wants to see of each body, in bytes, where options say so; nil: Bodies, whatever they say.
	BodiesFor func(Config) int
	// Live says that the report is worth having also when the run is cut off, such as that of a machine that is taken
	// away: its file has every step that is over.
	Live bool
	New  func(Config) (Reporter, error)
}

// BodyBytes is how many bytes of each body a reporter that is made with cfg wants to see. More is cut off before bodies
// are masked and spooled, which takes time and memory for each byte.
func (s Spec) BodyBytes(cfg Config) int {
	if s.BodiesFor == nil {
		return s.Bodies
	}
	return s.BodiesFor(cfg)
}

// Masked is a text with its secrets replaced, by what is known now.
func (c Config) Masked(text string) string {
	if c.Mask == nil {
		return text
	}
	return c.Mask(text)
}

// Option reads a flag-like option: absent is false, "false" too.
func (c Config) Option(name string) bool {
	v, ok := c.Options[name]
	return ok && !strings.EqualFold(v, "false")
}

// ErrOption says that an option's value is not one of those it may have.
func ErrOption(reporter, option, value string, allowed ...string) error {
	return fmt.Errorf("--reporter-%s-%s: %q is not one of %s", reporter, option, value, strings.Join(allowed, ", "))
}
