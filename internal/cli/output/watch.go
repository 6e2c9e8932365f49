package output

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"

	"posthaste/internal/cli/process"
	"posthaste/internal/redact"
	"posthaste/internal/verify"
)

// VerifyVariable turns --verify-redaction on for every run, as our tests do.
const VerifyVariable = "POSTHASTE_VERIFY_REDACTION"

// A lookout passes on what is written and notes the first secret in it that was known by then. It stands where
// outputs cannot be read again: before the terminal and the files that CI systems give a step.
type lookout struct {
	w       io.Writer
	secrets *verify.Ledger

	mu    sync.Mutex
	tail  string // the end of what was written, since a secret may be split over writes
	found string // the name of a secret; "" for none
}

// lookoutTail is longer than nearly all secrets in any form.
const lookoutTail = 2 << 10

// Write looks at p and passes it on.
func (l *lookout) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	text := l.tail + string(p)
	if name := l.secrets.Text(text); name != "" {
		if l.tail != "" && l.secrets.Text(l.tail) != "" { // it has become a secret after it was shown
			text = string(p)
			name = l.secrets.Text(text)
		}
		l.found = cmp.Or(l.found, name)
	}
	l.tail = text[max(0, len(text)-lookoutTail):]
	return l.w.Write(p)
}

// A Watch looks for the secrets of a run in all that it writes. The nil watch looks for nothing.
type Watch struct {
	secrets  *verify.Ledger
	lookouts []*lookout // for what cannot be read again
	keep     func() (*os.File, error)
}

// NewWatch returns the watch that a flag or the environment asks for, else nil. A run without secrets needs no watch.
func NewWatch(p *process.Process, asked bool, secrets *redact.Set) *Watch {
	if secrets == nil || !asked && p.Getenv(VerifyVariable) == "" {
		return nil
	}
	w := &Watch{keep: func() (*os.File, error) { return nil, errNoPlace }}
	w.secrets = verify.NewLedger(func() (verify.File, error) { return w.keep() })
	secrets.Tell(w.secrets.Learn)
	return w
}

// errNoPlace is why nothing can be put aside before there are reports.
var errNoPlace = errors.New("there is no place for it yet")

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
	return w.secrets.Report(path, func() (io.ReadCloser, error) { return os.Open(path) })
}
