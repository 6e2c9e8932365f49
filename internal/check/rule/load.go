package rule

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"

	"posthaste/internal/near"
	"posthaste/internal/vipps/facts"
)

//go:embed *.yaml
var embedded embed.FS

// Vipps returns the rules of the Vipps MobilePay APIs.
func Vipps() (*Rules, error) {
	data, err := embedded.ReadFile("vipps.yaml")
	if err != nil {
		return nil, fmt.Errorf("reading the built-in rules: %w", err)
	}
	r, err := Parse("vipps.yaml", data)
	if err != nil {
		return nil, err
	}
	r.names = facts.VariableNames()
	for i := range r.Values { // an example of any file opens nothing, whatever it is an example of
		v := &r.Values[i]
		for _, text := range facts.Examples() {
			if r.Matches(v.Shape, text) && !slices.Contains(v.Examples, text) {
				v.Examples = append(v.Examples, text)
			}
		}
	}
	return r, nil
}

// Parse reads a rules file; name is for messages. The rules of symptoms that are the same for every API are
// added behind its own, which win. Errors name file and line; a key that is not known is one.
func Parse(name string, data []byte) (*Rules, error) {
	r, err := decode(name, data)
	if err != nil {
		return nil, err
	}
	common, err := embedded.ReadFile("common.yaml")
	if err != nil {
		return nil, fmt.Errorf("reading the built-in rules: %w", err)
	}
	shared, err := decode("common.yaml", common)
	if err != nil {
		return nil, err
	}
	if err := (&loader{rules: r, file: name, data: data}).check(); err != nil {
		return nil, err
	}
	r.Rules = append(r.Rules, shared.Rules...)
	r.Placeholders = append(r.Placeholders, shared.Placeholders...)
	if err := (&loader{rules: r, file: "common.yaml", data: common}).compile(); err != nil {
		return nil, err
	}
	return r, nil
}

// decode reads YAML. Keys that Rules does not have are errors.
func decode(name string, data []byte) (*Rules, error) {
	r := &Rules{file: name}
	d := yaml.NewDecoder(bytes.NewReader(data))
	d.KnownFields(true)
	err := d.Decode(r)
	var types *yaml.TypeError
	switch {
	case errors.Is(err, io.EOF):
		return nil, fmt.Errorf("%s:1: the file is empty", name)
	case errors.As(err, &types):
		var all []error
		for _, text := range types.Errors {
			all = append(all, errors.New(placed(name, text)))
		}
		return nil, errors.Join(all...)
	case err != nil:
		return nil, errors.New(placed(name, strings.TrimPrefix(err.Error(), "yaml: ")))
	}
	if err := d.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s: more than one document in the file", name)
	}
	return r, nil
}

// yamlLine is how the YAML package begins an error.
var yamlLine = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^line (\d+): `) })

// unknownField is an error of the YAML package about a key.
var unknownField = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^field (.+) not found in type (?:rule|evidence)\.(\w+)$`)
})

// doubledField is an error of the YAML package about a key that stands twice.
var doubledField = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^field (.+) already set in type \S+$`) })

// wrongKind is an error of the YAML package about a value.
var wrongKind = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile("^cannot unmarshal !!(\\S+)(?: (`.*`))? into (.*)$") })

// placed turns the YAML reader's "line 3: field x not found in type check.Rule" into what people can use.
func placed(file, text string) string {
	line := "1"
	if m := yamlLine().FindStringSubmatch(text); m != nil {
		line, text = m[1], text[len(m[0]):]
	}
	if m := unknownField().FindStringSubmatch(text); m != nil {
		text = fmt.Sprintf("there is no key %q here", m[1])
		if best := near.Names(m[1], KeysOf(m[2]), 1); len(best) > 0 {
			text += fmt.Sprintf("; did you mean %q?", best[0])
		}
	}
	if m := doubledField().FindStringSubmatch(text); m != nil {
		text = fmt.Sprintf("the key %q stands twice", m[1])
	}
	if m := wrongKind().FindStringSubmatch(text); m != nil {
		text = fmt.Sprintf("%s is not allowed here, %s is wanted", kind("!!"+m[1]), kind(m[3]))
	}
	return file + ":" + line + ": " + text
}

// kind is a YAML or Go type as a user would say it.
func kind(name string) string {
	switch {
	case name == "!!seq", strings.HasPrefix(name, "[]"):
		return "a list"
	case name == "!!map", strings.HasPrefix(name, "map["), strings.HasPrefix(name, "rule."):
		return "a mapping"
	case name == "bool":
		return "true or false"
	case name == "int":
		return "a number"
	}
	return "text"
}

// A loader checks what YAML cannot: patterns, references, words of texts.
type loader struct {
	rules *Rules
	file  string
	data  []byte
	root  *yaml.Node
}

// check finds mistakes that the types cannot: references to ids that the file does not have, patterns that do not
// compile, sentences that are missing. Errors name file and line.
func (l *loader) check() error {
	r := l.rules
	if r.API == "" || len(r.Environments) == 0 || len(r.Values) == 0 || len(r.Rules) == 0 {
		return fmt.Errorf("%s:1: a rules file needs api, environments, values and rules", l.file)
	}
	for i, s := range r.Steps {
		for key, id := range map[string]string{"each": s.Each, "instead": s.Instead} {
			if id != "" && (key == "each" && r.Value(id) == nil || key == "instead" && r.Step(id) == nil) {
				return l.at(fmt.Sprintf("%s names %q, which the file does not have", key, id), "steps", i, key)
			}
		}
	}
	for i, rule := range r.Rules {
		if err := l.rule(i, &rule); err != nil {
			return err
		}
	}
	if err := l.compile(); err != nil {
		return err
	}
	return l.words()
}

// statusPattern is a status, or a class of them.
var statusPattern = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[1-5](xx|[0-9][0-9])$`) })

