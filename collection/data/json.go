package data

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"posthaste/collection"
	"posthaste/collection/source"
)

// parseJSONData reads a document that begins as JSON. What turns out to be none is CSV or JSON lines.
func parseJSONData(name string, in *bufio.Reader, opt Options) (*Data, error) {
	if d := streamJSON(name, in, opt); d != nil {
		return d, nil
	}
	data, err := io.ReadAll(in)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	src := source.New(name, data)
	f := source.CheckJSON(src.Text, src.Start)
	if f == nil {
		v := gjson.Parse(src.Text[src.Start:])
		if !opt.Compat {
			if err := noRows(src, v); err != nil {
				return nil, err
			}
		}
		return jsonRows(v, opt.Compat), nil
	}
	again := func() *bufio.Reader { return bufio.NewReaderSize(bytes.NewReader(data), 64<<10) }
	first, _, many := strings.Cut(src.Text[src.Start:], "\n")
	if many && !opt.Compat && source.CheckJSON(strings.TrimSpace(first), 0) == nil {
		return newLines(name, again(), opt)
	}
	if opt.Compat || !looksJSON(src.Text[src.Start:]) {
		return newCSV(name, again(), opt)
	}
	return nil, src.ErrorAt(f.At, f.Hint, errors.New(f.Message))
}

// noRows says why a JSON document is no list of rows; nil where it is one.
func noRows(src *source.Source, v gjson.Result) error {
	switch {
	case v.IsArray():
		return nil
	case v.Get("info").Exists() && v.Get("item").Exists():
		return src.ErrorAt(src.Start, "give the collection alone, and the iteration data with -d", errors.New("this is a collection, not iteration data"))
	case v.Get("values").IsArray():
		return src.ErrorAt(src.Start, "give an environment with -e", errors.New("this is an environment, not iteration data"))
	}
	return src.ErrorAt(src.Start, "put brackets around it: [{…}]", errors.New("iteration data is a list of objects, found an object"))
}

// looksJSON tells broken JSON from CSV whose first column's name begins with a bracket.
func looksJSON(text string) bool {
	rest := strings.TrimLeft(text[1:], " \t\r\n")
	if rest == "" {
		return true
	}
	if text[0] == '[' {
		return strings.IndexByte(`{["]}'/`, rest[0]) >= 0
	}
	return strings.IndexByte(`"}'/`, rest[0]) >= 0 || strings.IndexByte(text, '\n') == 1
}

// jsonRows makes a list's elements rows.
func jsonRows(v gjson.Result, compat bool) *Data {
	d := &Data{known: true}
	list := &rowList{compat: compat}
	d.rows = list
	if !v.IsArray() {
		list.raw = []string{"{}"}
	} else {
		v.ForEach(func(_, e gjson.Result) bool {
			list.raw = append(list.raw, e.Raw)
			return true
		})
	}
	d.count = len(list.raw)
	return d
}

// A rowList yields rows from JSON texts.
type rowList struct {
	raw    []string
	compat bool
}

// next parses a row when it is needed, so that a large list is never held as values.
func (l *rowList) next() (Row, bool, error) {
	if len(l.raw) == 0 {
		return nil, false, nil
	}
	raw := l.raw[0]
	l.raw = l.raw[1:]
	return jsonRow(gjson.Parse(raw), l.compat), true, nil
}

// jsonRow makes a row of an object, or of a list, by index; anything else is an empty row. Whole numbers that JavaScript cannot
// hold are text, unless the row must be newman's, which rounds them.
func jsonRow(v gjson.Result, compat bool) Row {
	row := Row{}
	add := func(key string, n gjson.Result, list bool) {
		value := collection.ValueOf(n)
		if !compat && n.Type == gjson.Number && value.String() != n.Raw && isWhole(n.Raw) {
			value = collection.Text(n.Raw)
		}
		row = append(row, Field{key, value, list})
	}
	for key, member := range collection.Members(v) {
		add(key, member, false)
	}
	if v.IsArray() {
		for i, e := range v.Array() {
			add(strconv.Itoa(i), e, true)
		}
	}
	return row
}

func isWhole(number string) bool {
	digits := strings.TrimPrefix(number, "-")
	return len(digits) > 15 && strings.Trim(digits, "0123456789") == ""
}

// A lineReader reads JSON lines: one object a line, empty lines ignored.
type lineReader struct {
	in   *bufio.Reader
	name string
	line int
}

// newLines reads JSON lines, one object a line. Like CSV it is scanned before the run.
func newLines(name string, in *bufio.Reader, opt Options) (*Data, error) {
	d := &Data{rows: &lineReader{in: in, name: name}}
	err := d.scan(name, opt, func(in *bufio.Reader) rowSource { return &lineReader{in: in, name: name} })
	if err != nil {
		return nil, err
	}
	return d, nil
}

// Empty lines are skipped. Places of errors are those of the file, not of the line's text.
func (l *lineReader) next() (Row, bool, error) {
	for {
		text, err := l.in.ReadString('\n')
		l.line++
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, false, fmt.Errorf("reading %s: %w", l.name, err)
		}
		src := source.New(l.name, []byte(text))
		if src.Start == len(src.Text) {
			if err != nil {
				return nil, false, nil //nolint:nilerr // the end of the file is no error
			}
			continue
		}
		if f := source.CheckJSON(src.Text, src.Start); f != nil {
			at := src.Pos(f.At)
			at.Line = l.line
			return nil, false, &source.ParseError{File: l.name, Pos: at, Hint: f.Hint, Err: errors.New(f.Message)}
		}
		return jsonRow(gjson.Parse(src.Text[src.Start:]), false), true, nil
	}
}
