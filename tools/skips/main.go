// Command skips reads `go test -json` on standard input and prints what `go test` would have
// printed without -json, then two closing lines:
//
//	1841 passed, 0 failed, 12 skipped
//	skipped: 12 (newman 4, OpenAPI 6, browser 2)
//
// Tests that need something of the machine call t.Skip("skipped: REASON …"); REASON, the first word, is
// what the closing line counts by. A skip that names no reason is counted as "other".
//
// With -run NAME the lines begin with NAME, and -closing FILE adds them to a file as well, so that a script that makes
// several runs can close with all of them:
//
//	whole: 1841 passed, 0 failed, 12 skipped
//	whole: skipped: 12 (newman 4, OpenAPI 6, browser 2)
//
// The exit status is 1 if a test or a package failed, or if not one package was seen: a pipe whose
// writer died must not look green.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
)

func main() {
	name := flag.String("run", "", "`name` of the run, for its closing lines")
	file := flag.String("closing", "", "`file` that the closing lines are added to")
	flag.Parse()
	t := newTally(os.Stdout)
	t.name = *name
	if *file != "" {
		f, err := os.OpenFile(*file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
		if err != nil {
			fmt.Fprintln(os.Stderr, "skips: error:", err)
			os.Exit(1)
		}
		defer f.Close() //nolint:errcheck // what could not be written is missing from the closing lines, and shows
		t.closing = io.MultiWriter(os.Stdout, f)
	}
	if err := t.readAll(os.Stdin); err != nil {
		fmt.Fprintln(os.Stderr, "skips: error: reading test events:", err)
		os.Exit(1)
	}
	if !t.close() {
		os.Exit(1)
	}
}
