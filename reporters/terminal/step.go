package terminal

import (
	"bytes"
	"fmt"
	"strings"

	"posthaste/reporters/report"
	"posthaste/reporters/screen"
	"posthaste/runner/event"
)

// requestLine is "POST URL [201 Created, 82B, 50ms]", broken between its parts only, so that
// a URL can be copied. source tells who sent it.
func (r *cliReport) requestLine(source string, q event.Request, end string, c screen.Colour) {
	r.close()
	lead := "  "
	if r.cfg.Option("showTimestamps") {
		lead += r.cfg.Now().Format("15:04:05") + " "
	}
	switch source {
	case event.FromScript:
		lead += "pm.sendRequest "
	case event.FromAuth:
		lead += "authentication "
	}
	line, used := append(r.line[:0], lead...), screen.Columns(lead)
	for i, part := range [...]string{q.Method, report.OneLine(q.URL), end} {
		shown, before, behind := part, "", ""
		w := screen.Columns(part)
		switch i {
		case 0:
			shown = r.screen.Paint(screen.Bold, part)
		case 2:
			before, behind = r.screen.Painting(c)
			w, before, behind = w+len("[]"), before+"[", "]"+behind
		}
		if i > 0 && used+w > r.screen.Width() {
			r.screen.Bytes(bytes.TrimRight(line, " "))
			line, used = append(line[:0], "    "...), 4
		}
		line = append(append(append(line, before...), shown...), behind...)
		line = append(line, ' ')
		used += w + 1
	}
	r.screen.Bytes(bytes.TrimRight(line, " "))
	const most = 64 << 10 // bytes of room that are kept
	if r.line = line[:0]; cap(line) > most {
		r.line = nil
	}
}

// response prints a request that got an answer, in yellow where the status is one of a
// problem.
func (r *cliReport) response(e event.ResponseReceived) {
	c := screen.Green
	if e.Response.Code >= 400 {
		c = screen.Yellow
	}
	e.Response.Reason = report.OneLine(e.Response.Reason) // the rest is ours
	r.requestLine(e.Source, e.Request, report.StatusText(&e.Response), c)
	if r.cfg.Terminal.Verbose {
		r.verbose(e)
	}
}

// unanswered prints a request without a response as a failure, with what may help.
func (r *cliReport) unanswered(e event.RequestFailed) {
	end := "no answer"
	if e.Error.Refused() {
		end = "not sent" // the reason stands below
	}
	r.requestLine(e.Source, e.Request, end, screen.Red)
	x := report.Exchange{Request: e.Request, Error: report.OrUnknown(e.Error), Source: e.Source}
	o := report.Outcome{Name: report.Completed, Status: report.Errored, Error: x.Error, Request: &x}
	if e.Source == event.FromScript {
		o.Name = "pm.sendRequest"
	}
	r.fail(e.Step, o, report.ErrorText(x.Error))
	if x.Error.Detail != "" {
		r.screen.Wrapped("     ", screen.Grey, "hint: "+x.Error.Detail)
	}
}

// assertion prints a line, and keeps a failed one for the end. Options may switch the line
// off, not the failure.
func (r *cliReport) assertion(e event.Assertion) {
	r.close()
	quiet := r.cfg.Option("noAssertions")
	switch {
	case e.Error != nil:
		o := report.Outcome{Name: e.Name, Status: report.Failed, Error: e.Error, Script: e.Script, Request: r.journal.Step(e.Step).Main()}
		if n := r.note(r.journal.Step(e.Step), o); !quiet {
			r.screen.Wrapped(fmt.Sprintf("%3d. ", n), screen.Red, report.OneLine(e.Name))
			r.screen.Wrapped("     ", screen.Grey, report.Clip(report.ErrorText(e.Error), 400))
		}
	case quiet, r.cfg.Option("noSuccessAssertions"):
	case e.Skipped:
		r.screen.Wrapped("  -  ", screen.Cyan, "[skipped] "+report.OneLine(e.Name))
	default:
		if r.passed == "" {
			r.passed = "  " + r.screen.Paint(screen.Green, "✓") + "  "
		}
		r.screen.Wrapped(r.passed, "", report.OneLine(e.Name))
	}
}

// exception prints an error of a timer or promise. newman does not count those; then it is a
// warning.
func (r *cliReport) exception(e event.Exception) {
	r.close()
	o := report.Outcome{Name: report.ScriptName(e.Script) + ", in a timer or promise", Status: report.Errored, Error: report.OrUnknown(e.Error), Script: e.Script, Request: r.journal.Step(e.Step).Main()}
	if !e.Counted {
		r.screen.Wrapped("  ⚠  ", screen.Yellow, o.Name+": "+report.ErrorText(o.Error))
		return
	}
	r.fail(e.Step, o, o.Name+": "+report.ErrorText(o.Error))
}

// script prints an error of a script with its line of source, and the jump that the script
// asked for.
func (r *cliReport) script(e event.ScriptFinished) {
	r.close()
	if e.Error != nil {
		o := report.Outcome{Name: report.ScriptName(e.Script), Status: report.Errored, Error: e.Error, Script: e.Script, Request: r.journal.Step(e.Step).Main()}
		r.fail(e.Step, o, o.Where()+": "+report.ErrorText(e.Error))
		if e.Error.Source != "" {
			r.source(report.SourceLine(e.Error, "     "))
		}
	}
	switch {
	case e.Next == nil:
	case e.Next.Null:
		r.screen.Wrapped("  ", screen.Grey, "the iteration ends after this request: setNextRequest(null)")
	default:
		r.screen.Wrapped("  ", screen.Grey, "next request: "+report.OneLine(e.Next.Name))
	}
}

// fail numbers a failure, keeps it for the end and says it in short, in at most 400
// characters.
func (r *cliReport) fail(s event.Step, o report.Outcome, short string) {
	n := r.note(r.journal.Step(s), o)
	r.screen.Wrapped(fmt.Sprintf("%3d⠄ ", n), screen.Red, report.Clip(short, 400))
}

// source writes lines of a script as they are: a caret must stay below its column.
func (r *cliReport) source(text string) {
	for _, line := range windowed(report.Plain(text), r.screen.Width()) {
		r.screen.Line(r.screen.Paint(screen.Grey, line))
	}
}

// console writes what a script prints, within a bar that lasts until something else is said.
func (r *cliReport) console(e event.Console) {
	if r.cfg.Option("noConsole") {
		return
	}
	if !r.block {
		r.screen.Line("  ┌")
		r.block = true
	}
	c := map[string]screen.Colour{"info": screen.Cyan, "warn": screen.Yellow, "error": screen.Red, "debug": screen.Blue}[e.Level]
	if c == "" {
		c = screen.Grey
	}
	r.screen.Barred("  "+r.screen.Paint(c, "│")+" ", strings.Join(e.Args, ", "))
}

// close ends a block of console output, if one is open.
func (r *cliReport) close() {
	if r.block {
		r.block = false
		r.screen.Line("  └")
	}
}
