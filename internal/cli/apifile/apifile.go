// Package apifile reads the OpenAPI files that options name, for all commands that take them.
package apifile

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"posthaste/internal/cli/input"
	"posthaste/internal/cli/option"
	"posthaste/internal/cli/process"
	"posthaste/internal/openapi"
	"posthaste/internal/openapi/contract"
	"posthaste/internal/openapi/node"
	"posthaste/internal/openapi/reference"
)

// Flags are the options about OpenAPI files.
type Flags struct {
	Files           []string
	Formats, Strict bool
	Remote          bool
	Baseline        string
	Update          bool
}

// Define adds the options to a command.
func (f *Flags) Define(s *pflag.FlagSet) {
	option.List(s, &f.Files, "openapi", "`FILE|DIR|URL` check every response against the API's OpenAPI file; FILE=https://host/base says where the API is served; may be repeated")
	s.BoolVar(&f.Formats, "openapi-formats", false, "check formats, too, such as date-time and uuid")
	s.BoolVar(&f.Strict, "openapi-strict", false, "fail on fields, query parameters and bodies that the file does not describe")
	s.BoolVar(&f.Remote, "openapi-remote", false, "follow references of the file to other hosts")
	s.StringVar(&f.Baseline, "openapi-baseline", "", "`FILE` known deviations, which do not fail")
	s.BoolVar(&f.Update, "openapi-update-baseline", false, "write the deviations of this run to the file of --openapi-baseline")
}

// DefineFiles adds those options that say which files there are, for commands that send nothing. about is what they do with them.
func (f *Flags) DefineFiles(s *pflag.FlagSet, about string) {
	option.List(s, &f.Files, "openapi", "`FILE|DIR|URL` "+about+"; FILE=https://host/base says where the API is served; may be repeated")
	s.BoolVar(&f.Formats, "openapi-formats", false, "check formats, too, such as date-time and uuid")
	s.BoolVar(&f.Remote, "openapi-remote", false, "follow references of the file to other hosts")
}

// Check says which options go with which, before anything is read.
func (f *Flags) Check() error {
	switch {
	case len(f.Files) == 0 && (f.Formats || f.Strict || f.Remote || f.Baseline != "" || f.Update):
		return process.Usage("such as --openapi api.yaml", "options about an OpenAPI file need --openapi FILE")
	case f.Update && f.Baseline == "":
		return process.Usage("--openapi-baseline FILE", "--openapi-update-baseline needs the file to write")
	}
	return nil
}

// Contract reads the files and makes a contract of them; nil if missing. Unknown says which values are not known; nil knows
// all.
func (f *Flags) Contract(ctx context.Context, in *input.Reader, unknown func(*node.Node) bool) (*contract.Contract, error) {
	if err := f.Check(); err != nil || len(f.Files) == 0 {
		return nil, err
	}
	docs, err := f.Load(ctx, in)
	if err != nil {
		return nil, err
	}
	opt := contract.Options{Formats: f.Formats, Strict: f.Strict, Unknown: unknown}
	if opt.Baseline, err = f.baseline(in.Process); err != nil {
		return nil, err
	}
	return contract.New(docs, opt), nil
}

// baseline reads the file of known deviations. One that is to be written need not be there.
func (f *Flags) baseline(p *process.Process) (*contract.Baseline, error) {
	if f.Baseline == "" {
		return nil, nil
	}
	data, err := os.ReadFile(p.Path(f.Baseline))
	switch {
	case errors.Is(err, fs.ErrNotExist) && f.Update:
	case errors.Is(err, fs.ErrNotExist):
		return nil, process.Usage("--openapi-update-baseline writes it", "reading the baseline: %s: no such file", f.Baseline)
	case err != nil:
		return nil, process.Usage("", "reading the baseline: %w", err)
	}
	b, err := contract.ReadBaseline(f.Baseline, data, p.Now())
	if err != nil {
		return nil, process.Usage("", "reading the baseline: %w", err)
	}
	b.All = f.Update
	return b, nil
}

