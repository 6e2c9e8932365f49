// Package process is what a command gets from its surroundings, and how it ends: arguments, environment, streams,
// terminal, working directory, clock, interrupts; errors with a hint, exit codes.
package process

import (
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"golang.org/x/term"
)

// A Process is what a command gets from its surroundings.
type Process struct {
	Args        []string // without the program's name
	Env         func(name string) (string, bool)
	Stdin       io.Reader
	Stdout      io.Writer
	Stderr      io.Writer
	Terminal    bool // standard output is one
	ErrTerminal bool // standard error is one
	Width       int  // of the terminal in columns, 80 when there is no terminal
	Dir         string
	Now         func() time.Time
	Interrupts  <-chan os.Signal
	// Watch makes interrupts come through Interrupts until stop is called. Nil is for where they come anyway.
	Watch     func() (stop func())
	Temporary *Temporary // nil in tests: what they leave behind they see themselves
	Version   string
}

// System returns the real process.
func System(version string) *Process {
	interrupts, temporary := make(chan os.Signal, 2), &Temporary{}
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE) // a reader that goes away is an error of writing, which pipe drops, and no end
	dir, err := os.Getwd()
	if err != nil {
		dir = "."
	}
	p := &Process{
		Args: os.Args[1:], Env: os.LookupEnv, Stdin: os.Stdin, Stdout: &pipe{w: os.Stdout}, Stderr: &pipe{w: os.Stderr},
		Terminal: term.IsTerminal(int(os.Stdout.Fd())), ErrTerminal: term.IsTerminal(int(os.Stderr.Fd())), Width: 80, Dir: dir, Now: time.Now,
		Interrupts: interrupts, Watch: dispatch(interrupts, temporary), Temporary: temporary, Version: version,
	}
	if width, _, err := term.GetSize(int(os.Stdout.Fd())); err == nil && width > 0 {
		p.Width = width
	}
	return p
}

// Getenv returns an environment variable, "" when it is not set.
func (p *Process) Getenv(name string) string {
	value, _ := p.Env(name)
	return value
}

// Unicode reports whether the terminal, or whatever reads the output, can show more than ASCII.
func (p *Process) Unicode() bool {
	if p.Getenv("TERM") == "dumb" {
		return false
	}
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if value := strings.ToLower(p.Getenv(name)); value != "" {
			return strings.Contains(value, "utf-8") || strings.Contains(value, "utf8")
		}
	}
	return !p.Terminal || p.Getenv("WT_SESSION") != "" || p.Getenv("OS") != "Windows_NT"
}

// Colour decides by the flag, then by NO_COLOR and FORCE_COLOR, then by the terminal.
func (p *Process) Colour(flag string) bool {
	switch {
	case flag == "on":
		return true
	case flag == "off":
		return false
	case p.Getenv("NO_COLOR") != "":
		return false
	case p.Getenv("FORCE_COLOR") != "":
		return p.Getenv("FORCE_COLOR") != "0"
	}
	return p.Terminal && p.Getenv("TERM") != "dumb"
}

// Path makes a path of the user's absolute.
func (p *Process) Path(name string) string {
	if filepath.IsAbs(name) || name == "" {
		return name
	}
	return filepath.Join(p.Dir, name)
}

// IsDir reports whether a path is that of a directory.
func IsDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// Exists reports whether there is something at a path.
func Exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
