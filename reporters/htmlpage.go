package reporters

import (
	"embed"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"strings"

	"posthaste/runner/event"
)

//go:embed page
var htmlFiles embed.FS

// htmlPolicy keeps the page from ever reaching out: no address is allowed, only what stands in it.
const htmlPolicy = `default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'`

// htmlRun is what the head of the page shows.
type htmlRun struct {
	Title    string       `json:"title"`
	Verdict  string       `json:"verdict"`
	Failed   bool         `json:"failed"`
	Doubtful bool         `json:"doubtful"`
	Facts    []string     `json:"facts"`
	Sums     [][3]any     `json:"sums"` // name, figure, whether it is bad
	Cut      string       `json:"cut,omitempty"`
	Left     string       `json:"left,omitempty"`
	Limits   [][3]any     `json:"limits,omitempty"` // threshold, what it was, whether it is broken
	Notices  []htmlNotice `json:"notices,omitempty"`
	Noticed  int          `json:"noticed,omitempty"`
	Scopes   []htmlScope  `json:"scopes"`
}

// An htmlScope is a table of variables: name, value, type.
type htmlScope struct {
	Name   string      `json:"n"`
	Values [][3]string `json:"v,omitempty"`
}

// page puts the report together: head, rows and scripts first, so that the list is there before the details are read.
func (r *htmlReport) page(e event.RunFinished, s *event.Summary) error {
	run := r.head(e, s)
	text, err := json.Marshal(run)
	if err != nil {
		return err
	}
	r.endChunk()
	sums := fmt.Sprintf("%s: %s, %s, %d failed", run.Title, run.Verdict, count(s.Requests.Total, "request"), s.Failed())
	parts := []string{
		"<!DOCTYPE html>\n<html lang=\"en\" data-theme=\"light\">\n<head>\n<meta charset=\"utf-8\">\n",
		`<meta http-equiv="Content-Security-Policy" content="` + htmlPolicy + "\">\n",
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"generator\" content=\"posthaste\">\n",
		"<title>" + html.EscapeString(plain(sums)) + "</title>\n<style>\n" + embedded("page.css") + "</style>\n</head>\n<body>\n",
		embedded("page.html"),
		"<script type=\"application/json\" id=\"run\">" + string(text) + "</script>\n<script type=\"application/json\" id=\"rows\">[",
	}
	if _, err := io.WriteString(r.cfg.Out, strings.Join(parts, "")); err != nil {
		return err
	}
	if err := r.rows.copyTo(r.cfg.Out); err != nil {
		return err
	}
	var script strings.Builder
	script.WriteString("]</script>\n<script>\n'use strict';\n(() => {\n")
	for _, name := range []string{"base.js", "json.js", "detail.js", "main.js"} {
		script.WriteString(embedded(name))
	}
	script.WriteString("})();\n</script>\n")
	if _, err := io.WriteString(r.cfg.Out, script.String()); err != nil {
		return err
	}
	if err := r.details.copyTo(r.cfg.Out); err != nil {
		return err
	}
	_, err = io.WriteString(r.cfg.Out, "</body>\n</html>\n")
	return err
}

// embedded is a file of the page.
func embedded(name string) string {
	data, err := htmlFiles.ReadFile("page/" + name)
	if err != nil {
		panic(err) // it is part of the program
	}
	return string(data)
}

func (r *htmlReport) head(e event.RunFinished, s *event.Summary) htmlRun {
	run := r.journal.run
	h := htmlRun{Title: r.title, Left: r.leftOut(), Noticed: s.Notices}
	if h.Title == "" {
		h.Title = run.Collection.Name
	}
	h.Verdict, h.Failed, h.Doubtful = verdictText(e, s)
	if e.Reason != "" {
		h.Cut = "The run was cut short: " + e.Reason
		if e.Error != "" {
			h.Cut += ": " + plain(e.Error)
		}
	}
	h.Facts = []string{run.Time.UTC().Format("2006-01-02 15:04:05 UTC"), run.Collection.File}
	if run.Environment.Name != "" {
		h.Facts = append(h.Facts, "environment "+run.Environment.Name)
	}
	h.Facts = append(h.Facts, strings.TrimSpace("posthaste "+run.Version), r.cfg.Host)
	sum := func(name string, figure any, bad bool) { h.Sums = append(h.Sums, [3]any{name, figure, bad}) }
	sum("requests", s.Requests.Total, false)
	sum("without an answer", s.Requests.Failed, s.Requests.Failed > 0)
	sum("assertions", s.Assertions.Total, false)
	sum("failed assertions", s.Assertions.Failed, s.Assertions.Failed > 0)
	sum("script errors", s.Scripts.Failed+s.Exceptions, s.Scripts.Failed+s.Exceptions > 0)
	if s.Skipped > 0 {
		sum("skipped assertions", s.Skipped, false)
	}
	if s.Flaky > 0 {
		sum("failures tried again", s.Flaky, false)
	}
	sum("iterations", s.Iterations.Total, false)
	sum("duration", timeText(s.Elapsed), false)
	sum("average response", timeText(fromMS(s.Responses.Mean)), false)
	if names, figures := percentiles(s); names != nil {
		sum(strings.Join(names, " · "), strings.Join(figures, " · "), false)
	}
	for _, t := range s.Thresholds {
		h.Limits = append(h.Limits, [3]any{plain(t.Text), plain(t.Value), t.Broken})
	}
	sum("received", sizeText(s.BodyBytes), false)
	for _, n := range r.notices {
		h.Notices = append(h.Notices, htmlNotice{plain(clip(n.Text, 1000)), plain(clip(n.Hint, 1000))})
	}
	h.Scopes = []htmlScope{newHTMLScope("Environment", e.Environment), newHTMLScope("Globals", e.Globals)}
	return h
}

func newHTMLScope(name string, s event.Scope) htmlScope {
	h := htmlScope{Name: strings.TrimSpace(name + " " + plain(s.Name))}
	for _, v := range s.Values[:min(len(s.Values), 2000)] {
		kind := v.Type
		if v.Disabled {
			kind = strings.TrimSpace(kind + " (disabled)")
		}
		h.Values = append(h.Values, [3]string{plain(v.Key), plain(clip(v.Value, 4<<10)), kind})
	}
	return h
}
