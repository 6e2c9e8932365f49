// Package output writes what commands make: reports on the terminal and in files, masked, and in their place only when
// they are complete.
package output

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"posthaste/internal/cli/process"
	"posthaste/internal/redact"
	"posthaste/reporters"
	"posthaste/reporters/ci"
	"posthaste/reporters/report"
	"posthaste/runner/event"
)

// Reports is the reports of one run: it hands each event to every reporter, with the sums so far.
type Reports struct {
	Summary   event.Summary
	reporters []*output
	Bodies    int
	Documents bool
	secrets   *redact.Set
	close     []io.Closer // what reporters write to besides their file
	asides    []*os.File  // of secrets
	temp      *process.Temporary
}

// An output is a reporter and where it writes.
type output struct {
	report.Reporter
	name   string
	file   *File        // nil for a reporter on the terminal
	zip    *gzip.Writer // before the file, when its name asks for it
	target io.Writer
	masked *redact.Writer
	spools []*spool
	temp   *process.Temporary
	err    error     // the first; it hears nothing more then
	live   *liveFile // nil for a report that is written when it is complete
}

// Open makes the selected reporters. What they write is masked with the secrets; nil masks nothing. What cannot be
// read again goes past the watch, if there is one.
func (r *Settings) Open(p *process.Process, secrets *redact.Set, w *Watch) (*Reports, error) {
	out := &Reports{secrets: secrets, temp: p.Temporary}
	if out.secrets == nil {
		out.secrets = &redact.Set{}
	}
	var specs []report.Spec
	if r.foldsFirst {
		specs = append(specs, ci.GitHubFolds())
	}
	for _, name := range r.Names {
		if spec, ok := reporters.Find(name); ok { // else selectReporters has said so
			specs = append(specs, spec)
		}
	}
	for _, spec := range specs {
		rep, err := r.openOne(p, spec, out, w)
		if err != nil {
			out.Discard()
			return nil, err
		}
		out.reporters = append(out.reporters, rep)
		out.Bodies = max(out.Bodies, spec.Bodies)
		out.Documents = out.Documents || spec.Documents
	}
	out.keepAside(w)
	return out, nil
}

func (r *Settings) openOne(p *process.Process, spec report.Spec, out *Reports, watched *Watch) (*output, error) {
	rep := &output{name: spec.Name, temp: p.Temporary}
	target := p.Stdout
	if spec.Extension != "" {
		path, _ := r.Options.Option(spec.Name, "export")
		file, err := Create(p, r.path(p, spec, path))
		if err != nil {
			return nil, process.Usage("name another place with --reporter-"+spec.Name+"-export FILE", "writing the %s report: %w", spec.Name, err)
		}
		rep.file, target = file, file
		if strings.HasSuffix(file.path, ".gz") {
			rep.zip = gzip.NewWriter(file)
			target = rep.zip
		}
	}
	rep.target, rep.masked = target, redact.NewWriter(target, out.secrets)
	step := map[string]io.Writer{}
	for _, variable := range []string{"GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT"} {
		if spec.Name != "github" {
			break
		}
		if w, closer := stepFile(p, variable, out.secrets, watched); closer != nil {
			step[variable] = w
			out.close = append(out.close, closer)
		}
	}
	var err error
	rep.Reporter, err = spec.New(report.Config{
		StepSummary: step["GITHUB_STEP_SUMMARY"], StepOutput: step["GITHUB_OUTPUT"], StepSummaryUsed: stepFileSize(p, "GITHUB_STEP_SUMMARY"),
		Out: rep.masked, Options: r.Options.Of(spec.Name), Compat: r.Compat,
		Terminal: r.terminal(p), Spool: rep.newSpool, Live: rep.lives(out.secrets), Host: hostname(), Now: p.Now, Mask: out.secrets.Text,
	})
	if err != nil {
		rep.discard()
		return nil, process.Usage("", "%w", err)
	}
	return rep, nil
}

// Report is the run's sink. A reporter that cannot write ends the run: a report that is silently missing would
// make a red run look green. The others hear all that there is to hear.
func (o *Reports) Report(e event.Event) error {
	o.Summary.Add(e)
	var failed error
	for _, rep := range o.reporters {
		if rep.err != nil {
			continue
		}
		rep.err = rep.Report(e, &o.Summary)
		if rep.err == nil && rep.file == nil {
			rep.err = rep.masked.Flush()
		}
		if rep.err != nil && failed == nil {
			failed = rep.failure()
		}
	}
	return failed
}

// Failure is why the report is not there, nil when it is.
func (rep *output) failure() error {
	if rep.err == nil {
		return nil
	}
	return fmt.Errorf("writing the %s report: %w", rep.name, rep.err)
}

// Failure is why a report is not there, nil when all are.
func (o *Reports) Failure() error {
	var errs []error
	for _, rep := range o.reporters {
		errs = append(errs, rep.failure())
	}
	return errors.Join(errs...)
}

// Finish puts every report in its place but those that could not be written.
func (o *Reports) Finish() error {
	var errs []error
	for _, rep := range o.reporters {
		if rep.err != nil {
			continue
		}
		if err := rep.finish(); err != nil {
			errs = append(errs, fmt.Errorf("writing the %s report: %w", rep.name, err))
		}
	}
	for _, c := range o.close {
		if err := c.Close(); err != nil {
			errs = append(errs, fmt.Errorf("writing the job summary: %w", err))
		}
	}
	return errors.Join(errs...)
}

func (rep *output) finish() error {
	if err := rep.masked.Close(); err != nil {
		return err
	}
	if rep.file == nil {
		if gathered, ok := rep.target.(interface{ Flush() error }); ok {
			rep.err = gathered.Flush()
		}
		return nil // failure says it
	}
	if rep.live != nil {
		_ = rep.live.Close() // its place is taken next
	}
	if rep.zip != nil {
		if err := rep.zip.Close(); err != nil {
			return err
		}
	}
	return rep.file.Commit()
}

// Discard removes what is unfinished. After finish it removes only the spools.
func (o *Reports) Discard() {
	o.discardAsides()
	for _, rep := range o.reporters {
		rep.discard()
	}
}

func (rep *output) discard() {
	for _, s := range rep.spools {
		s.discard()
	}
	if rep.file != nil {
		rep.file.Discard()
	}
	if rep.live != nil {
		rep.live.discard()
	}
}
