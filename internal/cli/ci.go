package cli

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"posthaste/internal/redact"
	"posthaste/reporters"
)

// underGitHub tells whether the run is a step of GitHub Actions, where the github reporter comes by itself.
func (p *Process) underGitHub() bool { return p.env("GITHUB_ACTIONS") == "true" }

// ciReporters adds the reporter of the CI system that the run is part of, unless newman's behaviour was asked for.
func (r *running) ciReporters() {
	if r.flags.compat || r.flags.silent {
		return
	}
	system := ""
	switch {
	case r.process.underGitHub():
		system = "github"
	case r.process.env("GITLAB_CI") == "true":
		system = "gitlab"
	case r.process.env("TF_BUILD") != "":
		system = "azure"
	}
	prints := slices.Contains(r.reporters, "cli") && slices.Contains([]string{"", reporters.OutputFull, reporters.OutputCompact}, r.flags.output)
	switch {
	case system == "" || slices.Contains(r.reporters, system):
	case system == "github":
		r.foldsFirst = prints
		r.reporters = append(r.reporters, system)
	case system == "azure" || prints: // it folds what others print, so it comes before them
		r.reporters = slices.Insert(r.reporters, 0, system)
	}
}

// stepFile opens a file that GitHub gives a step, such as that of the job summary; nil where there is none. The
// caller closes it.
func (r *running) stepFile(variable string, secrets *redact.Set) (io.Writer, io.Closer) {
	name := r.process.env(variable)
	if name == "" || !r.process.underGitHub() {
		return nil, nil
	}
	file, err := os.OpenFile(r.process.path(name), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		r.process.warn("writing %s: %v", variable, err)
		return nil, nil
	}
	w := redact.NewWriter(r.lookout(file), secrets)
	return w, closers{w, file}
}

// stepFileSize is how much a file of the step holds already.
func (r *running) stepFileSize(variable string) int64 {
	if info, err := os.Stat(r.process.path(r.process.env(variable))); err == nil && info.Mode().IsRegular() {
		return info.Size()
	}
	return 0
}

// closers closes one after the other and returns the first error.
type closers []io.Closer

// Close closes them all.
func (c closers) Close() error {
	var first error
	for _, closer := range c {
		if err := closer.Close(); err != nil && first == nil {
			first = err
		}
	}
	return first
}

// A masker lets GitHub mask what the run learns to be secret, from then on in the whole job. It prints before
// anything else can, because a secret is added before anything that holds it is shown.
type masker struct {
	*redact.Set
	out io.Writer
}

// Add makes a value known to the set and to GitHub. Values that GitHub would mask everywhere to no use are left out.
func (m masker) Add(name, value string) bool {
	return m.tell(m.Set.Add(name, value), value)
}

// Pin is Add for what the user declared.
func (m masker) Pin(name, value string) bool { return m.tell(m.Set.Pin(name, value), value) }

func (m masker) tell(added bool, value string) bool {
	if added && len(value) >= redact.Short && !strings.ContainsAny(value, "\r\n") {
		fmt.Fprintf(m.out, "::add-mask::%s\n", strings.TrimSpace(value))
	}
	return added
}
