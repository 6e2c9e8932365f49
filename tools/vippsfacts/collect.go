package main

import (
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// A find is what is in some files.
type find struct{ variables, examples []string }

// shapes are those of credentials: GUIDs, subscription keys, client secrets.
var shapes = []*regexp.Regexp{
	regexp.MustCompile(`(?:^|[^0-9A-Za-z-])([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\b`),
	regexp.MustCompile(`(?:^|[^0-9A-Za-z])([0-9a-fA-F]{32})\b`),
	regexp.MustCompile(`(?:^|[^A-Za-z0-9+/])([A-Za-z0-9+/]{22}==)`),
}

// named finds what stands behind the name of a credential, or as the example of one in an OpenAPI file.
var named = regexp.MustCompile(`(?i)(?:merchant[-_]?serial[-_]?number|\bmsn|psp[-_]?id|client[-_]?id|client[-_]?secret|subscription[-_]?key)["']?\s*[:=>]\s*["']?([A-Za-z0-9+/=_~.-]{4,60})`)

// property is such a name as the key of an OpenAPI file, with the lines below it.
var property = regexp.MustCompile(`(?i)^\s*(?:- )?(?:name: *)?["']?(?:merchant[-_]?serial[-_]?number|msn|psp[-_]?id|client[-_]?id|client[-_]?secret|ocp-apim-subscription-key)["']?\s*:?\s*$`)

var example = regexp.MustCompile(`(?i)(?:^\s*["']?example["']?:|Example:)\s*["'\x60]?([A-Za-z0-9+/=_~.-]{4,60})`)

// reach is how many lines below its name an example stands.
const reach = 12

// reference is a variable as collections use it.
var reference = regexp.MustCompile(`\{\{([^{}$\s][^{}]*)\}\}`)

// collect reads every text file below the folders.
func collect(folders []string) (find, error) {
	variables, examples := map[string]bool{}, map[string]bool{}
	for _, folder := range folders {
		err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			text := strings.TrimPrefix(string(data), "\ufeff")
			variablesOf(text, variables)
			examplesOf(text, examples)
			return nil
		})
		if err != nil {
			return find{}, err
		}
	}
	return find{slices.Sorted(maps.Keys(variables)), slices.Sorted(maps.Keys(examples))}, nil
}

// variablesOf takes the names out of an environment, and the references out of a collection.
func variablesOf(text string, into map[string]bool) {
	var file struct {
		Info, Requests json.RawMessage
		Values         []struct{ Key string }
	}
	if json.Unmarshal([]byte(text), &file) != nil {
		return // neither an environment nor a collection
	}
	for _, v := range file.Values {
		into[v.Key] = true
	}
	if file.Info != nil || file.Requests != nil {
		for _, m := range reference.FindAllStringSubmatch(text, -1) {
			into[m[1]] = true
		}
	}
}

// examplesOf takes everything that looks like a credential, and what is said to be an example of one.
func examplesOf(text string, into map[string]bool) {
	for _, shape := range shapes {
		for _, m := range shape.FindAllStringSubmatch(text, -1) {
			into[m[1]] = true
		}
	}
	for _, m := range named.FindAllStringSubmatch(text, -1) {
		keep(m[1], into)
	}
	below := 0
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		if below--; property.MatchString(line) {
			below = reach
		}
		if m := example.FindStringSubmatch(line); m != nil && below > 0 {
			keep(m[1], into)
		}
	}
}

// keep leaves out words: a value of a credential has a digit.
func keep(text string, into map[string]bool) {
	text = strings.TrimRight(text, ".")
	if strings.ContainsAny(text, "0123456789") && len(text) > 3 && !strings.Contains(text, "YOUR") {
		into[text] = true
	}
}

// merge adds lines to a sorted file. It returns how many were not there.
func merge(path string, lines []string) (int, error) {
	data, err := os.ReadFile(path)
	if err != nil && !os.IsNotExist(err) {
		return 0, err
	}
	all := map[string]bool{}
	for line := range strings.Lines(string(data)) {
		all[strings.TrimSuffix(line, "\n")] = true
	}
	before := len(all)
	for _, line := range lines {
		all[line] = true
	}
	delete(all, "")
	text := strings.Join(slices.Sorted(maps.Keys(all)), "\n") + "\n"
	return len(all) - before, os.WriteFile(path, []byte(text), 0o644) //nolint:gosec // a file of the source
}
