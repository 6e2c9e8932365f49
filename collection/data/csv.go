package data

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"posthaste/collection"
	"posthaste/collection/source"
)

// CSV as newman's csv-parse 4 reads it: the first record names the columns; white space around fields
// is dropped; a field is quoted when its first character is a quote, and two quotes inside stand for
// one; quotes elsewhere are text; records may be shorter or longer than the header; an empty line is a
// record with one empty field. A record ends at CR LF, LF, or a CR alone when the first line ends so.

// A csvReader reads records one at a time. Only the current one is in memory.
type csvReader struct {
	in      *bufio.Reader
	name    string
	compat  bool
	scan    bool // only count: fields are not kept
	started bool
	delim   byte
	crEnds  bool // a CR alone ends a record
	line    int
	col     int
	slot    []int    // which field of a row a column fills; a name that comes twice keeps its last value
	keys    []string // of a row, in order
	record  []csvField
	buf     []byte
}

type csvField struct {
	text   string
	quoted bool
}

// newCSV scans the file once before any row is used. A mistake in the last line is found before the first request is
// sent, and the number of rows is known.
func newCSV(name string, in *bufio.Reader, opt Options) (*Data, error) {
	d := &Data{rows: &csvReader{in: in, name: name, compat: opt.Compat, line: 1}}
	err := d.scan(name, opt, func(in *bufio.Reader) rowSource {
		return &csvReader{in: in, name: name, compat: opt.Compat, line: 1, scan: true}
	})
	if err != nil {
		return nil, err
	}
	return d, nil
}

// A column whose name comes twice has one place in the row, and its last value counts.
func (c *csvReader) next() (Row, bool, error) {
	if !c.started {
		c.started = true
		if err := c.header(); err != nil {
			return nil, false, err
		}
	}
	ok, err := c.read()
	if err != nil || !ok || c.scan {
		return nil, ok, err
	}
	row := make(Row, 0, len(c.keys))
	for i, f := range c.record {
		if i >= len(c.slot) {
			break
		}
		for len(row) <= c.slot[i] {
			row = append(row, Field{Key: c.keys[len(row)]})
		}
		row[c.slot[i]].Value = c.cast(f)
	}
	return row, true, nil
}

// header settles the delimiter and the line ending, and reads the columns' names.
func (c *csvReader) header() error {
	head, err := c.in.Peek(c.in.Size())
	if err != nil && !errors.Is(err, io.EOF) {
		return c.wrap(err)
	}
	if delim, size := excelDirective(head); size > 0 && !c.compat {
		if _, err := c.in.Discard(size); err != nil {
			return c.wrap(err)
		}
		c.line++
		c.sniff(head[size:])
		c.delim = delim
	} else {
		c.sniff(head)
	}
	keep := c.scan
	c.scan = false
	ok, err := c.read()
	c.scan = keep
	if err != nil || !ok {
		return err
	}
	at := map[string]int{}
	for _, f := range c.record {
		i, seen := at[f.text]
		if !seen {
			i = len(c.keys)
			at[f.text] = i
			c.keys = append(c.keys, f.text)
		}
		c.slot = append(c.slot, i)
	}
	return nil
}

// excelDirective reads the first line that Excel writes and understands, sep=; with any character, and returns the delimiter that it
// names and its size with the line end, 0 when there is no such line.
func excelDirective(head []byte) (delim byte, size int) {
	end := bytes.IndexAny(head, "\r\n")
	if end < 0 {
		return 0, 0
	}
	line := head[:end]
	if len(line) > 1 && line[0] == '"' && line[len(line)-1] == '"' {
		line = line[1 : len(line)-1]
	}
	if len(line) != len("sep=;") || !bytes.EqualFold(line[:4], []byte("sep=")) || line[4] >= utf8.RuneSelf {
		return 0, 0
	}
	if head[end] == '\r' && end+1 < len(head) && head[end+1] == '\n' {
		end++
	}
	return line[4], end + 1
}

// sniff looks at the header: without a comma outside of quotes, it may be delimited by ; or tabs.
func (c *csvReader) sniff(head []byte) {
	c.delim = ','
	quoted := false
	counts := map[byte]int{}
	for i, b := range head {
		switch {
		case b == '"':
			quoted = !quoted
		case quoted:
		case b == '\n' || b == '\r':
			c.crEnds = b == '\r' && (i+1 >= len(head) || head[i+1] != '\n')
			if c.compat || counts[','] > 0 {
				return
			}
			switch {
			case counts[';'] > 0 && counts[';'] >= counts['\t']:
				c.delim = ';'
			case counts['\t'] > 0:
				c.delim = '\t'
			}
			return
		case b == ',' || b == ';' || b == '\t':
			counts[b]++
		}
	}
}

// read reads one record into c.record; false is the end of the file.
func (c *csvReader) read() (bool, error) {
	c.record = c.record[:0]
	for {
		end, err := c.field()
		if err != nil {
			return false, err
		}
		switch end {
		case endOfField:
		case endOfRecord:
			return true, nil
		case endOfFile:
			last := c.record[len(c.record)-1]
			return len(c.record) > 1 || last.quoted || last.text != "", nil
		}
	}
}

