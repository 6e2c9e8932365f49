package cli

import (
	"os"
	"path/filepath"
	"strings"

	"posthaste/reporters"
)

// A reporting is what flags say of the reports: which there are, and how they look.
type reporting struct {
	names          []string // of reporters, without aliases
	options        reporterOptions
	output         string // how much the cli reporter prints
	color          string // "auto", "on" or "off"
	verbose        bool
	silent         bool
	disableUnicode bool
	compat         bool // newman's layouts and places
	foldsFirst     bool // what the others print is folded for GitHub
}

// terminal says what standard output can show.
func (r *reporting) terminal(p *Process) reporters.Terminal {
	return reporters.Terminal{
		Colour: p.colour(r.color), Unicode: (p.unicode() || r.compat) && !r.disableUnicode, Width: p.Width,
		Live: p.Terminal && p.env("CI") == "" && p.env("TERM") != "dumb", Verbose: r.verbose, Silent: r.silent, Output: r.output,
		Commands: p.env("GITHUB_ACTIONS") != "" || p.env("TF_BUILD") != "" || p.env("TEAMCITY_VERSION") != "",
	}
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
func (r *reporting) path(p *Process, spec reporters.Spec, path string) string {
	stamp := p.Now().UTC().Format("2006-01-02-15-04-05.000")
	newmanName := "newman-run-report-" + strings.ReplaceAll(stamp, ".", "-") + "-0" + spec.Extension
	switch {
	case path == "" || path == "true":
		if r.compat {
			return filepath.Join("newman", newmanName)
		}
		return filepath.Join("posthaste-report", spec.Name+spec.Extension)
	case strings.HasSuffix(path, "/"), isDir(p.path(path)):
		return filepath.Join(path, newmanName)
	}
	return path
}
