package output

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"posthaste/internal/cli/process"
	"posthaste/internal/redact"
	"posthaste/reporters/report"
	"posthaste/runner"
)

// underGitHub reports whether the run is a step of GitHub Actions, where the github reporter comes by itself.
func underGitHub(p *process.Process) bool { return p.Getenv("GITHUB_ACTIONS") == "true" }

// AddCI adds the reporter of the CI system that the run is part of, unless newman's behaviour was asked for.
func (r *Settings) AddCI(p *process.Process) {
	if r.Compat || r.Silent {
		return
	}
	system := ""
	switch {
	case underGitHub(p):
		system = "github"
	case p.Getenv("GITLAB_CI") == "true":
		system = "gitlab"
	case p.Getenv("TF_BUILD") != "":
		system = "azure"
	}
	prints := slices.Contains(r.Names, "cli") && slices.Contains([]string{"", report.OutputFull, report.OutputCompact}, r.Output)
	switch {
	case system == "" || slices.Contains(r.Names, system):
	case system == "github":
		r.foldsFirst = prints
		r.Names = append(r.Names, system)
	case system == "azure" || prints: // it folds what others print, so it comes before them
		r.Names = slices.Insert(r.Names, 0, system)
	}
}

// stepFile opens a file that GitHub gives a step, such as that of the job summary, or nil. The
// caller closes it.
func stepFile(p *process.Process, variable string, watched *Watch) io.WriteCloser {
	name := p.Getenv(variable)
	if name == "" || !underGitHub(p) {
		return nil
	}
	file, err := os.OpenFile(p.Path(name), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		p.Warn("writing %s: %v", variable, err)
		return nil
	}
	return struct {
		io.Writer
		io.Closer
	}{watched.writer(file), file}
}

// stepFileSize is how much a file of the step holds already.
func stepFileSize(p *process.Process, variable string) int64 {
	if info, err := os.Stat(p.Path(p.Getenv(variable))); err == nil && info.Mode().IsRegular() {
		return info.Size()
	}
	return 0
}

// A masker lets GitHub mask what the run learns to be secret, from then on in the whole job. It prints before
// anything else can, because a secret is added before anything that holds it is shown.
type masker struct {
	*redact.Set
	out io.Writer
}

// Learner is what a run tells its secrets: the set, and under GitHub the CI system too, by way of out. It is nil where
// nothing is masked.
func Learner(p *process.Process, secrets *redact.Set, out io.Writer) runner.Secrets {
	switch {
	case secrets == nil:
		return nil
	case underGitHub(p):
		return masker{secrets, out}
	}
	return secrets
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
