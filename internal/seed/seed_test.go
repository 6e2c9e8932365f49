package seed

import (
	"bytes"
	"io"
	"testing"
	"time"
)

func read(t *testing.T, n int64, label string) []byte {
	t.Helper()
	b := make([]byte, 40)
	if _, err := io.ReadFull(Reader(n, label), b); err != nil {
		t.Fatal(err)
	}
	return b
}

func TestReader(t *testing.T) {
	first := read(t, 7, "scripts")
	if !bytes.Equal(first, read(t, 7, "scripts")) {
		t.Error("the same seed and label give other bytes")
	}
	if bytes.Equal(first, read(t, 8, "scripts")) || bytes.Equal(first, read(t, 7, "requests")) {
		t.Error("another seed or label gives the same bytes")
	}
}

func TestParseTime(t *testing.T) {
	tests := map[string]struct{ give, want string }{
		"a moment":     {"2026-01-31T12:00:00+01:00", "2026-01-31T11:00:00Z"},
		"without zone": {"2026-01-31T12:00:00", "2026-01-31T12:00:00Z"},
		"a date":       {"2026-01-31", "2026-01-31T00:00:00Z"},
		"seconds":      {"86400", "1970-01-02T00:00:00Z"},
		"before 1970":  {"-1", "1969-12-31T23:59:59Z"},
		"no time":      {"tomorrow", ""},
		"out of range": {"99999999999999999", ""},
		"empty":        {"", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := ParseTime(test.give)
			if (err != nil) != (test.want == "") {
				t.Fatalf("error %v", err)
			}
			if err == nil && got.UTC().Format(time.RFC3339) != test.want {
				t.Errorf("ParseTime(%q) = %v, want %s", test.give, got, test.want)
			}
		})
	}
}
