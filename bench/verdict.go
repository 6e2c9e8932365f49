package main

import (
	"fmt"
	"runtime"
	"strconv"
)

// A row is a runner's line of a table, as text.
type row struct{ wall, limits, cpu, peak, wallRatio, cpuRatio string }

// row is false where the runner was not measured.
func (res result) row(name string) (row, bool) {
	samples := res.samples[name]
	if len(samples) == 0 {
		return row{}, false
	}
	of := func(who string, what func(sample) float64) float64 { return spreadOf(res.samples[who], what).median }
	walls := spreadOf(samples, wall)
	r := row{
		wall: digits(walls.median), limits: digits(walls.least) + " – " + digits(walls.most),
		cpu: digits(of(name, cpu)), peak: fmt.Sprintf("%.0f", spreadOf(samples, space).median),
	}
	if own := of(ours, wall); own > 0 {
		r.wallRatio = digits(walls.median / own)
	}
	if own := of(ours, cpu); own > 0 {
		r.cpuRatio = digits(of(name, cpu) / own)
	}
	return r, true
}

// digits writes three of them.
func digits(f float64) string {
	switch {
	case f >= 100:
		return strconv.FormatFloat(f, 'f', 0, 64)
	case f >= 10:
		return strconv.FormatFloat(f, 'f', 1, 64)
	case f >= 1:
		return strconv.FormatFloat(f, 'f', 2, 64)
	}
	return strconv.FormatFloat(f, 'f', 3, 64)
}

// A verdict is whether a target was met.
type verdict struct{ what, outcome string }

func (res result) verdicts() []verdict {
	var list []verdict
	for _, t := range res.targets {
		list = append(list, t.verdict(res))
	}
	return list
}

// verdict compares medians of wall time, or of peak memory. A target whose runner was not measured is neither met nor
// missed, and the page says so.
func (t target) verdict(res result) verdict {
	own := spreadOf(res.samples[ours], wall).median
	other := spreadOf(res.samples[t.against], wall).median
	var v verdict
	var met bool
	measured := own > 0 && other > 0
	said := ""
	switch {
	case t.peak > 0:
		peak := spreadOf(res.samples[ours], space).median
		measured, met = peak > 0, peak < t.peak
		v.what, said = fmt.Sprintf("under %.0f MB", t.peak), fmt.Sprintf("%.0f MB", peak)
	case t.slower > 0:
		met = own <= t.slower*other
		v.what, said = fmt.Sprintf("at most %g × %s", t.slower, t.against), digits(own/other)+" ×"
	case t.faster > 1:
		met = other >= t.faster*own
		v.what, said = fmt.Sprintf("at least %g × as fast as %s", t.faster, t.against), digits(other/own)+" ×"
	default:
		met = other > own
		v.what, said = "ahead of "+t.against, digits(other/own)+" ×"
	}
	switch {
	case !measured:
		v.outcome = "not measured"
	case met:
		v.outcome = "met, " + said
	default:
		v.outcome = "not met, " + said
	}
	return v
}

// machine is what the person says, else what Go knows.
func machine(said string) string {
	if said != "" {
		return said
	}
	return fmt.Sprintf("%s/%s with %d cores", runtime.GOOS, runtime.GOARCH, runtime.NumCPU())
}
