package reporters

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"posthaste/runner/event"
)

// A newmanCLI writes what newman's terminal report writes (newman: reporters/cli), for those who read it by
// program. Without colour it is newman's text; its colours are fewer.
type newmanCLI struct {
	cfg      Config
	screen   *screen
	journal  journal
	folder   []string
	block    bool
	failures []newmanFailure
	timings  newmanTimings
}

// A newmanFailure is a row of the table at the end.
type newmanFailure struct {
	name, iteration string
	detail          []string
}

func newNewmanCLI(cfg Config) *newmanCLI { return &newmanCLI{cfg: cfg, screen: newScreen(cfg)} }

// Report takes the next event.
func (r *newmanCLI) Report(e event.Event, s *event.Summary) error {
	r.journal.add(e)
	r.timings.add(e, s)
	if _, console := e.(event.Console); !console {
		r.close()
	}
	switch e := e.(type) {
	case event.RunStarted:
		if !r.cfg.option("noBanner") {
			r.screen.line("newman\n")
		}
		r.screen.line(plain(e.Collection.Name))
	case event.IterationStarted:
		if n := r.journal.run.Iterations; n != 1 {
			r.screen.line(fmt.Sprintf("\nIteration %d/%d", e.Iteration+1, n))
		}
	case event.ItemStarted:
		r.item(e.Item)
	case event.ResponseReceived:
		res := e.Response
		r.screen.line(fmt.Sprintf("  %s %s [%d %s, %s, %s]", e.Request.Method, plain(e.Request.URL), res.Code, plain(res.Reason),
			sizeText(wireSize(&res)), timeText(res.Timing.Total.Round(time.Millisecond))))
	case event.RequestFailed:
		failed := orUnknown(e.Error)
		r.fail(e.Step, failed, "", "at request", "")
		r.screen.line(fmt.Sprintf("  %s %s [errored]\n     %s", e.Request.Method, plain(e.Request.URL), plain(failed.Message)))
	case event.Assertion:
		r.assertion(e)
	case event.ScriptFinished:
		r.script(e)
	case event.Console:
		r.console(e)
	case event.RunFinished:
		r.finish(s)
	}
	return r.screen.failure()
}

func (r *newmanCLI) item(i event.Item) {
	r.screen.line("")
	lead := "→ "
	if len(i.Path) > 0 {
		lead = "↳ "
		if !slices.Equal(r.folder, i.Path) {
			r.screen.line("❏ " + plain(strings.Join(i.Path, " / ")))
		}
	}
	r.folder = i.Path
	r.screen.line(lead + plain(i.Name))
}

func (r *newmanCLI) assertion(e event.Assertion) {
	if e.Error != nil {
		n := r.fail(e.Step, e.Error, e.Name, fmt.Sprintf("at assertion:%d in test-script", e.Index), r.journal.step(e.Step).path())
		if !r.cfg.option("noAssertions") {
			r.screen.line(r.screen.paint(red, fmt.Sprintf("%3d. %s", n, plain(e.Name))))
		}
		return
	}
	switch {
	case r.cfg.option("noAssertions"), r.cfg.option("noSuccessAssertions"):
	case e.Skipped:
		r.screen.line("  -  [skipped] " + plain(e.Name))
	default:
		r.screen.line("  ✓  " + plain(e.Name))
	}
}

func (r *newmanCLI) script(e event.ScriptFinished) {
	if e.Error != nil {
		n := r.fail(e.Step, e.Error, "", "at "+newmanPlace(e), r.journal.step(e.Step).path())
		r.screen.line(r.screen.paint(red, fmt.Sprintf("%3d⠄ %s in %s-script", n, e.Error.Name, e.Script.Listen)))
	}
	if e.Script.Listen == "test" && e.Next != nil && e.Next.Name != "" {
		r.screen.line("\nAttempting to set next request to " + plain(e.Next.Name))
	}
}

