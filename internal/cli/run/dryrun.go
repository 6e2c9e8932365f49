package run

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"posthaste/internal/cli/process"
	"posthaste/runner"
)

// shownBody is how many bytes of a body --dry-run prints. More would hide the next request.
const shownBody = 2 << 10

// dryRun prints every request as it would be sent, without sending one. Variables that only
// scripts set have no value; they are listed, and with --strict they fail the command.
func (r *running) dryRun(ctx context.Context, all []runner.Options) error {
	var drafts []runner.Draft
	for _, opt := range all {
		opt.Bodies = shownBody
		next, err := runner.Drafts(ctx, opt)
		if err != nil {
			return process.Usage("", "running %s: %w", opt.Collection.File, err)
		}
		drafts = append(drafts, next...)
	}
	names := map[string]bool{}
	// Numbers count over all collections, as in a run.
	for i, d := range drafts {
		// A run that listens sets it when it has begun.
		d.Unresolved = slices.DeleteFunc(d.Unresolved, func(name string) bool { return name == "$listener" && r.flags.listen != "" })
		writeDraft(r.process.Stdout, i+1, d)
		// A name is counted once, however many requests use it.
		for _, name := range d.Unresolved {
			names[name] = true
		}
	}
	fmt.Fprintf(r.process.Stdout, "requests: %d; variables that nothing sets before the run: %d\n", len(drafts), len(names))
	if r.flags.strict && len(names) > 0 {
		return process.ExitCode(process.ExitFailed)
	}
	return nil
}

// writeDraft prints one request as it would be sent: path, request line, headers, body. A
// variable without a value is named, since the real run may set it.
func writeDraft(w io.Writer, number int, d runner.Draft) {
	fmt.Fprintf(w, "%d. %s\n", number, strings.Join(d.Item.FullPath(), " / "))
	fmt.Fprintf(w, "  %s %s\n", d.Request.Method, d.Request.URL)
	for _, h := range d.Request.Header {
		fmt.Fprintf(w, "  %s: %s\n", h.Key, h.Value)
	}
	if len(d.Request.Body.Data) > 0 {
		fmt.Fprintf(w, "\n%s\n", indentAll(string(d.Request.Body.Data)))
	}
	if d.Error != nil {
		fmt.Fprintf(w, "  cannot be sent: %s\n", d.Error.Message)
	}
	for _, name := range d.Unresolved {
		fmt.Fprintf(w, "  nothing sets {{%s}} before the run\n", name)
	}
	fmt.Fprintln(w)
}

// indentAll indents each line of a text by two spaces.
func indentAll(text string) string {
	return "  " + strings.ReplaceAll(strings.TrimRight(text, "\n"), "\n", "\n  ")
}
