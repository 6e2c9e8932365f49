// Package data reads iteration data, the rows of a run: JSON, JSON lines and CSV.
//
// Rows are read one by one while a run goes on, so a file of gigabytes takes no memory. It is scanned once before the
// first request is sent: a mistake in the last line must not show after an hour. Errors carry file, line and column.
package data

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"posthaste/collection"
	"posthaste/collection/source"
)

// A Row is one iteration's data, in the file's order. Keys come once.
type Row []Field

// A Field is one value of a row.
type Field struct {
	Key    string
	Value  collection.Value
	InList bool // the row is a list, and this its element at the index Key
}

// Get returns the value of a key, or undefined.
func (r Row) Get(key string) collection.Value {
	for _, f := range r {
		if f.Key == key {
			return f.Value
		}
	}
	return collection.Value{}
}

// Options say how iteration data is read. The zero value is ready to use.
type Options struct {
	// Compat reads CSV as newman does: every unquoted field that looks like a number becomes one
	// (007 is 7), the delimiter is always a comma, and broken JSON is taken for CSV. Without it a field
	// becomes a number only when the number prints back the same, a header without a comma may be
	// delimited by semicolons or tabs, and broken JSON is an error.
	Compat bool

	// Open opens the data once more. With it Parse looks through the whole of a CSV or JSON lines
	// file at once, so that Count is known and errors come before the first row. Nil is fine.
	Open func() (io.ReadCloser, error)
}

// Data yields the rows of an iteration data file. CSV and JSON lines are read as they are asked for;
// JSON is held in memory. It is not safe for concurrent use.
type Data struct {
	rows  rowSource
	count int
	empty int // rows of JSON that hold nothing
	known bool
}

// A rowSource makes rows; ok is false after the last one.
type rowSource interface {
	next() (row Row, ok bool, err error)
}

// Parse begins to read iteration data: a JSON list of objects, CSV with a header row, or JSON lines.
//
// newman: JSON is tried first, then CSV. Elements of a JSON list that are neither objects nor lists are empty rows; JSON
// that is no list gives one empty row.
func Parse(name string, r io.Reader, opt Options) (*Data, error) {
	in, err := newTextReader(r)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	head, err := in.Peek(4096)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, bufio.ErrBufferFull) {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	text := strings.TrimLeftFunc(string(head), source.IsSpace)
	lines := strings.EqualFold(path.Ext(name), ".jsonl") || strings.EqualFold(path.Ext(name), ".ndjson")
	switch {
	case lines:
		return newLines(name, in, opt)
	case strings.HasPrefix(text, "[") || strings.HasPrefix(text, "{"):
		return parseJSONData(name, in, opt)
	}
	return newCSV(name, in, opt)
}

// Next returns the next row; ok is false after the last one. Errors name file, line and column.
func (d *Data) Next() (row Row, ok bool, err error) { return d.rows.next() }

// Count returns how many rows there are in all, and false when that is not known in advance.
func (d *Data) Count() (n int, known bool) { return d.count, d.known }

// Void reports whether there are rows and none of them holds a value, as in a JSON list of numbers. It is false where that
// is not known in advance.
func (d *Data) Void() bool { return d.known && d.count > 0 && d.empty == d.count }

// scan counts rows by reading the source once more.
func (d *Data) scan(name string, opt Options, rows func(*bufio.Reader) rowSource) error {
	if opt.Open == nil {
		return nil
	}
	f, err := opt.Open()
	if err != nil {
		return fmt.Errorf("opening %s: %w", name, err)
	}
	defer f.Close()
	in, err := newTextReader(f)
	if err != nil {
		return fmt.Errorf("reading %s: %w", name, err)
	}
	src := rows(in)
	for {
		row, ok, err := src.next()
		if err != nil {
			return err
		}
		if !ok {
			d.known = true
			return nil
		}
		d.count++
		if row != nil && len(row) == 0 {
			d.empty++
		}
	}
}

// newTextReader decodes UTF-16 and drops a byte order mark. Text in Latin-1 passes through; csv decodes
// it field by field.
func newTextReader(r io.Reader) (*bufio.Reader, error) {
	in := bufio.NewReaderSize(r, 64<<10)
	head, err := in.Peek(256)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	var dec transform.Transformer
	switch {
	case bytes.HasPrefix(head, []byte{0xEF, 0xBB, 0xBF}):
		_, err := in.Discard(3)
		return in, err
	case bytes.HasPrefix(head, []byte{0xFF, 0xFE}), source.LooksUTF16(head, 1):
		dec = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder()
	case bytes.HasPrefix(head, []byte{0xFE, 0xFF}), source.LooksUTF16(head, 0):
		dec = unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder()
	default:
		return in, nil
	}
	return bufio.NewReaderSize(transform.NewReader(in, dec), 64<<10), nil
}
