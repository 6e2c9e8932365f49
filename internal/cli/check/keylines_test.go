package check

import "testing"

func TestKeyLines(t *testing.T) {
	lines := newKeyLines([]byte("{\"values\":[\n{\"key\" : \"a\",\"value\":\"x\"},\n\n{\"value\":\"\\\"key\\\":\",\"key\":\"b\"},\n{\"key\":\"a\"}]}"))
	for i, want := range []struct {
		name string
		line int
	}{{"a", 2}, {"b", 4}, {"a", 5}, {"c", 0}} {
		if got := lines.next(want.name); got != want.line {
			t.Errorf("%d: %s stands in line %d, want %d", i, want.name, got, want.line)
		}
	}
}
