package input

import (
	"bytes"
	"context"
	"io"
	"os"

	"posthaste/collection/data"
	"posthaste/internal/cli/process"
	"posthaste/internal/filekind"
	"posthaste/runner"
)

// Data opens the iteration data. Files are streamed; what comes from elsewhere is in memory.
// rows is --data-rows, "" for all. The caller closes the file when the run is over; it may be
// there even with an error.
func (r *Reader) Data(ctx context.Context, name, rows string) (runner.Rows, io.Closer, error) {
	open, err := r.openData(ctx, name)
	if err != nil {
		return nil, nil, err
	}
	first, err := open()
	if err != nil {
		return nil, nil, r.source("iteration data", name).explain(err)
	}
	all, err := data.Parse(name, first, data.Options{Compat: r.Compat, Open: open})
	if err != nil {
		return nil, first, r.misfitRows(process.Usage("", "reading the iteration data: %w", err), name, open)
	}
	if err := r.misfitRows(nil, name, open); err != nil {
		return nil, first, err
	}
	if !r.Compat {
		if n, known := all.Count(); known && n == 0 {
			r.Process.Warn("the iteration data %s has no rows: one iteration runs without data", name)
		}
		if all.Void() {
			r.Process.Warn("the iteration data %s is no list of objects: no row holds a value", name)
		}
	}
	if rows == "" {
		return all, first, nil
	}
	part, err := parseSlice(rows)
	if err != nil {
		return nil, first, err
	}
	some := Sliced(all, part.from, part.to)
	// A range beyond the data would be a run without iterations, green.
	if n, known := some.Count(); known && n == 0 {
		whole, _ := all.Count()
		return nil, first, errNoRows(rows, whole)
	}
	return some, first, nil
}

// openData returns a function that opens the iteration data, again and again: counting rows
// needs a pass of its own. Only regular files can be read twice; everything else is read now.
func (r *Reader) openData(ctx context.Context, name string) (func() (io.ReadCloser, error), error) {
	path := r.Process.Path(name)
	if info, err := os.Stat(path); name != "-" && !IsURL(name) && err == nil && info.Mode().IsRegular() {
		return func() (io.ReadCloser, error) { return os.Open(path) }, nil
	}
	_, data, err := r.source("iteration data", name).read(ctx)
	if err != nil {
		return nil, err
	}
	return func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil }, nil
}

// misfitRows is Misfit for iteration data, whose first 16 KB are read again: all the rest of a text would be read as
// CSV. newman reads it so.
func (r *Reader) misfitRows(err error, name string, open func() (io.ReadCloser, error)) error {
	if r.Compat {
		return err
	}
	again, cannot := open()
	if cannot != nil {
		return err
	}
	defer again.Close()
	head, cannot := io.ReadAll(io.LimitReader(again, 16<<10))
	if cannot != nil || err == nil && !filekind.Of(name, head).Text() {
		return err
	}
	return Misfit(err, "iteration data", name, head)
}
