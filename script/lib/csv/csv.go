// Package csv is require('csv-parse/lib/sync'): text to records with the options and
// errors of csv-parse 1.2.4.
//
// encoding/csv is not used: it knows no quote and escape characters, no relaxed
// quotes in csv-parse's sense, and counts lines differently.
package csv

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/lazy"
	"posthaste/script/lib/native"
)

// New makes the parse function: parse(text or Buffer, options).
func New(env *native.Env) goja.Value {
	return env.Func("parse", 2, func(call goja.FunctionCall) goja.Value {
		r := newReader(env, call.Argument(1))
		if b, ok := env.Bytes(call.Argument(0)); ok {
			r.text = native.DecodeUTF8(b)
		} else {
			r.text, _ = native.UTF8(call.Argument(0).ToString())
		}
		r.text = strings.TrimPrefix(r.text, "\ufeff")
		if err := r.read(); err != nil {
			env.Throw("Error", err.Error())
		}
		return r.result()
	})
}

// A reader is one parse: the options, where it is, and what it has read.
type reader struct {
	env                                        *native.Env
	text                                       string
	delimiter, quote, escape, comment          string
	rows                                       []string // row delimiters; nil until the first is seen
	ltrim, rtrim, relax, relaxCount, skipEmpty bool
	skipBlank, autoParse, autoDate             bool
	columns                                    goja.Value // nil, true, a function, or the list
	names                                      []goja.Value
	object                                     string // the objname option
	from, to                                   int    // -1 when not given
	fieldLimit                                 int    // longest field, in bytes
	field                                      strings.Builder
	started, quoting, commenting, closed       bool         // of the field under way
	line                                       []goja.Value // fields of the line under way
	lines, count, width                        int          // lines that ended, records so far, and columns of a record
	records                                    []any        // the result, unless objname is given
	byName                                     *goja.Object // the result with objname: records by a column's value
}

// newReader reads csv-parse's options; null and undefined leave the default. Values are not
// checked: csv-parse 1 does not check either.
func newReader(env *native.Env, options goja.Value) *reader {
	r := &reader{env: env, delimiter: ",", quote: `"`, escape: `"`, from: -1, to: -1, fieldLimit: 128000}
	o := jsvalue.Object(options)
	if o == nil {
		return r
	}
	flag := func(name string) bool { v := o.Get(name); return v != nil && v.ToBoolean() }
	text := func(name string, into *string) {
		if v := o.Get(name); !jsvalue.IsNullish(v) {
			*into = ""
			if v.ToBoolean() {
				*into = v.String()
			}
		}
	}
	number := func(name string, into *int) {
		if v := o.Get(name); !jsvalue.IsNullish(v) {
			*into = int(v.ToInteger())
		}
	}
	text("delimiter", &r.delimiter)
	text("quote", &r.quote)
	text("escape", &r.escape)
	text("comment", &r.comment)
	text("objname", &r.object)
	r.ltrim, r.rtrim = flag("trim") || flag("ltrim"), flag("trim") || flag("rtrim")
	r.relax, r.relaxCount = flag("relax"), flag("relax_column_count")
	r.skipEmpty, r.skipBlank = flag("skip_empty_lines"), flag("skip_lines_with_empty_values")
	r.autoParse, r.autoDate = flag("auto_parse"), flag("auto_parse_date")
	number("from", &r.from)
	number("to", &r.to)
	number("max_limit_on_data_read", &r.fieldLimit)
	r.rowDelimiters(o.Get("rowDelimiter"))
	if v := o.Get("columns"); !jsvalue.IsNullish(v) {
		r.columns = v
		if list := jsvalue.Object(v); list != nil && lazy.Class(list) == "Array" {
			env.VM.ForOf(list, func(name goja.Value) bool {
				r.names = append(r.names, name)
				return true
			})
		}
	}
	if r.object != "" {
		r.byName = env.VM.NewObject()
	}
	return r
}

