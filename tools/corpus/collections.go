package main

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// A source is a collection that was found.
type source struct {
	name        string // its path in the directory, without what all names end with
	file        string
	environment string // "" for none
	requests    int
	scripts     int // scripts that are not empty
}

// node is what collections of all formats are made of, as far as it is counted here: v2 nests items, v1 lists requests.
type node struct {
	Info     json.RawMessage
	Item     []node
	Requests []node
	Event    []struct {
		Script struct{ Exec any }
	}
	Request any // of an item of v2

	Tests, PreRequestScript string // of v1
}

// collections finds the collections below a directory, in the order of their names.
func collections(dir string) ([]source, error) {
	var list []source
	err := filepath.WalkDir(dir, func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(file) != ".json" {
			return err
		}
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		n, ok := parse(data)
		if !ok {
			return nil
		}
		s := source{name: name(dir, file), environment: environment(file)}
		if s.file, err = filepath.Abs(file); err != nil {
			return err
		}
		n.count(&s)
		list = append(list, s)
		return nil
	})
	return list, err
}

// parse reads a collection. It is false for what is none: an environment, data, a response.
func parse(data []byte) (n node, ok bool) {
	err := json.Unmarshal(data, &n)
	return n, err == nil && (n.Requests != nil || n.Info != nil && n.Item != nil)
}

// count adds up requests and scripts.
func (n *node) count(s *source) {
	for _, e := range n.Event {
		if text := script(e.Script.Exec); strings.TrimSpace(text) != "" {
			s.scripts++
		}
	}
	if n.Request != nil {
		s.requests++
	}
	for _, it := range n.Item {
		it.count(s)
	}
	for _, r := range n.Requests {
		s.requests++
		for _, text := range []string{r.Tests, r.PreRequestScript} {
			if strings.TrimSpace(text) != "" {
				s.scripts++
			}
		}
	}
}

// script is the text of a script, which is one text or its lines.
func script(exec any) string {
	switch v := exec.(type) {
	case string:
		return v
	case []any:
		var b strings.Builder
		for _, line := range v {
			if text, ok := line.(string); ok {
				b.WriteString(text + "\n")
			}
		}
		return b.String()
	}
	return ""
}

// endings are what names of collections end with.
func endings() []string {
	return []string{".postman_collection.json", ".collection.json", ".json"}
}

func name(dir, file string) string {
	short, err := filepath.Rel(dir, file)
	if err != nil {
		short = file
	}
	short = filepath.ToSlash(short)
	for _, end := range endings() {
		if base, ok := strings.CutSuffix(short, end); ok {
			return base
		}
	}
	return short
}

// environment is the file beside a collection with the values that it runs with, "" for none.
func environment(file string) string {
	for _, end := range endings() {
		base, ok := strings.CutSuffix(file, end)
		if !ok {
			continue
		}
		for _, other := range []string{".postman_environment.json", ".env.json"} {
			if full, err := filepath.Abs(base + other); err == nil && exists(full) {
				return full
			}
		}
	}
	return ""
}

func exists(file string) bool {
	_, err := os.Stat(file)
	return err == nil
}

// writeCases writes the list that parity runs.
func writeCases(file string, list []source) error {
	type entry struct {
		ID          string `json:"id"`
		Collection  string `json:"collection"`
		Environment string `json:"environment,omitempty"`
		Timeout     int    `json:"timeout_s"`
	}
	const patience = 120
	entries := []entry{}
	for _, s := range list {
		entries = append(entries, entry{prefix + s.name, s.file, s.environment, patience})
	}
	data, err := json.Marshal(map[string]any{"cases": entries})
	if err != nil {
		return err
	}
	return os.WriteFile(file, data, 0o600)
}
