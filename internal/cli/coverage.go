package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/spf13/pflag"

	"posthaste/internal/cli/apifile"
	"posthaste/internal/cli/option"
	"posthaste/internal/cli/process"
	"posthaste/reporters/report"
	"posthaste/runner/deviation"
	"posthaste/runner/event"
	"posthaste/runner/recording"
)

// coverageCommand is `posthaste coverage`: how much of OpenAPI files recorded runs have covered, and where they differ.
func coverageCommand(ctx context.Context, p *process.Process, args []string) error {
	var api apifile.Flags
	var limits []string
	var asJSON bool
	s := pflag.NewFlagSet("coverage", pflag.ContinueOnError)
	s.SortFlags = false
	api.Define(s)
	option.List(s, &limits, "threshold", "`LIMIT` fail unless the limit is kept: 'openapi.operations>80%'; may be repeated")
	s.BoolVar(&asJSON, "json", false, "print JSON")
	helped, err := option.Parse(p, s, option.Page{
		Usage:    "coverage --openapi FILE RECORDING … [OPTIONS]",
		About:    "Shows which part of an OpenAPI file recorded runs have covered, and where they differ from the file.",
		Examples: [][2]string{{"posthaste coverage --openapi api.yaml posthaste-report/events.ndjson", "Look at a recording"}},
	}, args)
	if helped || err != nil {
		return err
	}
	if len(api.Files) == 0 {
		return process.Usage("posthaste coverage --openapi FILE RECORDING", "coverage needs an OpenAPI file")
	}
	sources, err := recordings(p, s.Args())
	if err != nil {
		return err
	}
	found := &covering{}
	again, err := newRejudgement(ctx, p, &api, limits, found.take)
	if err != nil {
		return err
	}
	if err := misfits(p, recording.Merge(sources, again.take), sources); err != nil {
		return process.Usage("", "coverage: %w", err)
	}
	if err := found.print(p, asJSON); err != nil {
		return err
	}
	again.say(p)
	if found.broken > 0 || len(found.failures) > 0 {
		return process.ExitCode(process.ExitFailed)
	}
	return nil
}

// A covering gathers what a recording says of OpenAPI files.
type covering struct {
	files    []event.Coverage
	failures []string
	broken   int
}

func (c *covering) take(masked event.Masked) error {
	switch e := masked.Event().(type) {
	case event.Coverage:
		c.files = event.Join(c.files, e)
	case event.Assertion:
		if e.Name == deviation.Name && e.Script == (event.Script{}) && e.Error != nil {
			for line := range strings.SplitSeq(e.Error.Message, "\n") {
				c.failures = append(c.failures, strings.Join(e.Item.FullPath(), " / ")+": "+line)
			}
		}
	case event.Threshold:
		if e.Broken {
			c.broken++
		}
	}
	return nil
}

// print writes sums, what was never met, and what differs.
func (c *covering) print(p *process.Process, asJSON bool) error {
	if asJSON {
		out := json.NewEncoder(p.Stdout)
		out.SetIndent("", "  ")
		out.SetEscapeHTML(false)
		return out.Encode(map[string]any{"openapi": report.CoverageShape(c.files), "deviations": append([]string{}, c.failures...)})
	}
	fmt.Fprintln(p.Stdout, report.CoverageText(c.files))
	for _, kind := range event.CoveredKinds() {
		never := report.Uncovered(c.files, kind)
		if len(never) == 0 {
			continue
		}
		fmt.Fprintf(p.Stdout, "\n%s never met (%d):\n", event.CoveredPlural(kind), len(never))
		for _, point := range never {
			name := point.Name
			if kind == event.CoveredStatus || kind == event.CoveredParameter {
				name = point.Operation + " " + name
			}
			fmt.Fprintf(p.Stdout, "  %s  %s\n", report.OneLine(name), report.OneLine(point.Place))
		}
	}
	if len(c.failures) > 0 {
		fmt.Fprintf(p.Stdout, "\ndifferent from the file (%d):\n", len(c.failures))
		for _, text := range c.failures {
			fmt.Fprintln(p.Stdout, "  "+report.OneLine(text))
		}
	}
	return nil
}
