package run

import (
	"io"
	"strconv"

	"posthaste/internal/cli/option"
	"posthaste/internal/cli/process"
	"posthaste/internal/seed"
	"posthaste/runner"
)

// repeatable sets what --seed and --now say: random values and the clock that scripts and
// dynamic variables see. Timeouts and durations are measured by the real clock.
func (f *runFlags) repeatable(opt *runner.Options) error {
	if f.seed != "" {
		n, err := strconv.ParseInt(f.seed, 10, 64)
		if err != nil {
			return process.Usage("such as --seed 42", "--seed %s is no whole number", f.seed)
		}
		name := opt.Collection.Name // so that two collections of a run do not draw the same
		opt.Rand = seed.Reader(n, name)
		// A unit that runs beside others draws from its own source, so that the result does
		// not depend on who is first.
		opt.RandomFor = func(label string) io.Reader { return seed.Reader(n, name+"\x00"+label) }
	}
	if f.now != "" {
		at, err := option.ParseTime(f.now)
		if err != nil {
			return err
		}
		opt.Today = seed.Clock(at)
	}
	return nil
}
