package report

import (
	"strings"
	"testing"
)

func TestValuesAreComparedByLine(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		expected, actual string
		path             string
		lines            []string // those that differ; nil: no diff
	}{
		"a member of JSON":           {`{"a":1,"b":{"c":[1,2,3]}}`, `{"a":1,"b":{"c":[1,9,3]}}`, "b.c[1]", []string{"-       2", "+       9"}},
		"what scripts print":         {`{ id: 1, list: [ 1, { a: 'y' } ], more: true }`, `{ id: 1, list: [ 1, { a: 'x' } ], un: undefined }`, "list[1].a", []string{"-       a: 'y'", "+       a: 'x'", "-   more: true", "+   un: undefined"}},
		"a text that holds JSON":     {`'{"a":[1,2,4]}'`, `'{"a":[1,2,3]}'`, "a[2]", []string{`-     4`, `+     3`}},
		"a member that is missing":   {`[ 1, 2, 3 ]`, `[ 1, 3 ]`, "[1]", nil},
		"marks within texts":         {`{ a: 'x, } ]' }`, `{ a: 'y, } ]' }`, "a", []string{"-   a: 'x, } ]'", "+   a: 'y, } ]'"}},
		"a quote within a text":      {`{ a: 'it\'s, 1' }`, `{ a: 'it\'s, 2' }`, "a", []string{`-   a: 'it\'s, 1'`, `+   a: 'it\'s, 2'`}},
		"members that are left out":  {`{ a: 1, …(3) }`, `{ a: 2, …(3) }`, "a", []string{"-   a: 1", "+   a: 2"}},
		"an object against a number": {`{"a":1}`, `1`, "", nil},
		"texts":                      {`'a'`, `'b'`, "", nil},
		"half a value":               {`{"a":1`, `{"a":2`, "", nil},
		"equal as far as they go":    {`{"a":1}`, `{ "a": 1 }`, "", nil},
		"nothing":                    {``, `{}`, "", nil},
		"too deep": {
			strings.Repeat("[", 99) + strings.Repeat("]", 99), strings.Repeat("[", 99) + "1" + strings.Repeat("]", 99), "", nil,
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d, ok := Compare(c.expected, c.actual)
			if name == "a member that is missing" {
				if !ok || d.Path != c.path {
					t.Errorf("Compare gives %v, %+v, want a difference at %s", ok, d, c.path)
				}
				return
			}
			var got []string
			for _, l := range d.Lines {
				if l.Sign != ' ' {
					got = append(got, string(l.Sign)+" "+l.Text)
				}
			}
			if ok != (c.lines != nil) || d.Path != c.path || strings.Join(got, "\n") != strings.Join(c.lines, "\n") {
				t.Errorf("Compare gives %v, path %q and\n%s\nwant path %q and\n%s", ok, d.Path, strings.Join(got, "\n"), c.path, strings.Join(c.lines, "\n"))
			}
		})
	}
}

func FuzzCompare(f *testing.F) {
	f.Add(`{"a":[1,2]}`, `{ a: [ 1, 'x' ] }`)
	f.Fuzz(func(t *testing.T, a, b string) {
		d, ok := Compare(a, b)
		if ok && len(d.Lines) > shownDiff+1 {
			t.Errorf("%d lines are told", len(d.Lines))
		}
		if _, ok := Compare(a, a); ok {
			t.Errorf("%q differs from itself", a)
		}
	})
}
