package run

import (
	"fmt"
	"slices"
	"strings"

	"posthaste/collection"
	"posthaste/internal/cli/process"
	"posthaste/internal/fence"
	"posthaste/internal/limit"
	"posthaste/internal/shard"
	"posthaste/runner"
)

// hostVariable is the collection variable by which a collection brings its own fence. Postman
// keeps variables through import and export, and so do conversions; Postman gives no meaning
// to this one.
const hostVariable = "posthaste.allow-host"

// hintHosts shows what --allow-host takes.
const hintHosts = "such as --allow-host apitest.vipps.no, --allow-host '*.example.com' or --allow-host 127.0.0.1:8080"

// enclose makes the fence of the collection that is being read, before its first request. It
// warns when an option leads out of the fence that the collection brings: whoever wrote the
// collection did not expect that. A variable that is there but names no host is an error,
// because it would allow every host. Calling it again for the same collection does nothing.
func (r *running) enclose() error {
	if r.enclosed == r.collection {
		return nil
	}
	r.enclosed = r.collection
	brought, given := broughtHosts(r.collection)
	if given && len(brought) == 0 {
		return process.Usage("give it hosts, or remove the variable", "the variable %s of %s names no host", hostVariable, r.source)
	}
	var err error
	if r.fence, err = fence.New(r.flags.allowHosts, r.flags.allowTyped, brought); err != nil {
		return process.Usage(hintHosts, "--allow-host: %w", err)
	}
	if beyond := r.fence.Beyond(); len(beyond) > 0 {
		fmt.Fprintf(r.process.Stderr, "posthaste: warning: this run may send requests to %s, outside the fence of %q (--allow-host)\n",
			strings.Join(beyond, ", "), r.collection.Name)
	}
	return nil
}

// broughtHosts are the hosts that a collection allows, and whether it has such a list. The
// list is separated by commas or blanks, as people write it in Postman's table of variables.
func broughtHosts(c *collection.Collection) (hosts []string, given bool) {
	text, given := brought(c, hostVariable)
	return strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' || r == '\n' || r == '\t' || r == '\r' }), given
}

// brought is what a collection says by a variable of this name. Of several the last enabled
// one counts, as in Postman.
func brought(c *collection.Collection, name string) (text string, given bool) {
	for _, v := range c.Variables {
		if v.Key == name && !v.Disabled {
			text, given = v.Value.String(), true
		}
	}
	return text, given
}

// hintLimit shows what --limit takes.
const hintLimit = "such as --limit 'POST */payments: amount.value each <= 20000, total <= 100000'"

// limitVariable is the collection variable by which a collection brings limits of its own:
// one a line, or with semicolons between them.
const limitVariable = "posthaste.limit"

// bounded reads the limits on amounts. Those of the options all collections of the run share;
// those that a collection brings hold for its requests as well. Shards do not know of each
// other, so each has its part of a total: together they stay below it.
func (r *running) bounded(opt *runner.Options) error {
	text, given := brought(r.collection, limitVariable)
	var own []string
	for one := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '\n' || r == ';' }) {
		if one = strings.TrimSpace(one); one != "" {
			own = append(own, one)
		}
	}
	switch {
	case given && len(own) == 0:
		return process.Usage("give it a limit, or remove the variable", "the variable %s of %s has no limit", limitVariable, r.source)
	case len(r.flags.limits) == 0 && len(own) == 0:
		return nil
	}
	shards := 1
	if r.flags.shard != "" {
		s, err := shard.Parse(r.flags.shard, r.process.Env)
		if err != nil {
			return process.Usage("such as --shard 2/4, or auto under a CI system", "--shard: %w", err)
		}
		shards = s.Total
	}
	var err error
	// Read once: the budget counts over the collections.
	if r.budget == nil {
		if r.budget, err = limit.New(r.flags.limits, shards); err != nil {
			return process.Usage(hintLimit, "--limit: %w", err)
		}
	}
	opt.Budget, err = r.budget.Within(own, shards, "the variable "+limitVariable+" of the collection")
	if err != nil {
		return process.Usage(hintLimit, "the variable %s of %s: %w", limitVariable, r.source, err)
	}
	return nil
}

// fenced puts the fence into the options. Collections that guard by the variable in a script
// of their own, for runs in Postman, see what the options allow too; otherwise their guard
// would stop what the user asked for. The collection is copied for that and not changed.
func (r *running) fenced(opt *runner.Options) {
	opt.Fence = r.fence
	beyond := r.fence.Beyond()
	if len(beyond) == 0 {
		return
	}
	c := *opt.Collection
	c.Variables = slices.Clone(c.Variables)
	for i, v := range c.Variables {
		if v.Key == hostVariable && !v.Disabled {
			c.Variables[i].Value = collection.Text(v.Value.String() + ", " + strings.Join(beyond, ", "))
		}
	}
	opt.Collection = &c
}
