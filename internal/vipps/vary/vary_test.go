package vary

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// TestFields asks often enough to see every field of a response there and not there.
func TestFields(t *testing.T) {
	usual := `{"id":"menu","redirectUrl":"https://example.com/a","expiresIn":598,"n":9007199254740993}`
	seen := map[string]bool{}
	s := New(1)
	for range 200 {
		got := string(s.Fields("qr.redirect.get", []byte(usual)))
		if !json.Valid([]byte(got)) || !strings.Contains(got, "9007199254740993") || !strings.Contains(got, `"id":"menu"`) {
			t.Fatalf("the body became %s", got)
		}
		seen["usual"] = seen["usual"] || got == usual
		seen["without"] = seen["without"] || !strings.Contains(got, "expiresIn")
		seen["grown"] = seen["grown"] || strings.Contains(got, Unknown)
	}
	if len(seen) != 3 || !seen["usual"] || !seen["without"] || !seen["grown"] {
		t.Errorf("in 200 rounds there was %v", seen)
	}
}

func TestWhatIsNotJSONStays(t *testing.T) {
	s := New(1)
	for _, body := range []string{"", "<html>", `{"a":1} {}`, `{"a":`, "\x00"} {
		for range 20 {
			if got := string(s.Fields("ecom.details", []byte(body))); got != body {
				t.Errorf("%q became %q", body, got)
			}
		}
	}
}

func TestASeedMakesTheSameChoices(t *testing.T) {
	draw := func(seed uint64) (list []string) {
		s := New(seed)
		for range 30 {
			list = append(list, string(s.Fields("ecom.details", []byte(`{"orderId":"1","transactionSummary":{},"userDetails":{}}`))), s.One("a", "b", "c"))
		}
		return list
	}
	if !slices.Equal(draw(7), draw(7)) || slices.Equal(draw(7), draw(8)) {
		t.Error("a seed should decide, and nothing else")
	}
}

func TestNobodyVariesWithoutASource(t *testing.T) {
	var s *Source
	if got := string(s.Fields("ecom.details", []byte(`{"orderId":"1"}`))); s.Half() || got != `{"orderId":"1"}` {
		t.Errorf("a source that is not there gave %s", got)
	}
}

// TestTheListsCanBeRead holds what the program takes for granted when it reads its own lists.
func TestTheListsCanBeRead(t *testing.T) {
	if len(Optional()) < 100 || len(Choices()) < 20 {
		t.Fatalf("%d optional fields, %d choices", len(Optional()), len(Choices()))
	}
	for _, c := range Choices() {
		if c.Operation == "" || c.Path == "" || c.Why == "" || c.Value != "" && !json.Valid([]byte(c.Value)) {
			t.Errorf("%+v is not whole", c)
		}
		if strings.Contains(c.Path, " ") {
			t.Errorf("%+v: the path has a space", c)
		}
	}
}
