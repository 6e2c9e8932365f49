package subject

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/tidwall/gjson"
)

// A Fix is a change of one file that removes a finding and changes nothing else of what the file says.
type Fix struct {
	About      string // what it does, as an imperative
	File       string
	Start, End int    // bytes of the file's text, without its byte order mark
	Text       string // what comes in their place
}

// Replace makes a fix that puts text in the place of a JSON value.
func (d *Document) Replace(r gjson.Result, text, about string) *Fix {
	return d.ReplaceSpan(d.Node(r), text, about)
}

// ReplaceSpan makes a fix that puts text in the place of a part of the file.
func (d *Document) ReplaceSpan(s Span, text, about string) *Fix {
	if d.wide {
		return nil
	}
	return &Fix{about, d.file, s.Start, s.End, text}
}

// Remove makes a fix that takes an element, not the first, out of a list, with the comma before it.
func (d *Document) Remove(nodes []gjson.Result, i int, about string) *Fix {
	if d.wide || i == 0 {
		return nil
	}
	before := nodes[i-1]
	return &Fix{about, d.file, before.Index + len(before.Raw), nodes[i].Index + len(nodes[i].Raw), ""}
}

// Apply returns a file's bytes with the fixes of that file made, and how many there were. Of fixes that touch the
// same place the first is made; the others are left to the next time.
func Apply(file string, data []byte, found []Finding) ([]byte, int, error) {
	var fixes []*Fix
	for _, f := range found {
		if f.Fix != nil && f.Fix.File == file {
			fixes = append(fixes, f.Fix)
		}
	}
	slices.SortStableFunc(fixes, func(a, b *Fix) int { return a.Start - b.Start })
	mark := []byte("\uFEFF")
	body := bytes.TrimPrefix(data, mark)
	var out []byte
	out = append(out, data[:len(data)-len(body)]...)
	at, made := 0, 0
	for _, x := range fixes {
		if x.Start < at {
			continue
		}
		if x.End < x.Start || x.End > len(body) {
			return nil, 0, fmt.Errorf("fixing %s: the file has changed since it was read", file)
		}
		out = append(append(out, body[at:x.Start]...), x.Text...)
		at, made = x.End, made+1
	}
	return append(out, body[at:]...), made, nil
}
