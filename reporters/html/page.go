package html

import (
	"embed"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"strings"

	"posthaste/reporters/report"
	"posthaste/runner/event"
)

//go:embed page
var files embed.FS

// policy keeps the page from ever reaching out: no address is allowed, only what stands in it.
const policy = `default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'`

// runHead is what the head of the page shows.
type runHead struct {
	Title    string        `json:"title"`
	Verdict  string        `json:"verdict"`
	Failed   bool          `json:"failed"`
	Doubtful bool          `json:"doubtful"`
	Facts    []string      `json:"facts"`
	Sums     [][3]any      `json:"sums"` // name, figure, whether it is bad
	Cut      string        `json:"cut,omitempty"`
	Left     string        `json:"left,omitempty"`
	Limits   [][3]any      `json:"limits,omitempty"` // threshold, what it was, whether it is broken
	Notices  []shownNotice `json:"notices,omitempty"`
	Noticed  int           `json:"noticed,omitempty"`
	Scopes   []shownScope  `json:"scopes"`
	Elapsed  float64       `json:"elapsed"`            // ms
	Causes   []shownCause  `json:"causes,omitempty"`   // in the order in which they failed
	Caused   string        `json:"caused,omitempty"`   // "1 cause, 19 consequences"
	Compared *shownChanges `json:"compared,omitempty"` // with an earlier run

	Coverage *shownCoverage `json:"coverage,omitempty"` // of OpenAPI files
}

// A shownScope is a table of variables: name, value, type.
type shownScope struct {
	Name   string      `json:"n"`
	Values [][3]string `json:"v,omitempty"`
}

// page puts the report together: head, rows and scripts first, so that the list is there before the details are read.
func (r *pageReport) page(e event.RunFinished, s *event.Summary) error {
	run := r.head(e, s)
	run.Coverage = newCoverage(s.Coverage)
	text, err := json.Marshal(run)
	if err != nil {
		return err
	}
	r.endChunk()
	sums := fmt.Sprintf("%s: %s, %s, %s", run.Title, run.Verdict, report.Count(r.total(), "request"), report.Count(s.Failed(), "failure"))
	parts := []string{
		"<!DOCTYPE html>\n<html lang=\"en\" data-theme=\"light\">\n<head>\n<meta charset=\"utf-8\">\n",
		`<meta http-equiv="Content-Security-Policy" content="` + policy + "\">\n",
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"generator\" content=\"posthaste\">\n",
		"<title>" + html.EscapeString(report.Plain(sums)) + "</title>\n<style>\n" + embedded("page.css") + "</style>\n</head>\n<body>\n",
		embedded("page.html"),
		"<script type=\"application/json\" id=\"run\">" + string(text) + "</script>\n<script type=\"application/json\" id=\"rows\">[",
	}
	if _, err := io.WriteString(r.cfg.Out, strings.Join(parts, "")); err != nil {
		return err
	}
	if err := r.rows.CopyTo(r.cfg.Out); err != nil {
		return err
	}
	var script strings.Builder
	script.WriteString("]</script>\n<script>\n'use strict';\n(() => {\n")
	for _, name := range []string{"base.js", "json.js", "detail.js", "search.js", "main.js", "views.js", "coverage.js", "start.js"} {
		script.WriteString(embedded(name))
	}
	script.WriteString("})();\n</script>\n")
	if _, err := io.WriteString(r.cfg.Out, script.String()); err != nil {
		return err
	}
	if err := r.details.CopyTo(r.cfg.Out); err != nil {
		return err
	}
	_, err = io.WriteString(r.cfg.Out, "</body>\n</html>\n")
	return err
}

// embedded is a file of the page.
func embedded(name string) string {
	data, err := files.ReadFile("page/" + name)
	if err != nil {
		panic(err) // it is part of the program
	}
	return string(data)
}

// head is what the page shows above the list.
func (r *pageReport) head(e event.RunFinished, s *event.Summary) runHead {
	run := r.journal.Run
	h := runHead{Title: r.cfg.Masked(r.title), Left: r.leftOut(), Noticed: s.Notices}
	if h.Title == "" {
		h.Title = run.Collection.Name
	}
	h.Verdict, h.Failed, h.Doubtful = verdictText(e, s)
	if e.Reason != "" {
		h.Cut = "The run did not finish: " + report.Plain(report.Stopped(e.Reason, e.Error))
	}
	h.Facts = []string{run.Time.UTC().Format("2006-01-02 15:04:05 UTC"), run.Collection.File}
	if run.Environment.Name != "" {
		h.Facts = append(h.Facts, "environment "+run.Environment.Name)
	}
	h.Facts = append(h.Facts, strings.TrimSpace("posthaste "+run.Version), r.cfg.Masked(r.cfg.Host))
	r.sums(&h, s)
	for _, n := range r.notices {
		h.Notices = append(h.Notices, newNotice(n, run.Strict && n.Doubtful()))
	}
	h.Elapsed = millis(s.Elapsed)
	h.Causes, h.Caused = shownCauses(run, s)
	h.Compared = r.comparison()
	h.Scopes = []shownScope{newScope("Environment", e.Environment), newScope("Globals", e.Globals)}
	return h
}

// sums are the figures in the head of the page. Each says what it counts: a request may have several failures.
func (r *pageReport) sums(h *runHead, s *event.Summary) {
	sum := func(name string, figure any, bad bool) { h.Sums = append(h.Sums, [3]any{name, figure, bad}) }
	sum("requests", r.total(), false)
	if failed := r.kept[1] + r.left[1]; failed > 0 {
		sum("failed requests", failed, true)
	}
	sum("assertions", s.Assertions.Total, false)
	if s.Failed() > 0 {
		sum("failures", s.Failed(), true)
		sum("of them assertions", s.Assertions.Failed, false)
		sum("without an answer", s.Requests.Failed, false)
		sum("script errors", s.Scripts.Failed+s.Exceptions, false)
	}
	if n := s.Broken(); n > 0 {
		sum("broken thresholds", n, false)
	}
	if s.Skipped > 0 {
		sum("skipped assertions", s.Skipped, false)
	}
	if s.Flaky > 0 {
		sum("failures tried again", s.Flaky, false)
	}
	sum("iterations", s.Iterations.Total, false)
	sum("duration", report.TimeText(s.Elapsed), false)
	sum("average response", report.TimeText(report.FromMS(s.Responses.Mean)), false)
	if names, figures := report.Percentiles(s); names != nil {
		sum(strings.Join(names, " · "), strings.Join(figures, " · "), false)
	}
	for _, t := range s.Thresholds {
		h.Limits = append(h.Limits, [3]any{report.Plain(t.Text), report.Plain(t.Value), t.Broken})
	}
	sum("received", report.SizeText(s.BodyBytes), false)
	if n := s.Doubts(); n > 0 {
		sum("notices under --strict", n, false)
	}
	if n := s.Warnings(); n > 0 {
		sum("warnings", n, false)
	}
}

// newScope shows variables as the run left them, at most 2000 of a scope.
func newScope(name string, s event.Scope) shownScope {
	h := shownScope{Name: strings.TrimSpace(name + " " + report.Plain(s.Name))}
	for _, v := range s.Values[:min(len(s.Values), 2000)] {
		kind := v.Type
		if v.Disabled {
			kind = strings.TrimSpace(kind + " (disabled)")
		}
		h.Values = append(h.Values, [3]string{report.Plain(v.Key), report.Plain(report.Clip(v.Value, 4<<10)), kind})
	}
	return h
}
