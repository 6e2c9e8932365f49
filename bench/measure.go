package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"
)

// A sample is what one process needed.
type sample struct {
	Wall float64 // seconds
	CPU  float64 // seconds, user and system, with the processes that it waited for
	Peak float64 // MB that were resident at most; 0 where the system does not say
}

// shim starts a command, waits, and writes what it needed into a file as JSON. It is a process of its own because a
// child's peak on Linux is at least its parent's size when it was started: the shim's, which is smaller than any runner.
func shim(into string, command []string) error {
	cmd := exec.Command(command[0], command[1:]...) //nolint:gosec,noctx // bench makes the command, and ends the group
	var said bytes.Buffer
	cmd.Stderr = &said
	began := time.Now()
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%w: %s", err, tail(said.Bytes()))
	}
	s := sample{Wall: time.Since(began).Seconds(), Peak: peak(cmd.ProcessState)}
	s.CPU = (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds()
	text, err := json.Marshal(s)
	if err != nil {
		return fmt.Errorf("writing the measurement: %w", err)
	}
	return os.WriteFile(into, text, 0o644)
}

func tail(text []byte) string {
	if len(text) > 2000 {
		text = text[len(text)-2000:]
	}
	return string(text)
}

// A result is what the runners needed for a workload: samples by the runner's name.
type result struct {
	workload
	samples map[string][]sample
}

type measuring struct {
	dir, base string
	options   options
	progress  io.Writer
}

// workload measures it with every tool, interleaved: A B C A B C, so that a slow minute is everybody's.
func (m *measuring) workload(w workload, tools []tool) (result, error) {
	r := result{workload: w, samples: map[string][]sample{}}
	for round := range m.options.rounds {
		for _, t := range tools {
			command := t.command(w, m.base)
			if command == nil || round >= m.roundsOf(w, t) {
				continue
			}
			s, err := m.one(command)
			if err != nil {
				return r, fmt.Errorf("workload %s with %s: %w", w.letter, t.name, err)
			}
			r.samples[t.name] = append(r.samples[t.name], s)
			fmt.Fprintf(m.progress, "%s %-9s %8.3f s wall %8.3f s CPU %6.0f MB\n", w.letter, t.name, s.Wall, s.CPU, s.Peak)
		}
	}
	return r, nil
}

// roundsOf is how often a tool runs a workload. Memory is looked at once, and of the peers only where it is not hours.
func (m *measuring) roundsOf(w workload, t tool) int {
	peer := t.name != ours && t.name != "bare" && !t.variant
	switch {
	case w.memory() && peer && w.iterations > 1000:
		return 0
	case w.memory():
		return 1
	case t.slow && !w.quick:
		return m.options.slowRounds
	}
	return m.options.rounds
}

// one runs a command through the shim.
func (m *measuring) one(command []string) (sample, error) {
	self, err := os.Executable()
	if err != nil {
		return sample{}, fmt.Errorf("finding this program: %w", err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), m.options.timeout)
	defer cancel()
	into := filepath.Join(m.dir, "sample")
	cmd := exec.CommandContext(ctx, self, append([]string{"shim", into}, command...)...) //nolint:gosec // our own program
	cmd.Dir = m.dir
	endGroup(cmd)
	var said bytes.Buffer
	cmd.Stderr = &said
	if err := cmd.Run(); err != nil {
		return sample{}, fmt.Errorf("%w: %s", err, tail(said.Bytes()))
	}
	text, err := os.ReadFile(into)
	if err != nil {
		return sample{}, fmt.Errorf("reading the measurement: %w", err)
	}
	var s sample
	if err := json.Unmarshal(text, &s); err != nil {
		return sample{}, fmt.Errorf("reading the measurement: %w", err)
	}
	return s, os.Remove(into)
}

// A spread is the least, the middle and the most of several measurements.
type spread struct{ least, median, most float64 }

// spreadOf is the least, the median and the largest of one figure over the rounds; the zero spread without samples.
func spreadOf(samples []sample, of func(sample) float64) spread {
	if len(samples) == 0 {
		return spread{}
	}
	var values []float64
	for _, s := range samples {
		values = append(values, of(s))
	}
	slices.Sort(values)
	middle := values[len(values)/2]
	if len(values)%2 == 0 {
		middle = (middle + values[len(values)/2-1]) / 2
	}
	return spread{values[0], middle, values[len(values)-1]}
}

func wall(s sample) float64  { return s.Wall }
func cpu(s sample) float64   { return s.CPU }
func space(s sample) float64 { return s.Peak }
