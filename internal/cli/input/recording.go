package input

import (
	"os"

	"posthaste/internal/cli/process"
)

// OpenRecording opens what the events reporter recorded. The caller closes it.
func OpenRecording(p *process.Process, name string) (*os.File, error) {
	file, err := os.Open(p.Path(name))
	switch {
	case os.IsNotExist(err):
		return nil, process.Usage("a run records itself with -o events="+name, "reading the recording: %s: no such file", name)
	case err != nil:
		return nil, process.Usage("", "reading the recording: %w", err)
	}
	return file, nil
}
