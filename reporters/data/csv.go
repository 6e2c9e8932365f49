package data

import (
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"

	"posthaste/reporters/report"
	"posthaste/runner/event"
)

// CSV describes the csv reporter, which needs no bodies.
func CSV() report.Spec {
	return report.Spec{Name: "csv", About: "a row for each request, for spreadsheets", Extension: ".csv", New: func(cfg report.Config) (report.Reporter, error) {
		return &csvReport{out: csv.NewWriter(cfg.Out)}, nil
	}}
}

// A csvReport writes a line for every execution of a request (newman-reporter-csv: the same columns; here an outcome
// that is no assertion stands among the names too, so that a line without a failure is one without a failure).
type csvReport struct {
	out     *csv.Writer
	journal report.Journal
}

// Report takes the next event. Lines are written as requests end, so that a run that is cut
// short leaves what it did.
func (r *csvReport) Report(masked event.Masked, _ *event.Summary) error {
	e := masked.Event()
	if _, ok := e.(event.RunStarted); ok {
		r.line("iteration", "collectionName", "requestName", "method", "url", "status", "code", "responseTime",
			"responseSize", "executed", "failed", "skipped")
	}
	for _, s := range r.journal.Add(e) {
		r.step(s)
	}
	r.out.Flush()
	if err := r.out.Error(); err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	return nil
}

// step writes a line for each request, with newman's columns: times in milliseconds, sizes in
// bytes, names divided by commas.
func (r *csvReport) step(s *report.Step) {
	var names [4][]string // by verdict
	for _, o := range s.Outcomes() {
		names[o.Status] = append(names[o.Status], report.OneLine(o.Name))
	}
	list := func(v ...report.Status) string {
		var all []string
		for _, v := range v {
			all = append(all, names[v]...)
		}
		return strings.Join(all, ", ")
	}
	method, url, status, code, took, size := s.Item.Method, s.Item.URL, "", "", "", ""
	if x := s.Main(); x != nil {
		method, url = x.Request.Method, x.Request.URL
		if res := x.Response; res != nil {
			status, code = res.Reason, strconv.Itoa(res.Code)
			took = strconv.FormatInt(report.WholeMS(res.Timing.Total).Milliseconds(), 10)
			size = strconv.FormatInt(res.Body.Size, 10)
		} else {
			status = report.ErrorText(x.Error)
		}
	}
	r.line(strconv.Itoa(s.Iteration+1), report.OneLine(r.journal.Run.Collection.Name), report.OneLine(s.Item.Name), method, report.OneLine(url),
		report.OneLine(status), code, took, size, list(report.Passed), list(report.Failed, report.Errored), list(report.Skipped))
}

// line writes a line. What a spreadsheet would take for a formula is told that it is text
// (OWASP: CSV injection).
func (r *csvReport) line(cells ...string) {
	for i, c := range cells {
		if c != "" && strings.ContainsRune("=+-@", rune(c[0])) {
			cells[i] = "'" + c
		}
	}
	_ = r.out.Write(cells) // the writer keeps its error
}
