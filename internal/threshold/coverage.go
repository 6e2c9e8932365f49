package threshold

import (
	"fmt"
	"strconv"
	"strings"

	"posthaste/runner/event"
)

// covers is the kind of points that a metric such as "openapi.operations" counts; "" for other metrics.
func covers(metric string) string {
	switch metric {
	case "openapi.operations":
		return event.CoveredOperation
	case "openapi.statuses":
		return event.CoveredStatus
	case "openapi.parameters":
		return event.CoveredParameter
	case "openapi.request":
		return event.CoveredRequest
	case "openapi.response":
		return event.CoveredResponse
	case "openapi.enums":
		return event.CoveredEnum
	}
	return ""
}

// IsCoverage reports whether the limit is on how much of OpenAPI files was covered, which only the whole of a run tells.
func (t *Threshold) IsCoverage() bool { return t.kind != "" }

// coverageUnit checks a limit on coverage.
func (t *Threshold) coverageUnit(unit string, scoped bool) error {
	t.kind = covers(t.metric)
	switch {
	case t.kind == "":
		return fmt.Errorf("%q: of OpenAPI files there are openapi.operations, statuses, parameters, request, response and enums", t.Text)
	case unit != "" && unit != "%":
		return fmt.Errorf("%q: coverage takes %% or a number", t.Text)
	case scoped:
		return fmt.Errorf("%q: coverage is of the whole run, not of a path", t.Text)
	}
	return nil
}

// checkCoverage judges by what was covered. Without an OpenAPI file nothing is known, and the limit is not kept.
func (t *Threshold) checkCoverage() event.Threshold {
	if t.covered == nil {
		return event.Threshold{Text: t.Text, Value: "not measured: there is no OpenAPI file", Broken: true}
	}
	share := event.ShareOf(t.covered, t.kind)
	value, shown := float64(share.Seen), share.String()
	if t.share {
		value = share.Percent()
		percent := strconv.FormatFloat(value, 'f', 6, 64)
		percent, _, _ = strings.Cut(percent, ".")
		shown = percent + "% (" + shown + ")"
	}
	kept := value > t.limit
	if t.less {
		kept = value < t.limit
	}
	return event.Threshold{Text: t.Text, Value: shown, Broken: !kept && (!t.orEqual || value != t.limit)}
}
