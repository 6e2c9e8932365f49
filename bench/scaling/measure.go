package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// An input is one thing that can be made long.
type input struct {
	name  string
	first int // the n to begin with
	most  int // beyond it n is not doubled, where the program itself sets an end; 0 sets none
	exit  int // the exit code that is right
	// make writes the files of size n to the working directory and returns the command line.
	make func(w *workspace, n int) []string
}

// measuring is one call of this program.
type measuring struct {
	options
	dir, base string
	start     time.Duration // what a run takes that has nothing to do
}

// A row is what was measured of an input.
type row struct {
	input    input
	n        int
	cpu      [3]time.Duration // at n, 2n and 4n, the start taken off
	exponent float64
	err      error
}

// largest is the multiple of n that is measured last; half of it is measured before.
const largest = 4

// errSlow says that a run took too long to be waited for.
var errSlow = errors.New("took too long")

// table measures the inputs and prints a line for each. The error says that one is above the limit.
func (m *measuring) table(all []input, out, progress io.Writer) error {
	idle := input{name: "start", make: func(w *workspace, _ int) []string { return w.run(w.requests(1)) }}
	var err error
	if m.start, err = m.least(idle, 1, m.rounds); err != nil {
		return fmt.Errorf("running nothing: %w", err)
	}
	fmt.Fprintf(out, "A run of one request takes %d ms of CPU; it is taken off.\n\n", m.start.Milliseconds())
	fmt.Fprintf(out, "| what is long | n | CPU ms at n | 2n | 4n | exponent |\n| --- | --- | --- | --- | --- | --- |\n")
	bad := 0
	for _, in := range all {
		if !m.only.MatchString(in.name) {
			continue
		}
		fmt.Fprintf(progress, "scaling: %s\n", in.name)
		r := m.measure(in)
		if r.err != nil || r.exponent > m.limit {
			bad++
		}
		fmt.Fprintln(out, r)
	}
	if bad > 0 {
		return fmt.Errorf("%d inputs are above the exponent %g", bad, m.limit)
	}
	return nil
}

// String is the row of the table.
func (r row) String() string {
	if r.err != nil {
		return fmt.Sprintf("| %s | %d | | | | **%v** |", r.input.name, r.n, r.err)
	}
	return fmt.Sprintf("| %s | %d | %d | %d | %d | %.2f |", r.input.name, r.n,
		r.cpu[0].Milliseconds(), r.cpu[1].Milliseconds(), r.cpu[2].Milliseconds(), r.exponent)
}

// measure finds an n that takes long enough and runs the three sizes.
func (m *measuring) measure(in input) row {
	r := row{input: in, n: in.first}
	for {
		once, err := m.least(in, r.n, 1)
		if err != nil {
			r.err = err
			return r
		}
		if once >= m.options.least+m.start || in.most > 0 && 2*r.n*largest > in.most {
			break
		}
		r.n *= 2
	}
	for i, times := range [3]int{1, 2, largest} {
		cpu, err := m.least(in, times*r.n, m.rounds)
		if err != nil {
			r.n, r.err = times*r.n, err
			return r
		}
		r.cpu[i] = max(cpu-m.start, time.Millisecond)
	}
	if m.profile != "" {
		m.profiled(in, largest*r.n)
	}
	r.exponent = math.Log2(float64(r.cpu[2])/float64(r.cpu[0])) / math.Log2(largest)
	return r
}

// profiled runs an input once more with a profile.
func (m *measuring) profiled(in input, n int) {
	in.make = func(makeArgs func(*workspace, int) []string) func(*workspace, int) []string {
		return func(w *workspace, n int) []string {
			name := strings.NewReplacer(" ", "-", ",", "", "/", "-").Replace(in.name) + ".pprof"
			return append(makeArgs(w, n), "--cpuprofile", filepath.Join(m.profile, name))
		}
	}(in.make)
	_, _ = m.least(in, n, 1) // it was measured without
}

// least is the least CPU time of several runs.
func (m *measuring) least(in input, n, rounds int) (time.Duration, error) {
	dir, err := os.MkdirTemp(m.dir, "run-*")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(dir)
	w := &workspace{dir: dir, base: m.base, prepare: func(args []string) error {
		_, err := m.once(dir, args, 0)
		return err
	}}
	args := in.make(w, n)
	if w.err != nil {
		return 0, w.err
	}
	var all []time.Duration
	for range rounds {
		cpu, err := m.once(dir, args, in.exit)
		if err != nil {
			return 0, err
		}
		all = append(all, cpu)
	}
	return slices.Min(all), nil
}

// once runs the program and returns the CPU time that it took.
func (m *measuring) once(dir string, args []string, exit int) (time.Duration, error) {
	if err := os.RemoveAll(filepath.Join(dir, "out")); err != nil { // what convert writes has to be new
		return 0, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), m.longest)
	defer cancel()
	cmd := exec.CommandContext(ctx, m.posthaste, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "NO_COLOR=1", "LANG=C.UTF-8", "CI=", "GITHUB_ACTIONS=", "XDG_CACHE_HOME="+filepath.Join(dir, "cache"))
	var output bytes.Buffer
	cmd.Stdout, cmd.Stderr = &output, &output
	err := cmd.Run()
	switch {
	case ctx.Err() != nil:
		return 0, errSlow
	case cmd.ProcessState == nil:
		return 0, err
	case cmd.ProcessState.ExitCode() != exit:
		_ = os.WriteFile(filepath.Join(os.TempDir(), "scaling-output.txt"), output.Bytes(), 0o600) // for whoever looks into it
		return 0, fmt.Errorf("exit code %d, want %d", cmd.ProcessState.ExitCode(), exit)
	}
	return cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), nil
}
