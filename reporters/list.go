// Package reporters lists the reporters. Each turns the events of a run into a report; they stand in one package a
// family.
package reporters

import (
	"posthaste/reporters/ci"
	"posthaste/reporters/data"
	"posthaste/reporters/html"
	"posthaste/reporters/junit"
	"posthaste/reporters/newman"
	"posthaste/reporters/report"
	"posthaste/reporters/terminal"
)

// Specs lists every reporter in the order in which help shows them.
func Specs() []report.Spec {
	return []report.Spec{
		terminal.CLI(),
		terminal.Progress(),
		terminal.Emojitrain(),
		newman.JSON(),
		junit.Spec(),
		html.Spec(),
		data.Events(),
		data.CTRF(),
		data.TAP(),
		data.CSV(),
		ci.TeamCity(),
		data.Markdown(),
		data.HAR(),
		ci.GitHub(),
		ci.GitLab(),
		ci.Azure(),
	}
}

// Find returns the reporter of that name. htmlextra, which many command lines of newman's users name, is html.
func Find(name string) (report.Spec, bool) {
	if name == "htmlextra" {
		name = "html"
	}
	for _, s := range Specs() {
		if s.Name == name {
			return s, true
		}
	}
	return report.Spec{}, false
}

// Names lists the reporters' names.
func Names() []string {
	var names []string
	for _, s := range Specs() {
		names = append(names, s.Name)
	}
	return names
}
