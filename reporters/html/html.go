// Package html writes a page that shows a run in a browser.
//
// The page is one file without a network. Rows come first and details after them as chunks of JSON, which the browser
// reads only when a row is opened, so a page of 50,000 requests still opens quickly.
package html

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"posthaste/reporters/report"
	"posthaste/runner/event"
)

// What a browser can open, and what the page keeps within it.
const (
	mostBody    = 64 << 10  // bytes of each body
	mostRows    = 50_000    // requests in the list
	mostPassing = 40_000    // how many of them may have passed: room is left for failures that come late
	mostSize    = 64 << 20  // bytes of details, half of them for requests that passed
	chunkSize   = 256 << 10 // bytes of details that are parsed at once
	mostListed  = 500       // outcomes, console lines or variables of a request
	mostSent    = 50        // exchanges of a request
	mostMessage = 400       // bytes of failures in the list, which search looks through
)

// Spec describes the html reporter.
func Spec() report.Spec {
	return report.Spec{Name: "html", About: "one page for a browser", Extension: ".html", Bodies: mostBody, Options: []string{"title", "body-limit", "size-limit", "compare"}, New: newReport}
}

// An pageReport writes one page that needs nothing else: a list of the requests with search and filter, and of
// each request all that the journal knows. Rows and details wait in spools until the totals are known; the
// browser parses details when a request is chosen. What a browser could not open is left out and counted,
// passed requests first.
type pageReport struct {
	cfg     report.Config
	journal report.Journal
	notices []event.Notice

	rows, details *report.Spool
	kept          [2]int // rows of requests that did not fail, and that did
	left          [2]int // the same, left out
	bare          int    // rows whose details were left out
	size          [2]int // bytes of details
	body, limit   int
	title         string

	earlier *earlierRun // what it is compared with; nil for nothing

	chunk, offset, filled int // where the next details go
}

// newReport keeps rows and details in spools: a page can be larger than the memory of a CI runner.
func newReport(cfg report.Config) (report.Reporter, error) {
	r := &pageReport{cfg: cfg, journal: report.Journal{All: true}, body: mostBody, limit: mostSize, title: cfg.Options["title"]}
	limits := []struct {
		option, flag string
		value        *int
	}{{"bodyLimit", "body-limit", &r.body}, {"sizeLimit", "size-limit", &r.limit}}
	for _, limit := range limits {
		text, ok := cfg.Options[limit.option]
		if !ok {
			continue
		}
		n, err := strconv.Atoi(text)
		if err != nil || n < 0 {
			return nil, fmt.Errorf("--reporter-html-%s: %q is no number of bytes", limit.flag, text)
		}
		*limit.value = n
	}
	r.body = min(r.body, mostBody)
	if err := r.compareWith(cfg.Options["compare"]); err != nil {
		return nil, err
	}
	for _, s := range []**report.Spool{&r.rows, &r.details} {
		spool, err := cfg.NewSpool()
		if err != nil {
			return nil, err
		}
		*s = spool
	}
	return r, nil
}

// Report takes the next event.
func (r *pageReport) Report(masked event.Masked, s *event.Summary) error {
	e := masked.Event()
	if n, ok := e.(event.Notice); ok && len(r.notices) < mostListed {
		r.notices = append(r.notices, n)
	}
	for _, step := range r.journal.Add(e) {
		if err := r.step(step, s); err != nil {
			return err
		}
	}
	if e, ok := e.(event.RunFinished); ok {
		if err := r.page(e, s); err != nil {
			return fmt.Errorf("writing the report: %w", err)
		}
	}
	return nil
}

// step writes a row, and details while there is room for them.
func (r *pageReport) step(s *report.Step, sums *event.Summary) error {
	row := newRow(s, s.Judged(sums), r.journal.Run)
	r.place(&row, s, sums)
	r.compared(&row, s)
	kind, most := 0, mostPassing
	if row.Verdict == rowFailed {
		kind, most = 1, mostRows-r.kept[0]
	}
	if r.kept[kind] >= most {
		r.left[kind]++
		return nil
	}
	details, err := json.Marshal(r.newDetail(s, s.Judged(sums)))
	if err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	room := r.limit/2 - r.size[0]
	if kind == 1 {
		room = r.limit - r.size[0] - r.size[1]
	}
	if len(details) <= room {
		row.Chunk, row.Offset = r.put(details)
		r.size[kind] += len(details)
	} else {
		r.bare++
	}
	text, err := json.Marshal(row)
	if err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	separator := ",\n"
	if r.kept[0]+r.kept[1] == 0 {
		separator = ""
	}
	r.kept[kind]++
	_, err = io.WriteString(r.rows, separator+string(text))
	return err
}

// put appends details to the chunk at hand and returns where they stand. Chunks count from 1. The spool keeps its
// error, which page returns.
func (r *pageReport) put(details []byte) (chunk, offset int) {
	switch {
	case r.chunk == 0 || r.filled > chunkSize:
		r.endChunk()
		r.chunk++
		r.offset, r.filled = 0, 0
		_, _ = fmt.Fprintf(r.details, `<script type="application/json" id="c%d">[`, r.chunk)
	default:
		r.offset++
		_, _ = io.WriteString(r.details, ",\n")
	}
	r.filled += len(details)
	_, _ = r.details.Write(details)
	return r.chunk, r.offset
}

func (r *pageReport) endChunk() {
	if r.chunk > 0 {
		_, _ = io.WriteString(r.details, "]</script>\n") // the spool keeps its error
	}
}

// verdictText says in a few words how the run ended, whether that is a failure, and whether it is doubtful.
func verdictText(e event.RunFinished, s *event.Summary) (text string, bad, doubtful bool) {
	switch {
	case e.Reason != "" && e.Reason != "bail":
		return report.Stopped(e.Reason, ""), true, false
	case s.Verdict() == event.Unknown:
		return "inconclusive: no responses", true, false
	case s.Verdict() == event.Failed:
		return "failed", true, false
	case s.Requests.Total == 0:
		return "nothing was sent", false, true
	case report.AssertsNothing(s):
		return "no assertion ran", false, true
	case s.Notices > 0:
		return "passed with warnings", false, true
	}
	return "passed", false, false
}

// leftOut says what the page lacks, "" when it has everything.
func (r *pageReport) leftOut() string {
	var parts []string
	if n := r.left[0]; n > 0 {
		parts = append(parts, report.Count(n, "request")+" that did not fail")
	}
	if n := r.left[1]; n > 0 {
		parts = append(parts, report.Count(n, "failed request"))
	}
	text := ""
	if len(parts) > 0 {
		text = "Not in this page: " + strings.Join(parts, " and ") + ". "
	}
	if r.bare > 0 {
		text += "Without details: " + report.Count(r.bare, "request") + ". "
	}
	if text == "" {
		return ""
	}
	return text + "A browser could not open more; the totals above count everything, and the events report has it all."
}

// millis is a duration in milliseconds for the page, rounded to microseconds.
func millis(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
