package process

import (
	"errors"
	"fmt"
	"strings"

	"posthaste/collection"
)

// The exit codes. docs/ci.md explains them.
const (
	ExitPassed      = 0
	ExitFailed      = 1 // a test, a script or a request failed
	ExitUsage       = 2 // wrong flags or unreadable input
	ExitUnknown     = 3 // not one request got a response
	ExitInterrupted = 130
)

// A Problem is an error with its exit code and what to do about it.
type Problem struct {
	Code int
	Err  error
	Hint string
}

// Error is what is wrong.
func (p *Problem) Error() string { return p.Err.Error() }

// Unwrap returns the cause.
func (p *Problem) Unwrap() error { return p.Err }

// Usage makes an error of wrong flags or unreadable input.
func Usage(hint, format string, args ...any) error {
	return &Problem{Code: ExitUsage, Err: fmt.Errorf(format, args...), Hint: hint}
}

// Fail prints an error and its hint, and returns the exit code. The innermost code and the first hint count.
func (p *Process) Fail(err error) int {
	code := ExitFailed
	if found := (*Problem)(nil); errors.As(err, &found) {
		code = found.Code
	}
	fmt.Fprintf(p.Stderr, "posthaste: error: %s\n", indent(err.Error()))
	if hint := HintOf(err); hint != "" {
		fmt.Fprintf(p.Stderr, "posthaste: hint: %s\n", indent(hint))
	}
	return code
}

// Warn prints a warning on standard error.
func (p *Process) Warn(format string, args ...any) {
	fmt.Fprintf(p.Stderr, "posthaste: warning: %s\n", indent(fmt.Sprintf(format, args...)))
}

// indent sets the later lines of a text under its first.
func indent(text string) string {
	return strings.ReplaceAll(strings.TrimRight(text, "\n"), "\n", "\n  ")
}

// HintOf finds what to do about an error.
func HintOf(err error) string {
	for next := err; ; {
		p := (*Problem)(nil)
		if !errors.As(next, &p) {
			break
		}
		if p.Hint != "" {
			return p.Hint
		}
		next = p.Err
	}
	if p := (*collection.ParseError)(nil); errors.As(err, &p) && p.Hint != "" {
		return p.Hint
	}
	if h := hinter(nil); errors.As(err, &h) {
		return h.Hint()
	}
	return ""
}

// A hinter is an error that knows what to do about it.
type hinter interface {
	error
	Hint() string
}

// WarnAll prints several warnings.
// Warn prints a warning on standard error.
func (p *Process) WarnAll(list []string) {
	for _, text := range list {
		p.Warn("%s", text)
	}
}

// An ExitCode ends a command without a message: its output has said everything.
type ExitCode int

// Error is never shown.
func (c ExitCode) Error() string { return fmt.Sprintf("exit code %d", int(c)) }

// RunError is the text of a fatal end.
type RunError string

// Error is the text.
func (e RunError) Error() string { return string(e) }

// Suppressed is what --suppress-exit-code makes of an error: the command says it and exits with 0.
func Suppressed(err error) error {
	if _, said := err.(ExitCode); said || err == nil { //nolint:errorlint // it is never wrapped
		return nil
	}
	return &Problem{Code: ExitPassed, Err: err, Hint: HintOf(err)}
}
