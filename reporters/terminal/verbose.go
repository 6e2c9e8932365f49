package terminal

import (
	"fmt"
	"strings"

	"posthaste/reporters/report"
	"posthaste/reporters/screen"
	"posthaste/runner/event"
)

// verbose shows a request and its response: sizes, headers, bodies, phases.
func (r *cliReport) verbose(e event.ResponseReceived) {
	q, res := e.Request, e.Response
	r.screen.Wrapped("  ", screen.Grey, fmt.Sprintf("%s ★ %s↑ %s↓ size ★ %d↑ %d↓ headers ★ %s",
		res.Proto, report.SizeText(q.Body.Size), report.SizeText(report.WireSize(&res)), len(q.Header), len(res.Header), res.Remote))
	sent := "↑ " + q.Method
	if q.BodyMode != "" {
		sent += " ★ " + q.BodyMode + " ★ " + report.SizeText(q.Body.Size)
	}
	r.message(sent, q.Header, q.Body)
	r.message(fmt.Sprintf("↓ %s ★ %s", report.ContentType(res.Header), report.SizeText(res.Body.Size)), res.Header, res.Body)
	t := res.Timing
	// A phase that did not take place, such as TLS on a connection that was open already, is
	// "-".
	phase := func(name, text string) string {
		if text == "0ms" {
			text = "-"
		}
		return name + " " + text
	}
	r.screen.Wrapped("  ", screen.Grey, strings.Join([]string{
		phase("dns-lookup", report.TimeText(t.DNS)), phase("tcp-handshake", report.TimeText(t.Connect)), phase("ssl-handshake", report.TimeText(t.TLS)),
		phase("transfer-start", report.TimeText(report.Waiting(t))), phase("download", report.TimeText(t.Body)), phase("total", report.TimeText(t.Total)),
	}, ", "))
}

// message shows headers and body within a bar. Of the body the first VerboseBody characters
// are shown.
func (r *cliReport) message(head string, header []event.Header, body event.Body) {
	r.screen.Line("  ┌ " + head)
	bar := "  │ "
	for _, h := range header {
		r.screen.Barred(bar, report.OneLine(h.Key+": "+h.Value))
	}
	if text := report.BodyHead(body, report.VerboseBody); text != "" {
		if len(header) > 0 {
			r.screen.Line("  │")
		}
		r.screen.Barred(bar, text)
	}
	r.screen.Line("  └")
}
