package cli

import (
	"context"
	"fmt"
	"io"
	"strings"

	"posthaste/internal/cli/process"
	"posthaste/internal/licence"
	"posthaste/script/jslib"
)

// versionCommand is `posthaste version`. It prints the version alone, for scripts.
func versionCommand(_ context.Context, p *process.Process, args []string) error {
	if err := noArguments("version", args); err != nil {
		return err
	}
	_, err := fmt.Fprintln(p.Stdout, p.Version)
	return err
}

// licensesCommand is `posthaste licenses`: our licence, those of the Go modules, and those of
// the JavaScript that is embedded.
func licensesCommand(_ context.Context, p *process.Process, args []string) error {
	if err := noArguments("licenses", args); err != nil {
		return err
	}
	_, err := io.WriteString(p.Stdout, licence.Text()+jslib.Licences())
	return err
}

// noArguments refuses what follows a command that takes nothing.
func noArguments(name string, args []string) error {
	if len(args) > 0 {
		return process.Usage("posthaste "+name, "%s takes no arguments: %s", name, strings.Join(args, " "))
	}
	return nil
}
