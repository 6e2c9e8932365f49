// Command confirm judges a comparison with newman: it reads the summaries that parity wrote and the differences that
// are wanted, and fails where the two disagree.
//
//	confirm -differences testdata/confirm/differences.json -compat SUMMARY.json -plain SUMMARY.json
//
// SUMMARY is what parity's --out gave for a run with --newman-compat and for one without. A case that differs in a
// dimension where no entry expects it is an error, and so is an entry whose case no longer differs. Each wanted
// difference is listed with its reason.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
)

func main() {
	list := flag.String("differences", "testdata/confirm/differences.json", "`file` with the wanted differences")
	compat := flag.String("compat", "", "parity's summary with --newman-compat")
	plain := flag.String("plain", "", "parity's summary without it")
	flag.Parse()
	ok, err := judge(os.Stdout, *list, *compat, *plain)
	if err != nil {
		fmt.Fprintln(os.Stderr, "confirm: error:", err)
		os.Exit(2)
	}
	if !ok {
		os.Exit(1)
	}
}

// judge compares the summaries with the list and says whether they agree.
func judge(w io.Writer, list, compat, plain string) (bool, error) {
	known, err := readDifferences(list)
	if err != nil {
		return false, err
	}
	ok := true
	for _, mode := range []struct{ name, file string }{{"always", compat}, {"plain", plain}} {
		if mode.file == "" {
			continue
		}
		cases, err := readSummary(mode.file)
		if err != nil {
			return false, err
		}
		v := known.against(cases, mode.name == "plain")
		v.print(w, map[string]string{"always": "with --newman-compat", "plain": "without --newman-compat"}[mode.name])
		ok = ok && v.ok()
	}
	return ok, nil
}
