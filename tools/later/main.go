// Command later writes an overlay for the go command with which a program's clock is ahead, and prints its path.
//
//	go test -overlay "$(go -C tools run ./later -days 40)" ./...
//
// The clock of a Go program cannot be moved from outside: it is read from the kernel without a system call. The overlay
// replaces the standard library's time.go by a copy whose Now adds the days. Monotonic time stays as it is, so durations,
// timers and deadlines are not touched.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

func main() {
	days := flag.Int("days", 40, "how many days ahead the clock is")
	dir := flag.String("dir", "", "`folder` for the two files, a temporary one when empty")
	flag.Parse()
	overlay, err := write(*dir, *days)
	if err != nil {
		fmt.Fprintln(os.Stderr, "later: error:", err)
		os.Exit(1)
	}
	fmt.Println(overlay)
}

// write makes the copy of time.go and the overlay that names it in dir, and returns the overlay's path.
func write(dir string, days int) (string, error) {
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return "", fmt.Errorf("asking the go command for GOROOT: %w", err)
	}
	original := filepath.Join(strings.TrimSpace(string(root)), "src", "time", "time.go")
	source, err := os.ReadFile(original)
	if err != nil {
		return "", err
	}
	moved, err := ahead(string(source), days)
	if err != nil {
		return "", fmt.Errorf("%s: %w", original, err)
	}
	if dir == "" {
		if dir, err = os.MkdirTemp("", "later-"); err != nil {
			return "", err
		}
	}
	replacement := filepath.Join(dir, "time.go")
	list, err := json.Marshal(map[string]map[string]string{"Replace": {original: replacement}})
	if err != nil {
		return "", err
	}
	overlay := filepath.Join(dir, "overlay.json")
	return overlay, errors.Join(os.WriteFile(replacement, []byte(moved), 0o600), os.WriteFile(overlay, list, 0o600))
}

// ahead returns the source of time.go with a Now that is days ahead. It fails where Now does not look as it is known to.
func ahead(source string, days int) (string, error) {
	const read = "\nfunc Now() Time {\n\tsec, nsec, mono := runtimeNow()\n"
	if strings.Count(source, read) != 1 {
		return "", errors.New("the beginning of Now is not the one that this program knows how to change")
	}
	return strings.Replace(source, read, fmt.Sprintf("%s\tsec += %d // moved by tools/later\n", read, days*24*60*60), 1), nil
}
