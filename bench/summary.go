package main

import (
	"bytes"
	"fmt"
	"os"
	"strings"
)

// The summary stands between these lines of a page; all else of the page is kept.
const (
	summaryBegin = "<!-- made by bench: begin -->\n"
	summaryEnd   = "<!-- made by bench: end -->\n"
)

// writeSummary puts the summary into its place of a page.
func (r report) writeSummary(file string) error {
	page, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("reading the page for the summary: %w", err)
	}
	before, rest, ok := bytes.Cut(page, []byte(summaryBegin))
	_, after, ends := bytes.Cut(rest, []byte(summaryEnd))
	if !ok || !ends {
		return fmt.Errorf("reading the page for the summary: %s has no lines %q and %q", file, strings.TrimSpace(summaryBegin), strings.TrimSpace(summaryEnd))
	}
	text := string(before) + summaryBegin + r.summary() + summaryEnd + string(after)
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil { //nolint:gosec // a page is for all to read
		return fmt.Errorf("writing the summary: %w", err)
	}
	return nil
}

// summary is a table of wall times: Posthaste's in seconds, the others' in multiples of it.
func (r report) summary() string {
	var b strings.Builder
	b.WriteString("| |")
	for _, t := range r.runners() {
		b.WriteString(" " + t.name + " |")
	}
	b.WriteString(" peak MB |\n| --- |" + strings.Repeat(" --- |", len(r.runners())+1) + "\n")
	for _, res := range r.results {
		own, ok := res.row(ours)
		if !ok || res.memory() {
			continue
		}
		b.WriteString("| " + res.title() + " |")
		for _, t := range r.runners() {
			row, measured := res.row(t.name)
			switch {
			case !measured:
				b.WriteString(" – |")
			case t.name == ours:
				b.WriteString(" " + row.wall + " s |")
			default:
				b.WriteString(" " + row.wallRatio + " × |")
			}
		}
		b.WriteString(" " + own.peak + " |\n")
	}
	b.WriteString("\nWall time of whole processes, the others in multiples of Posthaste's. " + r.footing() + "\n")
	return b.String()
}
