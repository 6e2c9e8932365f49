package newman

import (
	"fmt"
	"slices"
	"strings"

	"posthaste/reporters/report"
	"posthaste/reporters/screen"
	"posthaste/runner/event"
)

// A cliReport writes what newman's terminal report writes, line for line (newman: reporters/cli), for those who read
// it by program. Without colour it is newman's text; its colours are fewer, and stand between words only.
//
// What happens within a step is written when the step is over, and masked before it is cut into lines: a secret may
// become known as one only after it was printed, and half of one on each of two lines is nothing that could be found.
type cliReport struct {
	cfg      report.Config
	screen   *screen.Screen
	signs    signs
	run      event.RunStarted
	step     []event.Event // of the step under way, after its beginning
	path     []string      // of its item
	name     string
	next     string // what its test scripts passed to setNextRequest
	folder   []string
	within   bool   // a step is under way
	block    string // the end of an open block, "" when none is open
	failures []failure
	timings  timings
}

// signs are the marks that lines begin with.
type signs struct {
	folder, root, sub, ok, star, up, down string
	top, middle, bottom                   string // of a block
}

// signsOf are newman's marks; without Unicode they are words (newman: --disable-unicode).
func signsOf(unicode bool) signs {
	if unicode {
		return signs{"❏", "→", "↳", "✓", "★", "↑", "↓", "┌", "│", "└"}
	}
	return signs{"Folder", "Root", "Sub-folder", "Pass", "*", "^", "v", "-", "|", "-"}
}

// NewCLI makes newman's terminal report. It is what --newman-compat has in place of the cli
// reporter.
func NewCLI(cfg report.Config) *cliReport {
	r := &cliReport{cfg: cfg, screen: screen.New(cfg), signs: signsOf(cfg.Terminal.Unicode)}
	r.screen.KeepSigns() // what collections say stays as it is
	return r
}

// Report takes the next event. It returns the first error of writing to the terminal.
func (r *cliReport) Report(masked event.Masked, s *event.Summary) error {
	e := masked.Event()
	r.timings.add(e, s)
	switch e := e.(type) {
	case event.RunStarted:
		r.run = e
		if !r.cfg.Option("noBanner") {
			r.line("newman\n")
		}
		r.line(report.Plain(e.Collection.Name))
	case event.IterationStarted:
		r.flush()
		if n := r.run.Iterations; n != 1 {
			r.line("\n" + r.paint(screen.Grey, fmt.Sprintf("Iteration %d/%d", e.Iteration+1, n)))
		}
	case event.ItemStarted:
		r.flush()
		r.within, r.path, r.name = true, e.Item.Path, e.Item.Name
		r.item(e.Item)
	case event.ItemFinished:
		r.flush()
		r.within = false
	case event.RunFinished:
		r.flush()
		r.finish(s)
	default:
		r.step = append(r.step, e)
		if !r.within {
			r.flush()
		}
	}
	return r.screen.Failure()
}

// flush writes what the step has said, and then the jump that it asked for, which newman says
// last.
func (r *cliReport) flush() {
	for _, e := range r.step {
		r.event(e)
	}
	clear(r.step)
	r.step = r.step[:0]
	if r.next != "" {
		r.line("\n" + r.paint(screen.Grey, "Attempting to set next request to "+report.Plain(r.next)))
		r.next = ""
	}
}

// event prints one event. Order and signs are newman's, since people compare logs. Events
// that newman has no line for are passed over.
func (r *cliReport) event(e event.Event) {
	switch e := e.(type) {
	case event.ResponseReceived:
		r.response(e)
	case event.RequestFailed:
		failed := report.OrUnknown(e.Error)
		r.fail(e.Step, failed, "", "at request", "")
		r.line(r.request(e.Request) + r.paint(screen.Red, "[errored]"))
		r.line(r.paint(screen.Red, "     "+report.Plain(failed.Message)))
	case event.Assertion:
		r.assertion(e)
	case event.ScriptFinished:
		r.script(e)
	case event.Console:
		r.console(strings.Join(e.Args, ", "), e.Level) // newman: arguments are joined so
	case event.Notice:
		if e.Console != "" {
			r.console(inspected(e.Console), e.Level)
		}
	}
}

// line writes a line; an open block ends before it.
func (r *cliReport) line(text string) {
	r.close()
	r.screen.Line(text)
}

// close ends the open block, if there is one.
func (r *cliReport) close() {
	if r.block != "" {
		r.screen.Line(r.block)
		r.block = ""
	}
}

// paint colours each line of a text. Without colour, or with none given, the text stays as it
// is.
func (r *cliReport) paint(c screen.Colour, text string) string {
	if !r.cfg.Terminal.Colour || c == "" {
		return text
	}
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = r.screen.Paint(c, lines[i])
	}
	return strings.Join(lines, "\n")
}

