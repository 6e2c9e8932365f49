package vipps_test

import (
	"io"
	"path/filepath"
	"strings"
	"testing"
)

// Where nobody answers at all, a teardown looks at each payment once and goes on.
func TestATeardownWithoutNetworkEnds(t *testing.T) {
	t.Parallel()
	file, err := filepath.Abs("../../collections/vipps-epayment-v1.postman_collection.json")
	if err != nil {
		t.Fatal(err)
	}
	c := start(t, t.TempDir(), "run", file, "--folder", "Teardown", "--allow-host", "127.0.0.1", "--env-var", "base_url=http://127.0.0.1:1",
		"--env-var", "client_id=a", "--env-var", "client_secret=b", "--env-var", `to_tear_down=["r1","r2"]`)
	out, err := io.ReadAll(c.out)
	if err != nil {
		t.Fatal(err)
	}
	<-c.done
	if got := strings.Count(string(out), "↳ See that nothing is left"); got != 2 {
		t.Errorf("it looked %d times, want twice, in\n%s\n%s", got, out, c.printed)
	}
}
