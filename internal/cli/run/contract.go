package run

import (
	"fmt"
	"strings"

	"posthaste/internal/cli/output"
	"posthaste/internal/openapi/contract"
	"posthaste/runner/event"
)

// mostNotices is how many notices about the OpenAPI file a run tells.
const mostNotices = 10

// covered tells the reports, before the run's end, what is to be said of the OpenAPI files and how much of them was covered.
func (r *running) covered(e event.Masked, out *output.Reports, limits limits) error {
	if _, ok := e.Event().(event.RunFinished); !ok || r.contract == nil {
		return nil
	}
	for _, n := range r.contractNotices() {
		if err := out.Report(out.Masked(n)); err != nil {
			return err
		}
	}
	for _, c := range r.contract.Coverage() {
		limits.add(c)
		if err := out.Report(out.Masked(c)); err != nil {
			return err
		}
	}
	return nil
}

// contractNotices are what is odd and no failure. A run whose requests the files say nothing of looks green and is not.
func (r *running) contractNotices() []event.Notice {
	var list []event.Notice
	if all, served := r.contract.Exchanges(); served == 0 {
		list = append(list, event.Notice{
			Level: "warn", Code: event.CodeUncovered, Text: fmt.Sprintf("the OpenAPI files are about none of the run's requests (%d): nothing was checked", all),
			Hint: "is the API served where the file says? --openapi FILE=https://host/base says where; the servers are " + servers(r.contract),
		})
	}
	if r.flags.compat {
		if n := len(r.contract.Met()); n > 0 {
			list = append(list, event.Notice{Level: "warn", Code: "openapi", Text: fmt.Sprintf("responses differ from the OpenAPI file in %d ways, which reports do not have under --newman-compat", n)})
		}
	}
	odd := r.contract.Notices()
	for _, v := range odd[:min(len(odd), mostNotices)] {
		list = append(list, event.Notice{Level: "info", Code: "openapi", Subject: v.ID, Text: v.String() + " (" + v.Place + ")"})
	}
	if more := len(odd) - mostNotices; more > 0 {
		list = append(list, event.Notice{Level: "info", Code: "openapi", Text: fmt.Sprintf("%d more like these about the OpenAPI file", more), Hint: "--openapi-strict makes them failures"})
	}
	for _, e := range r.contract.Gone() {
		list = append(list, event.Notice{Level: "info", Code: "openapi", Subject: e.Violation, Text: fmt.Sprintf("the baseline has %q, which no longer happens (%s)", e.Violation, e.Place), Hint: "take it out, or --openapi-update-baseline"})
	}
	return list
}

// servers lists where the files say that their APIs are served.
func servers(c *contract.Contract) string {
	var list []string
	for _, d := range c.Documents() {
		for _, s := range d.Servers {
			url := s.URL
			if url == "" {
				url = "any (" + d.Name + ")"
			}
			list = append(list, url)
		}
	}
	const shown = 4
	if more := len(list) - shown; more > 0 {
		list = append(list[:shown], fmt.Sprintf("%d more", more))
	}
	return strings.Join(list, ", ")
}
