// Command home gives the tree another home on the network: it rewrites the module path and every import, and puts the new
// host and owner wherever the old ones stand.
//
//	go -C tools run ./home github.com somebody
//
// packaging/home.env says what the home is now. Running it again with the same home changes nothing.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// A home is where the tree lives.
type home struct {
	host, owner string
	module      string // the module path
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: home HOST OWNER")
		os.Exit(2)
	}
	changed, err := move("..", os.Args[1], os.Args[2])
	if err != nil {
		fmt.Fprintln(os.Stderr, "home: error:", err)
		os.Exit(1)
	}
	fmt.Printf("%d files changed\n", changed)
}

// move gives the tree at root the home of that host and owner, and returns how many files it has changed.
func move(root, host, owner string) (changed int, err error) {
	for _, word := range []string{host, owner} {
		if !regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9.-]*$`).MatchString(word) {
			return 0, fmt.Errorf("%q is no host or owner", word)
		}
	}
	if !strings.Contains(host, ".") {
		return 0, fmt.Errorf("the host %q has no dot, which the go command asks of a module path", host)
	}
	old, err := read(filepath.Join(root, "packaging", "home.env"))
	if err != nil {
		return 0, err
	}
	to := home{host: host, owner: owner, module: host + "/" + strings.ToLower(owner) + "/posthaste"}
	err = filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && skipped(d.Name()):
			return filepath.SkipDir
		case d.IsDir() || !d.Type().IsRegular():
			return nil
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		text := rewritten(filepath.ToSlash(name), string(data), old, to)
		if text == string(data) {
			return nil
		}
		changed++
		info, err := d.Info()
		if err != nil {
			return err
		}
		return os.WriteFile(path, []byte(text), info.Mode())
	})
	return changed, err
}

// skipped are folders that are not the tree's own text.
func skipped(name string) bool {
	switch name {
	case ".git", "node_modules", "dist", "testdata":
		return true
	}
	return false
}

// read reads home.env.
func read(path string) (home, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return home{}, err
	}
	values := map[string]string{}
	for line := range strings.Lines(string(data)) {
		if key, value, ok := strings.Cut(strings.TrimSpace(line), "="); ok && !strings.HasPrefix(key, "#") {
			values[key] = value
		}
	}
	h := home{host: values["HOST"], owner: values["OWNER"], module: values["MODULE"]}
	if h.host == "" || h.owner == "" || h.module == "" {
		return home{}, fmt.Errorf("%s: HOST, OWNER and MODULE must be there", path)
	}
	return h, nil
}

// rewritten is the text of a file with another home.
func rewritten(name, text string, old, to home) string {
	if name == "packaging/home.env" {
		text = regexp.MustCompile(`(?m)^HOST=.*$`).ReplaceAllString(text, "HOST="+to.host)
		text = regexp.MustCompile(`(?m)^OWNER=.*$`).ReplaceAllString(text, "OWNER="+to.owner)
		return regexp.MustCompile(`(?m)^MODULE=.*$`).ReplaceAllString(text, "MODULE="+to.module)
	}
	if placed(name) {
		text = moved(name, text, old.module, to.module)
	}
	text = strings.ReplaceAll(text, old.host+"/"+old.owner+"/posthaste", to.host+"/"+to.owner+"/posthaste")
	return strings.ReplaceAll(text, old.host, to.host)
}

// placed reports whether a file may name packages of the module.
func placed(name string) bool {
	switch base := filepath.Base(name); {
	case strings.HasSuffix(name, ".go"), base == "go.mod", base == ".golangci.yml", base == "library.md", base == "Makefile":
		return true
	}
	return false
}

// moved puts another module path into a file that names packages: as an import, as a module, or in the words of a test.
func moved(name, text, old, module string) string {
	quoted := regexp.QuoteMeta(old)
	for _, pattern := range []string{
		`"(` + quoted + `)(?:/(?:run|runtest|runner|reporters|collection|collections|convert|lint|script|internal|bench|tools|examples|docs|packaging)[/"\\(\[^]|/?"\n)`, // an import, or the path itself at the end of a line
		`(?m)^module (` + quoted + `)(?:/|$)`,
		`(?m)\b(?:require|replace|-require=|-replace=)\s*(` + quoted + `)(?:[ @=]|$)`,
		`module-path: (` + quoted + `)\b`,
	} {
		text = replaceGroup(regexp.MustCompile(pattern), text, module)
	}
	return text
}

// replaceGroup replaces the first group of each match, also where matches overlap in what surrounds it.
func replaceGroup(pattern *regexp.Regexp, text, with string) string {
	var b strings.Builder
	for {
		at := pattern.FindStringSubmatchIndex(text)
		if at == nil {
			b.WriteString(text)
			return b.String()
		}
		b.WriteString(text[:at[2]])
		b.WriteString(with)
		text = text[at[3]:]
	}
}
