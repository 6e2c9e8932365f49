package cli

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
	ExitUnknown     = 3 // not one request got an answer
	ExitInterrupted = 130
)

// A problem is an error with its exit code and what to do about it.
type problem struct {
	code int
	err  error
	hint string
}

// Error is what is wrong.
func (p *problem) Error() string { return p.err.Error() }

// Unwrap returns the cause.
func (p *problem) Unwrap() error { return p.err }

// usage makes an error of wrong flags or unreadable input.
func usage(hint, format string, args ...any) error {
	return &problem{code: ExitUsage, err: fmt.Errorf(format, args...), hint: hint}
}

// fail prints an error and its hint, and returns the exit code. The innermost code and the first hint count.
func (p *Process) fail(err error) int {
	code := ExitFailed
	if found := (*problem)(nil); errors.As(err, &found) {
		code = found.code
	}
	fmt.Fprintf(p.Stderr, "posthaste: error: %s\n", indent(err.Error()))
	if hint := hintOf(err); hint != "" {
		fmt.Fprintf(p.Stderr, "posthaste: hint: %s\n", indent(hint))
	}
	return code
}

func (p *Process) warn(format string, args ...any) {
	fmt.Fprintf(p.Stderr, "posthaste: warning: %s\n", indent(fmt.Sprintf(format, args...)))
}

// indent sets the later lines of a text under its first.
func indent(text string) string {
	return strings.ReplaceAll(strings.TrimRight(text, "\n"), "\n", "\n  ")
}

// hintOf finds what to do about an error.
func hintOf(err error) string {
	if p := (*problem)(nil); errors.As(err, &p) && p.hint != "" {
		return p.hint
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

// warnAll prints several warnings.
func (p *Process) warnAll(list []string) {
	for _, text := range list {
		p.warn("%s", text)
	}
}

// An exitCode ends a command without a message: its output has said everything.
type exitCode int

// Error is never shown.
func (c exitCode) Error() string { return fmt.Sprintf("exit code %d", int(c)) }

// errRun is the text of a fatal end.
type errRun string

func (e errRun) Error() string { return string(e) }

// suppressed is what --suppress-exit-code makes of an error: the command says it and exits with 0.
func suppressed(err error) error {
	if _, said := err.(exitCode); said || err == nil { //nolint:errorlint // it is never wrapped
		return nil
	}
	return &problem{code: ExitPassed, err: err, hint: hintOf(err)}
}
