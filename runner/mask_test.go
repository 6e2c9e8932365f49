package runner

import (
	"bytes"
	"testing"

	"posthaste/collection"
	"posthaste/internal/redact"
	"posthaste/runner/event"
)

// A cut body that is a piece of the whole one keeps all of it in memory, for as long as a report holds the event.
func TestACutBodyDoesNotHoldTheWhole(t *testing.T) {
	whole := bytes.Repeat([]byte("x"), 1<<20)
	for name, m := range map[string]masker{
		"of a report":       {bodies: 10},
		"of a nested run":   {bodies: 10, later: true},
		"of a larger limit": {bodies: 100 << 10},
	} {
		got := m.Body(event.Body{Data: whole, Size: int64(len(whole))})
		if !got.Cut || len(got.Data) < m.bodies || !m.later && len(got.Data) > m.bodies {
			t.Errorf("%s: the body has %d bytes and cut is %t, want %d bytes of it", name, len(got.Data), got.Cut, m.bodies)
		}
		if &got.Data[0] == &whole[0] {
			t.Errorf("%s: the body is a piece of the whole", name)
		}
	}
}

// A plain string is told by a shorter way than other values. It has to end where the long one does, whatever is secret.
func TestAVariableIsMaskedAsTheJSONThatItIs(t *testing.T) {
	secrets := []string{"s3cretvalue", "abc", "1234", `quo"ted1`, `back\slash1`, "tab\tbed99", "ünïcödé-1", "true", "{{open", "12345678"}
	texts := append([]string{
		"", " ", `"`, "plain", "czNjcmV0dmFsdWU=", "s3cretval…", "s3cretval...", "x=abc", "x=abc&y=1", "'abc'", " abc ", "s3cretvalue and more", "a\nb", "\x01", "\u2028", "</x>",
	}, secrets...)
	for _, known := range secrets {
		set := &redact.Set{}
		set.Pin("one", known)
		m := masker{secrets: set}
		for _, text := range texts {
			for _, value := range []string{text, `"` + text + `"`, collection.Quote(text), `["` + text + `"]`, `{"` + text + `":"` + text + `"}`, `"` + text, text + `"`} {
				for range 3 { // also as what is remembered
					got, want := m.Variable(value), string(set.JSON([]byte(value), nil, nil))
					if got != want {
						t.Errorf("with %q known, %q became %q, want %q", known, value, got, want)
					}
				}
			}
		}
	}
}
