package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spf13/pflag"

	"posthaste/internal/cli/option"
	"posthaste/internal/cli/process"
	"posthaste/internal/licence"
)

// versionCommand is `posthaste version`. It prints the version alone, for scripts.
func versionCommand(_ context.Context, p *process.Process, args []string) error {
	flags := pflag.NewFlagSet("version", pflag.ContinueOnError)
	asJSON := flags.Bool("json", false, "print version, date, platform and libraries as JSON")
	page := option.Page{Usage: "version [--json]", About: "Prints the version."}
	if helped, err := option.Parse(p, flags, page, args); helped || err != nil {
		return err
	}
	if err := noArguments("version", flags.Args()); err != nil {
		return err
	}
	if *asJSON {
		enc := json.NewEncoder(p.Stdout)
		enc.SetIndent("", "  ")
		return enc.Encode(buildOf(p))
	}
	_, err := fmt.Fprintln(p.Stdout, p.Version)
	return err
}

// A build is what a program is made of.
type build struct {
	Version  string            `json:"version"`
	Revision string            `json:"revision,omitempty"`
	Date     string            `json:"date,omitempty"` // of the revision
	Go       string            `json:"go"`
	Platform string            `json:"platform"`
	Modules  map[string]string `json:"modules"`
}

func buildOf(p *process.Process) build {
	b := build{
		Version: p.Version, Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH,
		Modules: map[string]string{},
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return b
	}
	for _, m := range info.Deps {
		b.Modules[m.Path] = m.Version
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			b.Revision = s.Value
		case "vcs.time":
			b.Date = s.Value
		}
	}
	return b
}

// licensesCommand is `posthaste licenses`: our licence and those of the Go modules.
func licensesCommand(_ context.Context, p *process.Process, args []string) error {
	flags := pflag.NewFlagSet("licenses", pflag.ContinueOnError)
	page := option.Page{Usage: "licenses", About: "Prints the licences of Posthaste and of the software in it."}
	if helped, err := option.Parse(p, flags, page, args); helped || err != nil {
		return err
	}
	if err := noArguments("licenses", flags.Args()); err != nil {
		return err
	}
	_, err := io.WriteString(p.Stdout, licence.Text())
	return err
}

// noArguments refuses what follows a command that takes nothing.
func noArguments(name string, args []string) error {
	if len(args) > 0 {
		return process.Usage("posthaste "+name, "%s takes no arguments: %s", name, strings.Join(args, " "))
	}
	return nil
}
