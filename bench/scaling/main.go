// Command scaling measures how the time of Posthaste grows with what a user can make long: each input at n, 2n and
// 4n. It prints a table with the exponent of the CPU time, which is 1 where twice the work takes twice the time, and
// ends with an error when one is above the limit.
//
// CPU time is that of the process and what it started, so that other work on the machine counts for little. Of five
// runs the least is taken. What a run needs to start is taken off first. n is doubled until the smallest of the three
// runs takes long enough to be measured.
//
// Contract: everything stays on loopback and in a folder of its own, in memory where the system has such a folder: what
// a disk takes to make many files says nothing about the program.
//
//	go build -o posthaste . && go run ./bench/scaling -posthaste ./posthaste
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"time"
)

type options struct {
	posthaste string
	only      *regexp.Regexp
	rounds    int
	least     time.Duration // of CPU, that the smallest run takes besides its start
	longest   time.Duration // of one run
	limit     float64
	profile   string
}

func main() {
	if err := run(os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "scaling:", err)
		os.Exit(1)
	}
}

func run(args []string, out, progress io.Writer) error {
	o := options{}
	flags := flag.NewFlagSet("scaling", flag.ContinueOnError)
	flags.StringVar(&o.posthaste, "posthaste", "./posthaste", "the program to measure")
	only := flags.String("only", "", "a regular expression: the inputs to measure by name; all where empty")
	flags.IntVar(&o.rounds, "rounds", 5, "runs of each size; the least counts")
	flags.DurationVar(&o.least, "least", 100*time.Millisecond, "CPU time that the smallest size takes at least, besides the start")
	flags.DurationVar(&o.longest, "longest", time.Minute, "a run that takes longer is ended, and its input is too slow")
	flags.Float64Var(&o.limit, "limit", 1.2, "the largest exponent that is allowed")
	flags.StringVar(&o.profile, "profile", "", "write CPU profiles of the largest size of each input of run to this folder")
	if err := flags.Parse(args); err != nil {
		return err
	}
	var err error
	if o.only, err = regexp.Compile(*only); err != nil {
		return fmt.Errorf("reading -only: %w", err)
	}
	if o.posthaste, err = filepath.Abs(o.posthaste); err != nil {
		return fmt.Errorf("finding posthaste: %w", err)
	}
	if _, err := os.Stat(o.posthaste); err != nil {
		return fmt.Errorf("finding posthaste (make build, or -posthaste): %w", err)
	}
	dir, err := os.MkdirTemp(memory(), "scaling-*")
	if err != nil {
		return fmt.Errorf("making a folder: %w", err)
	}
	defer os.RemoveAll(dir)
	server, err := serve()
	if err != nil {
		return err
	}
	defer server.close()
	m := &measuring{options: o, dir: dir, base: server.url}
	return m.table(inputs(), out, progress)
}

// memory is a folder that is kept in memory, "" for the usual temporary one.
func memory() string {
	const dir = "/dev/shm"
	if info, err := os.Stat(dir); err == nil && info.IsDir() {
		return dir
	}
	return ""
}