// rule checks one row of the table.
func (l *loader) rule(i int, rule *Rule) error {
	if !slices.Contains([]string{Right, Wrong, Unclear, Odd}, rule.Result) {
		return l.at(fmt.Sprintf("result %q is not one of right, wrong, unclear, odd", rule.Result), "rules", i, "result")
	}
	if rule.ID == "" || rule.Source == "" {
		return l.at("a rule needs id and source", "rules", i)
	}
	if rule.Result == Wrong && (rule.Verdict == "" || rule.Advice == "") {
		return l.at("a rule with result wrong needs verdict and advice", "rules", i)
	}
	for _, id := range rule.On {
		if l.rules.Step(id) == nil {
			return l.at(fmt.Sprintf("there is no step %q", id), "rules", i, "on")
		}
	}
	for key, ids := range map[string][]string{"blames": rule.Blames, "proves": rule.Proves} {
		for _, id := range ids {
			if l.rules.Value(id) == nil {
				return l.at(fmt.Sprintf("there is no value %q", id), "rules", i, key)
			}
		}
	}
	for _, status := range rule.Status {
		if !statusPattern().MatchString(status) {
			return l.at(fmt.Sprintf("%q is no status, such as \"401\" or 5xx", status), "rules", i, "status")
		}
	}
	return nil
}

// compile reads every pattern once.
func (l *loader) compile() error {
	r := l.rules
	if r.patterns == nil {
		r.patterns = map[string]*regexp.Regexp{}
	}
	add := func(pattern string, path ...any) error {
		if pattern == "" || r.patterns[pattern] != nil {
			return nil
		}
		re, err := regexp.Compile(pattern)
		if err != nil {
			return l.at(err.Error(), path...)
		}
		r.patterns[pattern] = re
		return nil
	}
	var all []error
	for i, p := range r.Placeholders {
		all = append(all, add(p, "placeholders", i))
	}
	for i, v := range r.Values {
		all = append(all, add(v.Shape, "values", i, "shape"), add(v.Exact, "values", i, "exact"))
		for j, w := range v.Wrong {
			all = append(all, add(w.Match, "values", i, "wrong", j, "match"))
		}
	}
	for i, rule := range r.Rules {
		all = append(all, add(rule.Body, "rules", i, "body"), add(rule.Network, "rules", i, "network"))
	}
	return errors.Join(all...)
}

// words checks that every {word} of a text is known.
func (l *loader) words() error {
	known := slices.Concat(BuiltinWords(), slices.Collect(maps.Keys(l.rules.Words)))
	for _, v := range l.rules.Values {
		known = append(known, v.ID)
	}
	for _, e := range l.rules.Environments {
		known = slices.AppendSeq(known, maps.Keys(e.Words))
	}
	for i, rule := range l.rules.Rules {
		for key, text := range map[string]string{"line": rule.Line, "verdict": rule.Verdict, "why": rule.Why, "advice": rule.Advice} {
			for _, word := range WordsOf(text) {
				if !slices.Contains(known, word) {
					return l.at(fmt.Sprintf("there is no word {%s}", word), "rules", i, key)
				}
			}
		}
	}
	return nil
}

// at makes an error of a place in the file: keys and indexes from the top. The nearest that exists counts.
func (l *loader) at(text string, path ...any) error {
	if l.root == nil {
		l.root = new(yaml.Node)
		if err := yaml.Unmarshal(l.data, l.root); err != nil {
			return fmt.Errorf("%s: %w", l.file, err)
		}
	}
	node, line := l.root, 1
	if len(node.Content) > 0 {
		node = node.Content[0]
	}
	for _, part := range path {
		next, at := child(node, part)
		if next == nil {
			break
		}
		node, line = next, at
	}
	return errors.New(l.file + ":" + strconv.Itoa(line) + ": " + text)
}

// child steps into a mapping by key or into a list by index, and tells the line.
func child(n *yaml.Node, part any) (*yaml.Node, int) {
	switch part := part.(type) {
	case int:
		if n.Kind == yaml.SequenceNode && part < len(n.Content) {
			return n.Content[part], n.Content[part].Line
		}
	case string:
		for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value == part {
				return n.Content[i+1], n.Content[i].Line
			}
		}
	}
	return nil, 0
}
