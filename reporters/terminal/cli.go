// Package terminal has the reporters that tell a person of the run as it happens: cli, progress, emojitrain.
//
// They print while the run goes on, so what they show is masked by what was known when the step ended. Failures come
// once more at the end, where people look first.
package terminal

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"posthaste/reporters/newman"
	"posthaste/reporters/report"
	"posthaste/reporters/screen"
	"posthaste/runner/event"
)

// CLI describes the cli reporter.
func CLI() report.Spec {
	return report.Spec{Name: "cli", About: "every step and a summary, on the terminal; the default", Bodies: 4 << 10, New: newCLI, Options: []string{
		"output", "silent", "no-banner", "no-summary", "no-failures", "no-assertions", "no-success-assertions", "no-console", "show-timestamps",
	}}
}

// A cliReport tells the run to a person as it happens: folders, requests with status, size and time,
// assertions, what scripts print; at the end the sums, every failure in full, and what makes the run less
// trustworthy than it looks. newman's options switch parts off.
type cliReport struct {
	cfg     report.Config
	screen  *screen.Screen
	journal report.Journal
	folder  []string                 // of the last request
	block   bool                     // a block of console output is open
	fails   *report.Spool            // the failures in full, nil before the first
	pending map[string]*pendingNotes // by Step.ID: failures that count unless the step is tried again
	failed  int
	notices []event.Notice // those that are said at the end
	begun   bool           // a request has begun
	over    int            // requests that are over, also those of units whose turn to be told has not come
	warned  bool           // something was said before that
	passed  string         // what stands before the name of an assertion that passed
	line    []byte         // room for the line of a request
}

// newCLI chooses the reporter for a terminal: silent, brief, newman's or the full one. The
// error is a wrong option.
func newCLI(cfg report.Config) (report.Reporter, error) {
	output, err := outputOf(cfg)
	switch {
	case err != nil:
		return nil, err
	case cfg.Terminal.Silent || cfg.Option("silent") || output == report.OutputNone:
		return silent{}, nil
	case output != report.OutputFull:
		return &briefReport{cliReport: &cliReport{cfg: cfg, screen: screen.New(cfg)}, output: output}, nil
	case cfg.Compat:
		return newman.NewCLI(cfg), nil
	}
	return &cliReport{cfg: cfg, screen: screen.New(cfg)}, nil
}

// silent is a reporter that says nothing. It still counts as the run's reporter.
type silent struct{}

// Report does nothing.
func (silent) Report(event.Masked, *event.Summary) error { return nil }

// Report takes the next event and writes what it has to say at once. It returns the first
// error of writing.
func (r *cliReport) Report(masked event.Masked, s *event.Summary) error {
	e := masked.Event()
	r.journal.Add(e)
	switch e := e.(type) {
	case event.RunStarted:
		r.start(e)
	case event.IterationStarted:
		r.iteration(e)
	case event.ItemStarted:
		r.begun = true
		r.item(e)
		r.progress(s, "")
	case event.ResponseReceived:
		r.response(e)
	case event.RequestFailed:
		r.unanswered(e)
	case event.Assertion:
		r.assertion(e)
	case event.Exception:
		r.exception(e)
	case event.ScriptFinished:
		r.script(e)
	case event.Console:
		r.console(e)
	case event.ItemFinished:
		r.close()
		if e.Skipped {
			r.screen.Wrapped("  -  ", screen.Cyan, "skipped: a script called pm.execution.skipRequest")
		}
		r.settle(e, s)
	case event.Notice:
		r.notice(e)
	case event.RunFinished:
		r.finish(s)
	}
	return r.screen.Failure()
}

// Announce shows a request that is under way on a live terminal. Units of a parallel run are
// announced as they happen, in any order; what Report says comes in the order of the run.
func (r *cliReport) Announce(masked event.Masked, s *event.Summary) error {
	switch e := masked.Event().(type) {
	case event.RequestSent:
		r.progress(s, e.Request.Method+" "+e.Request.URL)
	case event.ItemFinished:
		if !e.Retried {
			r.over++
		}
	}
	return r.screen.Failure()
}

