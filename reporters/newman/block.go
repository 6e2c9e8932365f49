package newman

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"posthaste/collection"
	"posthaste/internal/media"
	"posthaste/reporters/report"
	"posthaste/reporters/screen"
	"posthaste/runner/event"
)

// blockWidth is how long the lines of a block are where there is no terminal, in columns
// (newman: 60 columns less 6).
const blockWidth = 54

// console writes what a script or the run says. Calls that follow each other share a block,
// which the next other line ends. level is that of console.log and its kin.
func (r *cliReport) console(text, level string) {
	if r.cfg.Option("noConsole") {
		return
	}
	c := map[string]screen.Colour{"info": screen.Cyan, "warn": screen.Yellow, "error": screen.Red, "debug": screen.Blue}[level]
	if c == "" {
		c = screen.Grey
	}
	if stamp := r.stamp("3:04:05 PM"); stamp != "" {
		r.line("\n  " + stamp)
	}
	if r.block == "" {
		r.screen.Line(r.paint(c, "  "+r.signs.top))
	}
	r.block = r.paint(c, "  "+r.signs.bottom)
	r.boxed(text, c)
}

// boxed writes a text within a block, cut where lines are full, wherever that is (newman:
// word-wrap, cut). It is masked as a whole before, so that no secret is cut in two.
func (r *cliReport) boxed(text string, c screen.Colour) {
	if r.cfg.Mask != nil {
		text = r.cfg.Mask(text)
	}
	width := blockWidth
	if r.cfg.Terminal.Live && r.screen.Width() > 20 { // narrower terminals than 20 columns are not served
		width = r.screen.Width() - 6
	}
	lead := "  " + r.paint(c, r.signs.middle) + " "
	lines := cut(report.Plain(text), width)
	// A call without text still has a line.
	if len(lines) == 0 {
		lines = []string{""}
	}
	for _, line := range lines {
		r.screen.Line(lead + r.paint(screen.Grey, line))
	}
}

// cut breaks a text into lines of at most n UTF-16 units, as JavaScript counts. Empty lines
// vanish (newman).
func cut(text string, n int) []string {
	var lines []string
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		used, begin := 0, 0
		for i, c := range line {
			units := 1
			if c > 0xffff {
				units = 2
			}
			if used+units > n {
				lines = append(lines, line[begin:i])
				used, begin = 0, i
			}
			used += units
		}
		if begin < len(line) {
			lines = append(lines, line[begin:])
		}
	}
	return lines
}

// inspected is a text as util.inspect quotes it: in the first kind of quotes that it does not
// hold. newman logs notices by util.inspect.
func inspected(text string) string {
	quote := "'"
	for _, q := range []string{"'", `"`, "`"} {
		if !strings.Contains(text, q) {
			quote = q
			break
		}
	}
	text = strings.NewReplacer("\\", `\\`, "\n", `\n`, "\r", `\r`, "\t", `\t`).Replace(text)
	if quote == "'" {
		text = strings.ReplaceAll(text, "'", `\'`)
	}
	return quote + text + quote
}

// verbose shows a request and its response: sizes, bodies, phases, as newman does with
// --verbose.
func (r *cliReport) verbose(e event.ResponseReceived) {
	q, res, s := e.Request, &e.Response, r.signs
	r.line(r.request(q) + " ")
	star := " " + r.paint(screen.Grey, s.star) + " "
	r.line("  " + strings.Join([]string{
		fmt.Sprintf("%d %s", res.Code, report.Plain(res.Reason)),
		report.TimeText(report.WholeMS(res.Timing.Total)) + " " + r.paint(screen.Grey, "time"),
		fmt.Sprintf("%s%s %s%s %s", report.SizeText(report.RequestSize(&q)), r.paint(screen.Grey, s.up), report.SizeText(report.WireSize(res)), r.paint(screen.Grey, s.down), r.paint(screen.Grey, "size")),
		fmt.Sprintf("%d%s %d%s %s", len(q.Header), r.paint(screen.Grey, s.up), len(res.Header), r.paint(screen.Grey, s.down), r.paint(screen.Grey, "headers")),
		"0 " + r.paint(screen.Grey, "cookies"), // newman: the response's own list of cookies is always empty
	}, star))
	if q.Body.Size > 0 {
		text := ""
		// Of the other modes newman has no text: parts of a form and files are streams.
		if q.BodyMode == collection.BodyRaw || q.BodyMode == collection.BodyURLEncoded || q.BodyMode == collection.BodyGraphQL {
			text = string(q.Body.Data)
		}
		r.body(s.up+" "+q.BodyMode+star+report.SizeText(q.Body.Size), text, q.Body.Size)
		r.screen.Line("  " + s.bottom + " ")
	}
	info := media.Of(headerOf(res.Header, "Content-Type"), res.Body.Data)
	summary := s.down + " " + strings.Join([]string{report.Plain(info.Type), report.Plain(info.Kind), report.Plain(info.Format), report.Plain(info.Charset)}, star)
	if res.Body.Size > 0 {
		r.body(summary+star+report.SizeText(res.Body.Size), string(res.Body.Data), res.Body.Size)
		r.screen.Line("  " + s.bottom)
	} else {
		r.screen.Line("  " + summary + "\n")
	}
	r.phases(res.Timing)
}

// body opens a block with a body, of which the first VerboseBody characters are shown. size
// is that of the whole body in bytes, which may be more than text.
func (r *cliReport) body(head, text string, size int64) {
	r.screen.Line("  " + r.signs.top + " " + head)
	if len(text) > report.VerboseBody {
		at := 0
		for range report.VerboseBody {
			_, n := utf8.DecodeRuneInString(text[at:])
			at += n
		}
		if at < len(text) || int64(at) < size {
			text = text[:at] + fmt.Sprintf("\n(showing %s/%s)", report.SizeText(report.VerboseBody), report.SizeText(size))
		}
	}
	r.boxed(text, "")
}

// phases is a table of how long each phase took. Columns are as wide as their widest cell;
// TLS has one for https only.
func (r *cliReport) phases(t event.Timing) {
	var heads, values string
	add := func(head, value string) {
		width := max(len(head), screen.Columns(value))
		heads += fmt.Sprintf("  %-*s ", width, head)
		values += "  " + value + strings.Repeat(" ", width-screen.Columns(value)) + " "
	}
	add("prepare", report.PhaseText(t.Prepare))
	add("wait", report.PhaseText(t.Wait))
	add("dns-lookup", report.PhaseText(t.DNS))
	add("tcp-handshake", report.PhaseText(t.Connect))
	if t.TLS > 0 {
		add("ssl-handshake", report.PhaseText(t.TLS))
	}
	add("transfer-start", report.PhaseText(report.Waiting(t)))
	add("download", report.PhaseText(t.Body))
	add("process", report.PhaseText(t.Process))
	add("total", report.PhaseText(t.Total))
	r.screen.Line(heads)
	r.screen.Line(values + "\n")
}

// headerOf is the value of the last header line of that name (newman: of several the last),
// or "".
func headerOf(header []event.Header, name string) string {
	for i := len(header) - 1; i >= 0; i-- {
		if strings.EqualFold(header[i].Key, name) {
			return header[i].Value
		}
	}
	return ""
}
