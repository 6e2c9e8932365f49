package reporters

import (
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"

	"posthaste/runner/event"
)

func csvSpec() Spec {
	return Spec{Name: "csv", Extension: ".csv", New: func(cfg Config) (Reporter, error) {
		return &csvReport{out: csv.NewWriter(cfg.Out)}, nil
	}}
}

// A csvReport writes a line for every execution of a request (newman-reporter-csv: the same columns; here an outcome
// that is no assertion stands among the names too, so that a line without a failure is one without a failure).
type csvReport struct {
	out     *csv.Writer
	journal journal
}

// Report takes the next event.
func (r *csvReport) Report(e event.Event, _ *event.Summary) error {
	if _, ok := e.(event.RunStarted); ok {
		r.line("iteration", "collectionName", "requestName", "method", "url", "status", "code", "responseTime",
			"responseSize", "executed", "failed", "skipped")
	}
	for _, s := range r.journal.add(e) {
		r.step(s)
	}
	r.out.Flush()
	if err := r.out.Error(); err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	return nil
}

func (r *csvReport) step(s *step) {
	var names [4][]string // by verdict
	for _, o := range s.outcomes() {
		names[o.Verdict] = append(names[o.Verdict], oneLine(o.Name))
	}
	list := func(v ...verdict) string {
		var all []string
		for _, v := range v {
			all = append(all, names[v]...)
		}
		return strings.Join(all, ", ")
	}
	method, url, status, code, took, size := s.Item.Method, s.Item.URL, "", "", "", ""
	if x := s.main(); x != nil {
		method, url = x.Request.Method, x.Request.URL
		if res := x.Response; res != nil {
			status, code = res.Reason, strconv.Itoa(res.Code)
			took = strconv.FormatInt(wholeMS(res.Timing.Total).Milliseconds(), 10)
			size = strconv.FormatInt(res.Body.Size, 10)
		} else {
			status = errorText(x.Error)
		}
	}
	r.line(strconv.Itoa(s.Iteration+1), oneLine(r.journal.run.Collection.Name), oneLine(s.Item.Name), method, oneLine(url),
		oneLine(status), code, took, size, list(passed), list(failed, errored), list(skipped))
}

// line writes a line. What a spreadsheet would take for a formula is told that it is text.
func (r *csvReport) line(cells ...string) {
	for i, c := range cells {
		if c != "" && strings.ContainsRune("=+-@", rune(c[0])) {
			cells[i] = "'" + c
		}
	}
	_ = r.out.Write(cells) // the writer keeps its error
}
