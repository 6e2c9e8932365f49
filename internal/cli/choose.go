package cli

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"posthaste/collection"
	"posthaste/internal/near"
	"posthaste/internal/selection"
	"posthaste/lint"
	"posthaste/runner"
)

// choose returns what --include and its kin select, nil for everything. A selection that takes nothing is an error
// that names what looks alike.
func (r *running) choose() (func(*collection.Item) bool, error) {
	f := r.flags
	filter := selection.Filter{Include: f.include, Exclude: f.exclude, Grep: f.grep, Tags: f.tags}
	if f.lastFailed {
		paths, err := r.process.lastFailed(r.source)
		if err != nil {
			return nil, err
		}
		filter.Paths = paths
	}
	inside := r.collection.Selected
	if filter.Empty() && inside == nil {
		return nil, nil
	}
	matches, err := filter.Compile()
	if err != nil {
		return nil, usage("", "selecting requests: %w", err)
	}
	take := func(item *collection.Item) bool { return within(item, inside) && matches(item) }
	if !slices.ContainsFunc(r.collection.Requests(), take) {
		return nil, usage(r.nearPaths(), "the selection takes no request of the collection")
	}
	if !f.withDependencies {
		return take, nil
	}
	needed := lint.Dependencies(r.collection, take)
	return func(item *collection.Item) bool { return take(item) || slices.Contains(needed, item) }, nil
}

// within tells whether an item is, or is in, what the user named of a collection of format 3.
func within(item, selected *collection.Item) bool {
	for at := item; selected != nil && at != selected; at = at.Parent {
		if at == nil {
			return false
		}
	}
	return true
}

// nearPaths names the paths that look like what was included.
func (r *running) nearPaths() string {
	var paths []string
	for _, item := range r.collection.Requests() {
		paths = append(paths, selection.Path(item))
	}
	for _, glob := range r.flags.include {
		if best := near.Names(strings.Trim(glob, "*/"), paths, 3); len(best) > 0 {
			return "did you mean " + quoted(best) + "?"
		}
	}
	return "posthaste list " + r.source + " shows the paths"
}

func quoted(names []string) string {
	list := make([]string, len(names))
	for i, n := range names {
		list[i] = strconv.Quote(n)
	}
	return strings.Join(list, ", ")
}

// globs returns a function that tells whether an item matches one of the patterns, nil without patterns.
func globs(what string, patterns []string) (func(*collection.Item) bool, error) {
	if len(patterns) == 0 {
		return nil, nil
	}
	take, err := (&selection.Filter{Include: patterns}).Compile()
	if err != nil {
		return nil, usage("", "--%s: %w", what, err)
	}
	return take, nil
}

// A slice is --data-rows: rows counted from 1, both ends included; 0 is open.
type slice struct{ from, to int }

// parseSlice reads "10:20", "10:", ":20" or "10".
func parseSlice(text string) (slice, error) {
	from, to, isRange := strings.Cut(text, ":")
	if !isRange {
		to = from
	}
	var s slice
	for _, end := range []struct {
		text string
		into *int
	}{{from, &s.from}, {to, &s.to}} {
		if end.text == "" {
			continue
		}
		n, err := strconv.Atoi(end.text)
		if err != nil || n < 1 {
			return s, usage("rows are counted from 1, such as 10:20", "--data-rows %s is no range of rows", text)
		}
		*end.into = n
	}
	if s.to != 0 && s.from > s.to {
		return s, usage("rows are counted from 1, such as 10:20", "--data-rows %s is no range of rows", text)
	}
	return s, nil
}

// A slicedData is a part of the iteration data.
type slicedData struct {
	runner.Rows
	slice slice
	at    int // rows read so far
}

// Next returns the next row of the slice.
func (d *slicedData) Next() (collection.Row, bool, error) {
	for {
		if d.slice.to != 0 && d.at >= d.slice.to {
			return nil, false, nil
		}
		row, ok, err := d.Rows.Next()
		if !ok || err != nil {
			return row, ok, err
		}
		d.at++
		if d.at >= d.slice.from {
			return row, true, nil
		}
	}
}

// Count returns how many rows the slice has, when that is known.
func (d *slicedData) Count() (int, bool) {
	n, known := d.Rows.Count()
	if d.slice.to != 0 {
		n = min(n, d.slice.to)
	}
	return max(0, n-max(0, d.slice.from-1)), known
}

// errNoRows says that a slice is beyond the data.
func errNoRows(text string, rows int) error {
	return usage("", "--data-rows %s takes none of the %s rows", text, fmt.Sprint(rows))
}
