package write

import (
	"strings"
	"testing"
)

func TestSafeStem(t *testing.T) {
	tests := map[string]struct{ give, want string }{
		"what file systems refuse":     {`a/b\c:d*e?f"g<h>i|j`, "a-b-c-d-e-f-g-h-i-j"},
		"what survives":                {"[sm] pq {id} — é", "[sm] pq {id} — é"},
		"dots at the end":              {"succeeded..", "succeeded--"},
		"a blank at the end":           {"a ", "a-"},
		"up":                           {"..", "--"},
		"up and away":                  {"../../etc/passwd", "-.-..-etc-passwd"},
		"hidden":                       {".resources", "-resources"},
		"nothing":                      {"", "-"},
		"a device of Windows":          {"con.x", "-con.x"},
		"another":                      {"LPT1", "-LPT1"},
		"a line end and a zero":        {"a\nb\x00", "a-b-"},
		"bytes that are no characters": {"a\xffb", "a-b"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := safeStem(test.give); got != test.want {
				t.Errorf("safeStem(%q) = %q, want %q", test.give, got, test.want)
			}
		})
	}
	if got := safeStem(strings.Repeat("é", 300)); len(got) != maxStem {
		t.Errorf("a long name has %d bytes, want %d", len(got), maxStem)
	}
}
