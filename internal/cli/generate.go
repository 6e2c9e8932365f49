package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"posthaste/convert"
	"posthaste/internal/cli/apifile"
	"posthaste/internal/cli/input"
	"posthaste/internal/cli/option"
	"posthaste/internal/cli/process"
	"posthaste/internal/openapi/generate"
)

// generateFlags are the options of `posthaste generate`.
type generateFlags struct {
	api           apifile.Flags
	out, to, seed string
	negative      bool
}

// generateCommand is `posthaste generate`: a collection of the operations of an OpenAPI file.
func generateCommand(ctx context.Context, p *process.Process, args []string) error {
	var f generateFlags
	s := pflag.NewFlagSet("generate", pflag.ContinueOnError)
	s.SortFlags = false
	option.List(s, &f.api.Files, "openapi", "`FILE|URL` the API's OpenAPI file; FILE=https://host/base says where the API is served")
	s.BoolVar(&f.api.Remote, "openapi-remote", false, "follow references of the file to other hosts")
	s.StringVarP(&f.out, "output", "o", "", "`PATH` where to write: a new file (.json) or a new directory")
	s.StringVar(&f.to, "to", "", "`2.1|3.0` format of the collection; 2.1 where PATH ends in .json, else 3.0")
	s.BoolVar(&f.negative, "negative", false, "also make requests that the API must refuse")
	s.StringVar(&f.seed, "seed", "", "`N` choose other valid values")
	helped, err := option.Parse(p, s, option.Page{
		Usage:    "generate --openapi FILE -o PATH [OPTIONS]",
		About:    "Makes a collection from an OpenAPI file: one request for each operation, with valid values and with tests.",
		Examples: [][2]string{{"posthaste generate --openapi shop.yaml -o shop.json", "Make a collection of format 2.1"}},
	}, args)
	if helped || err != nil {
		return err
	}
	switch {
	case s.NArg() > 0:
		return process.Usage("posthaste generate --openapi FILE -o PATH", "generate takes no arguments but options: %s", s.Arg(0))
	case len(f.api.Files) != 1:
		return process.Usage("posthaste generate --openapi FILE -o PATH", "generate makes a collection of one OpenAPI file")
	case f.out == "":
		return process.Usage("such as -o collection.json", "-o is missing: it says where to write")
	case f.to == "":
		f.to = "3.0"
		if strings.HasSuffix(f.out, ".json") {
			f.to = "2.1"
		}
	case f.to != "3.0" && f.to != "2.1":
		return process.Usage("it takes 3.0 or 2.1", "--to %s is not supported", f.to)
	}
	return f.generate(ctx, p)
}

func (f *generateFlags) generate(ctx context.Context, p *process.Process) error {
	docs, err := f.api.Load(ctx, &input.Reader{Process: p})
	if err != nil {
		return err
	}
	if len(docs) != 1 {
		return process.Usage("name one file", "generate makes a collection of one OpenAPI file; %s has %d", f.api.Files[0], len(docs))
	}
	opt := generate.Options{Negative: f.negative}
	if f.seed != "" {
		seed, err := strconv.ParseUint(f.seed, 10, 64)
		if err != nil {
			return process.Usage("such as --seed 7", "--seed wants a whole number that is not negative, not %q", f.seed)
		}
		opt.Rand = rand.New(rand.NewPCG(seed, 0)) //nolint:gosec // values, no secrets
	}
	made, err := generate.Collection(docs[0], opt)
	if err != nil {
		return err
	}
	if made.Requests == 0 {
		return process.Usage("", "%s has no operations", f.api.Files[0])
	}
	if err := f.write(p, made.Text); err != nil {
		return err
	}
	fmt.Fprintf(p.Stdout, "generated %d requests of %d operations: %s\n", made.Requests, len(docs[0].Operations), f.out)
	f.tell(p, made.Notes)
	return nil
}

// mostNotes is how many values that do not fit are told; the descriptions of requests have all.
const mostNotes = 10

// tell says which values have to be completed by hand.
func (f *generateFlags) tell(p *process.Process, notes []generate.Note) {
	for _, n := range notes[:min(len(notes), mostNotes)] {
		fmt.Fprintf(p.Stderr, "posthaste: warning: %s\n", n)
	}
	if more := len(notes) - mostNotes; more > 0 {
		fmt.Fprintf(p.Stderr, "posthaste: warning: %d more like these\n", more)
	}
	if len(notes) > 0 {
		fmt.Fprintln(p.Stderr, "posthaste: hint: complete these values by hand; the descriptions of their requests name them (To be completed)")
	}
}

// write puts the collection in a place that does not exist yet.
func (f *generateFlags) write(p *process.Process, text []byte) error {
	const hint = "name a place that does not exist yet"
	if f.to == "3.0" {
		result, err := convert.Run(convert.Source{Name: f.out, Data: text}, f.to)
		if err == nil {
			err = result.Save(p.Path(f.out))
		}
		if err != nil {
			return process.Usage(hint, "%w", err)
		}
		return nil
	}
	file, err := os.OpenFile(p.Path(f.out), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return process.Usage(hint, "%s is there already", f.out)
	}
	if err == nil {
		_, err = file.Write(text)
		err = errors.Join(err, file.Close())
	}
	if err != nil {
		return process.Usage("", "writing the collection: %w", err)
	}
	return nil
}
