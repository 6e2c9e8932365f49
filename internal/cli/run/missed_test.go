package run

import (
	"bytes"
	"strings"
	"testing"

	"posthaste/internal/cli/process"
	"posthaste/runner/event"
)

// A rule of --map that a redirect alone needs was of use.
func TestAMapForARedirectIsNotMissed(t *testing.T) {
	w := &witness{}
	w.see(event.RequestSent{Request: event.Request{URL: "https://shop.test/a"}})
	w.visited("shop.test")
	w.visited("Login.test")
	var said bytes.Buffer
	w.say(&process.Process{Stderr: &said}, &runFlags{mappings: []string{"https://shop.test=http://127.0.0.1:1", "https://login.test=http://127.0.0.1:2", "https://other.test=http://127.0.0.1:3"}})
	if got := said.String(); strings.Count(got, "no request of the run was for") != 1 || !strings.Contains(got, "other.test") {
		t.Errorf("it says %q", got)
	}
}
