package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"posthaste/collection"
	"posthaste/internal/cli/input"
	"posthaste/internal/cli/option"
	"posthaste/internal/cli/process"
	"posthaste/internal/redact"
	"posthaste/internal/selection"
	"posthaste/runner"
)

// A listed request is one line of `posthaste list`. Its JSON is documented, so members are
// only ever added.
type listed struct {
	Path   string   `json:"path"`
	ID     string   `json:"id,omitempty"`
	Method string   `json:"method"`
	URL    string   `json:"url"`
	Tags   []string `json:"tags,omitempty"`
	File   string   `json:"file"`
	Line   int      `json:"line,omitempty"`
}

// listCommand is `posthaste list`: every request of a collection, as selections name it.
// Secrets in URLs are masked: lists end up in logs and issues.
func listCommand(ctx context.Context, p *process.Process, args []string) error {
	var asJSON bool
	var filter selection.Filter
	flags := pflag.NewFlagSet("list", pflag.ContinueOnError)
	flags.BoolVar(&asJSON, "json", false, "print a JSON array")
	flags.StringArrayVar(&filter.Include, "include", nil, "`GLOB` only requests whose path matches; may be repeated")
	flags.StringArrayVar(&filter.Exclude, "exclude", nil, "`GLOB` leave out requests whose path matches; may be repeated")
	flags.StringVar(&filter.Grep, "grep", "", "`REGEXP` only requests whose path matches")
	flags.StringArrayVar(&filter.Tags, "tag", nil, "`TAG` only requests with this tag; !TAG means without this tag; may be repeated")
	if helped, err := option.Parse(p, flags, option.Page{
		Usage:    "list COLLECTION [OPTIONS]",
		About:    "Lists the requests of a collection by the paths and tags that run --include, --exclude and --tag select.",
		Examples: [][2]string{{"posthaste list api.json --tag smoke", "List the requests with a tag"}},
		See:      []string{"selection"},
	}, args); helped || err != nil {
		return err
	}
	if flags.NArg() != 1 {
		return option.WrongArguments("list", flags.Args())
	}
	take, err := filter.Compile()
	if err != nil {
		return process.Usage("", "selecting requests: %w", err)
	}
	in := &input.Reader{Process: p}
	c, err := in.Collection(ctx, flags.Arg(0), input.Parsing{StableIDs: true})
	if err != nil {
		return err
	}
	p.WarnAll(c.Notices)
	var list []listed
	var secrets redact.Set
	// Variables that the collection declares as secrets, and values that look like secrets.
	runner.Declare(c, &secrets)
	for _, item := range c.Requests() {
		if item.Within(c.Selected) && take(item) {
			l := listedRequest(c.File, item)
			l.URL = secrets.Text(l.URL)
			list = append(list, l)
		}
	}
	if len(list) == 0 && !filter.Empty() {
		p.Warn("no request of the collection matches the filters")
	}
	warnOfExcludes(p, filter.Exclude, c.Requests())
	if asJSON {
		enc := json.NewEncoder(p.Stdout)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		return enc.Encode(list)
	}
	for _, l := range list {
		fmt.Fprintf(p.Stdout, "%-7s %s%s\n", l.Method, l.Path, tagText(l.Tags))
	}
	return nil
}

// warnOfExcludes says which patterns of --exclude leave nothing out.
func warnOfExcludes(p *process.Process, globs []string, requests []*collection.Item) {
	for _, glob := range globs {
		one := selection.Filter{Include: []string{glob}}
		if match, err := one.Compile(); err == nil && !slices.ContainsFunc(requests, match) {
			p.Warn("--exclude %s matches no request", glob)
		}
	}
}

// listedRequest describes a request for list --json. Made-up ids are left out: they would be
// others the next time.
func listedRequest(file string, item *collection.Item) listed {
	l := listed{
		Path: selection.Path(item), Method: item.Request.Method, URL: item.Request.URL.String(),
		Tags: selection.Tags(item), File: file, Line: item.Pos.Line,
	}
	if item.HasID {
		l.ID = item.ID
	}
	return l
}

// tagText shows tags as they are written in names: [smoke].
func tagText(tags []string) string {
	if len(tags) == 0 {
		return ""
	}
	return "  [" + strings.Join(tags, "] [") + "]"
}
