package subject

import (
	"encoding/binary"
	"sort"
	"strings"
	"unicode/utf16"

	"github.com/tidwall/gjson"

	"posthaste/collection"
)

// A Document is the text of one file with the means to find places in it.
type Document struct {
	file  string
	Text  string
	wide  bool // it was UTF-16, which fixes do not write
	lines []int
	Root  gjson.Result         // of a JSON file; else it does not exist
	items map[int]gjson.Result // objects of folders and requests by where they begin
}

// Document returns a file's text, or nil when it cannot be read.
func (k *Checker) Document(file string) *Document {
	if d, ok := k.documents[file]; ok {
		return d
	}
	var d *Document
	if k.Opt.Source != nil && file != "" {
		if data, err := k.Opt.Source(file); err == nil {
			d = newDocument(file, data)
		}
	}
	k.documents[file] = d
	return d
}

// newDocument reads a file's text and where its lines begin. A file that is not JSON has no Root, and its findings
// are placed by searching the text.
func newDocument(file string, data []byte) *Document {
	d := &Document{file: file}
	d.Text, d.wide = decode(data)
	d.lines = []int{0}
	for i := range len(d.Text) {
		if d.Text[i] == '\n' {
			d.lines = append(d.lines, i+1)
		}
	}
	if gjson.Valid(d.Text) {
		d.Root = gjson.Parse(d.Text)
		d.Root.Index = strings.IndexAny(d.Text, "{[")
		if d.Root.Index < 0 {
			d.Root = gjson.Result{}
		}
	}
	return d
}

// decode reads the encodings that package collection does, as far as a byte order mark tells them.
func decode(data []byte) (text string, wide bool) {
	if len(data) < 2 {
		return string(data), false
	}
	var order binary.ByteOrder
	switch {
	case data[0] == 0xFF && data[1] == 0xFE:
		order = binary.LittleEndian
	case data[0] == 0xFE && data[1] == 0xFF:
		order = binary.BigEndian
	default:
		return strings.TrimPrefix(string(data), "\uFEFF"), false
	}
	units := make([]uint16, 0, len(data)/2)
	for i := 2; i+1 < len(data); i += 2 {
		units = append(units, order.Uint16(data[i:]))
	}
	return string(utf16.Decode(units)), true
}

// pos turns an offset into a place.
func (d *Document) pos(offset int) collection.Pos {
	line := sort.Search(len(d.lines), func(i int) bool { return d.lines[i] > offset })
	return collection.Pos{Line: line, Col: offset - d.lines[line-1] + 1}
}

// Offset turns a place into an offset, -1 for one outside of the text.
func (d *Document) Offset(p collection.Pos) int {
	if p.Line < 1 || p.Line > len(d.lines) {
		return -1
	}
	if at := d.lines[p.Line-1] + p.Col - 1; at >= 0 && at <= len(d.Text) {
		return at
	}
	return -1
}

// line returns a line's text.
func (d *Document) line(n int) string {
	if n < 1 || n > len(d.lines) {
		return ""
	}
	end := len(d.Text)
	if n < len(d.lines) {
		end = d.lines[n] - 1
	}
	return strings.TrimSuffix(d.Text[d.lines[n-1]:end], "\r")
}

// A Span is a part of a document.
type Span struct {
	Doc        *Document
	Start, End int
}

// Known reports whether the span is a part of a document at all.
func (s Span) Known() bool { return s.Doc != nil && s.End >= s.Start && s.Start >= 0 }

// Text is what the span holds, "" when it is not known.
func (s Span) Text() string {
	if !s.Known() {
		return ""
	}
	return s.Doc.Text[s.Start:s.End]
}

// Find narrows the span to the first of some texts that stands in it, as it is or as JSON writes it.
func (s Span) Find(needles ...string) Span {
	for _, needle := range needles {
		quoted := collection.Quote(needle)
		for _, form := range [...]string{needle, quoted[1 : len(quoted)-1]} {
			if i := strings.Index(s.Text(), form); i >= 0 && form != "" {
				return Span{s.Doc, s.Start + i, s.Start + i + len(form)}
			}
		}
	}
	return Span{}
}

// Node is the span of a JSON value.
func (d *Document) Node(r gjson.Result) Span {
	if d == nil || !r.Exists() {
		return Span{}
	}
	end := r.Index + len(r.Raw)
	if r.Index == d.Root.Index {
		end = len(d.Text)
	}
	return Span{d, r.Index, end}
}

// Get takes a key of a JSON object, with its place; of a key given twice the last counts.
func Get(r gjson.Result, key string) gjson.Result {
	var found gjson.Result
	if !r.IsObject() {
		return found
	}
	r.ForEach(func(k, v gjson.Result) bool {
		if k.Str == key {
			found = v
		}
		return true
	})
	return found
}

// Elements returns the values of a list with their places.
func Elements(r gjson.Result) []gjson.Result {
	if !r.IsArray() {
		return nil
	}
	var list []gjson.Result
	r.ForEach(func(_, v gjson.Result) bool {
		list = append(list, v)
		return true
	})
	return list
}

// objects maps where the objects of folders and requests begin to the objects. It is made at the first call.
func (d *Document) objects() map[int]gjson.Result {
	if d.items == nil {
		d.items = map[int]gjson.Result{}
		d.gather(d.Root)
	}
	return d.items
}

// gather notes where items begin, by their offsets in the file.
func (d *Document) gather(r gjson.Result) {
	if !r.IsObject() && !r.IsArray() {
		return
	}
	if r.IsObject() {
		d.items[r.Index] = r
	}
	r.ForEach(func(key, v gjson.Result) bool {
		switch key.Str {
		case "", "item", "collection", "requests", "folders": // "" is an element of a list; the last two are format 1's
			d.gather(v)
		}
		return true
	})
}
