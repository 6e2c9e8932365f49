package run

import (
	"fmt"
	"slices"
	"strings"

	"posthaste/collection"
	"posthaste/internal/fence"
	"posthaste/internal/limit"
	"posthaste/internal/selection"
	"posthaste/runner"
)

// The variables by which a collection brings its fence and its teardown: see docs/money.md.
const (
	hostVariable     = "posthaste.allow-host"
	teardownVariable = "posthaste.teardown"
)

// guard puts in what keeps a run from costing money: the fence, the limits on amounts, and the teardown.
func (o *Options) guard(opt *runner.Options) error {
	var err error
	if opt.Fence, err = fence.New(o.AllowHosts, true, brought(opt.Collection, hostVariable)); err != nil {
		return fmt.Errorf("reading AllowHosts: %w", err)
	}
	if len(o.Limits) > 0 {
		if opt.Budget, err = limit.New(o.Limits, 1); err != nil {
			return fmt.Errorf("reading Limits: %w", err)
		}
	}
	opt.TeardownGlobs = brought(opt.Collection, teardownVariable)
	if len(opt.TeardownGlobs) == 0 {
		return nil
	}
	opt.Teardown, err = (&selection.Filter{Include: opt.TeardownGlobs}).Compile()
	if err != nil {
		return fmt.Errorf("reading the variable %s: %w", teardownVariable, err)
	}
	if !slices.ContainsFunc(opt.Collection.Requests(), opt.Teardown) {
		return fmt.Errorf("reading the variable %s: no request matches %s", teardownVariable, strings.Join(opt.TeardownGlobs, ", "))
	}
	return nil
}

// brought lists what a collection says by a variable of this name, between commas and line breaks.
func brought(c *collection.Collection, name string) (list []string) {
	text := ""
	for _, v := range c.Variables {
		if v.Key == name && !v.Disabled {
			text = v.Value.String()
		}
	}
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ',' || r == '\n' }) {
		if word = strings.TrimSpace(word); word != "" {
			list = append(list, word)
		}
	}
	return list
}
