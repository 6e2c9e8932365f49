// Package output writes what commands make: reports on the terminal and in files, masked, and in their place only when
// they are complete.
package output

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"posthaste/internal/cli/process"
	"posthaste/internal/redact"
	"posthaste/reporters"
	"posthaste/reporters/ci"
	"posthaste/reporters/report"
	"posthaste/runner"
	"posthaste/runner/event"
	"posthaste/runner/recording"
)

// Reports is the reports of one run. Those on the terminal get each event as it comes, with the sums so far. Those in
// files are made when the run is over, from the events that wait in a spool: they are masked by all that is known then.
// Where nothing is masked, as of a recording, all are made as the events come.
type Reports struct {
	Summary   event.Summary
	run       event.RunStarted
	reporters []*output
	Bodies    int
	Documents bool
	secrets   *redact.Set
	spool     *recording.Spool // nil where reports in files need not wait
	asides    []*os.File       // of secrets
	temp      *process.Temporary
	announces bool              // a reporter shows requests that are under way
	wrote     func(path string) // nil where nobody wants to be told where reports are

	masking sync.Once
	by      event.Masker // see masker

	mu sync.Mutex // units that run side by side announce while another's events are reported
}

// An output is a reporter and where it writes.
type output struct {
	report.Reporter
	name   string
	file   *File        // nil for a reporter on the terminal
	zip    *gzip.Writer // before the file, when its name asks for it
	target io.Writer
	close  io.Closer // what it writes to, where that is no report's file but one of the CI system
	last   bool      // it is made when the run is over
	spools []*spool
	temp   *process.Temporary
	err    error // the first; it hears nothing more then
	said   bool  // the run has been told of err
	live   *live // nil for a report that is written when it is complete
}

// Open makes the selected reporters. What they get is masked with the secrets; nil masks nothing. What cannot be
// read again goes past the watch, if there is one.
func (r *Settings) Open(p *process.Process, secrets *redact.Set, w *Watch) (*Reports, error) {
	out := &Reports{secrets: secrets, temp: p.Temporary}
	if !r.Silent && !r.Compat {
		out.wrote = func(path string) { fmt.Fprintf(p.Stderr, "posthaste: wrote %s\n", out.secrets.Text(shown(p, path))) }
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
		if err := r.openOne(p, spec, out, w); err != nil {
			out.Discard()
			return nil, err
		}
	}
	out.keepAside(w)
	return out, nil
}

// openOne makes a reporter, and the job summary with that of GitHub.
func (r *Settings) openOne(p *process.Process, spec report.Spec, out *Reports, watched *Watch) error {
	rep := &output{name: spec.Name, target: p.Stdout, temp: p.Temporary}
	out.reporters = append(out.reporters, rep)
	cfg := report.Config{
		Options: r.Options.Of(spec.Name), Compat: r.Compat, Terminal: r.terminal(p), Host: hostname(), Now: p.Now,
		Mask: out.secrets.Text, SkipConsequences: r.Consequences == "skip",
		Recording: func(name string, sink func(event.Masked) error) error { return readRecording(p, name, sink) },
	}
	path, _ := r.Options.Option(spec.Name, "export")
	if spec.Extension == "" && !r.Compat {
		// Only an export of its own moves a terminal reporter to a file: --reporter-export is for all that write one.
		var moved bool
		if path, moved = r.Options[spec.Name]["export"]; moved {
			spec.Extension = ".txt"
			cfg.Terminal = report.Terminal{Unicode: !r.DisableUnicode, Width: 80, Verbose: r.Verbose, Output: r.Output}
		}
	}
	if spec.Extension != "" {
		file, err := Create(p, r.path(p, spec, path))
		if err != nil {
			return process.Usage("name another place with --reporter-"+spec.Name+"-export FILE", "writing the %s report: %w", spec.Name, err)
		}
		rep.file, rep.target, rep.last = file, file, true
		if strings.HasSuffix(file.path, ".gz") {
			rep.zip = gzip.NewWriter(file)
			rep.target = rep.zip
		}
	}
	if spec.Name == "github" {
		if w := stepFile(p, "GITHUB_OUTPUT", watched); w != nil {
			cfg.StepOutput, rep.close = w, w
		}
		if w := stepFile(p, "GITHUB_STEP_SUMMARY", watched); w != nil {
			page := &output{name: "job summary", target: w, close: w, last: true, temp: p.Temporary}
			out.reporters = append(out.reporters, page)
			of := cfg
			of.Used = stepFileSize(p, "GITHUB_STEP_SUMMARY")
			if err := out.make(page, ci.GitHubSummary(), of); err != nil {
				return err
			}
		}
	}
	if err := out.make(rep, spec, cfg); err != nil {
		return err
	}
	if rep.file != nil && spec.Live {
		return rep.goLive(spec, cfg)
	}
	return nil
}

// readRecording reads the recording of another run.
func readRecording(p *process.Process, name string, sink func(event.Masked) error) error {
	file, err := os.Open(p.Path(name))
	if err != nil {
		return fmt.Errorf("reading the earlier run: %w", err)
	}
	defer file.Close()
	if err := recording.Replay(file, sink); err != nil {
		return fmt.Errorf("reading %s: %w", name, err)
	}
	return nil
}

