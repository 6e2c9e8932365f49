package cli

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"github.com/spf13/pflag"

	"posthaste/internal/cli/apifile"
	"posthaste/internal/cli/input"
	"posthaste/internal/cli/option"
	"posthaste/internal/cli/output"
	"posthaste/internal/cli/process"
	"posthaste/runner/event"
	"posthaste/runner/recording"
)

// reportFlags are the options of run that concern reports alone.
type reportFlags struct {
	reporters, output       string
	reports                 []string // NAME=FILE
	consequences            string
	verbose, disableUnicode bool
	color                   option.Colour
	suppressExitCode        bool
	timingsOut              string
	thresholds              []string
	api                     apifile.Flags
}

// define makes the flag set of report or merge. Defaults and texts are those of run.
func (f *reportFlags) define(name string) *pflag.FlagSet {
	s := pflag.NewFlagSet(name, pflag.ContinueOnError)
	s.SortFlags = false
	option.Reports(s, &f.reporters, &f.reports)
	s.StringVar(&f.output, "output", "", "`full|compact|dot|failures|summary|none` how much the cli reporter prints")
	s.StringVar(&f.consequences, "consequences", "fail", "`fail|skip` how JUnit shows failures that follow from others")
	s.BoolVar(&f.verbose, "verbose", false, "print requests and responses in detail")
	s.BoolVar(&f.disableUnicode, "disable-unicode", false, "print ASCII only")
	f.color = "auto"
	s.Var(&f.color, "color", "`auto|on|off` colours")
	option.List(s, &f.thresholds, "threshold", "`LIMIT` fail unless the limit is kept: 'p95<500ms', 'openapi.operations>80%'; may be repeated")
	f.api.Define(s)
	s.BoolVarP(&f.suppressExitCode, "suppress-exit-code", "x", false, "exit with 0 whatever happened")
	return s
}

// choose are the reporters and their options, as the flags say.
func (f *reportFlags) choose(p *process.Process, raw [][2]string) (names []string, options [][2]string, err error) {
	names, options, err = output.Choose(p, f.reporters, f.reports, raw, false)
	if err == nil {
		err = output.CheckConsequences(f.consequences)
	}
	return names, options, err
}

// settings are those of the reports.
func (f *reportFlags) settings(names []string) output.Settings {
	return output.Settings{Names: names, Output: f.output, Color: string(f.color), Verbose: f.verbose, DisableUnicode: f.disableUnicode, Consequences: f.consequences}
}

// reportCommand is `posthaste report`: reports of a run that the events reporter recorded, as
// the run itself would have made them, with the same exit code.
func reportCommand(ctx context.Context, p *process.Process, args []string) error {
	return rereport(ctx, p, "report", option.Page{
		Usage:    "report EVENTS.ndjson [OPTIONS]",
		About:    "Makes reports from a run that the events reporter has recorded.",
		Examples: [][2]string{{"posthaste report posthaste-report/events.ndjson -o html=report.html", "Make a page of a recording"}},
		Tables:   []option.Table{output.ReporterTable()},
	}, args, func(paths []string, sink func(event.Masked) error) error {
		if len(paths) != 1 {
			return process.Usage("posthaste merge takes several", "report takes one file of events")
		}
		file, err := input.OpenRecording(p, paths[0])
		if err != nil {
			return err
		}
		defer file.Close()
		return input.MisfitFile(p, recording.Replay(file, sink), "events", paths[0])
	})
}

// mergeCommand is `posthaste merge`: one report of several runs, such as the shards of one.
// It fails when a shard is missing, after having written what there is.
func mergeCommand(ctx context.Context, p *process.Process, args []string) error {
	return rereport(ctx, p, "merge", option.Page{
		Usage:    "merge DIR|FILES… [OPTIONS]",
		About:    "Makes one report from several recorded runs, such as the shards of one run. Fails when a shard is missing.",
		Examples: [][2]string{{"posthaste merge shards/ -o junit=all.xml", "Make one JUnit report of all shards"}},
		Tables:   []option.Table{output.ReporterTable()},
	}, args, func(paths []string, sink func(event.Masked) error) error {
		sources, err := recordings(p, paths)
		if err != nil {
			return err
		}
		return misfits(p, recording.Merge(sources, sink), sources)
	})
}

