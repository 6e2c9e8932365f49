package reporters

import (
	"fmt"
	"slices"
	"strings"

	"posthaste/runner/event"
)

// A newmanCLI writes what newman's terminal report writes, line for line (newman: reporters/cli), for those who read
// it by program. Without colour it is newman's text; its colours are fewer, and stand between words only.
//
// What happens within a step is written when the step is over, and masked before it is cut into lines: a secret may
// become known as one only after it was printed, and half of one on each of two lines is nothing that could be found.
type newmanCLI struct {
	cfg      Config
	screen   *screen
	signs    newmanSigns
	run      event.RunStarted
	step     []event.Event // of the step under way, after its beginning
	path     []string      // of its item
	name     string
	next     string // what its test scripts passed to setNextRequest
	folder   []string
	within   bool   // a step is under way
	block    string // the end of an open block, "" when none is open
	failures []newmanFailure
	timings  newmanTimings
}

// newmanSigns are the marks that lines begin with.
type newmanSigns struct {
	folder, root, sub, ok, star, up, down string
	top, middle, bottom                   string // of a block
}

// signsOf are newman's marks; without Unicode they are words.
func signsOf(unicode bool) newmanSigns {
	if unicode {
		return newmanSigns{"❏", "→", "↳", "✓", "★", "↑", "↓", "┌", "│", "└"}
	}
	return newmanSigns{"Folder", "Root", "Sub-folder", "Pass", "*", "^", "v", "-", "|", "-"}
}

func newNewmanCLI(cfg Config) *newmanCLI {
	r := &newmanCLI{cfg: cfg, screen: newScreen(cfg), signs: signsOf(cfg.Terminal.Unicode)}
	r.screen.ascii = nil // what collections say stays as it is
	return r
}

