package main

import (
	"fmt"
	"io"
	"os"
	"strings"
)

// The table stands between these lines of the page.
const (
	tableBegins = "<!-- crypto: kept by bench/crypto -->"
	tableEnds   = "<!-- /crypto -->"
)

// table writes the rows: milliseconds of the first call and of those after it, here and in newman, and their ratios. Less than
// a millisecond is not told apart, so that a ratio of such times is left out.
func table(out io.Writer, rows []row) error {
	var b strings.Builder
	b.WriteString("| library | operation | first, ms | newman | ratio | then, ms | newman | ratio |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n")
	for _, r := range rows {
		title := r.library + ", " + r.form + ", " + r.loading
		fmt.Fprintf(&b, "| %s | the whole process | %.0f | %s | %s | | | |\n", title, 1000*median(r.wall[0]), shown(1000*median(r.wall[1]), "%.0f"), ratio(1000*median(r.wall[0]), 1000*median(r.wall[1])))
		for _, name := range append([]string{"load"}, r.operations...) {
			var first, later [2]float64
			for i := range 2 {
				first[i] = median(pick(r.times[i][name], func(s sample) float64 { return s.first }))
				later[i] = median(pick(r.times[i][name], func(s sample) float64 { return s.later }))
			}
			fmt.Fprintf(&b, "| | %s | %.0f | %s | %s |", name, first[0], shown(first[1], "%.0f"), ratio(first[0], first[1]))
			if name == "load" {
				b.WriteString(" | | |\n")
				continue
			}
			fmt.Fprintf(&b, " %.1f | %s | %s |\n", later[0], shown(later[1], "%.1f"), ratio(later[0], later[1]))
		}
	}
	_, err := io.WriteString(out, b.String())
	return err
}

func pick(list []sample, part func(sample) float64) (values []float64) {
	for _, s := range list {
		values = append(values, part(s))
	}
	return values
}

// shown is a figure, "" where there is none.
func shown(v float64, format string) string {
	if v == 0 {
		return ""
	}
	return fmt.Sprintf(format, v)
}

// ratio is empty where one of the times is too short to be compared.
func ratio(ours, theirs float64) string {
	if theirs < 1 || ours < 1 {
		return ""
	}
	return fmt.Sprintf("%.1f", ours/theirs)
}

// replace puts the table into its place in a page.
func replace(page string, rows []row) error {
	data, err := os.ReadFile(page)
	if err != nil {
		return fmt.Errorf("reading the page: %w", err)
	}
	before, rest, ok := strings.Cut(string(data), tableBegins)
	_, after, ok2 := strings.Cut(rest, tableEnds)
	if !ok || !ok2 {
		return fmt.Errorf("%s has no place for the table: %s", page, tableBegins)
	}
	var b strings.Builder
	if err := table(&b, rows); err != nil {
		return err
	}
	return os.WriteFile(page, []byte(before+tableBegins+"\n\n"+b.String()+"\n"+tableEnds+after), 0o644)
}
