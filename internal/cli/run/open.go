package run

import (
	"posthaste/internal/cli/output"
	"posthaste/internal/ledger"
	"posthaste/runner/event"
)

// openNotices reports, before the run's end, what the run has created and not undone, such as
// a payment that is still reserved. It acts on RunFinished only: reports close with that
// event. undoes says that the run has a teardown, for the hint.
func openNotices(l *ledger.Ledger, out *output.Reports, undoes bool) error {
	hint := "a run with --teardown GLOB gives back what it has made: docs/money.md"
	if undoes {
		hint = "the teardown has not given it back"
	}
	for _, o := range l.Open() {
		if err := out.Report(out.Masked(event.Notice{Level: "warn", Code: event.CodeOpen, Text: o.Text, Hint: hint})); err != nil {
			return err
		}
	}
	return nil
}
