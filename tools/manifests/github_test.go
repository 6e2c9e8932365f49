package manifests

import (
	"io"
	"strings"
	"testing"

	"github.com/rhysd/actionlint"
)

// lintWorkflow is what actionlint says of a workflow. Shellcheck and pyflakes are not asked.
func lintWorkflow(t *testing.T, text string) []*actionlint.Error {
	t.Helper()
	linter, err := actionlint.NewLinter(io.Discard, &actionlint.LinterOptions{})
	if err != nil {
		t.Fatal(err)
	}
	found, err := linter.Lint("api.yml", []byte(text), nil)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestTheGitHubWorkflowIsOne(t *testing.T) {
	for where, text := range blocks(t, "github") {
		for _, e := range lintWorkflow(t, text) {
			t.Errorf("%s: line %d: %s", where, e.Line, e.Message)
		}
		broken := strings.Replace(text, "needs: shard", "needs: shrad", 1)
		if len(lintWorkflow(t, broken)) == 0 {
			t.Errorf("%s: a job that needs one that is not there went unnoticed", where)
		}
	}
}
