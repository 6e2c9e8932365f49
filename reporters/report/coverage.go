package report

import (
	"fmt"
	"strings"

	"posthaste/runner/event"
)

// CoverageText is how much of the OpenAPI files a run covered: "openapi: 3 of 4 operations, 5 of 9 statuses …".
func CoverageText(list []event.Coverage) string {
	var parts []string
	for _, kind := range event.CoveredKinds() {
		if s := event.ShareOf(list, kind); s.Documented > 0 || kind == event.CoveredOperation {
			parts = append(parts, s.String()+" "+event.CoveredPlural(kind))
		}
	}
	text := "openapi: " + strings.Join(parts, ", ")
	cut := 0
	for _, c := range list {
		cut += c.NotJudged
	}
	if cut > 0 {
		text += fmt.Sprintf("; %s not judged, since they were cut", Count(cut, "response"))
	}
	return text
}
