package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// A tool is a runner that is measured.
type tool struct {
	name    string
	version string
	slow    bool // on Node
	variant bool // another way of running Posthaste, no runner of its own
	// command is what runs a workload in the folder of its inputs; nil where the tool cannot.
	command func(w workload, base string) []string
}

// findTools returns Posthaste, the bare client and the other runners that are installed, and the names of those that are not.
func findTools(o options) (tools []tool, absent []string, err error) {
	posthaste, err := filepath.Abs(o.posthaste)
	if err != nil {
		return nil, nil, fmt.Errorf("finding posthaste: %w", err)
	}
	if _, err := os.Stat(posthaste); err != nil {
		return nil, nil, fmt.Errorf("finding posthaste (make build, or -posthaste): %w", err)
	}
	self, err := os.Executable()
	if err != nil {
		return nil, nil, fmt.Errorf("finding this program: %w", err)
	}
	tools = []tool{
		{name: ours, version: versionOf(posthaste, "version"), command: posthasteRun(posthaste)},
		{name: "bare", version: "net/http", command: func(w workload, base string) []string {
			if w.kind == folders {
				return nil
			}
			data := ""
			if w.rows {
				data = w.name() + ".csv"
			}
			return []string{self, "bare", base, w.path(), itoa(w.iterations), data}
		}},
	}
	tools = append(tools, variants(posthaste)...)
	for _, peer := range []struct {
		name, flag, fallback string
		slow                 bool
		command              func(program ...string) func(workload, string) []string
	}{
		{"newman", o.newman, ".cache/parity/node_modules/newman/bin/newman.js", true, postman},
		{"k6", o.k6, "", false, k6},
		{"hurl", o.hurl, "", false, hurl},
		{"bru", o.bru, "", true, bru},
	} {
		program, err := findPeer(peer.name, peer.flag, peer.fallback)
		switch {
		case err == nil:
			tools = append(tools, tool{name: peer.name, version: versionOf(append(program, "--version")...), slow: peer.slow, command: peer.command(program...)})
		case peer.flag != "":
			return nil, nil, fmt.Errorf("finding %s: %w", peer.name, err)
		default:
			absent = append(absent, peer.name)
		}
	}
	unwanted := strings.Split(o.without, ",")
	return slices.DeleteFunc(tools, func(t tool) bool { return slices.Contains(unwanted, t.name) }), absent, nil
}

// findPeer looks in the flag, PATH, and below the home folder. A .js file is started by node.
func findPeer(name, flag, fallback string) ([]string, error) {
	program := flag
	if program == "" {
		if found, err := exec.LookPath(name); err == nil {
			return []string{found}, nil
		}
		home, err := os.UserHomeDir()
		if err != nil || fallback == "" {
			return nil, errors.New("it is not in PATH")
		}
		program = filepath.Join(home, fallback)
	}
	program, err := filepath.Abs(program)
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(program); err != nil {
		return nil, err
	}
	if filepath.Ext(program) == ".js" {
		return []string{"node", program}, nil
	}
	return []string{program}, nil
}

// versionOf is the last word but for punctuation that looks like a version; empty where a tool does not say.
func versionOf(command ...string) string {
	out, err := exec.Command(command[0], command[1:]...).Output() //nolint:gosec,noctx // what the person who measures named
	if err != nil {
		return ""
	}
	for _, word := range strings.Fields(string(out)) {
		if word = strings.TrimPrefix(word, "v"); word != "" && word[0] >= '0' && word[0] <= '9' {
			return word
		}
	}
	return strings.TrimSpace(strings.SplitN(string(out), "\n", 2)[0])
}

// variants are other ways of running Posthaste: what --parallel is compared with, and what reports cost in memory.
func variants(program string) []tool {
	run := postman(program)
	list := []tool{
		{name: oneFolder, command: func(w workload, base string) []string {
			if w.kind != folders {
				return nil
			}
			return append(run(w, base), "--folder", "folder 0")
		}},
		{name: "in turn", command: func(w workload, base string) []string {
			if w.kind != folders {
				return nil
			}
			return run(w, base)
		}},
	}
	for _, reporter := range []string{"junit", "html", "json", "events"} {
		list = append(list, tool{name: ours + " -r " + reporter, command: func(w workload, base string) []string {
			if !w.memory() {
				return nil
			}
			return append(run(w, base), "-r", reporter, "--reporter-"+reporter+"-export", "report")
		}})
	}
	for i := range list {
		list[i].variant = true
	}
	return list
}

// posthasteRun is how Posthaste runs a workload: that of folders with all of them at once.
func posthasteRun(program string) func(workload, string) []string {
	run := postman(program)
	return func(w workload, base string) []string {
		args := run(w, base)
		if w.kind == folders {
			args = append(args, "--parallel", itoa(atOnce))
		}
		return args
	}
}

// postman runs a collection as newman and Posthaste both take it.
func postman(program ...string) func(workload, string) []string {
	return func(w workload, _ string) []string {
		args := append(append([]string{}, program...), "run", w.name()+".json")
		if w.rows {
			return append(args, "-d", w.name()+".csv")
		}
		return append(args, "-n", itoa(w.iterations))
	}
}

// k6 starts k6 with the script of a workload. It has no folders and measures load rather than computing, so those
// workloads are left out.
func k6(program ...string) func(workload, string) []string {
	return func(w workload, _ string) []string {
		if w.computes() || w.kind == folders {
			return nil
		}
		return append(append([]string{}, program...), "run", "--quiet", "--no-usage-report", w.name()+".js")
	}
}

// hurl starts hurl with the file of a workload. It has no scripts and no data rows.
func hurl(program ...string) func(workload, string) []string {
	return func(w workload, _ string) []string {
		if w.computes() || w.rows || w.kind == folders {
			return nil
		}
		return append(append([]string{}, program...), "--test", "--jobs", "1", "--repeat", itoa(w.iterations), w.name()+".hurl")
	}
}

func bru(program ...string) func(workload, string) []string {
	return func(w workload, base string) []string {
		if bruFiles(w, base) == nil {
			return nil
		}
		// cd: bru takes the folder it is started in as the collection
		return append([]string{"sh", "-c", `cd "$1" && shift && exec "$@"`, "sh", "bru-" + w.name()}, append(program, "run", "--sandbox=developer")...)
	}
}
