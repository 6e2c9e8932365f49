package check

import (
	"math/rand/v2"
	"net/http"
	"testing"
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
		want  Outcome
	}{
		"ledger-right":       {"lk_12345678", AllRight},
		"ledger-outage":      {"lk_00000000", CannotSay},
		"ledger-refused":     {"lk_87654321", Finding},
		"ledger-odd-refused": {"87654321", Finding},
		"ledger-placeholder": {"<your key>", Finding},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			rules, err := Parse("ledger.yaml", []byte(ledger))
			if err != nil {
				t.Fatal(err)
			}
			c := Checker{Rules: rules, Send: &caller{serve: serve}, Now: clock, Rand: rand.NewChaCha8([32]byte{})}
			in := Input{File: "ledger.json", Version: "test", Variables: []Variable{{Name: "API-KEY", Value: test.value}}}
			report, err := c.Run(t.Context(), in)
			if err != nil {
				t.Fatal(err)
			}
			if report.Outcome != test.want {
				t.Errorf("outcome = %q, want %q", report.Outcome, test.want)
			}
			text := asText(t, report, Style{Unicode: true})
			holds(t, report, in, text)
			compareGolden(t, "ledger/"+name+".txt", text)
		})
	}
}

func TestFormats(t *testing.T) {
	sc := ways("2023")["10-wrong-client-secret"]
	report, _ := sc.run(t)
	report.Lines[4].Line = 12
	for name, text := range outputs(t, report) {
		compareGolden(t, "formats/"+name+".txt", text)
	}
	unclear, _ := rows()["t-outage"].run(t)
	compareGolden(t, "formats/unclear.xml", outputs(t, unclear)["junit"])
	compareGolden(t, "formats/ascii.txt", asText(t, &Report{
		API: "Vipps", Environment: "TEST", Host: "h", File: "Bjørn’s miljø.json", Outcome: AllRight,
		Lines: []Line{{Status: OK, Subject: "nøkkel", Text: "…\x1b[31m→"}}, Verdict: "Alt – bra.",
	}, Style{}))
}

func TestInputThatCannotBeChecked(t *testing.T) {
	other, err := Parse("ledger.yaml", []byte(ledger))
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct {
		rules *Rules
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
