package report

// How much of a run the terminal shows (--output).
const (
	OutputFull     = "full"     // everything as it happens; "" is this too
	OutputCompact  = "compact"  // a line a request
	OutputDot      = "dot"      // a character an outcome
	OutputFailures = "failures" // only what failed
	OutputSummary  = "summary"  // only the sums
	OutputNone     = "none"     // nothing
)

// Outputs lists the values of --output.
func Outputs() []string {
	return []string{OutputFull, OutputCompact, OutputDot, OutputFailures, OutputSummary, OutputNone}
}