// stamp is the time that a line begins with where that is asked for, in the machine's zone as
// newman has it.
func (r *cliReport) stamp(layout string) string {
	if !r.cfg.Option("showTimestamps") {
		return ""
	}
	return r.paint(screen.Grey, r.cfg.Now().Format("["+layout+"]"))
}

// item prints the folder when it changes, then the request. A request at the root has another
// sign.
func (r *cliReport) item(i event.Item) {
	sign := r.signs.root
	r.line("")
	if len(i.Path) > 0 {
		sign = r.signs.sub
		if !slices.Equal(r.folder, i.Path) {
			r.line(r.signs.folder + " " + report.Plain(strings.Join(i.Path, " / ")))
		}
	}
	r.folder = i.Path
	r.line(sign + " " + report.Plain(i.Name))
}

// request is the beginning of a request's line: the URL is that before it was encoded.
func (r *cliReport) request(q event.Request) string {
	url := q.Resolved
	if url == "" {
		url = q.URL
	}
	stamp := r.stamp("1/2/2006, 3:04:05 PM")
	if stamp != "" {
		stamp += "  "
	}
	return "  " + stamp + r.paint(screen.Grey, q.Method) + " " + r.paint(screen.Grey, report.Plain(url)) + " "
}

// response prints the end of a request's line. newman: the size is that of head and body on
// the wire, the time is in whole milliseconds.
func (r *cliReport) response(e event.ResponseReceived) {
	if r.cfg.Terminal.Verbose {
		r.verbose(e)
		return
	}
	res := &e.Response
	r.line(r.request(e.Request) + r.paint(screen.Grey, fmt.Sprintf("[%d %s, %s, %s]", res.Code, report.Plain(res.Reason),
		report.SizeText(report.WireSize(res)), report.TimeText(report.WholeMS(res.Timing.Total)))))
}

// assertion prints a line. A failed one carries its number in the list of failures below,
// even when lines of assertions are switched off.
func (r *cliReport) assertion(e event.Assertion) {
	width, stamp := 3, r.stamp("3:04:05 PM")
	if stamp != "" {
		width, stamp = 2, "  "+stamp
	}
	n := 0
	if e.Error != nil {
		n = r.fail(e.Step, e.Error, e.Name, fmt.Sprintf("at assertion:%d in test-script", e.Index), r.place())
	}
	successes := !r.cfg.Option("noSuccessAssertions")
	switch {
	case r.cfg.Option("noAssertions"):
	case e.Skipped && successes:
		r.line(r.paint(screen.Cyan, "  -  [skipped] "+report.Plain(e.Name)))
	case e.Error != nil:
		r.line(stamp + r.paint(screen.Red, fmt.Sprintf("%*d. %s", width, n, report.Plain(e.Name))))
	case successes:
		r.line(stamp + "  " + r.paint(screen.Green, r.signs.ok) + "  " + r.paint(screen.Grey, report.Plain(e.Name)))
	}
}

// script prints an error of a script and keeps the jump of a test script. newman says nothing
// of setNextRequest(null).
func (r *cliReport) script(e event.ScriptFinished) {
	if e.Error != nil {
		n := r.fail(e.Step, e.Error, "", "at "+scriptPlace(e), r.place())
		r.line(r.paint(screen.Red, fmt.Sprintf("%3d⠄ %s in %s-script", n, report.Plain(e.Error.Name), e.Script.Listen)))
	}
	if e.Script.Listen == event.PhaseTest && e.Next != nil && e.Next.Name != "" {
		r.next = e.Next.Name
	}
}

// place is the name of the step's item with those of its folders, as "folder / item".
func (r *cliReport) place() string {
	return strings.Join(append(slices.Clone(r.path), r.name), " / ")
}

// fail numbers a failure and keeps it for the list at the end. Texts are cut at 64 KiB: a
// script may throw a whole response.
func (r *cliReport) fail(s event.Step, e *event.Error, test, at, inside string) int {
	f := failure{name: report.Plain(e.Name)}
	if r.run.Iterations != 1 {
		f.iteration = fmt.Sprintf("iteration: %d", s.Iteration+1)
	}
	f.detail = strings.Split(report.Plain(report.Clip(test+"\n"+e.Message, 64<<10))+"\n"+at+"\n"+`inside "`+report.Plain(inside)+`"`, "\n")
	r.failures = append(r.failures, f)
	return len(r.failures)
}

// scriptPlace is where newman says that a script failed: "test-script:1:7".
func scriptPlace(e event.ScriptFinished) string {
	place := e.Script.Listen + "-script"
	if e.Error.At != "" {
		place += ":" + e.Error.At
	}
	return place
}
