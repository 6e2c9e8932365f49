package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"posthaste/internal/cli/input"
	"posthaste/internal/cli/option"
	"posthaste/internal/cli/output"
	"posthaste/internal/cli/process"
	"posthaste/internal/golive"
	"posthaste/runner/event"
	"posthaste/runner/recording"
)

// goliveCommand is `posthaste golive`: the checklist of a product, filled in from recordings.
// It exits with 1 while points are open.
func goliveCommand(_ context.Context, p *process.Process, args []string) error {
	flags := pflag.NewFlagSet("golive", pflag.ContinueOnError)
	flags.SortFlags = false
	product := flags.String("product", "", "`"+strings.Join(golive.Products(), "|")+"` product whose checklist is filled in")
	format := flags.String("format", "markdown", "`"+strings.Join(golive.Formats(), "|")+"` format of the list")
	path := flags.String("output", "", "`FILE` write the list to a file")
	evidence := flags.String("evidence", "", "`simulated` also count requests to a simulator; the checklist says so")
	if helped, err := option.Parse(p, flags, option.Page{
		Usage:    "golive --product PRODUCT RECORDING … [OPTIONS]",
		About:    "Fills in the checklist that Vipps asks for before a product goes live, from recordings of runs. Exits with 1 while something is open.",
		Examples: [][2]string{{"posthaste golive --product epayment posthaste-report/events.ndjson", "Fill in the checklist of ePayment"}},
	}, option.JoinValues(args)); helped || err != nil {
		return err
	}
	switch {
	case !slices.Contains(golive.Products(), *product):
		return process.Usage("they are "+strings.Join(golive.Products(), ", "), "--product %s is no product that there is a checklist for", *product)
	case !slices.Contains(golive.Formats(), *format):
		return process.Usage("they are "+strings.Join(golive.Formats(), ", "), "--format %s is no form of a checklist", *format)
	case *evidence != "" && *evidence != "simulated":
		return process.Usage("only simulated can be given", "--evidence %s is no kind of evidence", *evidence)
	case flags.NArg() == 0:
		return process.Usage("the events reporter writes recordings: posthaste run … -r events", "golive takes recordings of runs")
	}
	list, err := golive.Find(*product)
	if err != nil {
		return err
	}
	reader := golive.New(list, golive.Options{Now: p.Now(), Simulated: *evidence == "simulated"})
	for _, name := range flags.Args() {
		if err := readEvidence(p, reader, name); err != nil {
			return err
		}
	}
	filled := reader.List()
	if err := writeList(p, filled, *format, *path); err != nil {
		return process.Usage("name another place with --output FILE", "writing the checklist: %w", err)
	}
	if filled.Open() > 0 {
		return process.ExitCode(process.ExitFailed)
	}
	return nil
}

// readEvidence adds the events of one recording. name is what the list calls it.
func readEvidence(p *process.Process, reader *golive.Reader, name string) error {
	file, err := input.OpenRecording(p, name)
	if err != nil {
		return err
	}
	defer file.Close()
	err = recording.Replay(file, func(e event.Masked) error {
		reader.Add(name, e.Event())
		return nil
	})
	if err != nil {
		err = process.Usage("the events reporter writes recordings: posthaste run … -r events", "reading %s: %w", name, err)
		return input.MisfitFile(p, err, "events", name)
	}
	return nil
}

// writeList writes the list to its file, or to standard output. A file is replaced only when
// the new list is complete; where the list stands is then printed to standard error.
func writeList(p *process.Process, list *golive.List, format, path string) error {
	if path == "" {
		return list.Write(p.Stdout, format)
	}
	file, err := output.Create(p, path)
	if err != nil {
		return err
	}
	defer file.Discard()
	if err := list.Write(file, format); err != nil {
		return err
	}
	if err := file.Commit(); err != nil {
		return err
	}
	fmt.Fprintf(p.Stderr, "posthaste: %s: %s\n", path, list.State())
	return nil
}
