// Package watch is `posthaste run --watch`: it runs a collection again whenever one of the files of the run changes.
package watch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"posthaste/collection"
	"posthaste/internal/cli/input"
	"posthaste/internal/cli/option"
	"posthaste/internal/cli/process"
	"posthaste/internal/cli/run"
)

// The times of watching: how often files are looked at, and how long they have to rest before a run begins.
const (
	interval = 200 * time.Millisecond
	rest     = 100 * time.Millisecond
)

// Command is `posthaste run`, with --watch or without.
func Command(ctx context.Context, p *process.Process, args []string) error {
	end := slices.Index(args, "--")
	if end < 0 {
		end = len(args)
	}
	at := slices.Index(args[:end], "--watch")
	if at < 0 {
		return run.Command(ctx, p, args)
	}
	w := &watching{process: p, args: slices.Delete(slices.Clone(args), at, at+1)}
	if err := w.prepare(ctx); err != nil {
		return err
	}
	return w.loop(ctx)
}

// A watching is a run that is repeated.
type watching struct {
	process     *process.Process
	args        []string // without --watch
	files       []string // and directories, as they were named
	collections []string
	selects     bool // the command line has a selection of its own
	last        map[string]map[string]string
}

// prepare finds out which files the run reads.
func (w *watching) prepare(ctx context.Context) error {
	silent := *w.process
	silent.Stdout, silent.Stderr = io.Discard, io.Discard
	d := (*option.Description)(nil)
	if err := run.Command(ctx, &silent, []string{option.Describe}); !errors.As(err, &d) {
		return err
	}
	args, reporterOptions := option.TakeReporterOptions(w.args)
	if _, err := option.Parse(&silent, d.Flags, option.Page{}, option.JoinValues(args)); err != nil {
		return run.Command(ctx, w.process, w.args) // it says what is wrong
	}
	read, err := option.ReadConfig(&silent, d.Flags, &reporterOptions)
	if err != nil {
		return err
	}
	w.collections = d.Flags.Args()
	if len(w.collections) == 0 && read.Collection != "" {
		w.collections = []string{read.Collection}
	}
	if len(w.collections) == 0 {
		return option.WrongArguments("run", nil)
	}
	if w.collections, err = input.Expand(w.process, w.collections, d.Flags.Changed("all")); err != nil {
		return err
	}
	w.note(d.Flags)
	for _, name := range w.files {
		if name == "-" {
			return process.Usage("name a file", "--watch cannot wait for changes of standard input")
		}
	}
	w.files = slices.DeleteFunc(w.files, input.IsURL)
	return nil
}

// note lists the files that options name, and whether one of them selects requests.
func (w *watching) note(flags *pflag.FlagSet) {
	w.files = append(slices.Clone(w.collections), "posthaste.yaml", ".newmanrc")
	flags.VisitAll(func(f *pflag.Flag) {
		if !f.Changed {
			return
		}
		switch f.Name {
		case "environment", "globals", "iteration-data", "packages", "cookie-jar", "ssl-client-cert-list":
			w.files = append(w.files, f.Value.String())
		case "env-file", "openapi":
			if several, ok := f.Value.(pflag.SliceValue); ok {
				w.files = append(w.files, several.GetSlice()...)
			}
		case "folder", "include", "exclude", "grep", "tag", "last-failed", "shard", "all":
			w.selects = true
		}
	})
}

// loop runs, waits for a change, and runs again, until it is interrupted. The exit code is that of the last run.
func (w *watching) loop(ctx context.Context) error {
	p := w.process
	w.last = w.fingerprints(ctx)
	args := w.args
	for {
		before := w.snapshot()
		err := run.Command(ctx, p, args)
		code := process.ExitCode(process.ExitPassed)
		switch said := process.ExitCode(0); {
		case errors.As(err, &said):
			code = said
		case err != nil:
			code = process.ExitCode(p.Fail(err))
		}
		if code == process.ExitInterrupted || ctx.Err() != nil || process.Unread(p.Stdout) {
			return code // nobody would see the next run
		}
		stop := p.WatchInterrupts() // before it is said that Ctrl-C ends it
		fmt.Fprintf(p.Stderr, "posthaste: watching %s; Ctrl-C ends\n", strings.Join(w.shown(), ", "))
		changed := w.wait(ctx, before)
		stop()
		if !changed {
			if code == process.ExitPassed {
				return nil
			}
			return code
		}
		args = w.next(ctx)
	}
}

// shown are the files that are there.
func (w *watching) shown() []string {
	return slices.DeleteFunc(slices.Clone(w.files), func(name string) bool { return !process.Exists(w.process.Path(name)) })
}

// wait returns true when a file has changed, and false when it is interrupted.
func (w *watching) wait(ctx context.Context, before string) bool {
	for {
		select {
		case <-ctx.Done():
			return false
		case <-w.process.Interrupts:
			return false
		case <-time.After(interval):
		}
		now := w.snapshot()
		if now == before {
			continue
		}
		for { // an editor may still be writing
			time.Sleep(rest)
			later := w.snapshot()
			if later == now {
				return true
			}
			now = later
		}
	}
}

// next is the command line of the next run: what changed with what it depends on, where that can be told.
func (w *watching) next(ctx context.Context) []string {
	now := w.fingerprints(ctx)
	changed, whole := changes(w.last, now)
	w.last = now
	p := w.process
	if whole || w.selects || len(changed) == 0 {
		fmt.Fprint(p.Stderr, "posthaste: something changed: running all again\n")
		return w.args
	}
	fmt.Fprintf(p.Stderr, "posthaste: changed: %s: running that, and what it depends on\n", strings.Join(changed, ", "))
	args := slices.Clone(w.args)
	for _, path := range changed {
		args = append(args, "--include="+path)
	}
	return append(args, "--with-dependencies")
}

// fingerprints are those of the items of each collection, by their paths; one that cannot be read has none.
func (w *watching) fingerprints(ctx context.Context) map[string]map[string]string {
	silent := *w.process
	silent.Stdout, silent.Stderr = io.Discard, io.Discard
	all := map[string]map[string]string{}
	for _, name := range w.collections {
		if input.IsURL(name) {
			continue
		}
		if c, err := (&input.Reader{Process: &silent}).Collection(ctx, name, input.Parsing{StableIDs: true}); err == nil {
			all[name] = fingerprint(c.Export(collection.ExportOptions{}))
		}
	}
	return all
}