// start writes the banner and the collection's name.
func (r *cliReport) start(e event.RunStarted) {
	if !r.cfg.Option("noBanner") {
		r.screen.Line(r.screen.Paint(screen.Grey, strings.TrimSpace("posthaste "+e.Version)) + "\n")
	}
	r.screen.Wrapped("", screen.Bold, e.Collection.Name)
}

// iteration prints a heading where there are several, with the label of its row of data.
func (r *cliReport) iteration(e event.IterationStarted) {
	r.folder = nil
	if r.journal.Run.Iterations == 1 {
		return
	}
	const usual = 128 // bytes: so many need no memory but the text's own
	b := strconv.AppendInt(append(make([]byte, 0, usual), "Iteration "...), int64(e.Iteration)+1, 10)
	if n := r.journal.Run.Iterations; n > 0 {
		b = strconv.AppendInt(append(b, '/'), int64(n), 10)
	}
	if e.Row != "" {
		b = append(append(b, ": "...), e.Row...)
	}
	r.screen.Line("")
	r.screen.Wrapped("", screen.Grey, string(b))
}

// item announces a request, and its folder where that is another than before. An attempt
// after the first is numbered.
func (r *cliReport) item(e event.ItemStarted) {
	r.close()
	r.screen.Line("")
	lead := "→ "
	if len(e.Item.Path) > 0 {
		lead = "↳ "
		if !slices.Equal(r.folder, e.Item.Path) {
			r.screen.Wrapped("❏ ", screen.Bold, report.OneLine(strings.Join(e.Item.Path, " / ")))
		}
	}
	r.folder = e.Item.Path
	name := report.OneLine(e.Item.Name)
	if e.Step.Attempt > 0 {
		name += fmt.Sprintf(" (attempt %d)", e.Step.Attempt+1)
	}
	if e.Item.Teardown {
		name += " (teardown)"
	}
	r.screen.Wrapped(lead, "", name)
}

// progress says on a live terminal what the run is at, in a line that the next one replaces.
// Where lines cannot be replaced it says nothing.
func (r *cliReport) progress(s *event.Summary, at string) {
	if !r.cfg.Terminal.Live {
		return
	}
	// A unit's requests are over before their turn to be told has come.
	over := max(s.Items.Total, r.over)
	done := report.Count(over, "request")
	if n := r.journal.Run.Items * r.journal.Run.Iterations; n > 0 {
		done = fmt.Sprintf("%d of %s", over, report.Count(n, "request"))
	}
	if n := s.Failed(); n > 0 {
		done += fmt.Sprintf(", %d failed", n)
	}
	r.screen.Status("  " + done + " … " + at)
}

// notice says at once what belongs to a place, and keeps for the end what makes a green run
// doubtful.
func (r *cliReport) notice(e event.Notice) {
	if r.doubt(e) {
		return
	}
	r.close()
	lead := "⚠ "
	if e.Step.ID != "" {
		lead = "  ⚠  "
	}
	r.tell(lead, e)
}

// doubt takes a notice of a run that only looks green: it is said at once before the first
// request, and at the end where it comes later or fails the run. It reports whether it took
// it.
func (r *cliReport) doubt(e event.Notice) bool {
	if !e.Doubtful() {
		return false
	}
	early := !r.begun
	if early {
		if !r.warned {
			r.warned = true
			r.screen.Line("")
		}
		r.tell("⚠ ", e)
	}
	if (!early || r.journal.Run.Strict) && len(r.notices) < mostNotices {
		r.notices = append(r.notices, e)
	}
	return true
}

// mostNotices is how many notices are said one by one.
const mostNotices = 1000

// tell writes a notice in the colour of its level.
func (r *cliReport) tell(lead string, e event.Notice) {
	c := screen.Yellow
	if e.Level == "info" {
		c = screen.Cyan
	}
	r.tellIn(lead, c, e)
}

// tellIn writes a notice and below it its hint, both wrapped behind the lead.
func (r *cliReport) tellIn(lead string, c screen.Colour, e event.Notice) {
	r.screen.Wrapped(lead, c, e.Text)
	if e.Hint != "" {
		r.screen.Wrapped(strings.Repeat(" ", screen.Columns(lead)), screen.Grey, "hint: "+e.Hint)
	}
}
