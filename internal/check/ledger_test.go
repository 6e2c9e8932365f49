package check

import (
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"testing"

	"posthaste/internal/check/evidence"
	"posthaste/internal/check/report"
	"posthaste/internal/check/rule"
	"posthaste/internal/check/value"
)

// Another API is described by a file alone.
func TestAnotherAPI(t *testing.T) {
	serve := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.Header.Get("X-Api-Key") {
		case "lk_12345678":
		case "lk_00000000":
			w.WriteHeader(http.StatusBadGateway)
		default:
			w.WriteHeader(http.StatusUnauthorized)
		}
	})
	tests := map[string]struct {
		value string
		want  report.Outcome
	}{
		"ledger-right":       {"lk_12345678", report.AllRight},
		"ledger-outage":      {"lk_00000000", report.CannotSay},
		"ledger-refused":     {"lk_87654321", report.Finding},
		"ledger-odd-refused": {"87654321", report.Finding},
		"ledger-placeholder": {"<your key>", report.Finding},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			rules, err := rule.Parse("ledger.yaml", []byte(ledger))
			if err != nil {
				t.Fatal(err)
			}
			c := Checker{Rules: rules, Send: &caller{serve: serve}, Now: clock, Rand: rand.NewChaCha8([32]byte{})}
			in := Input{File: "ledger.json", Version: "test", Variables: []value.Variable{{Name: "API-KEY", Value: test.value}}}
			found, err := c.Run(t.Context(), in)
			if err != nil {
				t.Fatal(err)
			}
			if found.Outcome != test.want {
				t.Errorf("outcome = %q, want %q", found.Outcome, test.want)
			}
			text := asText(t, found, report.Style{Unicode: true})
			holds(t, found, in, text)
			compareGolden(t, "ledger/"+name+".txt", text)
		})
	}
}

// What an API of one's own does not say is not taken for said.
func TestAnotherAPIThatSaysLittle(t *testing.T) {
	tests := map[string]struct {
		old, with string
		rule      string
	}{
		"a rule that proves nothing":      {"    proves: [key]\n", "", "not-proved"},
		"a token that is not there":       {"    method: GET\n", "    method: GET\n    keep: token\n", "no-token"},
		"an answer of another shape":      {"    status: [2xx]\n", "    status: [2xx]\n    shape: [account object]\n", "not-believed"},
		"a page, where no shape is known": {"api: Ledger", "api: Page", "not-believed"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			rules, err := rule.Parse("ledger.yaml", []byte(strings.Replace(ledger, test.old, test.with, 1)))
			if err != nil {
				t.Fatal(err)
			}
			serve := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				if rules.API == "Page" {
					w.Header().Set("Content-Type", "text/html")
				}
			})
			c := Checker{Rules: rules, Send: &caller{serve: serve}, Now: clock, Rand: rand.NewChaCha8([32]byte{})}
			found, err := c.Run(t.Context(), Input{File: "l.json", Variables: vars("api_key", "lk_12345678")})
			if err != nil {
				t.Fatal(err)
			}
			if found.Outcome != report.CannotSay || !slices.Contains(found.Rules, test.rule) {
				t.Errorf("it is %s by %v, want unclear by %s:\n%s", found.Outcome, found.Rules, test.rule, asText(t, found, report.Style{}))
			}
		})
	}
}

func TestFormats(t *testing.T) {
	sc := ways("2023")["10-wrong-client-secret"]
	found, _ := sc.run(t)
	found.Lines[4].Line = 12
	for name, text := range outputs(t, found) {
		compareGolden(t, "formats/"+name+".txt", text)
	}
	unclear, _ := rows()["t-outage"].run(t)
	compareGolden(t, "formats/unclear.xml", outputs(t, unclear)["junit"])
	compareGolden(t, "formats/ascii.txt", asText(t, &report.Report{
		API: "Vipps", Environment: "TEST", Host: "h", File: "Bjørn’s miljø.json", Outcome: report.AllRight,
		Lines: []report.Line{report.Proved("nøkkel", "…\x1b[31m→", evidence.Seen("x"))}, Verdict: "Alt – bra.",
	}, report.Style{}))
}

func TestInputThatCannotBeChecked(t *testing.T) {
	other, err := rule.Parse("ledger.yaml", []byte(ledger))
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct {
		rules *rule.Rules
		in    Input
		want  string
	}{
		"a product that is not there":      {builtin(t), Input{Products: []string{"payments"}}, `there is no product "payments"; the products are epayment, recurring, login`},
		"an environment that is not there": {other, Input{Production: true}, "ledger.yaml knows no production environment of Ledger"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := Checker{Rules: test.rules, Now: clock}
			_, err := c.Run(t.Context(), test.in)
			if err == nil || err.Error() != test.want {
				t.Errorf("error = %v, want %s", err, test.want)
			}
		})
	}
}
