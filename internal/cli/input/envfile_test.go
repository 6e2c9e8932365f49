package input

import "testing"

func TestDotenvLines(t *testing.T) {
	tests := map[string]struct{ give, key, value string }{
		"plain":             {"A=b", "A", "b"},
		"exported":          {"export A=b", "A", "b"},
		"in double quotes":  {`A="b c\n\"d\""`, "A", "b c\n\"d\""},
		"in single quotes":  {`A='b\n'`, "A", `b\n`},
		"with a comment":    {"A=b # c", "A", "b"},
		"a hash in a value": {"A=b#c", "A", "b#c"},
		"an equals sign":    {"A=Y8==", "A", "Y8=="},
		"a comment":         {"# A=b", "", ""},
		"an empty line":     {"  ", "", ""},
		"an empty value":    {"A=", "A", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			key, value, err := DotenvLine(test.give)
			if key != test.key || value != test.value || err != nil {
				t.Errorf("dotenvLine(%q) = %q, %q, %v", test.give, key, value, err)
			}
		})
	}
	for _, line := range []string{"no assignment", `A="b`, "A B=c"} {
		if _, _, err := DotenvLine(line); err == nil {
			t.Errorf("dotenvLine(%q) gave no error", line)
		}
	}
}
