package newman

import "testing"

func TestUpperCamelJoinsWordsAsNewmanDoes(t *testing.T) {
	tests := map[string]struct{ give, want string }{
		"letters and digits part":       {"fooBar v1.2 API-x", "FooBarV12ApiX"},
		"capitals before a word part":   {"ABCdef", "AbCdef"},
		"accents go":                    {"été 2x", "Ete2X"},
		"other scripts leave nothing":   {"支払い", ""},
		"escaped marks are words to it": {"D &quot;&lt;", "DQuotLt"},
		"a path is one run of words":    {"Fold / Get", "FoldGet"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := upperCamel(test.give); got != test.want {
				t.Errorf("upperCamel(%q) = %q, want %q", test.give, got, test.want)
			}
		})
	}
}
