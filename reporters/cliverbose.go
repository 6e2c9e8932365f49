package reporters

import (
	"fmt"
	"strings"

	"posthaste/runner/event"
)

// verbose shows a request and its answer: sizes, headers, bodies, phases.
func (r *cliReport) verbose(e event.ResponseReceived) {
	q, res := e.Request, e.Response
	r.screen.wrapped("  ", grey, fmt.Sprintf("%s ★ %s↑ %s↓ size ★ %d↑ %d↓ headers ★ %s",
		res.Proto, sizeText(q.Body.Size), sizeText(wireSize(&res)), len(q.Header), len(res.Header), res.Remote))
	sent := "↑ " + q.Method
	if q.BodyMode != "" {
		sent += " ★ " + q.BodyMode + " ★ " + sizeText(q.Body.Size)
	}
	r.message(sent, q.Header, q.Body)
	r.message(fmt.Sprintf("↓ %s ★ %s", contentType(res.Header), sizeText(res.Body.Size)), res.Header, res.Body)
	t := res.Timing
	phase := func(name, text string) string {
		if text == "0ms" {
			text = "-"
		}
		return name + " " + text
	}
	r.screen.wrapped("  ", grey, strings.Join([]string{
		phase("dns-lookup", timeText(t.DNS)), phase("tcp-handshake", timeText(t.Connect)), phase("ssl-handshake", timeText(t.TLS)),
		phase("transfer-start", timeText(waiting(t))), phase("download", timeText(t.Body)), phase("total", timeText(t.Total)),
	}, ", "))
}

// message shows headers and body within a bar.
func (r *cliReport) message(head string, header []event.Header, body event.Body) {
	r.screen.line("  ┌ " + head)
	bar := "  │ "
	for _, h := range header {
		r.screen.barred(bar, oneLine(h.Key+": "+h.Value))
	}
	if text := bodyHead(body, verboseBody); text != "" {
		if len(header) > 0 {
			r.screen.line("  │")
		}
		r.screen.barred(bar, text)
	}
	r.screen.line("  └")
}
