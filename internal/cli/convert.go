package cli

import (
	"context"
	"fmt"
	"os"

	"github.com/spf13/pflag"

	v3 "posthaste/collection/v3"
	"posthaste/convert"
	"posthaste/internal/cli/input"
	"posthaste/internal/cli/option"
	"posthaste/internal/cli/process"
)

// convertCommand is `posthaste convert`: a collection of any format becomes one of 2.1 or
// 3.0. What the new format cannot express is listed, and under --strict nothing is written
// then. Nothing that exists is overwritten.
func convertCommand(ctx context.Context, p *process.Process, args []string) error {
	var to, out string
	var strict bool
	flags := pflag.NewFlagSet("convert", pflag.ContinueOnError)
	flags.SortFlags = false
	flags.StringVar(&to, "to", "", "`3.0|2.1` format to convert to")
	flags.StringVarP(&out, "output", "o", "", "`PATH` where to write: a new file for 2.1, a new or empty directory for 3.0")
	flags.BoolVar(&strict, "strict", false, "write nothing when something would be lost")
	if helped, err := option.Parse(p, flags, option.Page{
		Usage:    "convert FILE|DIR --to 3.0|2.1 -o PATH",
		About:    "Converts a collection into another format, and lists what the new format cannot express.",
		Examples: [][2]string{{"posthaste convert api.json --to 3.0 -o api", "Make a directory of YAML files, for version control"}},
	}, args); helped || err != nil {
		return err
	}
	switch {
	case flags.NArg() != 1:
		return option.WrongArguments("convert", flags.Args())
	case to == "":
		return process.Usage("such as --to 3.0 or --to 2.1", "--to is missing: it says which format to convert to")
	case to != "3.0" && to != "2.1":
		return process.Usage("it takes 3.0 or 2.1", "--to %s is not supported", to)
	case out == "":
		return process.Usage("such as -o collection.json", "-o is missing: it says where to write")
	}
	source, err := convertible(ctx, p, flags.Arg(0))
	if err != nil {
		return err
	}
	result, err := convert.Run(source, to)
	if err == nil && len(source.Data) > 0 && result.Requests == 0 {
		err = input.Misfit(nil, "collection", source.Name, source.Data)
	}
	if err != nil {
		return input.Misfit(process.Usage("", "reading the collection: %w", err), "collection", source.Name, source.Data)
	}
	for _, n := range result.Notices {
		p.Warn("%s", n)
	}
	// Losses are the command's result, so they go to standard output; warnings do not.
	for _, loss := range result.Losses {
		where := loss.Path
		if where == "" {
			where = "the collection"
		}
		fmt.Fprintf(p.Stdout, "lost: %s: %s\n", where, loss.What)
	}
	if strict && len(result.Losses) > 0 {
		return &process.Problem{Code: process.ExitFailed, Err: fmt.Errorf("format %s cannot say %d things that the collection says", to, len(result.Losses))}
	}
	// Save refuses a place that exists.
	if err := result.Save(p.Path(out)); err != nil {
		return process.Usage("name a place that does not exist yet", "%w", err)
	}
	fmt.Fprintf(p.Stdout, "converted %d requests to format %s: %s\n", result.Requests, to, out)
	return nil
}

// convertible is a file or a directory as the converter takes it. A directory that is part of
// a workspace is read from the workspace's root, since files refer to each other.
func convertible(ctx context.Context, p *process.Process, name string) (convert.Source, error) {
	if process.IsDir(p.Path(name)) {
		root, rest, show := v3.Split(name, p.Path(name))
		return convert.Source{Name: name, FS: os.DirFS(root), Dir: rest, Show: show}, nil
	}
	_, data, err := (&input.Reader{Process: p}).Read(ctx, "collection", name)
	return convert.Source{Name: name, Data: data}, err
}
