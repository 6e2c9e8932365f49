package data

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/tidwall/gjson"

	"posthaste/collection/source"
)

// streamJSON reads rows of a JSON list, or of JSON lines, one at a time. It looks at the whole source once before, so
// that a broken one is said before the first request. It is nil where the source is neither, or cannot be opened again:
// then the whole text has to be looked at.
func streamJSON(name string, in *bufio.Reader, opt Options) *Data {
	if opt.Open == nil {
		return nil
	}
	if !opt.Compat && beginsWithLine(opt) {
		if d, err := newLines(name, in, opt); err == nil {
			return d
		}
		return nil
	}
	list := func(in *bufio.Reader) rowSource { return &elementReader{in: in, name: name, compat: opt.Compat} }
	d := &Data{rows: list(in)}
	if err := d.scan(name, opt, list); err != nil {
		return nil
	}
	return d
}

// beginsWithLine reports whether the first line is JSON by itself and more follows.
func beginsWithLine(opt Options) bool {
	f, err := opt.Open()
	if err != nil {
		return false
	}
	defer f.Close()
	in, err := newTextReader(f)
	if err != nil {
		return false
	}
	line, err := in.ReadSlice('\n')
	line = bytes.TrimSpace(line)
	if err != nil || len(line) == 0 || line[0] != '{' || source.CheckJSON(string(line), 0) != nil {
		return false
	}
	for {
		switch c, err := in.ReadByte(); {
		case err != nil:
			return false
		case !blank(c):
			return true
		}
	}
}

// A noList says that a text is no list in JSON. What exactly is wrong with it is found out elsewhere.
type noList struct{ name string }

// Error says no more than that.
func (e noList) Error() string { return "reading " + e.name + ": it is no list in JSON" }

// An elementReader yields the elements of a JSON list as rows, and holds one at a time.
type elementReader struct {
	in     *bufio.Reader
	name   string
	compat bool
	begun  bool
	ended  bool
	text   []byte // of the element at hand
}

// next reads one element of the list without holding the rest. What was valid when it was scanned may have changed on
// disk since; noList says so.
func (l *elementReader) next() (Row, bool, error) {
	more, err := l.advance()
	if err != nil || !more {
		return nil, false, err
	}
	src := source.New(l.name, l.text)
	if source.CheckJSON(src.Text, src.Start) != nil {
		return nil, false, noList{l.name}
	}
	return jsonRow(gjson.Parse(src.Text[src.Start:]), l.compat), true, nil
}

// advance takes the next element's text.
func (l *elementReader) advance() (more bool, err error) {
	if l.ended {
		return false, nil
	}
	if !l.begun {
		l.begun = true
		if c, err := l.byte(); err != nil || c != '[' {
			return false, noList{l.name}
		}
		c, err := l.byte()
		if err != nil {
			return false, err
		}
		if c == ']' {
			return false, l.end()
		}
		if err := l.in.UnreadByte(); err != nil {
			return false, err
		}
	}
	return true, l.element()
}

// element reads up to the comma or the bracket behind an element.
func (l *elementReader) element() error {
	l.text = nil
	depth, quoted, escaped := 0, false, false
	for {
		c, err := l.in.ReadByte()
		if err != nil {
			return l.broken(err)
		}
		switch {
		case escaped:
			escaped = false
		case quoted:
			escaped, quoted = c == '\\', c != '"'
		case c == '"':
			quoted = true
		case c == '[' || c == '{':
			depth++
		case depth == 0 && c == ',':
			return nil
		case depth == 0 && c == ']':
			return l.end()
		case c == ']' || c == '}':
			depth--
		}
		l.text = append(l.text, c)
	}
}

// end makes sure that nothing follows the list.
func (l *elementReader) end() error {
	l.ended = true
	switch _, err := l.byte(); {
	case errors.Is(err, io.EOF):
		return nil
	case err != nil:
		return err
	}
	return noList{l.name}
}

// byte returns the next byte that is no blank.
func (l *elementReader) byte() (byte, error) {
	for {
		c, err := l.in.ReadByte()
		if err != nil {
			return 0, l.broken(err)
		}
		if !blank(c) {
			return c, nil
		}
	}
}

func (l *elementReader) broken(err error) error {
	if errors.Is(err, io.EOF) {
		return fmt.Errorf("%w: %w", noList{l.name}, io.EOF)
	}
	return fmt.Errorf("reading %s: %w", l.name, err)
}

func blank(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }
