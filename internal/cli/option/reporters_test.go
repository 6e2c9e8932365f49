package option

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestOptionalValuesAreJoinedAsCommanderReadsThem(t *testing.T) {
	tests := map[string]struct{ give, want string }{
		"bail alone":                        {"c.json --bail", "c.json --bail"},
		"bail with a modifier":              {"c.json --bail folder", "c.json --bail=folder"},
		"bail with both":                    {"--bail folder,failure c.json", "--bail=folder,failure c.json"},
		"bail before the collection":        {"--bail c.json", "--bail c.json"},
		"bail before another option":        {"--bail -k c.json", "--bail -k c.json"},
		"a delay":                           {"--delay-request 10 c.json", "--delay-request=10 c.json"},
		"a delay without a value":           {"c.json --delay-request", "c.json --delay-request"},
		"reporters":                         {"c.json -r cli,json", "c.json -r=cli,json"},
		"reporters in one word":             {"c.json -rcli,json", "c.json -r=cli,json"},
		"reporters alone":                   {"c.json -r", "c.json -r"},
		"an equals sign stays":              {"--timeout=5 c.json", "--timeout=5 c.json"},
		"behind two dashes nothing changes": {"-- --bail folder", "-- --bail folder"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := strings.Join(JoinValues(strings.Fields(test.give)), " ")
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestReporterOptionsFindTheirReporter(t *testing.T) {
	tests := map[string]struct {
		give     string
		reporter string
		option   string
		want     string
	}{
		"with an equals sign":              {"--reporter-junit-export=x.xml", "junit", "export", "x.xml"},
		"with the next argument":           {"--reporter-junit-export x.xml c.json", "junit", "export", "x.xml"},
		"without a value":                  {"--reporter-cli-no-success-assertions -k", "cli", "noSuccessAssertions", "true"},
		"for every reporter":               {"--reporter-no-banner -k", "cli", "noBanner", "true"},
		"the general one wins":             {"--reporter-cli-export a --reporter-export b", "cli", "export", "b"},
		"of a reporter that is not chosen": {"--reporter-html-export a", "junit", "htmlExport", "a"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, raw := TakeReporterOptions(strings.Fields(test.give))
			got, ok := SortReporterOptions(raw, []string{"cli", "junit"}).Option(test.reporter, test.option)
			if got != test.want || !ok {
				t.Errorf("option(%q, %q) = %q, %v, want %q", test.reporter, test.option, got, ok, test.want)
			}
		})
	}
}
