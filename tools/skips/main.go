// Command skips reads `go test -json` on standard input and prints what `go test` would have
// printed without -json, then two closing lines:
//
//	1841 passed, 0 failed, 12 skipped
//	skipped: 12 (newman 4, libraries 6, browser 2)
//
// Tests that need something of the machine call t.Skip("skipped: REASON …"); REASON, the first word, is
// what the closing line counts by. A skip that names no reason is counted as "other".
//
// The exit status is 1 if a test or a package failed, or if not one package was seen: a pipe whose
// writer died must not look green.
package main

import (
	"fmt"
	"os"
)

func main() {
	t := newTally(os.Stdout)
	if err := t.readAll(os.Stdin); err != nil {
		fmt.Fprintln(os.Stderr, "skips: error: reading test events:", err)
		os.Exit(1)
	}
	if !t.close() {
		os.Exit(1)
	}
}
