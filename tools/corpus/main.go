// Command corpus compares us with newman over collections that other people wrote: every collection below a directory
// is run by both, behind the same proxy that answers all hosts itself, and the differences are printed by collection
// and by kind, as docs/public-collections.md has them.
//
//	corpus -parity 'PROGRAM' -candidate "'./posthaste' run --newman-compat --show-secrets" DIRECTORY
//
// PROGRAM is that of ../shared/parity; it finds newman and its proxy by the variables PARITY_NEWMAN and PARITY_FAKENET.
// An environment of the same name (shop.postman_environment.json, shop.env.json) is used with its collection. Flags
// behind the directory are handed on to PROGRAM. `make corpus DIR=…` builds all of it first.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
)

func main() {
	parity := flag.String("parity", "parity", "the comparing `program`")
	candidate := flag.String("candidate", "'./posthaste' run --newman-compat --show-secrets", "`command` to compare newman with, up to its run")
	flag.Parse()
	if flag.NArg() == 0 {
		fmt.Fprintln(os.Stderr, "corpus: error: name a directory of collections")
		os.Exit(2)
	}
	equal, err := compare(os.Stdout, *parity, *candidate, flag.Arg(0), flag.Args()[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "corpus: error:", err)
		os.Exit(2)
	}
	if !equal {
		os.Exit(1)
	}
}

// compare runs all collections of a directory and reports whether they are equal.
func compare(w io.Writer, parity, candidate, dir string, flags []string) (bool, error) {
	list, err := collections(dir)
	if err != nil {
		return false, err
	}
	if len(list) == 0 {
		return false, fmt.Errorf("%s has no collection", dir)
	}
	work, err := os.MkdirTemp("", "corpus")
	if err != nil {
		return false, err
	}
	defer os.RemoveAll(work)
	cases, summary := filepath.Join(work, "cases.json"), filepath.Join(work, "summary.json")
	if err := writeCases(cases, list); err != nil {
		return false, err
	}
	args := append([]string{"--candidate", candidate, "--out", summary, "--quiet"}, flags...)
	cmd := exec.CommandContext(context.Background(), parity, append(args, cases)...) //nolint:gosec // the user names it
	cmd.Stdout, cmd.Stderr = os.Stderr, os.Stderr
	// It fails where something differs, which the summary says better.
	if err := cmd.Run(); err != nil && !errors.As(err, new(*exec.ExitError)) {
		return false, err
	}
	results, err := readSummary(summary)
	if err != nil {
		return false, err
	}
	return table(w, list, results), nil
}
