package output

import (
	"os"
	"path/filepath"
	"strings"

	"posthaste/internal/cli/option"
	"posthaste/internal/cli/process"
	"posthaste/reporters/report"
)

// A Settings is what flags say of the reports: which there are, and how they look.
type Settings struct {
	Names          []string // of reporters, without aliases
	Options        option.ReporterOptions
	Output         string // how much the cli reporter prints
	Color          string // "auto", "on" or "off"
	Verbose        bool
	Silent         bool
	DisableUnicode bool
	Compat         bool   // newman's layouts and places
	Consequences   string // what JUnit makes of failures that follow from others: "fail" or "skip"
	foldsFirst     bool   // what the others print is folded for GitHub
}

// terminal says what standard output can show.
func (r *Settings) terminal(p *process.Process) report.Terminal {
	return report.Terminal{
		Colour: p.Colour(r.Color), Unicode: (p.Unicode() || r.Compat) && !r.DisableUnicode, Width: p.Width,
		Live: isLive(p), Verbose: r.Verbose, Silent: r.Silent, Output: r.Output,
		Commands: p.Getenv("GITHUB_ACTIONS") != "" || p.Getenv("TF_BUILD") != "" || p.Getenv("TEAMCITY_VERSION") != "",
	}
}

// isLive reports whether standard output shows a progress line.
func isLive(p *process.Process) bool {
	return p.Terminal && p.Getenv("CI") == "" && p.Getenv("TERM") != "dumb"
}

// CheckConsequences refuses an unknown value of --consequences.
func CheckConsequences(value string) error {
	switch value {
	case "fail", "skip":
		return nil
	}
	return process.Usage("fail and skip are", "--consequences %s is not known", value)
}

// hostname is the machine's name for reports that show one.
func hostname() string {
	name, err := os.Hostname()
	if err != nil {
		return ""
	}
	return name
}

// path is where a report goes: where the flag says, else posthaste-report/<name>.<ext>, and newman's own
// name below newman/ under --newman-compat. A directory gets newman's file name.
func (r *Settings) path(p *process.Process, spec report.Spec, path string) string {
	stamp := p.Now().UTC().Format("2006-01-02-15-04-05.000")
	newmanName := "newman-run-report-" + strings.ReplaceAll(stamp, ".", "-") + "-0" + spec.Extension
	switch {
	case path == "" || path == "true":
		if r.Compat {
			return filepath.Join("newman", newmanName)
		}
		return filepath.Join("posthaste-report", spec.Name+spec.Extension)
	case strings.HasSuffix(path, "/"), process.IsDir(p.Path(path)):
		return filepath.Join(path, newmanName)
	}
	return path
}
