package output

import (
	"io"
	"math"
	"testing"

	"posthaste/reporters"
	"posthaste/reporters/report"
)

// The run cuts bodies to what the reporters show, so that it masks and spools no more.
func TestARunKeepsOfBodiesWhatItsReportsShow(t *testing.T) {
	for name, test := range map[string]struct {
		reporters []string
		options   map[string]string
		want      int
	}{
		"nothing for a bar":            {[]string{"progress"}, nil, 0},
		"the most that one shows":      {[]string{"cli", "junit", "json"}, nil, 1 << 20},
		"more where an option says so": {[]string{"cli", "json"}, map[string]string{"bodyLimit": "2000000"}, 2000000},
		"all where an option says so":  {[]string{"json", "cli"}, map[string]string{"bodyLimit": "all"}, math.MaxInt},
		"less, but not for the others": {[]string{"junit", "json"}, map[string]string{"bodyLimit": "10"}, 64 << 10},
	} {
		out := &Reports{}
		for _, reporter := range test.reporters {
			spec, _ := reporters.Find(reporter)
			if err := out.make(&output{target: io.Discard}, spec, report.Config{Options: test.options}); err != nil {
				t.Fatal(err)
			}
		}
		out.Discard()
		if out.Bodies != test.want {
			t.Errorf("%s: the run keeps %d bytes of each body, want %d", name, out.Bodies, test.want)
		}
	}
}