// What ended a field.
type fieldEnd uint8

const (
	endOfField fieldEnd = iota
	endOfRecord
	endOfFile
)

// field reads one field and its delimiter.
func (c *csvReader) field() (fieldEnd, error) {
	c.buf = c.buf[:0]
	for {
		b, err := c.byte()
		if err != nil {
			return c.atEOF(err, false)
		}
		switch {
		case b == '"' && len(c.buf) == 0:
			return c.quoted()
		case b == c.delim:
			c.add(false)
			return endOfField, nil
		case c.recordEnd(b):
			c.add(false)
			return endOfRecord, nil
		case len(c.buf) == 0 && trimmable(b):
		default:
			c.buf = append(c.buf, b)
		}
	}
}

// quoted reads the rest of a field whose opening quote was read.
func (c *csvReader) quoted() (fieldEnd, error) {
	line, col := c.line, c.col
	for {
		b, err := c.byte()
		if errors.Is(err, io.EOF) {
			return 0, c.fail(line, col, "add the closing quote, or double a quote that is meant", "quote is never closed")
		}
		if err != nil {
			return 0, c.wrap(err)
		}
		if b != '"' {
			c.buf = append(c.buf, b)
			continue
		}
		if after, err := c.in.Peek(1); err == nil && after[0] == '"' {
			_, _ = c.byte() // it was just seen
			c.buf = append(c.buf, '"')
			continue
		}
		break
	}
	for {
		b, err := c.byte()
		if err != nil {
			return c.atEOF(err, true)
		}
		switch {
		case b == c.delim:
			c.add(true)
			return endOfField, nil
		case c.recordEnd(b):
			c.add(true)
			return endOfRecord, nil
		case !trimmable(b):
			return 0, c.fail(c.line, c.col, "double a quote inside a quoted field, or put the whole field in quotes",
				"text after the closing quote")
		}
	}
}

// atEOF ends the last field, whose line has no line break. Other errors of reading are passed on.
func (c *csvReader) atEOF(err error, quoted bool) (fieldEnd, error) {
	if !errors.Is(err, io.EOF) {
		return 0, c.wrap(err)
	}
	c.add(quoted)
	return endOfFile, nil
}

// add ends the field that c.buf holds.
func (c *csvReader) add(quoted bool) {
	b := c.buf
	if !quoted {
		for len(b) > 0 && trimmable(b[len(b)-1]) {
			b = b[:len(b)-1]
		}
	}
	f := csvField{quoted: quoted}
	switch {
	case c.scan && len(b) > 0:
		f.text = "x" // there is something, which is all that counting asks
	case c.scan:
	case utf8.Valid(b):
		f.text = string(b)
	default:
		f.text = source.Windows1252(b)
	}
	c.record = append(c.record, f)
}

func trimmable(b byte) bool { return b == ' ' || b == '\t' || b == '\n' || b == '\r' || b == '\f' }

// recordEnd reports whether the byte just read ends the record; the LF after a CR is taken along.
func (c *csvReader) recordEnd(b byte) bool {
	switch {
	case b == '\n':
		return true
	case b != '\r':
		return false
	}
	if after, err := c.in.Peek(1); err == nil && after[0] == '\n' {
		_, _ = c.byte() // it was just seen
		return true
	}
	if c.crEnds {
		c.line, c.col = c.line+1, 0
	}
	return c.crEnds
}

// byte reads one byte and keeps line and column, both for error messages only.
func (c *csvReader) byte() (byte, error) {
	b, err := c.in.ReadByte()
	if err != nil {
		return 0, err
	}
	c.col++
	if b == '\n' {
		c.line, c.col = c.line+1, 0
	}
	return b, nil
}

// cast makes numbers of fields that look like some. newman: those of quoted fields stay text.
func (c *csvReader) cast(f csvField) collection.Value {
	if f.quoted || f.text == "" || f.text[0] > '9' { // all that numbers begin with sorts below
		return collection.Text(f.text)
	}
	number, ok := collection.ParseNumber(f.text)
	prefix, ok2 := parseFloatPrefix(f.text)
	if !ok || !ok2 || !(number-prefix+1 >= 0) {
		return collection.Text(f.text)
	}
	v := collection.NumberValue(prefix)
	if !c.compat && v.String() != f.text {
		return collection.Text(f.text)
	}
	return v
}

// parseFloatPrefix reads the number that text begins with, as JavaScript's parseFloat does.
func parseFloatPrefix(s string) (float64, bool) {
	for end := len(s); end > 0; end-- {
		if len(s) > 2 && s[0] == '0' && s[1]|0x20 >= 'a' {
			return 0, true // of 0x10, only the 0
		}
		if f, ok := collection.ParseNumber(s[:end]); ok {
			return f, true
		}
	}
	return 0, false
}

func (c *csvReader) fail(line, col int, hint, msg string) error {
	return &source.ParseError{File: c.name, Pos: source.Pos{Line: line, Col: max(col, 1)}, Hint: hint, Err: errors.New(msg)}
}

func (c *csvReader) wrap(err error) error { return fmt.Errorf("reading %s: %w", c.name, err) }
