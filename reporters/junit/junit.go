// Package junit writes JUnit XML as Jenkins, GitLab, Azure and the others read it.
//
// The default dialect is the one that all of them read. Layouts group cases by request, by folder or flat; newman's
// own layout is in reporters/newman.
package junit

import (
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jstemmer/go-junit-report/v2/junit"

	"posthaste/reporters/newman"
	"posthaste/reporters/report"
	"posthaste/runner/event"
)

// Spec describes the junit reporter.
func Spec() report.Spec {
	return report.Spec{Name: "junit", About: "JUnit XML, for CI systems", Extension: ".xml", Bodies: 64 << 10, Options: []string{"layout", "strict"}, New: newJUnit}
}

// A junitReport writes JUnit XML as the CI systems read it: one level of suites, a case for every outcome,
// names that are unique in the file. Suites go to a spool as their requests end; the root, with the totals,
// comes last. Only counters are kept.
type junitReport struct {
	cfg     report.Config
	journal report.Journal
	layout  string // "request", "folder" or "flat"
	strict  bool   // only what the schema of Jenkins' xUnit plugin has
	suites  *report.Spool
	cases   *report.Spool // of the group, where that may be long; nil where a request is one, until one has very many
	group   *junitSuite   // that cases are added to, nil between two
	folder  string        // of the group, with its iteration
	totals  junit.Testsuites
	names   caseNames
	doubts  []event.Notice // that fail a strict run
	left    []string       // what the run has created and not given back
}

// newJUnit chooses the layout. newman's layout is another reporter.
func newJUnit(cfg report.Config) (report.Reporter, error) {
	if cfg.Compat {
		return newman.NewJUnit(cfg), nil
	}
	r := &junitReport{cfg: cfg, journal: report.Journal{All: true}, layout: "request", strict: cfg.Option("strict"), names: caseNames{}}
	if v, ok := cfg.Options["layout"]; ok {
		r.layout = v
	}
	switch r.layout {
	case "request", "folder", "flat":
	default:
		return nil, report.ErrOption("junit", "layout", r.layout, "request", "folder", "flat")
	}
	var err error
	if r.suites, err = cfg.NewSpool(); err != nil || r.layout == "request" {
		return r, err
	}
	r.cases, err = cfg.NewSpool()
	return r, err
}

// Report takes the next event.
func (r *junitReport) Report(masked event.Masked, s *event.Summary) error {
	e := masked.Event()
	for _, step := range r.journal.Add(e) {
		if err := r.step(step, s); err != nil {
			return err
		}
	}
	switch e := e.(type) {
	case event.IterationFinished:
		if r.journal.Run.Iterations != 1 {
			r.names.forget(e.Iteration) // its number makes the names of the others different
		}
	case event.Notice:
		if e.Code == event.CodeOpen {
			r.left = append(r.left, report.Plain(e.Text))
		}
		if r.journal.Run.Strict && e.Doubtful() {
			r.doubts = append(r.doubts, e)
		}
	case event.RunFinished:
		if err := r.end(e, s); err != nil {
			return err
		}
		return r.root(s)
	}
	return nil
}

// step adds a step's cases to its suite, which the step is, or its folder, or the run.
func (r *junitReport) step(s *report.Step, sums *event.Summary) error {
	if r.group == nil || r.layout == "request" || r.layout == "folder" && r.folder != r.folderOf(s) {
		if err := r.close(); err != nil {
			return err
		}
		r.folder = r.folderOf(s)
		r.open(s)
	}
	outcomes := s.Judged(sums)
	speaker := max(0, slices.IndexFunc(outcomes, func(o report.Outcome) bool { return o.Error != nil })) // GitLab shows output of failures only
	for i, o := range outcomes {
		c := r.newCase(s, o)
		if i == 0 {
			c.Time = report.Seconds(s.Elapsed) // so that the cases add up to the suite
			lost := lostReruns(s, outcomes)
			if o.Error != nil {
				c.Rerun = append(c.Rerun, lost...)
			} else {
				c.Flaky = append(c.Flaky, lost...)
			}
		}
		if i == speaker {
			c.SystemOut = systemOut(s)
		}
		if err := r.add(r.group, c); err != nil {
			return err
		}
	}
	r.group.elapsed += s.Elapsed
	if r.layout == "request" {
		r.group.properties(s)
	}
	return nil
}