// recordings are the events files among the arguments, and in the directories that they name
// and one level below, where CI systems put the artefacts of a job. They are sorted by name,
// so the order of arguments does not matter.
func recordings(p *process.Process, paths []string) ([]recording.Source, error) {
	var files []string
	for _, path := range paths {
		if !process.IsDir(p.Path(path)) {
			files = append(files, path)
			continue
		}
		for _, pattern := range []string{"*.ndjson", "*.ndjson.gz", "*/*.ndjson", "*/*.ndjson.gz"} {
			found, err := filepath.Glob(filepath.Join(p.Path(path), pattern))
			if err != nil {
				return nil, process.Usage("", "finding events: %w", err)
			}
			files = append(files, found...)
		}
	}
	sort.Strings(files)
	if len(files) == 0 {
		return nil, process.Usage("the events reporter writes them: posthaste run … -r events", "there are no files of events")
	}
	var sources []recording.Source
	for _, file := range files {
		sources = append(sources, recording.Source{
			Name: file, Open: func() (io.ReadCloser, error) { return os.Open(p.Path(file)) },
		})
	}
	return sources, nil
}

// misfits is the error of reading several recordings, or what the first of them is that is no recording.
func misfits(p *process.Process, err error, sources []recording.Source) error {
	for _, s := range sources {
		if better := input.MisfitFile(p, err, "events", s.Name); better != err { //nolint:errorlint // it is err or another
			return better
		}
	}
	return err
}

// rereport feeds the reporters from recorded events. What was masked when it was recorded
// stays masked; nothing is unmasked. feed reads the events of the files and passes each to
// the function.
func rereport(ctx context.Context, p *process.Process, name string, page option.Page, args []string, feed func([]string, func(event.Masked) error) error) error {
	args, raw := option.TakeReporterOptions(args)
	var f reportFlags
	flags := f.define(name)
	if name == "merge" {
		flags.StringVar(&f.timingsOut, "timings", "", "`FILE` write how long each request took, for run --timings")
	}
	if helped, err := option.Parse(p, flags, page, option.JoinValues(args)); helped || err != nil {
		return err
	}
	names, raw, err := f.choose(p, raw)
	if err != nil {
		return err
	}
	r := f.settings(names)
	if name == "merge" { // the report of the whole; those of the shards' own jobs have been told there
		r.AddCI(p)
	}
	if err := r.SetOptions(p, raw); err != nil {
		return err
	}
	out, err := r.Open(p, nil, nil)
	if err != nil {
		return err
	}
	defer out.Discard()
	// A large recording takes time; an interrupt ends it without reports.
	unwatch := p.WatchInterrupts()
	defer unwatch()
	again, err := newRejudgement(ctx, p, &f.api, f.thresholds, out.Report)
	if err != nil {
		return err
	}
	times := timings{}
	err = feed(flags.Args(), func(e event.Masked) error {
		if p.Interrupted() {
			p.Warn("interrupted: no report was written")
			return process.ExitCode(process.ExitInterrupted)
		}
		times.add(e.Event())
		return again.take(e)
	})
	unwatch() // what writes the reports can be ended
	hole := (*recording.MissingShardsError)(nil)
	if err == nil || errors.As(err, &hole) { // else what is there is no whole report, and stays out of its place
		err = cmp.Or(out.Finish(), out.Failure(), err)
	}
	if err == nil && f.timingsOut != "" {
		err = times.write(p.Path(f.timingsOut))
	}
	if err != nil {
		return process.Usage("", "%s: %w", name, err)
	}
	again.say(p)
	err = process.Verdict(&out.Summary)
	if f.suppressExitCode {
		return process.Suppressed(err)
	}
	return err
}

// timings is how long the requests of a run took, in milliseconds by path, added up over
// iterations. run --timings reads them to balance shards.
type timings map[string]float64

// add counts the time of a step, scripts included.
func (t timings) add(e event.Event) {
	if e, ok := e.(event.ItemFinished); ok {
		t[strings.Join(e.Item.FullPath(), "/")] += float64(e.Elapsed.Microseconds()) / 1000
	}
}

// write makes a JSON object. A file that is there is replaced.
func (t timings) write(path string) error {
	data, err := json.MarshalIndent(t, "", "  ")
	if err != nil {
		return fmt.Errorf("writing the timings: %w", err)
	}
	if err := os.WriteFile(path, append(data, '\n'), 0o644); err != nil {
		return fmt.Errorf("writing the timings: %w", err)
	}
	return nil
}
