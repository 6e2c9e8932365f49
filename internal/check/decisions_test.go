package check

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The decision table and the list of errors, as they were researched: each row with the scenarios that it became.
// A scenario is named by its golden file.

func decisionTable() [][]string {
	return [][]string{
		{"T network error", "rows/t-no-such-name", "rows/t-refused", "rows/t-timeout", "rows/t-inspecting-proxy"},
		{"T missing subscription key", "fixtures/subkey-missing"},
		{"T invalid subscription key", "fixtures/subkey-invalid"},
		{"T client_id not known", "fixtures/client-id-unknown", "rows/t-client-id-of-2017"},
		{"T client_secret wrong", "fixtures/client-secret-wrong", "rows/t-secret-of-2018"},
		{"T client_secret expired", "fixtures/client-secret-expired"},
		{"T header dropped", "fixtures/client-id-missing", "rows/t-id-not-sent-old", "rows/t-secret-not-sent"},
		{"T Origin sent", "fixtures/origin-header"},
		{"T firewall", "rows/t-firewall-html", "rows/t-firewall-empty"},
		{"T 404", "fixtures/path-not-found", "rows/t-wrong-path"},
		{"T 429", "fixtures/rate-limited", "rows/t-too-many-calls"},
		{"T 5xx", "rows/t-outage"},
		{"T appid of another", "rows/t-token-of-another"},
		{"P1 200", "fixtures/token-ok", "rows/p1-all-fit"},
		{"P1 subscription key lost its product", "rows/p1-key-lost-its-product"},
		{"P1 token not accepted", "fixtures/token-not-accepted", "rows/p1-token-not-accepted"},
		{"P1 403", "fixtures/msn-subkey-403", "rows/p1-msn-and-key"},
		{"P1 Invalid MSN", "fixtures/msn-mismatch", "rows/p1-supermerchant", "rows/p1-msn-of-a-psp", "rows/p1-no-msn-in-the-text"},
		{"P2 404", "rows/p2-epayment-on"},
		{"P2 403", "rows/p2-epayment-off"},
		{"P2' code 35", "fixtures/ecom-order-not-found", "rows/p1-not-there-p2-fits"},
		{"P3 Recurring", "rows/p3-recurring-on", "rows/p3-recurring-off", "rows/p3-recurring-forbidden"},
		{"P4 discovery", "rows/p4-login"},
		{"S second subscription key", "rows/s-each-for-its-own", "rows/s-crossed", "rows/s-token-key-in-both", "rows/s-call-key-unknown"},
	}
}

func errorList() [][]string {
	return [][]string{
		{"1", "fixtures/subkey-missing"},
		{"2", "fixtures/subkey-invalid"},
		{"3", "fixtures/subscription-not-found"},
		{"4", "fixtures/client-id-unknown"},
		{"4b", "rows/t-client-id-of-2017"},
		{"5", "fixtures/client-secret-wrong", "rows/t-secret-of-2018"},
		{"6", "fixtures/client-secret-expired"},
		{"7", "fixtures/client-id-missing", "rows/t-id-not-sent-old"},
		{"8", "rows/t-secret-not-sent"},
		{"9", "fixtures/origin-header"},
		{"10", "rows/t-firewall-html", "rows/t-firewall-empty"},
		{"11", "fixtures/path-not-found", "rows/t-wrong-path"},
		{"12", "fixtures/token-not-accepted"},
		{"13", "rows/p1-bad-jwt"},
		{"14", "fixtures/msn-subkey-403"},
		{"15", "fixtures/msn-mismatch", "rows/p1-supermerchant", "rows/p1-msn-of-a-psp", "rows/p1-no-msn-in-the-text"},
		{"16", "rows/p1-login-only"},
		{"17", "rows/p1-partner-keys"},
		{"18", "rows/p1-blocked-unit"},
		{"19"}, // userinfo with a subscription key: check never asks userinfo
		{"20", "fixtures/rate-limited", "rows/t-too-many-calls"},
		{"21", "rows/p1-wrong-json-types"},
		{"22", "rows/p1-locked"},
		{"23", "rows/t-outage"},
	}
}

// TestEveryRowIsAScenario holds that nothing of what was researched is without a scenario, and no golden file
// without one either.
func TestEveryRowIsAScenario(t *testing.T) {
	golden := map[string]bool{}
	for id := range fixtureScenarios(t) {
		golden["fixtures/"+id] = false
	}
	for name := range rows() {
		golden["rows/"+name] = false
	}
	for _, table := range [][][]string{decisionTable(), errorList()} {
		for _, row := range table {
			for _, name := range row[1:] {
				if _, ok := golden[name]; !ok {
					t.Errorf("row %s: there is no scenario %s", row[0], name)
				}
			}
		}
	}
	for _, folder := range []string{"fixtures", "rows"} {
		files, err := filepath.Glob(filepath.Join("testdata", "golden", folder, "*.txt"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			name := folder + "/" + strings.TrimSuffix(filepath.Base(file), ".txt")
			if _, ok := golden[name]; !ok {
				t.Errorf("%s belongs to no scenario", file)
			}
			golden[name] = true
		}
	}
	for name, isThere := range golden {
		if !isThere {
			t.Errorf("%s has no golden file", name)
		}
	}
	t.Logf("%d fixtures and %d rows, %d of the decision table and %d of the list of errors",
		len(fixtureScenarios(t)), len(rows()), len(decisionTable()), len(errorList()))
}

// TestTablesAreTheResearchedOnes counts the rows of the notes that all this was made from.
func TestTablesAreTheResearchedOnes(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "vipps", "domain.md"))
	if err != nil {
		t.Skip("skipped: ../shared is not here")
	}
	section := func(title string) string {
		_, after, _ := strings.Cut(string(data), "\n### "+title)
		text, _, _ := strings.Cut(after, "\n## ")
		text, _, _ = strings.Cut(text, "\n### ")
		return text
	}
	var steps, numbers []string
	for _, m := range regexp.MustCompile(`(?m)^\| (T|P\d'?|S) (?:\x60|\|)`).FindAllStringSubmatch(section("3.6"), -1) {
		steps = append(steps, m[1])
	}
	for _, m := range regexp.MustCompile(`(?m)^\| (\d+b?) \|`).FindAllStringSubmatch(section("3.5"), -1) {
		numbers = append(numbers, m[1])
	}
	var ours, listed []string
	for _, row := range decisionTable() {
		step, _, _ := strings.Cut(row[0], " ")
		ours = append(ours, step)
	}
	for _, row := range errorList() {
		listed = append(listed, row[0])
	}
	if !slices.Equal(ours, steps) {
		t.Errorf("the decision table has rows %q, the notes %q", ours, steps)
	}
	if !slices.Equal(listed, numbers) {
		t.Errorf("the list of errors has rows %q, the notes %q", listed, numbers)
	}
}
