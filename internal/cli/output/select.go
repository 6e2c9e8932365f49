package output

import (
	"slices"
	"strings"

	"posthaste/internal/cli/option"
	"posthaste/internal/cli/process"
	"posthaste/internal/near"
	"posthaste/reporters"
)

// Choose reads -r and --report NAME=FILE: the names of the reporters, and the options of reporters with the files added.
func Choose(p *process.Process, list string, files []string, options [][2]string, compat bool) (names []string, all [][2]string, err error) {
	if names, err = Select(p, list, compat); err != nil {
		return nil, nil, err
	}
	given := map[string]string{}
	for _, o := range options {
		if name, ok := strings.CutSuffix(o[0], "-export"); ok {
			given[name] = o[1]
		}
	}
	for _, text := range files {
		name, file, ok := strings.Cut(text, "=")
		spec, known := reporters.Find(strings.TrimSpace(name))
		switch {
		case !ok, file == "":
			return nil, nil, process.Usage("such as -o junit=report.xml", "--report %s: it takes NAME=FILE", text)
		case !known:
			return nil, nil, process.Usage(reporterHint(name), "--report %s: there is no reporter %q", text, name)
		case file == "-":
			return nil, nil, process.Usage("such as -o "+spec.Name+"=report"+spec.Extension, "--report %s: a report is written to a file, not to standard output", text)
		}
		if before, twice := given[spec.Name]; twice && before != file {
			return nil, nil, process.Usage("a report has one file", "--report %s: the report %s already goes to %s", text, spec.Name, before)
		}
		given[spec.Name] = file
		options = append(options, [2]string{spec.Name + "-export", file})
		if !slices.Contains(names, spec.Name) {
			names = append(names, spec.Name)
		}
	}
	return names, options, nil
}

// ReporterTable lists the reporters, for help.
func ReporterTable() option.Table {
	t := option.Table{
		Title: "Reporters",
		Notes: "-o NAME=FILE writes a report to a file; so does --reporter-NAME-export FILE. With -r alone a report that is a file " +
			"goes to posthaste-report/NAME and its extension, such as posthaste-report/junit.xml.",
	}
	for _, spec := range reporters.Specs() {
		t.Rows = append(t.Rows, [2]string{spec.Name, spec.About})
	}
	return t
}

// Select reads -r. Newman does not trim the names and only warns of unknown ones; here a report that
// nobody would get is a usage error.
func Select(p *process.Process, list string, compat bool) ([]string, error) {
	if list == option.NoValue {
		return nil, nil // newman: bare -r selects none
	}
	var names []string
	for name := range strings.SplitSeq(list, ",") {
		if !compat {
			name = strings.TrimSpace(name)
		}
		spec, ok := reporters.Find(name)
		if ok {
			name = spec.Name // an alias stands for it
		}
		if !ok {
			if !compat {
				return nil, process.Usage(reporterHint(name), "there is no reporter %q", name)
			}
			p.Warn("there is no reporter %q", name)
			continue
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names, nil
}

func reporterHint(name string) string {
	if name == "" {
		return "without a name, -r selects no reporter; the reporters are " + strings.Join(reporters.Names(), ", ")
	}
	if slices.Contains(elsewhere(), strings.TrimPrefix(name, "newman-reporter-")) {
		return "plug-ins of newman are not loaded; other tools read the reports junit, ctrf, json and events (docs/reports.md)"
	}
	if best := near.Names(name, reporters.Names(), 1); len(best) > 0 {
		return "did you mean " + best[0] + "?"
	}
	return "the reporters are " + strings.Join(reporters.Names(), ", ")
}

// elsewhere are reporters that newman loads as plug-ins and that we have no counterpart of: a name of ours that looks like
// one of them is no hint.
func elsewhere() []string {
	return []string{
		"allure", "confluence", "csvallinone", "datadog", "elastic", "grafana", "influxdb", "json-summary", "kafka", "mochawesome",
		"msteams", "openapi", "reportportal", "slack", "slackreporter", "splunk", "statsd", "teams", "testrail", "xray", "xunit", "zephyr",
	}
}