// rowDelimiters takes one delimiter or an array of them.
func (r *reader) rowDelimiters(v goja.Value) {
	switch {
	case jsvalue.IsNullish(v):
	case jsvalue.Object(v) != nil:
		r.env.VM.ForOf(v, func(item goja.Value) bool {
			r.rows = append(r.rows, item.String())
			return true
		})
	default:
		r.rows = []string{v.String()}
	}
}

// result is the array of records, or the object by name.
func (r *reader) result() goja.Value {
	if r.byName != nil {
		return r.byName
	}
	return r.env.VM.NewArray(r.records...)
}

// read runs over the whole text, one mark or character at a time, in csv-parse's order:
// escapes, quotes, everything else.
func (r *reader) read() error {
	for i, n := 0, 0; i < len(r.text); n++ {
		r.env.Pause(n)
		rest := r.text[i:]
		if r.rows == nil {
			r.detectRows(rest)
		}
		if n := r.escaped(rest); n > 0 {
			i += n
			continue
		}
		taken, err := r.quoted(rest)
		if err != nil {
			return err
		}
		if taken > 0 {
			i += taken
			continue
		}
		n, err := r.plain(rest)
		if err != nil {
			return err
		}
		i += n
	}
	if r.quoting {
		return fmt.Errorf("Quoted field not terminated at line %d", r.lines+1) //nolint:staticcheck // csv-parse's text
	}
	// The last line may have no line end.
	if r.started || r.closed {
		r.endField()
	}
	if len(r.line) > 0 {
		// csv-parse drops an error in a last line without line end, and the line.
		_ = r.push()
	}
	return nil
}

// detectRows takes the first line end outside of quotes as the row delimiter, "
// ", "\r" or "\r
// ".
func (r *reader) detectRows(rest string) {
	at := -1
	switch {
	case !r.quoting:
		at = 0
	case r.quote != "" && strings.HasPrefix(rest, r.quote):
		at = len(r.quote)
	}
	if at < 0 || at >= len(rest) || rest[at] != '\n' && rest[at] != '\r' {
		return
	}
	r.rows = []string{rest[at : at+1]}
	if strings.HasPrefix(rest[at:], "\r\n") {
		r.rows = []string{"\r\n"}
	}
}

// escaped takes an escape character with the quote or escape after it, and returns their
// length, 0 if missing. Where both are the same character ("" for a quote), it counts
// only within a field: at its start it opens the quotes.
func (r *reader) escaped(rest string) int {
	if r.commenting || r.escape == "" || !strings.HasPrefix(rest, r.escape) {
		return 0
	}
	if r.escape == r.quote && !r.started && !r.quoting {
		return 0
	}
	after := rest[len(r.escape):]
	for _, mark := range []string{r.escape, r.quote} {
		if mark != "" && strings.HasPrefix(after, mark) {
			r.add(mark)
			return len(r.escape) + len(mark)
		}
	}
	return 0
}

// quoted takes an opening or closing quote and returns its length; 0 means that there is no
// quote, or one that the relax option makes text. The errors are csv-parse's.
func (r *reader) quoted(rest string) (int, error) {
	if r.commenting || r.quote == "" || !strings.HasPrefix(rest, r.quote) {
		return 0, nil
	}
	after := rest[len(r.quote):]
	if !r.quoting {
		switch {
		case r.field.Len() == 0:
			r.quoting = true
			return len(r.quote), nil
		case !r.relax:
			return 0, fmt.Errorf("Invalid opening quote at line %d", r.lines+1) //nolint:staticcheck // csv-parse's text
		}
		return 0, nil
	}
	if after == "" || r.rowAt(after) > 0 || strings.HasPrefix(after, r.delimiter) || r.comment != "" && strings.HasPrefix(after, r.comment) {
		r.quoting, r.closed = false, true
		return len(r.quote), nil
	}
	if !r.relax {
		next, _ := utf8.DecodeRuneInString(after)
		return 0, fmt.Errorf("Invalid closing quote at line %d; found %q instead of delimiter %q", r.lines+1, string(next), r.delimiter) //nolint:staticcheck // csv-parse's text
	}
	// relax: the quotes were text after all, so the opening one is put back.
	r.quoting = false
	if text := r.field.String(); text != "" {
		r.field.Reset()
		r.field.WriteString(r.quote + text)
	}
	return 0, nil
}

