package output

import (
	"slices"
	"strings"

	"posthaste/internal/cli/option"
	"posthaste/internal/cli/process"
	"posthaste/internal/near"
	"posthaste/reporters"
)

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