func (r *junitReport) folderOf(s *report.Step) string {
	name := strings.Join(s.Item.Path, " / ")
	if name == "" {
		name = r.journal.Run.Collection.Name
	}
	return name + s.Label(r.journal.Run)
}

// open begins the suite that s belongs to.
func (r *junitReport) open(s *report.Step) {
	run := r.journal.Run
	g := &junitSuite{started: s.Started}
	switch r.layout {
	case "request":
		g.Name, g.ID = s.Path()+s.Label(run), s.Item.ID
	case "folder":
		g.Name = r.folder
	default:
		g.Name, g.ID, g.started = run.Collection.Name, run.Collection.ID, run.Time
	}
	g.Name, g.File, g.Hostname = named(g.Name), s.Item.File, r.cfg.Masked(r.cfg.Host)
	r.group = g
}

// close writes the suite at hand.
func (r *junitReport) close() error {
	g := r.group
	if g == nil {
		return nil
	}
	r.group = nil
	g.Time = report.Seconds(g.elapsed)
	if !g.started.IsZero() {
		g.SetTimestamp(g.started.UTC())
	}
	r.totals.Tests += g.Tests
	r.totals.Failures += g.Failures
	r.totals.Errors += g.Errors
	r.totals.Skipped += g.Skipped
	if r.cases == nil {
		return writeXML(r.suites, g, "  ")
	}
	head, tail, err := enclosing(g, "  ")
	if err != nil {
		return err
	}
	if _, err := io.WriteString(r.suites, "  "+head+"\n"); err != nil {
		return fmt.Errorf("writing XML: %w", err)
	}
	if err := r.cases.CopyTo(r.suites); err != nil {
		return err
	}
	if _, err := io.WriteString(r.suites, "  "+tail+"\n"); err != nil {
		return fmt.Errorf("writing XML: %w", err)
	}
	return r.cases.Reset()
}

// mostCases is how many cases of a request are held. Scripts may make any number.
const mostCases = 1000

// add takes a case into a suite: into a spool where it is not known how many there will be, or there are many.
func (r *junitReport) add(g *junitSuite, c junitCase) error {
	g.count(c)
	if r.strict {
		c.File, c.Line = "", 0
	}
	if r.cases != nil {
		return r.spoolCase(c)
	}
	if g.Cases = append(g.Cases, c); len(g.Cases) < mostCases {
		return nil
	}
	var err error
	if r.cases, err = r.cfg.NewSpool(); err != nil {
		return err
	}
	held := g.Cases
	g.Cases = nil
	for _, c := range held {
		if err := r.spoolCase(c); err != nil {
			return err
		}
	}
	return nil
}

func (r *junitReport) spoolCase(c junitCase) error {
	return writeXML(r.cases, struct {
		XMLName xml.Name `xml:"testcase"`
		junitCase
	}{junitCase: c}, "    ")
}

// end adds what a run has to say as a whole: an error for how it was cut short, a case for the requests that it did not
// reach, thresholds, notices that fail a strict run. A bail has its failure already.
func (r *junitReport) end(e event.RunFinished, s *event.Summary) error {
	cases := r.ofRun(e, s)
	if e.Reason == "" && len(cases) == 0 {
		if r.group != nil {
			r.group.ofRun(s, r.left)
		}
		return r.close()
	}
	run := r.journal.Run
	g := r.group
	if r.layout != "flat" || g == nil {
		if err := r.close(); err != nil {
			return err
		}
		g = &junitSuite{started: e.Time}
		g.Name, g.Hostname, g.File = report.OneLine(run.Collection.Name+" (the run)"), r.cfg.Masked(r.cfg.Host), run.Collection.File
	}
	for _, c := range cases {
		if err := r.add(g, c); err != nil {
			return err
		}
	}
	if g.Tests == 0 {
		r.group = nil
		return nil
	}
	r.group = g
	g.ofRun(s, r.left)
	return r.close()
}

