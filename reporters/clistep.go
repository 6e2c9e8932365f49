package reporters

import (
	"fmt"
	"strings"

	"posthaste/runner/event"
)

// requestLine is "POST URL [201 Created, 82B, 50ms]", broken between its parts only.
func (r *cliReport) requestLine(source string, q event.Request, end string, c colour) {
	r.close()
	lead := "  "
	if r.cfg.option("showTimestamps") {
		lead += r.cfg.Now().Format("15:04:05") + " "
	}
	switch source {
	case event.FromScript:
		lead += "pm.sendRequest "
	case event.FromAuth:
		lead += "authentication "
	}
	parts := []string{q.Method, oneLine(q.URL), end}
	line, used := lead, columns(lead)
	for i, part := range parts {
		shown := part
		switch i {
		case 0:
			shown = r.screen.paint(bold, part)
		case 2:
			shown = r.screen.paint(c, part)
		}
		w := columns(part)
		if i > 0 && used+w > r.screen.width {
			r.screen.line(strings.TrimRight(line, " "))
			line, used = "    ", 4
		}
		line += shown + " "
		used += w + 1
	}
	r.screen.line(strings.TrimRight(line, " "))
}

func (r *cliReport) response(e event.ResponseReceived) {
	c := green
	if e.Response.Code >= 400 {
		c = yellow
	}
	r.requestLine(e.Source, e.Request, "["+oneLine(statusText(&e.Response))+"]", c)
	if r.cfg.Terminal.Verbose {
		r.verbose(e)
	}
}

func (r *cliReport) unanswered(e event.RequestFailed) {
	r.requestLine(e.Source, e.Request, "[no answer]", red)
	x := exchange{Request: e.Request, Error: orUnknown(e.Error), Source: e.Source}
	o := outcome{Name: completed, Verdict: errored, Error: x.Error, Request: &x}
	if e.Source == event.FromScript {
		o.Name = "pm.sendRequest"
	}
	r.fail(e.Step, o, errorText(x.Error))
	if x.Error.Detail != "" {
		r.screen.wrapped("     ", grey, "hint: "+x.Error.Detail)
	}
}

func (r *cliReport) assertion(e event.Assertion) {
	r.close()
	quiet := r.cfg.option("noAssertions")
	switch {
	case e.Error != nil:
		o := outcome{Name: e.Name, Verdict: failed, Error: e.Error, Script: e.Script, Request: r.journal.step(e.Step).main()}
		if n := r.note(r.journal.step(e.Step), o); !quiet {
			r.screen.wrapped(fmt.Sprintf("%3d. ", n), red, oneLine(e.Name))
			r.screen.wrapped("     ", grey, clip(errorText(e.Error), 400))
		}
	case quiet, r.cfg.option("noSuccessAssertions"):
	case e.Skipped:
		r.screen.wrapped("  -  ", cyan, "[skipped] "+oneLine(e.Name))
	default:
		r.screen.wrapped("  "+r.screen.paint(green, "✓")+"  ", "", oneLine(e.Name))
	}
}

func (r *cliReport) exception(e event.Exception) {
	r.close()
	o := outcome{Name: scriptName(e.Script) + ", in a timer or promise", Verdict: errored, Error: orUnknown(e.Error), Script: e.Script, Request: r.journal.step(e.Step).main()}
	if !e.Counted {
		r.screen.wrapped("  ⚠  ", yellow, o.Name+": "+errorText(o.Error))
		return
	}
	r.fail(e.Step, o, o.Name+": "+errorText(o.Error))
}

func (r *cliReport) script(e event.ScriptFinished) {
	r.close()
	if e.Error != nil {
		o := outcome{Name: scriptName(e.Script), Verdict: errored, Error: e.Error, Script: e.Script, Request: r.journal.step(e.Step).main()}
		r.fail(e.Step, o, o.where()+": "+errorText(e.Error))
		if e.Error.Source != "" {
			r.source(sourceLine(e.Error, "     "))
		}
	}
	switch {
	case e.Next == nil:
	case e.Next.Null:
		r.screen.wrapped("  ", grey, "the iteration ends after this request: setNextRequest(null)")
	default:
		r.screen.wrapped("  ", grey, "next request: "+oneLine(e.Next.Name))
	}
}

// fail numbers a failure, keeps it for the end and says it in short.
func (r *cliReport) fail(s event.Step, o outcome, short string) {
	n := r.note(r.journal.step(s), o)
	r.screen.wrapped(fmt.Sprintf("%3d⠄ ", n), red, clip(short, 400))
}

// source writes lines of a script as they are: a caret must stay below its column.
func (r *cliReport) source(text string) {
	for line := range strings.SplitSeq(plain(text), "\n") {
		r.screen.line(r.screen.paint(grey, line))
	}
}

func (r *cliReport) console(e event.Console) {
	if r.cfg.option("noConsole") {
		return
	}
	if !r.block {
		r.screen.line("  ┌")
		r.block = true
	}
	c := map[string]colour{"info": cyan, "warn": yellow, "error": red, "debug": blue}[e.Level]
	if c == "" {
		c = grey
	}
	r.screen.barred("  "+r.screen.paint(c, "│")+" ", strings.Join(e.Args, ", "))
}

// close ends a block of console output.
func (r *cliReport) close() {
	if r.block {
		r.block = false
		r.screen.line("  └")
	}
}
