package newman

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"posthaste/reporters/report"
	"posthaste/runner/event"
)

func TestCutBreaksAsNewmanDoes(t *testing.T) {
	tests := map[string]struct {
		give string
		n    int
		want []string
	}{
		"short text is one line":               {"a b", 10, []string{"a b"}},
		"nothing is no line":                   {"", 10, nil},
		"a line breaks within a word":          {"abcdef", 4, []string{"abcd", "ef"}},
		"spaces stay where they are":           {"abc  def", 4, []string{"abc ", " def"}},
		"empty lines vanish":                   {"a\n\nb\n", 5, []string{"a", "b"}},
		"a full line has no empty one after":   {"abcd", 4, []string{"abcd"}},
		"an emoji takes two and is never torn": {"ab😀c", 3, []string{"ab", "😀c"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, cut(test.give, test.n)); diff != "" {
				t.Errorf("cut(%q, %d) differs (-want +got):\n%s", test.give, test.n, diff)
			}
		})
	}
}

func TestInspectedQuotesAsNodeDoes(t *testing.T) {
	for give, want := range map[string]string{
		`a`: `'a'`, `it's`: `"it's"`, `a"b`: `'a"b'`, `'"`: "`'\"`", "'\"`": "'\\'\"`'", "a\nb\\": `'a\nb\\'`,
	} {
		if got := inspected(give); got != want {
			t.Errorf("inspected(%q) is %s, want %s", give, got, want)
		}
	}
}

func TestNewmanTerminalMasksBeforeItCutsLines(t *testing.T) {
	var out bytes.Buffer
	known := false
	secret := strings.Repeat("secret", 20)
	mask := func(text string) string {
		if known {
			text = strings.ReplaceAll(text, secret, "••••")
		}
		return text
	}
	r := NewCLI(report.Config{Out: &out, Terminal: report.Terminal{Unicode: true, Width: 80}, Mask: mask})
	s := &event.Summary{}
	step := event.Step{ID: "1"}
	for _, e := range []event.Event{
		event.RunStarted{Iterations: 1},
		event.ItemStarted{Step: step, Item: event.Item{Name: "login"}},
		event.Console{Step: step, Level: "log", Args: []string{"'" + secret + "'"}},
	} {
		s.Add(e)
		if err := r.Report(event.Recorded(e), s); err != nil {
			t.Fatal(err)
		}
	}
	known = true // a script stores it where secrets are kept
	finished := event.ItemFinished{Step: step, Item: event.Item{Name: "login"}}
	s.Add(finished)
	if err := r.Report(event.Recorded(finished), s); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "  │ '••••'\n") || strings.Contains(out.String(), "secret") {
		t.Errorf("the secret is there in pieces:\n%s", out.String())
	}
}
