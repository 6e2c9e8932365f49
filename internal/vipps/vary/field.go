package vary

import (
	_ "embed"
	"encoding/json"
	"strings"
)

// optional lists the fields that the files do not require: the name of an operation and a path, such as
// "ecom.details transactionLogHistory[].requestId". tools/openapi writes it from the files.
//
//go:embed optional.txt
var optional string

// chosen lists what is done otherwise, and why: fields that are never left out, and fields that are there now and then.
//
//go:embed chosen.txt
var chosen string

// A field is one place in a response.
type field struct {
	path  []string // names; "[]" stands for each element of a list
	value any      // what is there now and then; nil for a field that is left out now and then
}

// A Choice is one line of the list of choices, as the tests read it.
type Choice struct {
	Operation string
	Path      string
	Value     string // JSON; empty for a field that is always there
	Why       string
}

// Optional returns the lines of the list of optional fields, each "operation path".
func Optional() []string { return lines(optional) }

// Choices returns the list of choices.
func Choices() []Choice {
	var list []Choice
	for _, line := range lines(chosen) {
		what, why, _ := strings.Cut(line, " # ")
		operation, rest, _ := strings.Cut(what, " ")
		path, value, _ := strings.Cut(rest, " = ")
		list = append(list, Choice{operation, path, value, why})
	}
	return list
}

func lines(text string) []string {
	var list []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			list = append(list, line)
		}
	}
	return list
}

// table reads the lists: the fields of each operation that vary, and the operations whose responses have no others.
func table() (fields map[string][]field, closed map[string]bool) {
	all, kept, closed := map[string][]field{}, map[string]bool{}, map[string]bool{}
	for _, c := range Choices() {
		if c.Value == "" {
			kept[c.Operation+" "+c.Path] = true
			closed[c.Operation] = closed[c.Operation] || c.Path == Unknown
			continue
		}
		var v any
		if err := json.Unmarshal([]byte(c.Value), &v); err != nil {
			panic("a value in the list of choices: " + err.Error()) // a test reads all
		}
		all[c.Operation] = append(all[c.Operation], field{split(c.Path), v})
	}
	for _, line := range Optional() {
		if operation, path, _ := strings.Cut(line, " "); !kept[line] {
			all[operation] = append(all[operation], field{split(path), nil})
		}
	}
	return all, closed
}

// Varies reports whether --vary leaves out, or adds, fields of an operation that the files have.
func Varies(operation string) bool {
	all, _ := table()
	return len(all[operation]) > 0
}

// split takes a path apart: "a[].b" is a, [], b.
func split(path string) []string {
	return strings.Split(strings.TrimPrefix(strings.ReplaceAll(path, "[]", ".[]"), "."), ".")
}

// remove takes the field out of every object that has it.
func (f field) remove(v any) {
	each(v, f.path, func(m map[string]any, name string) { delete(m, name) })
}

// add sets the field in every object that lacks it.
func (f field) add(v any) {
	each(v, f.path, func(m map[string]any, name string) {
		if _, is := m[name]; !is {
			m[name] = f.value
		}
	})
}

// each calls do for every object that a path leads to.
func each(v any, path []string, do func(object map[string]any, name string)) {
	if list, ok := v.([]any); ok {
		if path[0] == "[]" { // Recurring's file of 2019 has one agreement where a list of them is answered
			path = path[1:]
		}
		for _, element := range list {
			each(element, path, do)
		}
		return
	}
	m, ok := v.(map[string]any)
	if !ok {
		return
	}
	if len(path) == 1 {
		do(m, path[0])
		return
	}
	each(m[path[0]], path[1:], do)
}
