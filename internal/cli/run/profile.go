package run

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/pprof"
	"runtime/trace"

	"github.com/spf13/pflag"

	"posthaste/internal/cli/process"
)

// profiles are the files that say where a run spent its time and memory. Help does not show
// their options: they are for those who work on Posthaste. "" means that none is written.
type profiles struct{ cpu, memory, trace string }

func (f *profiles) define(s *pflag.FlagSet) {
	for name, file := range map[string]*string{"cpuprofile": &f.cpu, "memprofile": &f.memory, "trace": &f.trace} {
		s.StringVar(file, name, "", "write where the run spent its time or memory to a `file`")
		s.Lookup(name).Hidden = true
	}
}

// around runs do and writes the profiles that were asked for. It returns do's error; a
// profile that cannot be written in the end is only a warning, one that cannot be started is
// an error before the run.
func (f *profiles) around(ctx context.Context, p *process.Process, do func(context.Context) error) error {
	for _, one := range []struct {
		file  string
		start func(io.Writer) error
		stop  func(io.Writer) error
	}{
		{f.cpu, pprof.StartCPUProfile, func(io.Writer) error { pprof.StopCPUProfile(); return nil }},
		{f.trace, trace.Start, func(io.Writer) error { trace.Stop(); return nil }},
		{f.memory, func(io.Writer) error { return nil }, writeAllocations},
	} {
		if one.file == "" {
			continue
		}
		file, err := os.Create(p.Path(one.file))
		if err != nil {
			return process.Usage("", "writing a profile: %w", err)
		}
		if err := one.start(file); err != nil {
			return process.Usage("", "writing a profile: %w", errors.Join(err, file.Close()))
		}
		defer func() {
			if wrong := errors.Join(one.stop(file), file.Close()); wrong != nil {
				p.Warn("writing a profile: %v", wrong) // the run counts, not this
			}
		}()
	}
	return do(ctx)
}

// writeAllocations writes what was allocated over the whole run, and what is still in use.
// The garbage collector runs first, so that "in use" means it.
func writeAllocations(w io.Writer) error {
	runtime.GC()
	if err := pprof.Lookup("allocs").WriteTo(w, 0); err != nil {
		return fmt.Errorf("writing the allocations: %w", err)
	}
	return nil
}
