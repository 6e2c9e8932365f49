package cli

import (
	"context"
	"fmt"
	"io"

	"posthaste/internal/cli/process"
	"posthaste/internal/licence"
	"posthaste/script/jslib"
)

// versionCommand is `posthaste version`.
func versionCommand(_ context.Context, p *process.Process, _ []string) error {
	_, err := fmt.Fprintln(p.Stdout, p.Version)
	return err
}

// licensesCommand is `posthaste licenses`.
func licensesCommand(_ context.Context, p *process.Process, _ []string) error {
	_, err := io.WriteString(p.Stdout, licence.Text()+jslib.Licences())
	return err
}
