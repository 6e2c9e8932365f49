package input

import (
	"fmt"
	"strconv"
	"strings"

	"posthaste/collection/data"
	"posthaste/internal/cli/process"
	"posthaste/runner"
)

// A slice is --data-rows: rows counted from 1, both ends included; 0 is an open end.
type slice struct{ from, to int }

// parseSlice reads "10:20", "10:", ":20" or "10". Everything else is an error, also 0 and a
// range that runs backwards.
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
			return s, process.Usage("rows are counted from 1, such as 10:20", "--data-rows %s is no range of rows", text)
		}
		*end.into = n
	}
	if s.to != 0 && s.from > s.to {
		return s, process.Usage("rows are counted from 1, such as 10:20", "--data-rows %s is no range of rows", text)
	}
	return s, nil
}

// Sliced returns the rows from one to another, counted from 1, both ends included; 0 is an
// open end. Rows before the first are read and dropped.
func Sliced(rows runner.Rows, from, to int) runner.Rows {
	return &slicedData{Rows: rows, slice: slice{from: from, to: to}}
}

// A slicedData is a part of the iteration data. It implements runner.Rows.
type slicedData struct {
	runner.Rows
	slice slice
	at    int // rows read so far
}

// Next returns the next row of the slice.
func (d *slicedData) Next() (data.Row, bool, error) {
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

// Count returns how many rows the slice has, if that is known.
func (d *slicedData) Count() (int, bool) {
	n, known := d.Rows.Count()
	if d.slice.to != 0 {
		n = min(n, d.slice.to)
	}
	return max(0, n-max(0, d.slice.from-1)), known
}

// errNoRows is the error of a slice beyond the data.
func errNoRows(text string, rows int) error {
	return process.Usage("", "--data-rows %s takes none of the %s rows", text, fmt.Sprint(rows))
}
