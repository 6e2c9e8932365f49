// Package newman writes reports as newman does: its terminal report, its JSON and its JUnit.
//
// Each is compared byte for byte with what newman wrote of the same run (testdata/confirm). Where we show more, that
// is left out with --newman-compat.
package newman

import (
	"fmt"
	"io"
	"math"
	"strconv"

	"posthaste/reporters/report"
	"posthaste/runner/event"
)

// jsonBodies is how much of a response body the JSON report holds unless an option says
// otherwise, in bytes. Written as numbers, as newman writes it, a byte takes nearly four.
const jsonBodies = 1 << 20

// JSON describes the json reporter. It asks for documents, since newman's report holds the
// whole collection.
func JSON() report.Spec {
	return report.Spec{Name: "json", About: "newman's JSON", Extension: ".json", Bodies: jsonBodies, BodiesFor: jsonBodiesFor, Documents: true, Options: []string{"body-limit"}, New: newJSON}
}

// A jsonReport writes newman's JSON report (newman: reporters/json): the collection, the scopes as the run
// left them, and the run: sums, one execution a request, failures. Executions and failures go to spools as they
// happen, because the sums stand before them.
//
// Where newman's members hold the requests of an item together, and requestError has no message, a member of our own,
// exchange, tells of the one request; Config.Compat leaves it out.
type jsonReport struct {
	cfg        report.Config
	limit      int // bytes of a body, negative for all
	journal    report.Journal
	executions *report.Spool
	failures   *report.Spool
	written    int // executions
	failed     int // failures
	notices    []jsonNotice
	parents    *parents
	ran        map[string]string // by a script's id: its last execution
	timings    timings
}

// newJSON keeps executions and failures in spools: newman's own reporter holds them all in
// memory. Errors are a wrong option, or a spool that cannot be made.
func newJSON(cfg report.Config) (report.Reporter, error) {
	limit, err := bodyLimit(cfg)
	if err != nil {
		return nil, err
	}
	r := &jsonReport{cfg: cfg, limit: limit}
	if r.executions, err = cfg.NewSpool(); err != nil {
		return nil, err
	}
	if r.failures, err = cfg.NewSpool(); err != nil {
		return nil, err
	}
	return r, nil
}

// bodyLimit is how many bytes of a body the report holds, negative for all. newman has no
// limit, so --newman-compat has none either.
func bodyLimit(cfg report.Config) (int, error) {
	v, ok := cfg.Options["bodyLimit"]
	switch {
	case ok && v == "all", !ok && cfg.Compat:
		return -1, nil
	case !ok:
		return jsonBodies, nil
	}
	n, err := strconv.Atoi(v)
	if err != nil || n < 0 {
		return 0, report.ErrOption("json", "body-limit", v, "a number of bytes", "all")
	}
	return n, nil
}

// jsonBodiesFor is the limit as the run wants to know it, which keeps no more of a body than
// reports need.
func jsonBodiesFor(cfg report.Config) int {
	n, err := bodyLimit(cfg)
	switch {
	case err != nil: // newJSON says so
		return jsonBodies
	case n < 0:
		return math.MaxInt
	}
	return n
}

// mostNotices is how many notices the report has; they are held in memory.
const mostNotices = 1000

// A jsonNotice is a notice of the run. newman has none.
type jsonNotice struct {
	Code   string `json:"code"`
	Text   string `json:"text"`
	Hint   string `json:"hint,omitempty"`
	File   string `json:"file,omitempty"`
	Line   int    `json:"line,omitempty"`
	Failed bool   `json:"failed"` // as under --strict
}

// Report takes the next event. Executions are written when their step is over, failures at
// once, both into spools; the document itself at the end.
func (r *jsonReport) Report(masked event.Masked, s *event.Summary) error {
	e := masked.Event()
	if started, ok := e.(event.RunStarted); ok {
		r.parents = &parents{collection: started.Collection, full: r.cfg.Compat}
		r.ran = map[string]string{}
	}
	if started, ok := e.(event.ScriptStarted); ok {
		r.ran[started.Script.ID] = r.scriptRun(started.Step, started.Script)
	}
	done := r.journal.Add(e)
	r.timings.add(e, s)
	if n, ok := e.(event.Notice); ok && len(r.notices) < mostNotices {
		r.notices = append(r.notices, jsonNotice{n.Code, n.Text, n.Hint, n.File, n.Line, r.journal.Run.Strict && n.Doubtful()})
	}
	if err := r.failure(e); err != nil {
		return err
	}
	for _, step := range done {
		if err := r.execute(step); err != nil {
			return err
		}
	}
	if finished, ok := e.(event.RunFinished); ok {
		return r.finish(finished, s)
	}
	return nil
}

// element begins the next element of a spooled list, with the comma after the one before. n
// counts them.
func element(w io.Writer, n *int) error {
	text := "\n      "
	if *n++; *n > 1 {
		text = "," + text
	}
	_, err := io.WriteString(w, text)
	return err
}

// finish writes the document in newman's order of keys. What newman does not have is left out
// with --newman-compat.
func (r *jsonReport) finish(e event.RunFinished, s *event.Summary) error {
	o := newObject(r.cfg.Out, "")
	o.field("collection", r.document(r.journal.Run.Collection.Document, r.journal.Run.Collection.ID, r.journal.Run.Collection.Name))
	o.field("environment", r.scope(e.Environment))
	o.field("globals", r.scope(e.Globals))
	run := o.object("run")
	run.field("stats", jsonStats(s))
	run.field("timings", r.timings.shape(r.cfg, s))
	r.list(run, "executions", r.executions, r.written)
	transfers := run.object("transfers")
	transfers.field("responseTotal", s.BodyBytes)
	_ = transfers.close() // the outermost close returns the error they share
	r.list(run, "failures", r.failures, r.failed)
	run.field("error", nil) // newman: always null
	if !r.cfg.Compat {
		run.field("causes", report.NewStory(r.journal.Run, s).Shape())
		if len(s.Coverage) > 0 {
			run.field("openapi", report.CoverageShape(s.Coverage))
		}
		if len(r.notices) > 0 {
			run.field("notices", r.notices)
		}
	}
	if !r.cfg.Compat && e.Reason != "" {
		run.field("reason", e.Reason)
		run.field("reasonText", e.Error)
	}
	_ = run.close()
	if err := o.close(); err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	return nil
}

// list closes a spool's list where lists of that depth close. An empty list is [], on one
// line.
func (r *jsonReport) list(o *object, name string, s *report.Spool, n int) {
	if n > 0 {
		_, _ = io.WriteString(s, "\n"+o.indent) // the spool keeps its error
	}
	o.spooled(name, s)
}
