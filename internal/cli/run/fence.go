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

// hostVariable is the variable by which a collection brings a fence. Postman keeps variables through import and export,
// so do conversions, and nothing there gives this one a meaning.
const hostVariable = "posthaste.allow-host"

// hintHosts shows what --allow-host takes.
const hintHosts = "such as --allow-host apitest.vipps.no, --allow-host '*.example.com' or --allow-host 127.0.0.1:8080"

// enclose makes the fence of the collection that is being read, and says first of all when an option leads out of the
// fence that the collection brings.
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

// broughtHosts are the hosts that a collection allows, and whether it has such a list.
func broughtHosts(c *collection.Collection) (hosts []string, given bool) {
	text, given := brought(c, hostVariable)
	return strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' || r == '\n' || r == '\t' || r == '\r' }), given
}

// brought is what a collection says by a variable of this name.
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

// bounded reads the limits on amounts, which all collections of the run share. A shard has its part of each total.
func (r *running) bounded(opt *runner.Options) error {
	if r.budget == nil && len(r.flags.limits) > 0 {
		shards := 1
		if r.flags.shard != "" {
			s, err := shard.Parse(r.flags.shard, r.process.Env)
			if err != nil {
				return process.Usage("such as --shard 2/4, or auto under a CI system", "--shard: %w", err)
			}
			shards = s.Total
		}
		var err error
		if r.budget, err = limit.New(r.flags.limits, shards); err != nil {
			return process.Usage(hintLimit, "--limit: %w", err)
		}
	}
	opt.Budget = r.budget
	return nil
}

// fenced puts the fence into the options. Scripts of the collection that guard by its variable, for runs in Postman, see
// there what the options allow.
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