// rowAt is the length of the row delimiter that s begins with, or 0.
func (r *reader) rowAt(s string) int {
	for _, row := range r.rows {
		if row != "" && strings.HasPrefix(s, row) {
			return len(row)
		}
	}
	return 0
}

// plain takes a delimiter, a row delimiter, or one character of text or comment, and returns
// its length.
func (r *reader) plain(rest string) (int, error) {
	row := r.rowAt(rest)
	// csv-parse also counts the end of the text.
	if row > 0 || len(rest) == 1 {
		r.lines++
	}
	wasComment := false
	switch {
	case !r.commenting && !r.quoting && r.comment != "" && strings.HasPrefix(rest, r.comment):
		r.commenting = true
	case r.commenting && row > 0:
		wasComment, r.commenting = true, false
	}
	delimiter := strings.HasPrefix(rest, r.delimiter)
	if r.commenting || r.quoting || !delimiter && row == 0 {
		return r.character(rest)
	}
	if row > 0 && len(r.line) == 0 && !r.started && !r.closed && (wasComment || r.skipEmpty) {
		return row, nil
	}
	r.endField()
	if delimiter {
		// A delimiter at the very end is followed by an empty field.
		if len(rest) == len(r.delimiter) {
			r.line = append(r.line, r.env.VM.ToValue(""))
			return len(rest), nil
		}
		return len(r.delimiter), nil
	}
	err := r.push()
	r.line = nil
	return row, err
}

// character adds one character to a field, whose size is bounded by max_limit_on_data_read.
// Characters of a comment are dropped, and blanks before a field with ltrim.
func (r *reader) character(rest string) (int, error) {
	_, n := utf8.DecodeRuneInString(rest)
	if r.commenting {
		return n, nil
	}
	if !r.quoting && (rest[0] == ' ' || rest[0] == '\t') && r.ltrim && r.field.Len() == 0 {
		r.started = true
		return n, nil
	}
	r.add(rest[:n])
	if r.field.Len() > r.fieldLimit {
		return 0, fmt.Errorf("Field exceeds max_limit_on_data_read setting (%d) %q", r.fieldLimit, r.delimiter) //nolint:staticcheck // csv-parse's text
	}
	return n, nil
}

// add appends to the field under way.
func (r *reader) add(s string) {
	r.field.WriteString(s)
	r.started = true
}

// endField appends the field under way to the line. Quoted fields keep their blanks.
func (r *reader) endField() {
	text := r.field.String()
	if r.rtrim && !r.closed {
		text = strings.TrimRightFunc(text, func(c rune) bool { return unicode.IsSpace(c) || c == '\ufeff' })
	}
	r.field.Reset()
	r.started, r.closed = false, false
	r.line = append(r.line, r.parsed(text))
}

// parsed gives numbers and dates their types when the options auto_parse and auto_parse_date
// ask for it. NaN is recognised by not being equal to itself.
func (r *reader) parsed(text string) goja.Value {
	vm := r.env.VM
	if !r.autoParse {
		return vm.ToValue(text)
	}
	digits := strings.TrimLeft(text, "+-")
	if len(text)-len(digits) <= 1 && digits != "" && digits[0] != '0' && strings.Trim(digits, "0123456789") == "" {
		if n, err := strconv.ParseFloat(text, 64); err == nil {
			return vm.ToValue(n)
		}
	}
	if f := vm.ToValue(text).ToFloat(); strings.TrimSpace(text) != "" && f == f {
		return vm.ToValue(f)
	}
	if r.autoDate {
		date, err := vm.New(vm.GlobalObject().Get("Date"), vm.ToValue(text))
		if err == nil && date.ToFloat() == date.ToFloat() {
			return date
		}
	}
	return vm.ToValue(text)
}
