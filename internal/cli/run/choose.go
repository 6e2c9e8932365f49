package run

import (
	"slices"
	"strconv"
	"strings"

	"posthaste/collection"
	"posthaste/internal/cli/process"
	"posthaste/internal/near"
	"posthaste/internal/selection"
	"posthaste/lint"
)

// choose returns what --include, --exclude, --grep, --tag and --last-failed select, nil for
// everything. A selection that matches nothing is an error that names paths which look alike:
// a run of no requests would be green.
func (r *running) choose() (func(*collection.Item) bool, error) {
	f := r.flags
	filter := selection.Filter{Include: f.include, Exclude: f.exclude, Grep: f.grep, Tags: f.tags}
	if f.lastFailed {
		paths, err := lastFailed(r.process, r.source)
		if err != nil {
			return nil, err
		}
		filter.Paths = paths
	}
	// An address such as workspace/collection#folder selects within the file already.
	inside := r.collection.Selected
	if filter.Empty() && inside == nil {
		return nil, nil
	}
	matches, err := filter.Compile()
	if err != nil {
		return nil, process.Usage("", "selecting requests: %w", err)
	}
	take := func(item *collection.Item) bool { return item.Within(inside) && matches(item) }
	if !slices.ContainsFunc(r.collection.Requests(), take) {
		return nil, process.Usage(r.nearPaths(), "no request of the collection matches the filters")
	}
	if !f.withDependencies {
		return take, nil
	}
	// By the variables that the chosen requests use and others set.
	needed := lint.Dependencies(r.collection, take)
	return func(item *collection.Item) bool { return take(item) || slices.Contains(needed, item) }, nil
}

// nearPaths is a hint with the paths that look like what was included, or with the command
// that lists them.
func (r *running) nearPaths() string {
	var paths []string
	for _, item := range r.collection.Requests() {
		paths = append(paths, selection.Path(item))
	}
	for _, glob := range r.flags.include {
		if best := near.Names(strings.Trim(glob, "*/"), paths, 3); len(best) > 0 {
			return "did you mean " + quoted(best) + "?"
		}
	}
	return "posthaste list " + r.source + " shows the paths"
}

// quoted is a list of names in double quotes, separated by commas.
func quoted(names []string) string {
	list := make([]string, len(names))
	for i, n := range names {
		list[i] = strconv.Quote(n)
	}
	return strings.Join(list, ", ")
}

// globs returns a function that reports whether an item matches one of the patterns, nil
// without patterns. what is the name of the option, for the error.
func globs(what string, patterns []string) (func(*collection.Item) bool, error) {
	if len(patterns) == 0 {
		return nil, nil
	}
	take, err := (&selection.Filter{Include: patterns}).Compile()
	if err != nil {
		return nil, process.Usage("", "--%s: %w", what, err)
	}
	return take, nil
}
