package data

import (
	"fmt"
	"strings"

	"posthaste/reporters/report"
	"posthaste/runner/event"
)

// covered writes how much of the OpenAPI files the run covered, and the operations that it
// never called, 50 of them at most. A run without such files writes nothing.
func covered(b *strings.Builder, list []event.Coverage) {
	if len(list) == 0 {
		return
	}
	b.WriteString("\n| openapi | seen | documented |\n| --- | ---: | ---: |\n")
	for _, kind := range event.CoveredKinds() {
		s := event.ShareOf(list, kind)
		fmt.Fprintf(b, "| %s | %d | %d |\n", event.CoveredPlural(kind), s.Seen, s.Documented)
	}
	const most = 50
	never := report.Uncovered(list, event.CoveredOperation)
	if len(never) == 0 {
		return
	}
	fmt.Fprintf(b, "\n<details><summary>%s never called</summary>\n\n", report.Count(len(never), "operation"))
	for _, p := range never[:min(most, len(never))] {
		name := p.Name
		if p.Deprecated {
			name += " (deprecated)"
		}
		fmt.Fprintf(b, "- %s\n", inlineHTML(name))
	}
	if more := len(never) - most; more > 0 {
		fmt.Fprintf(b, "- … and %d more\n", more)
	}
	b.WriteString("\n</details>\n")
}
