// Command crypto measures signing, verifying, key generation and encryption with cryptographic libraries in plain JavaScript, as
// collections bring them along: evaluated from a collection variable, fetched by pm.sendRequest, and through pm.require. Each
// collection runs in Posthaste and in newman in turns; what both say must be the same. It prints a table of the times within the
// scripts and of the whole processes.
//
// Contract: npm fetches the libraries once, into a folder of the cache; apart from that everything stays on loopback. Without npm
// or newman a line says what is skipped. Keys are made for each measurement.
//
//	go build -o posthaste . && go run ./bench/crypto -posthaste ./posthaste -o docs/bench.md
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// options is what the command line says.
type options struct {
	posthaste, newman, modules, only, page string
	rounds                                 int
	timeout                                time.Duration
}

func main() {
	if err := run(os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "crypto:", err)
		os.Exit(1)
	}
}

// run measures every library in every form with every way of loading.
func run(args []string, out, progress io.Writer) error {
	var o options
	flags := flag.NewFlagSet("crypto", flag.ContinueOnError)
	flags.StringVar(&o.posthaste, "posthaste", "./posthaste", "the program to measure")
	flags.StringVar(&o.newman, "newman", "", "the .js file that starts newman (looked for in ~/.cache/parity)")
	flags.StringVar(&o.modules, "modules", "", "node_modules with the libraries (npm fetches them into the cache)")
	flags.StringVar(&o.only, "only", "", "only the libraries and forms whose name contains this")
	flags.StringVar(&o.page, "o", "", "put the table into its place in this markdown file")
	flags.IntVar(&o.rounds, "rounds", 3, "how often each process runs; the median is told")
	flags.DurationVar(&o.timeout, "timeout", 10*time.Minute, "end a process that runs longer")
	if err := flags.Parse(args); err != nil {
		return err
	}
	posthaste, err := filepath.Abs(o.posthaste)
	if err != nil {
		return fmt.Errorf("finding posthaste: %w", err)
	}
	if _, err := os.Stat(posthaste); err != nil {
		return fmt.Errorf("finding posthaste (make build, or -posthaste): %w", err)
	}
	o.posthaste = posthaste
	modules, err := fetched(o.modules, progress)
	if err != nil {
		fmt.Fprintf(out, "skipped: %v\n", err)
		return nil
	}
	if o.newman = findNewman(o.newman); o.newman == "" {
		fmt.Fprintln(progress, "skipped: newman is not there; its columns stay empty")
	}
	dir, err := os.MkdirTemp("", "posthaste-crypto-*")
	if err != nil {
		return fmt.Errorf("making the folder for the inputs: %w", err)
	}
	defer os.RemoveAll(dir)
	m := &measuring{options: o, dir: dir, modules: modules, progress: progress}
	rows, err := m.all()
	if err != nil {
		return err
	}
	if o.page != "" {
		return replace(o.page, rows)
	}
	return table(out, rows)
}

// packages are the libraries that collections sign with, in the versions that npm has.
func packages() []string {
	return []string{"jsrsasign@11.1.0", "node-forge@1.3.1", "elliptic@6.6.1", "sjcl@1.0.8", "tweetnacl@1.0.3", "jsbn@1.1.0", "crypto-js@4.2.0"}
}

// fetched is the folder of the libraries: the one that was named, or one of the cache that npm fills the first time.
func fetched(named string, progress io.Writer) (string, error) {
	if named != "" {
		return filepath.Abs(named)
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("there is no folder for a cache: %w", err)
	}
	dir := filepath.Join(cache, "posthaste-bench-crypto")
	modules := filepath.Join(dir, "node_modules")
	if _, err := os.Stat(filepath.Join(modules, "elliptic")); err == nil {
		return modules, nil
	}
	if _, err := exec.LookPath("npm"); err != nil {
		return "", errors.New("npm is not installed; it fetches the libraries")
	}
	fmt.Fprintln(progress, "npm fetches the libraries into", dir)
	args := append([]string{"install", "--prefix", dir, "--ignore-scripts", "--no-audit", "--no-fund"}, packages()...)
	if said, err := exec.Command("npm", args...).CombinedOutput(); err != nil { //nolint:gosec,noctx // a command of our own
		return "", fmt.Errorf("npm cannot fetch the libraries: %w\n%s", err, said)
	}
	return modules, nil
}

// findNewman is the file that node starts; "" where it or node is not there.
func findNewman(named string) string {
	if _, err := exec.LookPath("node"); err != nil {
		return ""
	}
	if named == "" {
		home, err := os.UserHomeDir()
		if err != nil {
			return ""
		}
		named = filepath.Join(home, ".cache", "parity", "node_modules", "newman", "bin", "newman.js")
	}
	if _, err := os.Stat(named); err != nil {
		return ""
	}
	return named
}