// ofRun lists the cases of the whole run.
func (r *junitReport) ofRun(e event.RunFinished, s *event.Summary) (cases []junitCase) {
	run := r.journal.Run
	classname := segment(run.Collection.Name)
	add := func(name string) *junitCase {
		c := junitCase{File: run.Collection.File, Line: 1} // an annotation needs a line
		c.Name, c.Classname, c.Time = r.names.unique(-1, classname, report.OneLine(name)), classname, report.Seconds(0)
		cases = append(cases, c)
		return &cases[len(cases)-1]
	}
	if o := report.RunOutcome(e); o != nil {
		add(o.Name).Error = result(*o)
	}
	if left := run.Items*run.Iterations - s.Items.Total - len(r.journal.Open); e.Reason != "" && left > 0 {
		add("not reached: " + report.Count(left, "request")).Skipped = &junit.Result{Message: "not sent: " + report.Stopped(e.Reason, "")}
	}
	for _, t := range s.Thresholds {
		o := report.ThresholdOutcome(t)
		if c := add(o.Name); o.Error != nil {
			c.Failure = result(o)
		}
	}
	for _, n := range r.doubts {
		step, o, _ := r.journal.OfWhole(n)
		c := add(o.Name)
		c.Failure, c.File, c.Line = result(o), step.Item.File, max(1, step.Item.Line)
	}
	return cases
}

// ofRun adds what is told of the whole run to the last suite, such as its response times; a root has no properties.
func (g *junitSuite) ofRun(s *event.Summary, left []string) {
	names, figures := report.Percentiles(s)
	for i, name := range names {
		g.AddProperty("run.response."+name, figures[i])
	}
	if n := s.Warnings(); n > 0 {
		g.AddProperty("run.warnings", strconv.Itoa(n))
	}
	for _, text := range left {
		g.AddProperty("run.open", text)
	}
}

// root writes the report.
func (r *junitReport) root(s *event.Summary) error {
	run := r.journal.Run
	root := junitRoot{}
	if !r.strict {
		root.Timestamp, root.Skipped = run.Time.UTC().Format(time.RFC3339), &r.totals.Skipped
	}
	root.Name, root.Time = report.OneLine(run.Collection.Name), report.Seconds(s.Elapsed)
	root.Tests, root.Failures, root.Errors = r.totals.Tests, r.totals.Failures, r.totals.Errors
	head, tail, err := enclosing(root, "")
	if err != nil {
		return err
	}
	if _, err := io.WriteString(r.cfg.Out, `<?xml version="1.0" encoding="UTF-8"?>`+"\n"+head+"\n"); err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	if err := r.suites.CopyTo(r.cfg.Out); err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	if _, err := io.WriteString(r.cfg.Out, tail+"\n"); err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	return nil
}

// properties says of a suite that is one request what was sent and what came back.
func (g *junitSuite) properties(s *report.Step) {
	if x := s.Main(); x != nil {
		g.AddProperty("request.method", report.Plain(x.Request.Method))
		g.AddProperty("request.url", report.Plain(x.Request.URL))
		if x.Response != nil {
			g.AddProperty("response.code", strconv.Itoa(x.Response.Code))
		}
	}
	g.AddProperty("iteration", strconv.Itoa(s.Iteration+1))
	if s.Row != "" {
		g.AddProperty("row", report.Plain(s.Row))
	}
	if s.Item.Teardown {
		g.AddProperty("teardown", "true")
	}
	g.AddProperty("retries", strconv.Itoa(max(s.Attempt, len(s.Earlier))))
}
