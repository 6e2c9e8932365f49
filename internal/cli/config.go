package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"posthaste/internal/cli/option"
	"posthaste/internal/cli/process"
	"posthaste/internal/redact"
	"posthaste/internal/secret/find"
	"posthaste/internal/secret/naming"
)

// A settled is one setting in force, and where it comes from.
type settled struct {
	Name  string `json:"option"`
	Value string `json:"value"`
	From  string `json:"from"`
}

// configCommand is `posthaste config`: the settings that a run with these options would have.
func configCommand(ctx context.Context, p *process.Process, args []string) error {
	page := option.Page{
		Usage: "config [--json] [OPTIONS OF RUN]",
		About: "Prints the settings that posthaste run would have here, and where each comes from: the command line, a file with its line, or the environment. Values of secrets are masked.",
		See:   []string{"configuration"},
		Examples: [][2]string{
			{"posthaste config", "See what posthaste.yaml and .newmanrc set"},
		},
	}
	asJSON := slices.Contains(args, "--json")
	args = slices.DeleteFunc(slices.Clone(args), func(arg string) bool { return arg == "--json" })
	if slices.Contains(args, option.Describe) || slices.Contains(args, "--help") || slices.Contains(args, "-h") {
		flags := pflag.NewFlagSet("config", pflag.ContinueOnError)
		flags.Bool("json", false, "print a JSON array")
		_, err := option.Parse(p, flags, page, args)
		return err
	}
	args, typed := option.TakeReporterOptions(args)
	d := runDescription(ctx, p)
	if _, err := option.Parse(p, d.Flags, page, option.JoinValues(args)); err != nil {
		return err
	}
	list, err := settings(p, d.Flags, typed)
	if err != nil {
		return err
	}
	if asJSON {
		enc := json.NewEncoder(p.Stdout)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		return enc.Encode(list)
	}
	return writeSettings(p.Stdout, list)
}

// runDescription is how `posthaste run` describes itself.
func runDescription(ctx context.Context, p *process.Process) *option.Description {
	for _, c := range commands() {
		if c.name == "run" {
			return describe(ctx, p, c)
		}
	}
	return nil // it is a command
}

// settings lists what is set, in the order of help.
func settings(p *process.Process, flags *pflag.FlagSet, typed [][2]string) ([]settled, error) {
	named := flags.Args()
	reporters := slices.Clone(typed)
	read, err := option.ReadConfig(p, flags, &reporters)
	if err != nil {
		return nil, err
	}
	list := []settled{}
	switch {
	case len(named) > 0:
		list = append(list, settled{"collection", strings.Join(named, " "), "command line"})
	case read.Collection != "":
		list = append(list, settled{"collection", read.Collection, read.Origins["collection"]})
	}
	flags.VisitAll(func(f *pflag.Flag) {
		if !f.Changed {
			return
		}
		from := read.Origins[f.Name]
		if from == "" {
			from = "command line"
		}
		list = append(list, settled{f.Name, shownValue(f), from})
	})
	for _, r := range reporters {
		from := "command line"
		if slices.Contains(read.Reporter, r) {
			from = read.Origins["reporter-"+r[0]]
		}
		list = append(list, settled{"reporter-" + r[0], maskedText(r[1]), from})
	}
	if p.Getenv("POSTMAN_API_KEY") != "" && !flags.Changed("postman-api-key") {
		list = append(list, settled{"postman-api-key", redact.Mask, "POSTMAN_API_KEY"})
	}
	return list, nil
}

// shownValue is a flag's value without what may be secret in it.
func shownValue(f *pflag.Flag) string {
	switch f.Name {
	case "postman-api-key", "ssl-client-passphrase":
		return redact.Mask
	}
	values := []string{f.Value.String()}
	if several, ok := f.Value.(pflag.SliceValue); ok {
		values = several.GetSlice()
	}
	for i, value := range values {
		key, _, isPair := strings.Cut(value, "=")
		if isPair && strings.HasSuffix(f.Name, "-var") && naming.Names(key) {
			values[i] = key + "=" + redact.Mask
			continue
		}
		values[i] = maskedText(value)
	}
	return strings.Join(values, ", ")
}

// maskedText is a text without the credentials that are found in it, such as a key in a URL.
func maskedText(text string) string {
	var secrets redact.Set
	var finder find.Finder
	found := func(name, value string) { secrets.Pin(name, value) }
	finder.Text(text, found)
	if strings.Contains(text, "://") {
		finder.URL(text, found)
	}
	return secrets.Text(text)
}

func writeSettings(w io.Writer, list []settled) error {
	if len(list) == 0 {
		_, err := fmt.Fprintln(w, "nothing is set: every option has its default")
		return err
	}
	widths := [2]int{}
	for _, s := range list {
		widths[0], widths[1] = max(widths[0], len(s.Name)), max(widths[1], len(s.Value))
	}
	for _, s := range list {
		if _, err := fmt.Fprintf(w, "%-*s  %-*s  %s\n", widths[0], s.Name, min(widths[1], 40), s.Value, s.From); err != nil {
			return err
		}
	}
	return nil
}
