package data

import (
	"io"
	"strings"
	"testing"

	"posthaste/collection"
)

func FuzzData(f *testing.F) {
	for _, s := range []string{
		"a,b\n1,2\n", "a;b\r\n\"x\"\"y\";z\r\n", "\"a\nb\"\t c\n1\t2", "[{\"a\":1},2]", "{\"a\":1}\n{\"a\":2}\n", "a\r1\r", "\xff\xfea\x00\n\x00", "a,\"b\n", "[id],b\n1,2",
		"a\n1e3\n0x1\n.5\n-0\n+7\n", "\xef\xbb\xbfa\n\xf8\n", ",\n,,,\n\n\n",
	} {
		f.Add(s, false)
		f.Add(s, true)
	}
	f.Fuzz(func(t *testing.T, text string, compat bool) {
		open := func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }
		d, err := Parse("fuzz.csv", strings.NewReader(text), Options{Compat: compat, Open: open})
		if err != nil {
			return
		}
		want, known := d.Count()
		if !known {
			t.Fatal("count is not known in spite of Open")
		}
		n := 0
		for {
			row, ok, err := d.Next()
			if err != nil {
				t.Fatalf("the scan found no error, reading did: %v", err)
			}
			if !ok {
				break
			}
			n++
			for _, f := range row {
				if f.Value.Kind() == collection.Number && !compat && !strings.Contains(text, f.Value.String()) && !strings.ContainsAny(text, "[{\x00") {
					t.Errorf("number %s is not in the file", f.Value)
				}
			}
		}
		if n != want {
			t.Errorf("%d rows, counted %d", n, want)
		}
	})
}
