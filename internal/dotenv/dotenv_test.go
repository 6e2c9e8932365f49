package dotenv

import (
	"errors"
	"testing"
)

func TestParse(t *testing.T) {
	tests := map[string]struct{ give, key, value string }{
		"plain":                     {"A=b", "A", "b"},
		"exported":                  {"export A=b", "A", "b"},
		"in double quotes":          {`A="b c\n\"d\""`, "A", "b c\n\"d\""},
		"in single quotes":          {`A='b\n'`, "A", `b\n`},
		"with a comment":            {"A=b # c", "A", "b"},
		"in quotes, with a comment": {`A="b" # c "d"`, "A", "b"},
		"a hash in a value":         {"A=b#c", "A", "b#c"},
		"an equals sign":            {"A=Y8==", "A", "Y8=="},
		"a comment":                 {"# A=b", "", ""},
		"an empty line":             {"  ", "", ""},
		"an empty value":            {"A=", "A", ""},
		"over two lines":            {"A=\"b\nc\"", "A", "b\nc"},
		"a line end of Windows":     {"A=b\r\n", "A", "b"},
		"a byte order mark":         {"\uFEFFA=b", "A", "b"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			list, err := Parse(test.give)
			if err != nil {
				t.Fatal(err)
			}
			var got Entry
			if len(list) > 0 {
				got = list[0]
			}
			if got.Key != test.key || got.Value != test.value || len(list) > 1 {
				t.Errorf("Parse(%q) = %v, want %q and %q", test.give, list, test.key, test.value)
			}
		})
	}
}

func TestErrorsNameTheLineAndNotWhatItHolds(t *testing.T) {
	for give, want := range map[string]Error{
		"A=b\nno assignment": {Line: 2},
		"A=b\n\nB=\"c\nd":    {Line: 3, Unclosed: "B"},
		"A B=c":              {Line: 1},
		"=c":                 {Line: 1},
	} {
		_, err := Parse(give)
		var got *Error
		if !errors.As(err, &got) || *got != want {
			t.Errorf("Parse(%q) gave %v, want line %d", give, err, want.Line)
		}
	}
}

func TestEntriesKnowTheLineTheyBeginIn(t *testing.T) {
	list, err := Parse("# c\nA='x\ny'\nB=z\n")
	if err != nil || len(list) != 2 || list[0].Line != 2 || list[1].Line != 4 {
		t.Errorf("%v, %v", list, err)
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"A=b", "A='b", "A=\"b\\\"c\"", "export A = b # c", "=", "\n#\nA=\"x\ny\""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		list, err := Parse(text)
		if err != nil && list != nil {
			t.Errorf("Parse(%q) = %v, %v", text, list, err)
		}
		last := 0
		for _, e := range list {
			if e.Key == "" || e.Line <= last {
				t.Errorf("Parse(%q) gave %v", text, e)
			}
			last = e.Line
		}
	})
}