// fail numbers a failure.
func (r *newmanCLI) fail(s event.Step, e *event.Error, test, at, inside string) int {
	f := newmanFailure{name: e.Name, detail: []string{test}}
	if r.journal.run.Iterations != 1 {
		f.iteration = fmt.Sprintf("iteration: %d", s.Iteration+1)
	}
	f.detail = append(f.detail, strings.Split(plain(clip(e.Message, 2<<10)), "\n")...)
	f.detail = append(f.detail, at, `inside "`+inside+`"`)
	r.failures = append(r.failures, f)
	return len(r.failures)
}

func (r *newmanCLI) console(e event.Console) {
	if r.cfg.option("noConsole") {
		return
	}
	if !r.block {
		r.block = true
		r.screen.line("  ┌")
	}
	for _, line := range wrap(plain(strings.Join(e.Args, ", ")), 54) {
		r.screen.line("  │ " + line)
	}
}

func (r *newmanCLI) close() {
	if r.block {
		r.block = false
		r.screen.line("  └")
	}
}

func (r *newmanCLI) finish(s *event.Summary) {
	if !r.cfg.option("noSummary") {
		r.table(s)
	}
	if len(r.failures) == 0 || r.cfg.option("noFailures") {
		return
	}
	name, detail := len("failure"), len("detail")
	for _, f := range r.failures {
		name = max(name, columns(f.name), len(f.iteration))
		for _, d := range f.detail {
			detail = max(detail, columns(d))
		}
	}
	row := func(n, left, right string) {
		r.screen.line(fmt.Sprintf("%4s  %-*s  %-*s ", n, name, left, detail, right))
	}
	r.screen.line("")
	row("#", "failure", "detail")
	for i, f := range r.failures {
		row("", "", "")
		for k, d := range f.detail {
			n, left := "", ""
			switch k {
			case 0:
				n, left = fmt.Sprintf("%02d.", i+1), f.name
			case 1:
				left = f.iteration
			}
			row(n, left, d)
		}
	}
}

// table is newman's: as wide as its longest line.
func (r *newmanCLI) table(s *event.Summary) {
	ms := func(v float64) string { return timeText(fromMS(v)) }
	lines := []string{
		"total run duration: " + timeText(s.Elapsed),
		"total data received: " + sizeText(s.BodyBytes) + " (approx)",
	}
	if t := r.timings; t.mean > 0 {
		lines = append(lines, fmt.Sprintf("average response time: %s [min: %s, max: %s, s.d.: %s]", ms(t.mean), ms(t.min), ms(t.max), ms(math.Sqrt(t.variance))))
	}
	inner := 45
	for _, l := range lines {
		inner = max(inner, columns(l)+2)
	}
	rest := inner - 27 // the two figures' columns
	a := max((rest+1)/2, 10)
	b := rest - a
	rule := func(left, first, second, right string) {
		r.screen.line(left + strings.Repeat("─", 25) + first + strings.Repeat("─", a) + second + strings.Repeat("─", b) + right)
	}
	row := func(name string, total, failed any) {
		r.screen.line(fmt.Sprintf("│ %23s │ %*v │ %*v │", name, a-2, total, b-2, failed))
	}
	r.screen.line("")
	rule("┌", "┬", "┬", "┐")
	row("", "executed", "failed")
	for _, c := range []struct {
		name string
		event.Count
	}{
		{"iterations", s.Iterations},
		{"requests", s.Requests},
		{"test-scripts", s.TestScripts},
		{"prerequest-scripts", s.PrerequestScripts},
		{"assertions", s.Assertions},
	} {
		rule("├", "┼", "┼", "┤")
		row(c.name, c.Total, c.Failed)
	}
	rule("├", "┴", "┴", "┤")
	for i, l := range lines {
		if i > 0 {
			rule("├", "─", "─", "┤")
		}
		r.screen.line("│ " + l + strings.Repeat(" ", inner-2-columns(l)) + " │")
	}
	rule("└", "─", "─", "┘")
}

// newmanPlace is where newman says that a script failed.
func newmanPlace(e event.ScriptFinished) string {
	place := e.Script.Listen + "-script"
	if e.Error.At != "" {
		place += ":" + e.Error.At
	}
	return place
}
