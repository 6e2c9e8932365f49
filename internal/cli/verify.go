package cli

import (
	"fmt"
	"io"
	"os"
	"sync"

	"posthaste/runner/recording"
)

// verifyVariable turns --verify-redaction on for every run, as our tests do.
const verifyVariable = "POSTHASTE_VERIFY_REDACTION"

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

// watchOutputs sets a lookout before the terminal, when the run is to check its outputs.
func (r *running) watchOutputs() {
	if r.secrets == nil || !r.flags.verifyRedaction && r.process.env(verifyVariable) == "" {
		return
	}
	r.verify = true
	watched := *r.process
	watched.Stdout, watched.Stderr = r.lookout(watched.Stdout), r.lookout(watched.Stderr)
	r.process = &watched
}

// lookout is a writer to w that is watched, where outputs are.
func (r *running) lookout(w io.Writer) io.Writer {
	if !r.verify {
		return w
	}
	l := &lookout{w: w, secrets: r.secrets}
	r.lookouts = append(r.lookouts, l)
	return l
}

// verifyRedaction looks for every secret of the run in all that it wrote. A secret that is found fails the run, and
// a report in a file is taken away, because it must not be read or uploaded.
func (r *running) verifyRedaction(out *outputs) error {
	if !r.verify {
		return nil
	}
	for _, l := range r.lookouts {
		if l.found != "" {
			return leaked("the value of %s was printed", l.found)
		}
	}
	for _, rep := range out.reporters {
		if rep.file == nil {
			continue
		}
		name, err := findSecret(r, rep.file.path)
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
	return &problem{code: ExitFailed, err: fmt.Errorf(format, args...), hint: "this is a fault of Posthaste: please report it"}
}

func findSecret(r *running, path string) (name string, err error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	return recording.Verify(r.secrets, file)
}