// Report takes the next event.
func (r *newmanCLI) Report(e event.Event, s *event.Summary) error {
	r.timings.add(e, s)
	switch e := e.(type) {
	case event.RunStarted:
		r.run = e
		if !r.cfg.option("noBanner") {
			r.line("newman\n")
		}
		r.line(plain(e.Collection.Name))
	case event.IterationStarted:
		r.flush()
		if n := r.run.Iterations; n != 1 {
			r.line("\n" + r.paint(grey, fmt.Sprintf("Iteration %d/%d", e.Iteration+1, n)))
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
	return r.screen.failure()
}

// flush writes what the step has said.
func (r *newmanCLI) flush() {
	for _, e := range r.step {
		r.event(e)
	}
	clear(r.step)
	r.step = r.step[:0]
	if r.next != "" {
		r.line("\n" + r.paint(grey, "Attempting to set next request to "+plain(r.next)))
		r.next = ""
	}
}

func (r *newmanCLI) event(e event.Event) {
	switch e := e.(type) {
	case event.ResponseReceived:
		r.response(e)
	case event.RequestFailed:
		failed := orUnknown(e.Error)
		r.fail(e.Step, failed, "", "at request", "")
		r.line(r.request(e.Request) + r.paint(red, "[errored]"))
		r.line(r.paint(red, "     "+plain(failed.Message)))
	case event.Assertion:
		r.assertion(e)
	case event.ScriptFinished:
		r.script(e)
	case event.Console:
		r.console(strings.Join(e.Args, ", "), e.Level)
	case event.Notice:
		if e.Console != "" {
			r.console(inspected(e.Console), e.Level)
		}
	}
}

// line writes a line; an open block ends before it.
func (r *newmanCLI) line(text string) {
	r.close()
	r.screen.line(text)
}

func (r *newmanCLI) close() {
	if r.block != "" {
		r.screen.line(r.block)
		r.block = ""
	}
}

// paint colours each line of a text.
func (r *newmanCLI) paint(c colour, text string) string {
	if !r.cfg.Terminal.Colour || c == "" {
		return text
	}
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = r.screen.paint(c, lines[i])
	}
	return strings.Join(lines, "\n")
}

// stamp is the time that a line begins with where that is asked for.
func (r *newmanCLI) stamp(layout string) string {
	if !r.cfg.option("showTimestamps") {
		return ""
	}
	return r.paint(grey, r.cfg.Now().Format("["+layout+"]"))
}

func (r *newmanCLI) item(i event.Item) {
	sign := r.signs.root
	r.line("")
	if len(i.Path) > 0 {
		sign = r.signs.sub
		if !slices.Equal(r.folder, i.Path) {
			r.line(r.signs.folder + " " + plain(strings.Join(i.Path, " / ")))
		}
	}
	r.folder = i.Path
	r.line(sign + " " + plain(i.Name))
}

// request is the beginning of a request's line: the URL is that before it was encoded.
func (r *newmanCLI) request(q event.Request) string {
	url := q.Resolved
	if url == "" {
		url = q.URL
	}
	stamp := r.stamp("1/2/2006, 3:04:05 PM")
	if stamp != "" {
		stamp += "  "
	}
	return "  " + stamp + r.paint(grey, q.Method) + " " + r.paint(grey, plain(url)) + " "
}

func (r *newmanCLI) response(e event.ResponseReceived) {
	if r.cfg.Terminal.Verbose {
		r.verbose(e)
		return
	}
	res := &e.Response
	r.line(r.request(e.Request) + r.paint(grey, fmt.Sprintf("[%d %s, %s, %s]", res.Code, plain(res.Reason),
		sizeText(wireSize(res)), timeText(wholeMS(res.Timing.Total)))))
}

func (r *newmanCLI) assertion(e event.Assertion) {
	width, stamp := 3, r.stamp("3:04:05 PM")
	if stamp != "" {
		width, stamp = 2, "  "+stamp
	}
	n := 0
	if e.Error != nil {
		n = r.fail(e.Step, e.Error, e.Name, fmt.Sprintf("at assertion:%d in test-script", e.Index), r.place())
	}
	successes := !r.cfg.option("noSuccessAssertions")
	switch {
	case r.cfg.option("noAssertions"):
	case e.Skipped && successes:
		r.line(r.paint(cyan, "  -  [skipped] "+plain(e.Name)))
	case e.Error != nil:
		r.line(stamp + r.paint(red, fmt.Sprintf("%*d. %s", width, n, plain(e.Name))))
	case successes:
		r.line(stamp + "  " + r.paint(green, r.signs.ok) + "  " + r.paint(grey, plain(e.Name)))
	}
}

func (r *newmanCLI) script(e event.ScriptFinished) {
	if e.Error != nil {
		n := r.fail(e.Step, e.Error, "", "at "+newmanPlace(e), r.place())
		r.line(r.paint(red, fmt.Sprintf("%3d⠄ %s in %s-script", n, plain(e.Error.Name), e.Script.Listen)))
	}
	if e.Script.Listen == "test" && e.Next != nil && e.Next.Name != "" {
		r.next = e.Next.Name
	}
}

// place is the name of the step's item with those of its folders.
func (r *newmanCLI) place() string {
	return strings.Join(append(slices.Clone(r.path), r.name), " / ")
}

// fail numbers a failure.
func (r *newmanCLI) fail(s event.Step, e *event.Error, test, at, inside string) int {
	f := newmanFailure{name: plain(e.Name)}
	if r.run.Iterations != 1 {
		f.iteration = fmt.Sprintf("iteration: %d", s.Iteration+1)
	}
	f.detail = strings.Split(plain(clip(test+"\n"+e.Message, 64<<10))+"\n"+at+"\n"+`inside "`+plain(inside)+`"`, "\n")
	r.failures = append(r.failures, f)
	return len(r.failures)
}

// newmanPlace is where newman says that a script failed.
func newmanPlace(e event.ScriptFinished) string {
	place := e.Script.Listen + "-script"
	if e.Error.At != "" {
		place += ":" + e.Error.At
	}
	return place
}
