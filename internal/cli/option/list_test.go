package option_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/spf13/pflag"

	"posthaste/internal/cli/option"
)

func TestAListIsWhatWasGiven(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		args []string
		want []string
	}{
		"nothing":                   {nil, nil},
		"one":                       {[]string{"--x", "a"}, []string{"a"}},
		"several, in their order":   {[]string{"--x=b", "--x", "a", "--x=b"}, []string{"b", "a", "b"}},
		"commas and quotes stay":    {[]string{"--x", `a,"b"`}, []string{`a,"b"`}},
		"an empty value is a value": {[]string{"--x", ""}, []string{""}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			flags := pflag.NewFlagSet("test", pflag.ContinueOnError)
			var got []string
			option.List(flags, &got, "x", "a `word`; may be repeated")
			if err := flags.Parse(test.args); err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("%q gives %q, want %q", test.args, got, test.want)
			}
			if _, repeats := flags.Lookup("x").Value.(pflag.SliceValue); !repeats {
				t.Error("pflag does not know it as one that may be repeated")
			}
			if help := flags.FlagUsages(); len(test.args) == 0 && strings.Contains(help, "default") {
				t.Errorf("help names a default: %s", help)
			}
		})
	}
}
