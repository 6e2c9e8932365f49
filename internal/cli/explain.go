package cli

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/spf13/pflag"

	"posthaste/internal/cli/input"
	"posthaste/internal/cli/option"
	"posthaste/internal/cli/output"
	"posthaste/internal/cli/process"
	"posthaste/reporters/report"
	"posthaste/runner/event"
	"posthaste/runner/recording"
)

// explainCommand is `posthaste explain`: what failed first in a run, what followed from it,
// and what to do. Without an argument it explains the last run, whose story is in the user's
// cache. The texts were masked when they were recorded.
func explainCommand(_ context.Context, p *process.Process, args []string) error {
	format := "text"
	flags := pflag.NewFlagSet("explain", pflag.ContinueOnError)
	flags.StringVar(&format, "format", format, "`text|json` format of the output")
	if helped, err := option.Parse(p, flags, option.Page{
		Usage: "explain [RECORDING] [OPTIONS]",
		About: "Says what failed first in the last run, or in a recording, what failed because of it, and what to do.",
	}, args); helped || err != nil {
		return err
	}
	if format != "text" && format != "json" {
		return process.Usage("text and json are", "--format %s is not known", format)
	}
	var story report.Story
	var err error
	what := "the last run"
	switch flags.NArg() {
	case 0:
		story, err = output.LastStory(p)
	case 1:
		what = flags.Arg(0)
		story, err = recordedStory(p, what)
	default:
		return process.Usage("merge makes one recording of several: posthaste merge … -r events", "explain takes one recording")
	}
	switch {
	case err != nil:
		return err
	case len(story.Causes) == 0:
		return process.Usage("", "there is nothing to explain: nothing failed in %s", what)
	case format == "text":
		fmt.Fprint(p.Stdout, story.Text())
		return nil
	}
	enc := json.NewEncoder(p.Stdout)
	// URLs in the texts keep their "&".
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(map[string]any{"causes": story.Shape()}); err != nil {
		return fmt.Errorf("writing JSON: %w", err)
	}
	return nil
}

// recordedStory is the story of a run that the events reporter recorded. A recording that is
// cut off is an error.
func recordedStory(p *process.Process, path string) (report.Story, error) {
	file, err := input.OpenRecording(p, path)
	if err != nil {
		return report.Story{}, err
	}
	defer file.Close()
	var sums event.Summary
	var started event.RunStarted
	err = recording.Replay(file, func(e event.Masked) error {
		if e, ok := e.Event().(event.RunStarted); ok {
			started = e
		}
		sums.Add(e.Event())
		return nil
	})
	if err != nil {
		err = process.Usage("the events reporter writes recordings: posthaste run … -r events", "reading %s: %w", path, err)
		return report.Story{}, input.MisfitFile(p, err, "events", path)
	}
	return report.NewStory(started, &sums), nil
}
