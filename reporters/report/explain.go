package report

import (
	"bytes"
	"fmt"
	"runtime"
	"strconv"
	"strings"
	"unicode/utf8"

	"posthaste/runner/event"
)

// headOfBody is how much of a response body an explanation shows, in bytes.
const headOfBody = 2 << 10

// Explain says all that helps with an outcome that did not pass: what was expected and what came, where in
// which script, the request and the first part of its response, a command that sends it again. A request that the run
// must not send has no such command: who copied it would send what a fence or a limit held back.
func (o Outcome) Explain() string {
	text := o.ExplainError()
	if o.Request != nil {
		exchange := exchangeText(o.Request)
		if !o.Error.Refused() && !o.Request.Error.Refused() {
			exchange += "\n" + curlText(o.Request.Request, runtime.GOOS) + "\n"
		}
		text += "\n" + Plain(exchange)
	}
	return text
}

// ExplainError is the part of explain that is not about the request.
func (o Outcome) ExplainError() string {
	var b strings.Builder
	e := o.Error
	if o.Follow != nil {
		b.WriteString(o.Follow.Text() + "\n\n")
	}
	b.WriteString(ErrorText(e) + "\n")
	if e.HasDiff {
		fmt.Fprintf(&b, "\nexpected: %s\nactual:   %s\n", e.Expected, e.Actual)
		if d, ok := Compare(e.Expected, e.Actual); ok {
			b.WriteString("\n" + d.Text())
		}
	}
	if e.Detail != "" {
		b.WriteString("\nhint: " + e.Detail + "\n")
	}
	if where := o.Where(); where != "" {
		b.WriteString("\n" + where + "\n")
		if e.Source != "" {
			b.WriteString(SourceLine(e, "    ") + "\n")
		}
	}
	return Plain(b.String())
}

// indentLines puts indent before each line.
func indentLines(text, indent string) string {
	return indent + strings.ReplaceAll(text, "\n", "\n"+indent)
}

// ErrorText is "TypeError: message"; an assertion's name is left out, since it says nothing.
func ErrorText(e *event.Error) string {
	switch {
	case e.Message == "":
		return e.Name
	case e.Name == "", e.Name == "Error", e.Name == "AssertionError":
		return e.Message
	}
	return e.Name + ": " + e.Message
}

// Where is the place in a script: "test script, line 3".
func (o Outcome) Where() string {
	if o.Script.Listen == "" {
		return ""
	}
	where := ScriptName(o.Script)
	if o.Error != nil && o.Error.Line > 0 {
		where += fmt.Sprintf(", line %d", o.Error.Line)
	}
	return where
}

// SourceLine is a line of a script with a caret below the column, each line after indent. Tabs keep the
// caret in place.
func SourceLine(e *event.Error, indent string) string {
	text := strings.TrimRight(e.Source, " \t\r\n")
	trimmed := strings.TrimLeft(text, " \t")
	col := e.Col - 1 - (len(text) - len(trimmed))
	line := indent + trimmed
	if col < 0 || col >= len(trimmed) {
		return line
	}
	under := strings.Map(func(r rune) rune {
		if r == '\t' {
			return r
		}
		return ' '
	}, trimmed[:col])
	return line + "\n" + indent + under + "^"
}

// exchangeText is a request's line, its status and the beginning of the body.
func exchangeText(x *Exchange) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s\n", x.Request.Method, x.Request.URL)
	if x.Response == nil {
		return b.String()
	}
	fmt.Fprintf(&b, "%s\n", StatusText(x.Response))
	if text := BodyHead(x.Response.Body, headOfBody); text != "" {
		b.WriteString(text + "\n")
	}
	return b.String()
}

// StatusText is "401 Unauthorized, 1.2kB, 60ms".
func StatusText(r *event.Response) string {
	const usual = 64 // bytes: so many need no memory but the text's own
	b := strconv.AppendInt(make([]byte, 0, usual), int64(r.Code), 10)
	b = bytes.TrimSpace(append(append(b, ' '), r.Reason...))
	b = appendSize(append(b, ", "...), WireSize(r))
	return string(appendTime(append(b, ", "...), r.Timing.Total))
}

// Missing is how many bytes of a body are not among the first n of its data.
func Missing(b event.Body, n int) int64 {
	if n < len(b.Data) || b.Cut {
		return max(b.Size-int64(n), 1)
	}
	return 0
}

// BodyHead is the beginning of a body where it is text.
func BodyHead(body event.Body, n int) string {
	head := body.Data[:min(n, len(body.Data))]
	for cut := 0; cut < utf8.UTFMax && len(head) > 0 && len(head) < len(body.Data) && !utf8.Valid(head); cut++ {
		head = head[:len(head)-1] // a character that the cut went through
	}
	if !utf8.Valid(head) {
		return fmt.Sprintf("(%s that are no text)", Count(int(body.Size), "byte"))
	}
	text := strings.TrimRight(string(head), "\n")
	if left := Missing(body, len(head)); left > 0 {
		text += fmt.Sprintf("… (%d more bytes)", left)
	}
	return text
}
