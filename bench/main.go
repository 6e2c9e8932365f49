// Command bench runs the same work through Posthaste, a bare net/http client and the other runners that are
// installed, one process after the other, and prints what each needed: wall time, CPU time, peak memory.
//
// Contract: everything stays on loopback and in a folder of its own under the temporary directory. A runner that is
// not found is left out and the report says so. A process that fails ends the measurement of its workload with an
// error: a wrong answer is no fast answer.
//
//	go build -o posthaste . && go run ./bench -posthaste ./posthaste -o docs/bench.md
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// options is what the command line says.
type options struct {
	posthaste, newman, k6, hurl, bru string
	only, markdown, readme, machine  string
	without                          string
	rounds, slowRounds, rows         int
	full                             bool
	timeout                          time.Duration
}

func main() {
	var err error
	switch args := os.Args[1:]; {
	case len(args) > 0 && args[0] == "serve":
		err = serve(os.Stdout)
	case len(args) > 2 && args[0] == "shim":
		err = shim(args[1], args[2:])
	case len(args) > 0 && args[0] == "bare":
		err = bare(args[1:])
	default:
		err = run(args, os.Stdout, os.Stderr)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// run measures all workloads with all runners that are installed. Inputs stand in a temporary folder, which is
// removed.
func run(args []string, out, progress io.Writer) error {
	var o options
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.StringVar(&o.posthaste, "posthaste", "./posthaste", "the program to measure")
	flags.StringVar(&o.newman, "newman", "", "newman, or the .js file that node starts (looked for in PATH and ~/.cache/parity)")
	flags.StringVar(&o.k6, "k6", "", "k6 (looked for in PATH)")
	flags.StringVar(&o.hurl, "hurl", "", "hurl (looked for in PATH)")
	flags.StringVar(&o.bru, "bru", "", "bru (looked for in PATH)")
	flags.StringVar(&o.only, "only", "", "letters of the workloads to run, such as ad; all where empty")
	flags.StringVar(&o.markdown, "o", "", "write the report to this markdown file, and the plot beside it as .svg")
	flags.StringVar(&o.readme, "readme", "", "put a table of the wall times into its place in this markdown file")
	flags.StringVar(&o.without, "without", "", "leave these runners out, separated by commas, such as 'bru,posthaste -r json'")
	flags.StringVar(&o.machine, "machine", "", "what machine this is, for the report")
	flags.IntVar(&o.rounds, "rounds", 5, "how often each process runs")
	flags.IntVar(&o.slowRounds, "slow-rounds", 1, "how often the runners on Node run the long workloads")
	flags.IntVar(&o.rows, "rows", 100_000, "look at memory up to so many rows: 1000, 100000 or 1000000")
	flags.BoolVar(&o.full, "full", false, "the full counts: half an hour with newman")
	flags.DurationVar(&o.timeout, "timeout", 20*time.Minute, "end a process that runs longer")
	if err := flags.Parse(args); err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "posthaste-bench-*")
	if err != nil {
		return fmt.Errorf("making the folder for the inputs: %w", err)
	}
	defer os.RemoveAll(dir)
	base, stop, err := startServer()
	if err != nil {
		return err
	}
	defer stop()
	tools, absent, err := findTools(o)
	if err != nil {
		return err
	}
	loads := workloads(o.full, o.only, o.rows)
	if err := writeInputs(dir, base, loads); err != nil {
		return err
	}
	r := report{tools: tools, absent: absent, options: o, command: args, date: time.Now()}
	m := &measuring{dir: dir, base: base, options: o, progress: progress}
	for _, w := range loads {
		measured, err := m.workload(w, tools)
		if err != nil {
			return err
		}
		r.results = append(r.results, measured)
		r.took = time.Since(r.date)
		if err := r.files(); err != nil { // after each, so that an end before the end leaves what there is
			return err
		}
	}
	if o.readme != "" {
		if err := r.writeSummary(o.readme); err != nil {
			return err
		}
	}
	return r.text(out)
}

// files writes the page and the plot, where they were asked for.
func (r *report) files() error {
	page := r.options.markdown
	if page == "" {
		return nil
	}
	r.plot = filepath.Base(trimExt(page)) + ".svg"
	if old, err := os.ReadFile(page); err == nil {
		_, r.notes, _ = strings.Cut(string(old), notesMark)
	}
	if err := writeTo(trimExt(page)+".svg", r.svg); err != nil {
		return err
	}
	return writeTo(page, r.markdown)
}

func trimExt(name string) string { return name[:len(name)-len(filepath.Ext(name))] }

// writeTo creates a file and lets write fill it.
func writeTo(name string, write func(io.Writer) error) error {
	file, err := os.Create(name)
	if err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	if err := write(file); err != nil {
		file.Close()
		return fmt.Errorf("writing %s: %w", name, err)
	}
	return file.Close()
}
