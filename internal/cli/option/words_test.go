package option

import (
	"testing"

	"github.com/spf13/pflag"
)

// A word of another tool is one only where the command has the option that it stands for.
func TestWordsOfOtherTools(t *testing.T) {
	for typed, want := range map[string]string{
		"--jobs":      "did you mean --parallel?",
		"--port":      "posthaste x --help shows the options", // this command listens nowhere
		"--parallell": "did you mean --parallel?",
		"-j":          "did you mean --parallel?",
	} {
		flags := pflag.NewFlagSet("x", pflag.ContinueOnError)
		flags.Int("parallel", 0, "")
		err := flags.Parse([]string{typed, "1"})
		if err == nil {
			t.Fatalf("%s is an option", typed)
		}
		if got := flagHint(flags, err); got != want {
			t.Errorf("%s: %q, want %q", typed, got, want)
		}
	}
}
