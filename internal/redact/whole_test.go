package redact_test

import (
	"testing"

	"posthaste/internal/redact"
)

func TestAShortSecretIsMaskedWhereItIsAWholeValue(t *testing.T) {
	t.Parallel()
	s := &redact.Set{}
	s.Pin("pin", "4711")
	s.Pin("cvv", "12")
	s.Pin("word", "admin")
	for _, test := range []struct{ name, text, want string }{
		{"a member of JSON", `{"pin":"4711","n":1}`, `{"pin":"******","n":1}`},
		{"a number", `{"pin":4711,"n":1}`, `{"pin":"******","n":1}`},
		{"a number with a blank before it", `{"pin": 4711}`, `{"pin": "******"}`},
		{"a member of JSON in JSON", `{"body":"{\"pin\":\"4711\"}"}`, `{"body":"{\"pin\":\"******\"}"}`},
		{"a number of JSON in JSON", `{"body":"{\"pin\":4711}"}`, `{"body":"{\"pin\":\"******\"}"}`},
		{"JSON as the console prints it", `'{\\"pin\\":\\"4711\\",\\"cvv\\":\\"12\\"}'`, `'{\\"pin\\":\\"******\\",\\"cvv\\":\\"******\\"}'`},
		{"an element of a list", `["4711","12"]`, `["******","******"]`},
		{"a field of a form", "pin=4711&cvv=12", "pin=******&cvv=******"},
		{"a parameter of a URL", "https://x.example/a?pin=4711#top", "https://x.example/a?pin=******#top"},
		{"an element of XML", "<pin>4711</pin>", "<pin>******</pin>"},
		{"an attribute", `<card cvv="12"/>`, `<card cvv="******"/>`},
		{"a member as JavaScript writes it", "{ pin: '4711' }", "{ pin: '******' }"},
		{"a longer number", `{"n":47110,"m":14711}`, `{"n":47110,"m":14711}`},
		{"a part of a text", "order 4711 of 12", "order 4711 of 12"},
		{"a part of a path", "https://x.example/admin/12?n=121", "https://x.example/admin/12?n=121"},
		{"a part of a word", `"administrator" 'ad' "admin-x"`, `"administrator" 'ad' "admin-x"`},
		{"a port and a time", "http://localhost:4711/ at 10:12", "http://localhost:4711/ at 10:12"},
	} {
		if got := s.Text(test.text); got != test.want {
			t.Errorf("%s: got %s, want %s", test.name, got, test.want)
		}
	}
}

// A text that was masked when a part of a secret was known is masked again when all of it is.
func TestASecretIsFoundWhereAPartOfItIsMasked(t *testing.T) {
	t.Parallel()
	s := &redact.Set{}
	s.Pin("part", "declaredSecret99")
	before := s.Text("see prefix-declaredSecret99-suffix, and declaredSecret99")
	s.Add("late", "prefix-declaredSecret99-suffix")
	if got, want := s.Text(before), "see ******, and ******"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
