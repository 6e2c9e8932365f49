package option

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"posthaste/internal/cli/process"
)

// A configFile is a file of options: newman's .newmanrc in its three places, and posthaste.yaml.
type configFile struct {
	path string
	name string // as messages show it
	yaml bool   // ours: keys that no option has are errors
}

// A setting is one key of a file of options, with its place there.
type setting struct {
	key    string
	value  any // text, a number, true, false, nil, a list, or a mapping
	line   int
	column int
}

// configFiles lists the files of options, the weakest first: newman's places in newman's order, then our own.
func configFiles(p *process.Process) []configFile {
	home := p.Getenv("HOME")
	if home == "" {
		home = p.Getenv("USERPROFILE")
	}
	var files []configFile
	if filepath.Separator == '/' {
		files = append(files, configFile{path: "/etc/postman/newmanrc", name: "/etc/postman/newmanrc"})
	}
	if home != "" {
		path := filepath.Join(home, ".postman", "newmanrc")
		files = append(files, configFile{path: path, name: path})
	}
	return append(files, configFile{path: filepath.Join(p.Dir, ".newmanrc"), name: ".newmanrc"},
		configFile{path: filepath.Join(p.Dir, "posthaste.yaml"), name: "posthaste.yaml", yaml: true})
}

// read returns the settings of a file in their order, none when it does not exist.
func (f configFile) read() ([]setting, error) {
	data, err := os.ReadFile(f.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, process.Usage("", "reading %s: %w", f.name, err)
	}
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	if f.yaml {
		return f.readYAML(data)
	}
	return f.readJSON(data)
}

// at is a place in the file, for messages.
func (f configFile) at(s setting) string { return fmt.Sprintf("%s:%d:%d", f.name, s.line, s.column) }

// lineOf finds the line in an error of the YAML parser.
var lineOf = regexp.MustCompile(`line (\d+): ?`)

func (f configFile) readYAML(data []byte) ([]setting, error) {
	const hint = "it is a YAML mapping of options, such as environment: staging.json; posthaste help configuration explains it"
	var document yaml.Node
	if err := yaml.Unmarshal(data, &document); err != nil {
		text, place := strings.TrimPrefix(err.Error(), "yaml: "), f.name
		if m := lineOf.FindStringSubmatch(text); m != nil {
			place, text = place+":"+m[1], strings.Replace(text, m[0], "", 1)
		}
		return nil, process.Usage(hint, "reading %s: %s", place, text)
	}
	if len(document.Content) == 0 {
		return nil, nil // empty, or comments
	}
	root := document.Content[0]
	if root.Kind != yaml.MappingNode {
		return nil, process.Usage(hint, "reading %s:%d:%d: this is not a mapping", f.name, root.Line, root.Column)
	}
	for i := 0; i+1 < len(root.Content); i += 2 {
		if root.Content[i].Value == "run" && root.Content[i+1].Kind == yaml.MappingNode {
			root = root.Content[i+1] // newman: a key named like the command holds the command's options
			break
		}
	}
	seen := map[string]int{}
	var list []setting
	for i := 0; i+1 < len(root.Content); i += 2 {
		key := root.Content[i]
		s := setting{key: key.Value, line: key.Line, column: key.Column}
		if before, twice := seen[key.Value]; twice {
			return nil, process.Usage("", "reading %s: %s stands on line %d too", f.at(s), key.Value, before)
		}
		seen[key.Value] = key.Line
		value, err := yamlValue(root.Content[i+1])
		if err != nil {
			return nil, process.Usage("", "reading %s: %s: %w", f.at(s), key.Value, err)
		}
		s.value = value
		list = append(list, s)
	}
	return list, nil
}

// yamlValue is the value of a node. Scalars but true, false and null are the text that stands there: 1.10, a time.
func yamlValue(n *yaml.Node) (any, error) {
	switch n.Kind {
	case yaml.AliasNode:
		return yamlValue(n.Alias)
	case yaml.ScalarNode:
		switch n.Tag {
		case "!!null":
			return nil, nil
		case "!!bool":
			return strconv.ParseBool(strings.ToLower(n.Value))
		}
		return n.Value, nil
	case yaml.SequenceNode:
		list := []any{}
		for _, e := range n.Content {
			v, err := yamlValue(e)
			if err != nil {
				return nil, err
			}
			list = append(list, v)
		}
		return list, nil
	case yaml.DocumentNode, yaml.MappingNode:
	}
	var value map[string]any
	err := n.Decode(&value)
	return value, err
}

func (f configFile) readJSON(data []byte) ([]setting, error) {
	const hint = "it is a JSON object of newman's options"
	place := func(offset int64) (line, column int) {
		head := data[:min(int(offset), len(data))]
		return 1 + bytes.Count(head, []byte("\n")), len(head) - bytes.LastIndexByte(head, '\n')
	}
	var whole map[string]json.RawMessage
	if err := json.Unmarshal(data, &whole); err != nil {
		line, column := 1, 1
		if wrong := (*json.SyntaxError)(nil); errors.As(err, &wrong) {
			line, column = place(wrong.Offset - 1)
		}
		return nil, process.Usage(hint, "reading %s:%d:%d: %w", f.name, line, column, err)
	}
	base := 0
	if run, ok := whole["run"]; ok && bytes.HasPrefix(run, []byte("{")) {
		base = max(0, bytes.Index(data, run)) // newman: a key named like the command holds the command's options
	}
	dec := json.NewDecoder(bytes.NewReader(data[base:]))
	if _, err := dec.Token(); err != nil { // the brace
		return nil, process.Usage(hint, "reading %s: %w", f.name, err)
	}
	var list []setting
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return nil, process.Usage(hint, "reading %s: %w", f.name, err)
		}
		end := base + int(dec.InputOffset())
		start := max(0, bytes.LastIndexByte(data[:end-1], '"'))
		s := setting{key: fmt.Sprint(key)}
		s.line, s.column = place(int64(start))
		if err := dec.Decode(&s.value); err != nil {
			return nil, process.Usage(hint, "reading %s: %w", f.at(s), err)
		}
		list = append(list, s)
	}
	return list, nil
}
