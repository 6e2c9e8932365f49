package node

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"

	"posthaste/collection/source"
)

// ParseFile reads a file in JSON or YAML. Errors name file, line and column. The content
// decides, not the name's extension, since URLs often have none.
func ParseFile(name string, data []byte) (*File, error) {
	file := &File{Name: name}
	text := bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\ufeff")), " \t\r\n")
	if len(text) == 0 {
		return nil, &source.ParseError{File: name, Err: errors.New("the file is empty")}
	}
	// JSON is YAML, too, but its own parser is faster by far and explains mistakes better.
	if text[0] == '{' || text[0] == '[' {
		root, err := ParseJSON(string(data), file)
		if err == nil {
			file.Root = root
			return file, nil
		}
		if asYAML, yamlErr := parseYAML(file, data); yamlErr == nil { // YAML may begin with a brace, too
			file.Root = asYAML
			return file, nil
		}
		// A file that begins with a brace is meant to be JSON.
		return nil, jsonError(name, string(data), err)
	}
	root, err := parseYAML(file, data)
	if err != nil {
		return nil, err
	}
	file.Root = root
	return file, nil
}

// jsonError is an error of JSON with its line, and with what likely caused it, such as a
// trailing comma or a comment, where package source finds that.
func jsonError(name, text string, err error) error {
	at, hint := 0, ""
	var syntax *SyntaxError
	if errors.As(err, &syntax) {
		at, err = syntax.At, errors.New(syntax.Message)
	}
	if f := source.CheckJSON(text, 0); f != nil {
		at, hint, err = f.At, strings.ReplaceAll(f.Hint, "Postman file", "OpenAPI file"), errors.New(f.Message)
	}
	at = min(at, len(text))
	line := 1 + strings.Count(text[:at], "\n")
	// LastIndexByte is -1 in the first line, which gives column 1 at offset 0.
	col := at - strings.LastIndexByte(text[:at], '\n')
	return &source.ParseError{File: name, Pos: source.Pos{Line: line, Col: col}, Hint: hint, Err: err}
}