// Write writes the baseline of a run, where that was asked for.
func (f *Flags) Write(p *process.Process, c *contract.Contract, masked func(string) string) error {
	if c == nil || !f.Update {
		return nil
	}
	met := c.Met()
	text := masked(string(contract.WriteBaseline(c.Baseline(), met)))
	if err := os.WriteFile(p.Path(f.Baseline), []byte(text), 0o644); err != nil {
		return process.Usage("", "writing the baseline: %w", err)
	}
	fmt.Fprintf(p.Stderr, "posthaste: %s has %d known deviations; give each a reason\n", f.Baseline, len(met))
	return nil
}

// Load reads the files, and warns of what is wrong with them and left out.
func (f *Flags) Load(ctx context.Context, in *input.Reader) ([]*openapi.Document, error) {
	var docs []*openapi.Document
	for _, given := range f.Files {
		name, base := cutBase(given)
		list, err := f.load(ctx, in, name, base)
		if err != nil {
			return nil, err
		}
		docs = append(docs, list...)
	}
	return docs, nil
}

// cutBase takes the address off FILE=https://host/base.
func cutBase(given string) (name, base string) {
	for _, scheme := range []string{"=https://", "=http://"} {
		if i := strings.LastIndex(given, scheme); i > 0 {
			return given[:i], given[i+1:]
		}
	}
	return given, ""
}

func (f *Flags) load(ctx context.Context, in *input.Reader, name, base string) ([]*openapi.Document, error) {
	names := []string{name}
	isDir := !input.IsURL(name) && process.IsDir(in.Process.Path(name))
	if isDir {
		var err error
		if names, err = filesIn(in.Process, name); err != nil {
			return nil, err
		}
	}
	opt := openapi.Options{Base: base, Remote: f.Remote, Read: func(name string) ([]byte, error) {
		_, data, err := in.ReadWithin(ctx, "OpenAPI file", name, bounds())
		return data, err
	}}
	var docs []*openapi.Document
	for _, one := range names {
		d, err := openapi.Load(one, opt)
		if isDir && errors.Is(err, openapi.ErrNotOpenAPI) {
			continue // a part of another, or something else
		}
		if err == nil {
			err = f.warn(in.Process, d)
		}
		if err != nil {
			if p := (*process.Problem)(nil); errors.As(err, &p) {
				return nil, err
			}
			return nil, input.MisfitFile(in.Process, process.Usage("", "reading the OpenAPI file: %w", err), "OpenAPI file", one)
		}
		docs = append(docs, d)
	}
	if len(docs) == 0 {
		return nil, process.Usage("name the file", "no file in %s is an OpenAPI file", name)
	}
	return docs, nil
}

// bounds keep a file of somebody else's from filling the memory, from never ending, and from leading into this network.
func bounds() input.Bounds {
	return input.Bounds{Bytes: reference.MaxFile, Time: time.Minute, Redirect: func(from, to string) error {
		if reference.Inward(from, to) {
			return reference.ErrInward
		}
		return nil
	}}
}

// filesIn are the files of a directory, and of those below it, that may be OpenAPI files.
func filesIn(p *process.Process, dir string) ([]string, error) {
	var names []string
	root := p.Path(dir)
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && path != root && strings.HasPrefix(d.Name(), ".") {
			return filepath.SkipDir
		}
		switch strings.ToLower(filepath.Ext(path)) {
		case ".yaml", ".yml", ".json":
			rel, err := filepath.Rel(root, path)
			if err != nil {
				return err
			}
			names = append(names, filepath.ToSlash(filepath.Join(dir, rel)))
		}
		return nil
	})
	if err != nil {
		return nil, process.Usage("", "reading the directory of OpenAPI files: %w", err)
	}
	slices.Sort(names)
	return names, nil
}

// mostWarnings is how many problems of a file are told.
const mostWarnings = 5

// warn tells what is wrong with a file. Under --openapi-strict references that lead nowhere are an error.
func (f *Flags) warn(p *process.Process, d *openapi.Document) error {
	var broken []error
	for i, one := range d.Problems {
		if f.Strict && one.Reference {
			broken = append(broken, errors.New(one.String()))
			continue
		}
		text := one.String()
		if one.Reference {
			text += "; what it stands for is not checked"
		}
		if i < mostWarnings {
			p.Warn("%s", text)
		}
	}
	if more := len(d.Problems) - len(broken) - mostWarnings; more > 0 {
		p.Warn("%s: %d more like these", d.Name, more)
	}
	return errors.Join(broken...)
}
