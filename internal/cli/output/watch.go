package output

import (
	"fmt"
	"io"
	"os"
	"sync"

	"posthaste/internal/cli/process"
	"posthaste/internal/redact"
	"posthaste/runner/recording"
)

// VerifyVariable turns --verify-redaction on for every run, as our tests do.
const VerifyVariable = "POSTHASTE_VERIFY_REDACTION"

// A lookout passes on what is written and notes the first secret in it that was known by then. It stands where
// outputs cannot be read again: before the terminal and the files that CI systems give a step.
type lookout struct {
	w       io.Writer
	secrets recording.Finder

	mu    sync.Mutex
	tail  []byte // the end of what was written, since a secret may be split over writes
	found string // the name of a secret; "" for none
}

// lookoutTail is longer than nearly all secrets in any form.
const lookoutTail = 8 << 10

// Write looks at p and passes it on.
func (l *lookout) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if _, late := l.secrets.Found(l.tail); late {
		l.tail = nil // it has become a secret after it was shown
	}
	l.tail = append(l.tail, p...)
	if name, ok := l.secrets.Found(l.tail); ok && l.found == "" {
		l.found = name
	}
	l.tail = append([]byte(nil), l.tail[max(0, len(l.tail)-lookoutTail):]...)
	return l.w.Write(p)
}

// A Watch looks for the secrets of a run in all that it writes. The nil watch looks for nothing.
type Watch struct {
	secrets  *redact.Set
	lookouts []*lookout // for what cannot be read again
}

// NewWatch returns the watch that a flag or the environment asks for, else nil. There is none without secrets.
func NewWatch(p *process.Process, asked bool, secrets *redact.Set) *Watch {
	if secrets == nil || !asked && p.Getenv(VerifyVariable) == "" {
		return nil
	}
	return &Watch{secrets: secrets}
}

// Over returns the process with a lookout before its terminal.
func (w *Watch) Over(p *process.Process) *process.Process {
	if w == nil {
		return p
	}
	watched := *p
	watched.Stdout, watched.Stderr = w.writer(p.Stdout), w.writer(p.Stderr)
	return &watched
}

// writer returns a writer to out that is looked at.
func (w *Watch) writer(out io.Writer) io.Writer {
	if w == nil {
		return out
	}
	l := &lookout{w: out, secrets: w.secrets}
	w.lookouts = append(w.lookouts, l)
	return l
}

// Check looks for every secret of the run in all that it wrote. A secret that is found fails the run, and
// a report in a file is taken away, because it must not be read or uploaded.
func (w *Watch) Check(out *Reports) error {
	if w == nil {
		return nil
	}
	for _, l := range w.lookouts {
		if l.found != "" {
			return leaked("the value of %s was printed", l.found)
		}
	}
	for _, rep := range out.reporters {
		if rep.file == nil {
			continue
		}
		name, err := w.find(rep.file.path)
		if err != nil {
			return fmt.Errorf("checking the %s report for secrets: %w", rep.name, err)
		}
		if name != "" {
			_ = os.Remove(rep.file.path) // the error below says what matters
			return leaked("the %s report held the value of %s and was removed", rep.name, name)
		}
	}
	return nil
}

func leaked(format string, args ...any) error {
	return &process.Problem{Code: process.ExitFailed, Err: fmt.Errorf(format, args...), Hint: "this is a fault of Posthaste: please report it"}
}

func (w *Watch) find(path string) (name string, err error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	return recording.Verify(w.secrets, file)
}
