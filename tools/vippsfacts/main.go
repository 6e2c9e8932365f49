// Vippsfacts collects what `posthaste check` and the simulator must know of Vipps' own files: the names of all variables
// in environments and collections, and the values that documentation and specification files print as examples.
//
//	go -C tools run ./vippsfacts FOLDER...
//
// It adds to internal/vipps/facts/variables.txt and examples.txt and takes nothing out: a file that is gone has been
// copied by somebody.
package main

import (
	"fmt"
	"os"
)

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: go -C tools run ./vippsfacts FOLDER...")
		os.Exit(2)
	}
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "vippsfacts:", err)
		os.Exit(1)
	}
}

func run(folders []string) error {
	found, err := collect(folders)
	if err != nil {
		return err
	}
	for name, list := range map[string][]string{"variables.txt": found.variables, "examples.txt": found.examples} {
		added, err := merge("../internal/vipps/facts/"+name, list)
		if err != nil {
			return err
		}
		fmt.Printf("%s: %d in the files, %d of them new\n", name, len(list), added)
	}
	return nil
}
