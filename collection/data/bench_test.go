package data

import (
	"io"
	"strings"
	"testing"
)

func BenchmarkCSV(b *testing.B) {
	const rows = 10000
	text := "id,name,amount,note\n" + strings.Repeat("1007,Some Name,12.50,\"a, b\"\n", rows)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		open := func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }
		d, err := Parse("d.csv", strings.NewReader(text), Options{Open: open})
		if err != nil {
			b.Fatal(err)
		}
		n := 0
		for {
			_, ok, err := d.Next()
			if err != nil {
				b.Fatal(err)
			}
			if !ok {
				break
			}
			n++
		}
		if count, _ := d.Count(); n != rows || count != rows {
			b.Fatal(n, count)
		}
	}
}
