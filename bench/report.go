package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// A report is everything that was measured and where.
type report struct {
	results []result
	tools   []tool
	absent  []string
	options options
	command []string
	date    time.Time
	took    time.Duration
	plot    string // file name of the plot
	notes   string // what people wrote below the figures
}

// notesMark begins the part of the page that is kept when the figures are made again.
const notesMark = "<!-- notes: kept by bench -->"

const ours = "posthaste"

// text writes the report for a terminal.
func (r report) text(w io.Writer) error {
	for _, res := range r.results {
		fmt.Fprintf(w, "\n%s: %s\n", res.letter, res.title())
		fmt.Fprintf(w, "  %-20s %10s %17s %10s %8s %12s %11s\n", "", "wall s", "least – most", "CPU s", "peak MB", "wall, ratio", "CPU, ratio")
		for _, t := range r.tools {
			if row, ok := res.row(t.name); ok {
				fmt.Fprintf(w, "  %-20s %10s %17s %10s %8s %12s %11s\n", t.name, row.wall, row.limits, row.cpu, row.peak, row.wallRatio, row.cpuRatio)
			}
		}
		for _, v := range res.verdicts() {
			fmt.Fprintf(w, "  target: %s: %s\n", v.what, v.outcome)
		}
	}
	_, err := fmt.Fprintf(w, "\n%s\n", r.footing())
	return err
}

// markdown writes the report as a page.
func (r report) markdown(w io.Writer) error {
	fmt.Fprintf(w, "# Measured\n\nMade by `go run ./bench %s`; do not edit above the notes. %s\n\n", strings.Join(r.command, " "), r.footing())
	fmt.Fprint(w, "Every line is whole processes, started one after the other in turns, against a server on loopback that is a process of its own. ")
	fmt.Fprint(w, "Figures are medians, with the least and the most wall time beside them. A ratio is that runner's median to Posthaste's: above 1, Posthaste needs less. ")
	fmt.Fprint(w, "`bare` is a loop of Go's net/http that sends the same requests over one connection, without scripts, checks or reports: the floor.\n\n")
	if r.plot != "" {
		fmt.Fprintf(w, "![Wall time of each runner, in multiples of Posthaste's](%s)\n\n", r.plot)
	}
	for _, res := range r.results {
		if res.memory() {
			continue
		}
		fmt.Fprintf(w, "## %s: %s\n\n| | wall s | least – most | CPU s | peak MB | wall, ratio | CPU, ratio |\n| --- | --- | --- | --- | --- | --- | --- |\n", res.letter, res.title())
		for _, t := range r.tools {
			if row, ok := res.row(t.name); ok {
				fmt.Fprintf(w, "| %s | %s | %s | %s | %s | %s | %s |\n", t.name, row.wall, row.limits, row.cpu, row.peak, row.wallRatio, row.cpuRatio)
			}
		}
		fmt.Fprint(w, "\n")
		for _, v := range res.verdicts() {
			fmt.Fprintf(w, "- %s: **%s**\n", v.what, v.outcome)
		}
		fmt.Fprint(w, "\n")
	}
	if err := r.memory(w); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "%s%s", notesMark, r.notes)
	return err
}

// memory writes what rows cost, side by side.
func (r report) memory(w io.Writer) error {
	var rows []result
	for _, res := range r.results {
		if res.memory() {
			rows = append(rows, res)
		}
	}
	if len(rows) == 0 {
		return nil
	}
	fmt.Fprint(w, "## Memory and rows\n\nPeak MB of one run over a CSV file, one GET a row, nothing left out. `-r` is with that report written to a file.\n\n| |")
	for _, res := range rows {
		fmt.Fprintf(w, " %s rows |", res.letter[1:])
	}
	fmt.Fprintf(w, "\n| --- |%s\n", strings.Repeat(" --- |", len(rows)))
	for _, t := range r.tools {
		line, some := "", false
		for _, res := range rows {
			cell := " – |"
			if row, ok := res.row(t.name); ok {
				cell, some = " "+row.peak+" |", true
			}
			line += cell
		}
		if some {
			fmt.Fprintf(w, "| %s |%s\n", t.name, line)
		}
	}
	_, err := fmt.Fprintf(w, "\n- at most 1.4 × the peak at %s rows as at %s: **%s**\n\n", rows[len(rows)-1].letter[1:], rows[0].letter[1:], r.flat(rows))
	return err
}

// flat reports whether each way of running Posthaste needs about as much memory for the most rows as for the fewest.
func (r report) flat(rows []result) string {
	const tolerated = 1.4
	first, last := rows[0], rows[len(rows)-1]
	var grown, kept []string
	for _, t := range r.tools {
		few, many := spreadOf(first.samples[t.name], space).median, spreadOf(last.samples[t.name], space).median
		if t.name != ours && !t.variant || few == 0 || many == 0 || len(rows) < 2 {
			continue
		}
		said := fmt.Sprintf("%s %.2f ×", t.name, many/few)
		if many > tolerated*few {
			grown = append(grown, said)
		} else {
			kept = append(kept, said)
		}
	}
	switch {
	case len(grown) > 0:
		return "not met, " + strings.Join(grown, ", ")
	case len(kept) > 0:
		return "met, " + strings.Join(kept, ", ")
	}
	return "not measured"
}

// runners are the tools but for other ways of running Posthaste.
func (r report) runners() []tool {
	return slices.DeleteFunc(slices.Clone(r.tools), func(t tool) bool { return t.variant })
}

// footing is the line below the tables: without machine, date and versions a figure says nothing.
func (r report) footing() string {
	var versions []string
	for _, t := range r.runners() {
		versions = append(versions, strings.TrimSpace(t.name+" "+t.version))
	}
	text := fmt.Sprintf("%s, %s; %d rounds (%d of the runners on Node where it takes long), %s in all; %s.",
		r.date.UTC().Format("2006-01-02"), machine(r.options.machine), r.options.rounds, r.options.slowRounds, r.took.Round(time.Second), strings.Join(versions, ", "))
	if len(r.absent) > 0 {
		text += " Not installed, so not measured: " + strings.Join(r.absent, ", ") + "."
	}
	return text
}

// title says what a workload is, with its count.
func (res result) title() string {
	if res.iterations == 1 || res.memory() {
		return res.what
	}
	return fmt.Sprintf("%s (%d)", res.what, res.iterations)
}