// "yaml: line 12: did not find expected key".
var yamlLine = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^yaml: (?:line (\d+): )?(.*)$`) })

// yamlError is an error of the library with its line where ours have it. The library gives no
// column.
func yamlError(name string, err error) error {
	m := yamlLine().FindStringSubmatch(err.Error())
	if m == nil {
		return &source.ParseError{File: name, Err: err}
	}
	line, _ := strconv.Atoi(m[1]) // "" is 0: no line is known
	e := &source.ParseError{File: name, Err: errors.New(m[2])}
	switch {
	case strings.HasPrefix(m[2], "found character that cannot start any token"):
		e.Hint = "YAML takes no tabs for indentation"
	case strings.HasPrefix(m[2], "did not find expected"), strings.HasPrefix(m[2], "mapping values are not allowed"):
		e.Hint = "look at the indentation of what begins there, down to its end"
	}
	if line > 0 {
		e.Pos = source.Pos{Line: line, Col: 1}
	}
	return e
}

// parseYAML reads the one document of a YAML file.
func parseYAML(file *File, data []byte) (n *Node, err error) {
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	var doc yaml.Node
	if err := decoder.Decode(&doc); err != nil {
		return nil, yamlError(file.Name, err)
	}
	// A second document would be ignored in silence otherwise.
	var more yaml.Node
	if err := decoder.Decode(&more); err == nil {
		return nil, &source.ParseError{File: file.Name, Pos: source.Pos{Line: more.Line, Col: 1}, Err: errors.New("a second document begins here; only one is read")}
	} else if !errors.Is(err, io.EOF) {
		return nil, yamlError(file.Name, err)
	}
	c := &converter{file: file, done: map[*yaml.Node]*Node{}, open: map[*yaml.Node]bool{}}
	return c.convert(&doc, 0)
}

// A converter makes our nodes of the library's. Aliases lead to the same node, which takes no
// space: a file of nested aliases that would unfold to gigabytes (billion laughs) stays as
// small as it is.
type converter struct {
	file *File
	done map[*yaml.Node]*Node // anchors
	// Nodes that are being converted, to find aliases of what is around them.
	open map[*yaml.Node]bool
}

// fail is an error at the place of a YAML node.
func (c *converter) fail(y *yaml.Node, format string, args ...any) error {
	return &source.ParseError{File: c.file.Name, Pos: source.Pos{Line: y.Line, Col: y.Column}, Err: fmt.Errorf(format, args...)}
}

// convert makes a node of any YAML node. depth counts levels of lists and maps.
func (c *converter) convert(y *yaml.Node, depth int) (*Node, error) {
	if depth > maxDepth {
		return nil, c.fail(y, "it nests deeper than %d levels", maxDepth)
	}
	n := &Node{File: c.file, Line: y.Line, Col: y.Column}
	switch y.Kind {
	case yaml.DocumentNode:
		return c.convert(y.Content[0], depth)
	case yaml.AliasNode:
		return c.alias(y, depth)
	case yaml.SequenceNode:
		n.Kind = Array
		n.Items = make([]*Node, 0, len(y.Content))
		for _, item := range y.Content {
			v, err := c.convert(item, depth+1)
			if err != nil {
				return nil, err
			}
			n.Items = append(n.Items, v)
		}
		return n, nil
	case yaml.MappingNode:
		n.Kind = Object
		return n, c.mapping(n, y, depth)
	default:
		c.scalar(n, y)
		return n, nil
	}
}

// alias converts what an alias stands for, once.
func (c *converter) alias(y *yaml.Node, depth int) (*Node, error) {
	if n := c.done[y.Alias]; n != nil {
		return n, nil
	}
	if c.open[y.Alias] {
		return nil, c.fail(y, "the alias *%s stands in what it is an alias of", y.Value)
	}
	c.open[y.Alias] = true
	n, err := c.convert(y.Alias, depth)
	delete(c.open, y.Alias)
	c.done[y.Alias] = n
	return n, err
}

// mapping converts the keys and values of a map. As in JSON, a value has the place of its
// key; but a value that comes by an alias keeps that of its anchor, as it is shared.
func (c *converter) mapping(n *Node, y *yaml.Node, depth int) error {
	if y.Anchor != "" {
		c.open[y] = true
		defer delete(c.open, y)
	}
	// Content alternates between keys and values.
	for i := 0; i+1 < len(y.Content); i += 2 {
		key, value := y.Content[i], y.Content[i+1]
		if key.Kind == yaml.AliasNode {
			key = key.Alias
		}
		if key.Kind != yaml.ScalarNode {
			return c.fail(key, "a key is a text, not a list or a map")
		}
		v, err := c.convert(value, depth+1)
		if err != nil {
			return err
		}
		if key.Tag == "!!merge" {
			c.merge(n, v)
			continue
		}
		if value.Kind != yaml.AliasNode {
			v.Line, v.Col = key.Line, key.Column
		}
		n.set(key.Value, v)
	}
	return nil
}

// merge takes over the keys of what stands behind << (YAML 1.1's merge key), but for those
// that are there. A list is merged in its order, the first winning.
func (c *converter) merge(n, from *Node) {
	list := []*Node{from}
	if from.Kind == Array {
		list = from.Items
	}
	for _, one := range list {
		for i, key := range one.Keys {
			if n.Index(key) < 0 {
				n.set(key, one.Items[i])
			}
		}
	}
}

// scalar is a value by its tag in YAML 1.2's core schema. A time stamp, which YAML 1.1 knows,
// stays the text that it is, and .inf and .nan, which JSON lacks, become texts.
func (c *converter) scalar(n *Node, y *yaml.Node) {
	n.Kind, n.Text = String, y.Value
	switch y.ShortTag() {
	case "!!null":
		n.Kind, n.Text = Null, "null"
	case "!!bool":
		n.Kind, n.Text = Bool, strings.ToLower(y.Value)
	case "!!int", "!!float":
		if text, ok := numberText(y); ok {
			n.Kind, n.Text = Number, text
		}
	}
}

// RFC 8259 6.
var jsonNumber = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$`) })

// numberText is a number of YAML as JSON has it, such as 255 of 0xff; false where JSON has no
// such number.
func numberText(y *yaml.Node) (string, bool) {
	if jsonNumber().MatchString(y.Value) {
		return y.Value, true
	}
	var whole int64
	if y.ShortTag() == "!!int" && y.Decode(&whole) == nil {
		return strconv.FormatInt(whole, 10), true
	}
	var f float64
	if y.Decode(&f) != nil || math.IsInf(f, 0) || math.IsNaN(f) {
		return "", false
	}
	return strconv.FormatFloat(f, 'g', -1, 64), true
}
