package output

import (
	"io"

	"posthaste/internal/cli/process"
)

// StepSummary is the summary page of the GitHub Actions step that the process is part of, nil when it is part of none.
// What is written goes behind what stands there.
func StepSummary(p *process.Process) io.WriteCloser { return stepFile(p, "GITHUB_STEP_SUMMARY", nil) }
