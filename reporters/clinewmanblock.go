package reporters

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"posthaste/internal/media"
	"posthaste/runner/event"
)

// blockWidth is how long the lines of a block are where there is no terminal (newman: 60 columns less 6).
const blockWidth = 54

// console writes what a script or the run says. Calls that follow each other share a block.
func (r *newmanCLI) console(text, level string) {
	if r.cfg.option("noConsole") {
		return
	}
	c := map[string]colour{"info": cyan, "warn": yellow, "error": red, "debug": blue}[level]
	if c == "" {
		c = grey
	}
	if stamp := r.stamp("3:04:05 PM"); stamp != "" {
		r.line("\n  " + stamp)
	}
	if r.block == "" {
		r.screen.line(r.paint(c, "  "+r.signs.top))
	}
	r.block = r.paint(c, "  "+r.signs.bottom)
	r.boxed(text, c)
}

// boxed writes a text within a block, cut where lines are full, wherever that is (newman: word-wrap, cut).
func (r *newmanCLI) boxed(text string, c colour) {
	if r.cfg.Mask != nil {
		text = r.cfg.Mask(text)
	}
	width := blockWidth
	if r.cfg.Terminal.Live && r.screen.width > 20 {
		width = r.screen.width - 6
	}
	lead := "  " + r.paint(c, r.signs.middle) + " "
	lines := cut(plain(text), width)
	if len(lines) == 0 {
		lines = []string{""}
	}
	for _, line := range lines {
		r.screen.line(lead + r.paint(grey, line))
	}
}

// cut breaks a text into lines of at most n UTF-16 units. Empty lines vanish (newman).
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

// inspected is a text as util.inspect quotes it: in the first kind of quotes that it does not hold.
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

// verbose shows a request and its answer: sizes, bodies, phases.
func (r *newmanCLI) verbose(e event.ResponseReceived) {
	q, res, s := e.Request, &e.Response, r.signs
	r.line(r.request(q) + " ")
	star := " " + r.paint(grey, s.star) + " "
	r.line("  " + strings.Join([]string{
		fmt.Sprintf("%d %s", res.Code, plain(res.Reason)),
		timeText(wholeMS(res.Timing.Total)) + " " + r.paint(grey, "time"),
		fmt.Sprintf("%s%s %s%s %s", sizeText(requestSize(&q)), r.paint(grey, s.up), sizeText(wireSize(res)), r.paint(grey, s.down), r.paint(grey, "size")),
		fmt.Sprintf("%d%s %d%s %s", len(q.Header), r.paint(grey, s.up), len(res.Header), r.paint(grey, s.down), r.paint(grey, "headers")),
		"0 " + r.paint(grey, "cookies"), // newman: the answer's own list of cookies is always empty
	}, star))
	if q.Body.Size > 0 {
		text := ""
		if q.BodyMode == "raw" || q.BodyMode == "urlencoded" || q.BodyMode == "graphql" {
			text = string(q.Body.Data)
		}
		r.body(s.up+" "+q.BodyMode+star+sizeText(q.Body.Size), text, q.Body.Size)
		r.screen.line("  " + s.bottom + " ")
	}
	info := media.Of(headerOf(res.Header, "Content-Type"), res.Body.Data)
	summary := s.down + " " + strings.Join([]string{plain(info.Type), plain(info.Kind), plain(info.Format), plain(info.Charset)}, star)
	if res.Body.Size > 0 {
		r.body(summary+star+sizeText(res.Body.Size), string(res.Body.Data), res.Body.Size)
		r.screen.line("  " + s.bottom)
	} else {
		r.screen.line("  " + summary + "\n")
	}
	r.phases(res.Timing)
}

// body opens a block with a body.
func (r *newmanCLI) body(head, text string, size int64) {
	r.screen.line("  " + r.signs.top + " " + head)
	if len(text) > verboseBody {
		at := 0
		for range verboseBody {
			_, n := utf8.DecodeRuneInString(text[at:])
			at += n
		}
		if at < len(text) || int64(at) < size {
			text = text[:at] + fmt.Sprintf("\n(showing %s/%s)", sizeText(verboseBody), sizeText(size))
		}
	}
	r.boxed(text, "")
}

// phases is a table of how long each phase took.
func (r *newmanCLI) phases(t event.Timing) {
	var heads, values string
	add := func(head, value string) {
		width := max(len(head), columns(value))
		heads += fmt.Sprintf("  %-*s ", width, head)
		values += "  " + value + strings.Repeat(" ", width-columns(value)) + " "
	}
	add("prepare", phaseText(t.Prepare))
	add("wait", phaseText(t.Wait))
	add("dns-lookup", phaseText(t.DNS))
	add("tcp-handshake", phaseText(t.Connect))
	if t.TLS > 0 {
		add("ssl-handshake", phaseText(t.TLS))
	}
	add("transfer-start", phaseText(waiting(t)))
	add("download", phaseText(t.Body))
	add("process", phaseText(t.Process))
	add("total", phaseText(t.Total))
	r.screen.line(heads)
	r.screen.line(values + "\n")
}

// headerOf is the value of the last header line of that name (newman: of several the last), "" when there is none.
func headerOf(header []event.Header, name string) string {
	for i := len(header) - 1; i >= 0; i-- {
		if strings.EqualFold(header[i].Key, name) {
			return header[i].Value
		}
	}
	return ""
}
