package main

import (
	"fmt"
	"io"
	"math"
)

// svg draws the wall time of each runner in multiples of Posthaste's: a row a workload, a dot a runner, on a
// logarithmic axis.
func (r report) svg(w io.Writer) error {
	const left, right, top, step = 60.0, 740.0, 70.0, 44.0
	var loads []result
	most := 10.0
	for _, res := range r.results {
		if res.memory() {
			continue
		}
		loads = append(loads, res)
		for _, t := range r.runners() {
			most = max(most, res.ratio(t.name))
		}
	}
	const least = 0.05
	x := func(ratio float64) float64 {
		return left + (right-left)*math.Log(max(ratio, least)/least)/math.Log(most*1.3/least)
	}
	height := top + step*float64(len(loads)) + 20
	fmt.Fprintf(w, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 780 %.0f" font-family="sans-serif" font-size="13">`+"\n", height)
	fmt.Fprintf(w, `<title>Wall time of each runner, in multiples of Posthaste's</title><rect width="780" height="%.0f" fill="#fff"/>`+"\n", height)
	for i, t := range r.runners() {
		at := left + float64(i)*115
		fmt.Fprintf(w, `<circle cx="%.0f" cy="20" r="6" fill="%s"/><text x="%.0f" y="25">%s</text>`+"\n", at, colour(t.name), at+11, t.name)
	}
	for tick := 0.1; tick <= most*1.3; tick *= 10 {
		fmt.Fprintf(w, `<line x1="%.1f" x2="%.1f" y1="48" y2="%.0f" stroke="#ddd"/><text x="%.1f" y="46" text-anchor="middle" fill="#555">%g ×</text>`+"\n", x(tick), x(tick), height-12, x(tick), tick)
	}
	for i, res := range loads {
		y := top + step*float64(i) + 10
		fmt.Fprintf(w, `<text x="16" y="%.0f" font-weight="bold">%s</text><line x1="%.0f" x2="%.0f" y1="%.0f" y2="%.0f" stroke="#eee"/>`+"\n", y+5, res.letter, left, right, y, y)
		for _, t := range r.runners() {
			if ratio := res.ratio(t.name); ratio > 0 {
				fmt.Fprintf(w, `<circle cx="%.1f" cy="%.0f" r="6" fill="%s"><title>%s: %s ×</title></circle>`+"\n", x(ratio), y, colour(t.name), t.name, digits(ratio))
			}
		}
	}
	_, err := fmt.Fprintln(w, `</svg>`)
	return err
}

// ratio is a runner's wall time to ours; 0 where one is missing.
func (res result) ratio(name string) float64 {
	own := spreadOf(res.samples[ours], wall).median
	if own <= 0 {
		return 0
	}
	return spreadOf(res.samples[name], wall).median / own
}

// colour is a runner's, told apart also by those who see few.
func colour(name string) string {
	return map[string]string{"posthaste": "#ff5b24", "bare": "#777777", "newman": "#0072b2", "k6": "#7d64ff", "hurl": "#009e73", "bru": "#d9a400"}[name]
}
