package transport

import (
	"strings"
	"testing"

	"posthaste/collection"
)

// DifferentNames may say no where it does not know, but yes only where a map of the names in lower case says so too.
func TestDifferentNames(t *testing.T) {
	t.Parallel()
	many := make([]string, 30)
	for i := range many {
		many[i] = strings.Repeat("x", i+1)
	}
	tests := map[string]struct {
		names []string
		want  bool
	}{
		"no line":                             {nil, true},
		"one line":                            {[]string{"Accept"}, true},
		"two names":                           {[]string{"Accept", "Host"}, true},
		"two names of one length":             {[]string{"Accept", "Cookie"}, true},
		"one name twice":                      {[]string{"Host", "Accept", "Host"}, false},
		"one name in two cases":               {[]string{"X-Id", "x-iD"}, false},
		"the empty name twice":                {[]string{"", ""}, false},
		"a name and its beginning":            {[]string{"X", "X-Y"}, true},
		"a letter that only folds to another": {[]string{"\u017fet", "set", "x"}, false},
		"a dotted I becomes an i":             {[]string{"\u0130", "i"}, false},
		"more than a few":                     {many, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			lines, lower := make([]collection.Header, len(test.names)), map[string]bool{}
			for i, one := range test.names {
				lines[i].Key = one
				lower[strings.ToLower(one)] = true
			}
			got := DifferentNames(lines)
			if got != test.want {
				t.Errorf("DifferentNames(%q) = %t, want %t", test.names, got, test.want)
			}
			if got && len(lower) != len(lines) {
				t.Errorf("DifferentNames(%q) says that they differ", test.names)
			}
		})
	}
}
