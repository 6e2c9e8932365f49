package output

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"posthaste/internal/cli/process"
)

// notified is a writer that tells of each write.
type notified struct {
	wrote chan string
	err   error
}

func (n *notified) Write(p []byte) (int, error) {
	n.wrote <- string(p)
	return len(p), n.err
}

func TestOutputIsGatheredAndStillComesByItself(t *testing.T) {
	t.Parallel()
	beneath := &notified{wrote: make(chan string, 2)}
	w := &lazyWriter{w: beneath}
	for _, line := range []string{"one\n", "two\n"} {
		if _, err := w.Write([]byte(line)); err != nil {
			t.Fatalf("Write(%q) = %v", line, err)
		}
	}
	if got, want := <-beneath.wrote, "one\ntwo\n"; got != want {
		t.Errorf("the first piece is %q, want %q", got, want)
	}
}

func TestOutputDoesNotGrowWithoutLimit(t *testing.T) {
	t.Parallel()
	beneath := &notified{wrote: make(chan string, 1)}
	w := &lazyWriter{w: beneath}
	text := strings.Repeat("x", lazyLimit)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	select {
	case got := <-beneath.wrote:
		if got != text {
			t.Errorf("%d bytes were passed on, want %d", len(got), len(text))
		}
	default:
		t.Error("nothing was passed on at the limit")
	}
}

func TestOutputThatCannotBeWrittenIsReportedByTheNextWrite(t *testing.T) {
	t.Parallel()
	full := errors.New("disk full")
	w := &lazyWriter{w: &notified{wrote: make(chan string, 1), err: full}}
	if _, err := w.Write([]byte("one")); err != nil {
		t.Fatal(err)
	}
	if err := w.Flush(); !errors.Is(err, full) {
		t.Errorf("Flush() = %v, want %v", err, full)
	}
	if _, err := w.Write([]byte("two")); !errors.Is(err, full) {
		t.Errorf("Write() = %v, want %v", err, full)
	}
}

func TestMessagesStandAfterTheOutputBeforeThem(t *testing.T) {
	t.Parallel()
	var both bytes.Buffer
	p, flush := Gathered(&process.Process{Stdout: &both, Stderr: &both})
	for _, step := range []struct {
		w    interface{ Write([]byte) (int, error) }
		text string
	}{{p.Stdout, "line\n"}, {p.Stderr, "warning\n"}, {p.Stdout, "last\n"}} {
		if _, err := step.w.Write([]byte(step.text)); err != nil {
			t.Fatal(err)
		}
	}
	flush()
	if got, want := both.String(), "line\nwarning\nlast\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
