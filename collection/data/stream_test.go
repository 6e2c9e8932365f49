package data

import (
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
)

// tallied tells how much of a text was read.
type tallied struct {
	io.Reader
	n int
}

func (c *tallied) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n += n
	return n, err
}

func TestDataIsReadAsItIsNeeded(t *testing.T) {
	var list, lines strings.Builder
	const rows = 20_000
	for i := range rows {
		fmt.Fprintf(&list, "%c\n {\"n\": %d, \"text\": \"a ] b } \\\" c\"}", "[,"[min(i, 1)], i)
		fmt.Fprintf(&lines, "{\"n\": %d}\n", i)
	}
	list.WriteString("\n]\n")
	for name, text := range map[string]string{"d.json": list.String(), "lines.json": lines.String(), "d.ndjson": lines.String(), "d.csv": "n\n" + strings.Repeat("1\n", 200_000)} {
		in := &tallied{Reader: strings.NewReader(text)}
		open := func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }
		d, err := Parse(name, in, Options{Open: open})
		if err != nil {
			t.Fatal(err)
		}
		if _, ok, err := d.Next(); !ok || err != nil {
			t.Fatal(ok, err)
		}
		if most := 64 << 10; in.n > most {
			t.Errorf("%s: %d of %d bytes were read for the first row", name, in.n, len(text))
		}
	}
}

// TestAStreamedListIsTheListAsAWhole compares rows that come one at a time with those of the whole text, over lists that
// are cut and bent at random.
func TestAStreamedListIsTheListAsAWhole(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 5))
	parts := []string{"[", "]", "{", "}", ",", `"a"`, ":", "1", `"]"`, `"\""`, " ", "\n", "null", `{"a":1}`, `{"b":[1,{"c":"}"}]}`, "[2]"}
	for range 5000 {
		var b strings.Builder
		b.WriteString("[")
		for i := range random.IntN(6) {
			if i > 0 && random.IntN(8) > 0 {
				b.WriteString(",")
			}
			b.WriteString(parts[random.IntN(len(parts))])
		}
		if random.IntN(8) > 0 {
			b.WriteString("]")
		}
		text := b.String()
		read := func(opt Options) string {
			d, err := Parse("d.json", strings.NewReader(text), opt)
			if err != nil {
				return err.Error()
			}
			rows, err := rowsOf(d)
			if err != nil {
				return err.Error()
			}
			return rows
		}
		open := func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }
		for _, compat := range []bool{false, true} {
			if got, want := read(Options{Open: open, Compat: compat}), read(Options{Compat: compat}); got != want {
				t.Fatalf("%q, compat %v:\nstreamed %s\nas a whole %s", text, compat, got, want)
			}
		}
	}
}