// make makes the reporter of an output. The first that has to wait for the end of a run with secrets makes the spool.
func (o *Reports) make(rep *output, spec report.Spec, cfg report.Config) error {
	var err error
	cfg.Out, cfg.Spool = rep.target, rep.newSpool
	if rep.Reporter, err = spec.New(cfg); err != nil {
		return process.Usage("", "%w", err)
	}
	_, announces := rep.Reporter.(report.Announcer)
	o.announces = o.announces || announces && cfg.Terminal.Live
	o.Bodies = max(o.Bodies, spec.BodyBytes(cfg))
	o.Documents = o.Documents || spec.Documents
	if rep.last && o.secrets != nil && o.spool == nil {
		file, err := rep.newSpool()
		if err != nil {
			return process.Usage("", "making a spool: %w", err)
		}
		o.spool = recording.NewSpool(file)
	}
	return nil
}

// Report is the run's sink. A reporter that cannot write ends the run: a report that is silently missing would
// make a red run look green. The others hear all that there is to hear.
func (o *Reports) Report(e event.Masked) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.Summary.Add(e.Event())
	if started, ok := e.Event().(event.RunStarted); ok {
		started.Collection.Document = nil
		o.run = started
	}
	if o.spool != nil {
		o.fail(o.spool.Write(e))
	}
	var failed error
	for _, rep := range o.reporters {
		if rep.live != nil && rep.err == nil {
			rep.err = rep.live.Report(e, &o.Summary)
		}
		if (!rep.last || o.spool == nil) && rep.err == nil {
			rep.err = rep.Report(e, &o.Summary)
		}
		if failed == nil && !rep.said {
			failed = rep.failure()
			rep.said = rep.err != nil
		}
	}
	return failed
}

// fail notes that the reports which wait for the end cannot be made.
func (o *Reports) fail(err error) {
	for _, rep := range o.reporters {
		if rep.last && rep.err == nil {
			rep.err = err
		}
	}
}

// Live reports whether a report is written as the run goes on, for the case that the run is killed.
func (o *Reports) Live() bool {
	return slices.ContainsFunc(o.reporters, func(rep *output) bool { return rep.live != nil })
}

// Announcer shows requests that are under way to the reporters that want to see them. It is nil if no reporter does.
func (o *Reports) Announcer() func(event.Masked) {
	if !o.announces {
		return nil
	}
	return o.announce
}

// announce tells of a request that is under way. Units that run at the same time announce at the same time, hence the
// lock; a reporter that failed hears no more.
func (o *Reports) announce(e event.Masked) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, rep := range o.reporters {
		if watching, ok := rep.Reporter.(report.Announcer); ok && rep.err == nil {
			rep.err = watching.Announce(e, &o.Summary)
		}
	}
}

// Masked returns an event that the run itself did not make, such as the verdict of a threshold.
func (o *Reports) Masked(e event.Event) event.Masked { return event.Mask(e, o.masker()) }

// Again masks an event once more, if a secret has become known since.
func (o *Reports) Again(e event.Masked) event.Masked { return e.Again(o.masker()) }

// masker is made once: it is asked for at each event.
func (o *Reports) masker() event.Masker {
	o.masking.Do(func() {
		if o.secrets == nil {
			o.by = runner.Masker(nil)
			return
		}
		o.by = runner.Masker(o.secrets)
	})
	return o.by
}

// rest makes the reports that wait for the end of the run.
func (o *Reports) rest() {
	if o.spool == nil {
		return
	}
	again := o.masker()
	var sums event.Summary
	o.fail(o.spool.Replay(func(e event.Masked) error {
		e = e.Again(again)
		sums.Add(e.Event())
		for _, rep := range o.reporters {
			if rep.last && rep.err == nil {
				rep.err = rep.Report(e, &sums)
			}
		}
		return nil
	}))
}

// failure is why the report is not there, nil when it is.
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
	o.rest()
	for _, rep := range o.reporters {
		if rep.err != nil {
			if !rep.said {
				errs = append(errs, rep.failure())
			}
			continue
		}
		if err := rep.finish(); err != nil {
			errs = append(errs, fmt.Errorf("writing the %s report: %w", rep.name, err))
			continue
		}
		if rep.file != nil && o.wrote != nil {
			o.wrote(rep.file.path)
		}
	}
	return errors.Join(errs...)
}

// shown is a path as a person in the process's directory would write it.
func shown(p *process.Process, path string) string {
	if rel, err := filepath.Rel(p.Path("."), path); err == nil && filepath.IsLocal(rel) {
		return rel
	}
	return path
}

// finish puts a report in its place. Until here it was a temporary file, so an interrupted run leaves the old report.
func (rep *output) finish() error {
	if rep.close != nil {
		if err := rep.close.Close(); err != nil {
			return err
		}
	}
	if rep.file == nil {
		if gathered, ok := rep.target.(interface{ Flush() error }); ok {
			rep.err = gathered.Flush()
		}
		return nil // Failure says it
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

// Discard removes what is unfinished. After Finish it removes only the spools.
func (o *Reports) Discard() {
	o.discardAsides()
	for _, rep := range o.reporters {
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
}
