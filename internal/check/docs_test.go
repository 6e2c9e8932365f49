package check

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"posthaste/internal/check/report"
	"posthaste/internal/check/rule"
)

// docs/check.md shows the example, the verdicts and the keys as they are.
func TestDocumentation(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "..", "docs", "check.md"))
	if err != nil {
		t.Fatal(err)
	}
	doc := string(data)
	if !strings.Contains(doc, "```yaml\n"+ledger+"```\n") {
		t.Error("the example of another API is not the one that is tried")
	}
	for _, rule := range builtin(t).Rules {
		if !strings.Contains(doc, "`"+rule.ID+"`") {
			t.Errorf("rule %s is not explained", rule.ID)
		}
	}
	for _, typ := range []string{"Rules", "Environment", "Hosts", "Kind", "Sign", "Value", "Pattern", "Claim", "Step", "Field", "Rule"} {
		for _, key := range rule.KeysOf(typ) {
			if !strings.Contains(doc, "`"+key+"`") && !strings.Contains(doc, "`"+key+": ") {
				t.Errorf("the key %s of %s is not explained", key, typ)
			}
		}
	}
	for _, word := range rule.BuiltinWords() {
		if !strings.Contains(doc, "`{"+word+"}`") {
			t.Errorf("the word {%s} is not explained", word)
		}
	}
	found, _ := ways("2023")["10-wrong-client-secret"].run(t)
	text, _, _ := strings.Cut(asText(t, found, report.Style{}), "\nFor support")
	if shown := "    " + strings.ReplaceAll(strings.TrimSpace(text), "\n", "\n    "); !strings.Contains(doc, strings.ReplaceAll(shown, "\n    \n", "\n\n")) {
		t.Errorf("the report that is shown is not\n%s", shown)
	}
}
