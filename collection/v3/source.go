package v3

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"posthaste/collection"
	"posthaste/collection/v3/format"
)

// Bounds on what one file may hold. Real files nest some ten levels and stay below a
// megabyte.
const (
	maxFile  = 16 << 20 // bytes
	maxNodes = 1 << 20  // with aliases expanded
	maxText  = 4 * maxFile
)

// A file is one YAML file, read and checked. Its lines are kept for the places in messages.
type file struct {
	path  string // in the file system
	name  string // as errors call it
	lines []string
	root  value
}

// readLimited reads a regular file of bounded size. Errors say what is wrong and not which
// file it is.
func readLimited(fsys fs.FS, path string) (data []byte, err error) {
	info, err := fs.Stat(fsys, path) // before opening, which waits for the other end of a pipe
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("this is no regular file")
	}
	f, err := fsys.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if data, err = io.ReadAll(io.LimitReader(f, maxFile+1)); err == nil && len(data) > maxFile {
		return nil, fmt.Errorf("the file is larger than %d MB", maxFile>>20)
	}
	return data, err
}

// parse reads one YAML document and checks that it can be walked. path is its place in the
// file system, name what errors call it. The error is a *collection.ParseError.
func parse(path, name string, data []byte) (*file, error) {
	text := strings.TrimPrefix(string(data), "\uFEFF")
	f := &file{path: path, name: name, lines: strings.Split(text, "\n")}
	if i := invalidUTF8(text); i >= 0 {
		return nil, f.errorAt(f.offset(text, i), "save the file as UTF-8", errors.New("the file is not UTF-8"))
	}
	if err := f.refuseForeign(text); err != nil {
		return nil, err
	}
	dec := yaml.NewDecoder(strings.NewReader(text))
	var doc, second yaml.Node
	err := dec.Decode(&doc)
	if errors.Is(err, io.EOF) {
		return nil, f.errorAt(collection.Pos{}, "write it, or remove it", errors.New("the file is empty"))
	}
	if err != nil {
		return nil, f.syntaxError(err)
	}
	if err = dec.Decode(&second); err == nil {
		return nil, f.errorAt(f.place(&second), "a file holds one request or definition: split it", errors.New("found a second YAML document"))
	} else if !errors.Is(err, io.EOF) {
		return nil, f.syntaxError(err)
	}
	c := checker{f: f, open: map[*yaml.Node]bool{}}
	if err := c.check(&doc, 0); err != nil {
		return nil, err
	}
	f.root = f.value(&doc)
	return f, nil
}

// invalidUTF8 is the offset of the first byte that is not UTF-8, or -1. YAML allows UTF-16
// too; no Postman file is written so.
func invalidUTF8(text string) int {
	if utf8.ValidString(text) {
		return -1
	}
	for i, r := range text {
		if _, size := utf8.DecodeRuneInString(text[i:]); r == utf8.RuneError && size == 1 {
			return i
		}
	}
	return -1
}

// offset is the place of a byte in a text, column in bytes.
func (f *file) offset(text string, i int) collection.Pos {
	return collection.Pos{Line: strings.Count(text[:i], "\n") + 1, Col: i - strings.LastIndexByte(text[:i], '\n')}
}

// refuseForeign names files whose trouble is not one of YAML, before YAML's own error hides
// it.
func (f *file) refuseForeign(text string) error {
	for i, line := range f.lines {
		if strings.HasPrefix(line, "<<<<<<< ") || strings.HasPrefix(line, ">>>>>>> ") {
			return f.errorAt(collection.Pos{Line: i + 1, Col: 1}, "resolve the conflict first", errors.New("found a merge conflict"))
		}
	}
	if strings.HasPrefix(text, "version https://git-lfs") {
		return f.errorAt(collection.Pos{Line: 1, Col: 1}, "run git lfs pull", errors.New("found a Git LFS pointer instead of the file"))
	}
	return nil
}

// errorAt is an error of this file.
func (f *file) errorAt(pos collection.Pos, hint string, err error) *collection.ParseError {
	return &collection.ParseError{File: f.name, Pos: pos, Hint: hint, Err: err}
}

// place returns where a node begins. The library counts columns in characters, the model in bytes.
func (f *file) place(n *yaml.Node) collection.Pos {
	if n.Line < 1 || n.Line > len(f.lines) {
		return collection.Pos{Line: max(n.Line, 0), Col: max(n.Column, 0)}
	}
	line, col := f.lines[n.Line-1], 0
	for range n.Column - 1 {
		_, size := utf8.DecodeRuneInString(line[min(col, len(line)):])
		col += max(size, 1)
	}
	return collection.Pos{Line: n.Line, Col: min(col, len(line)) + 1}
}

// yamlLine is how the YAML package begins an error: "line 12: …".
var yamlLine = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^line (\d+): `) })

// unexpectedToken is an error of the YAML package about what stands in the wrong place.
var unexpectedToken = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^did not find expected (<document start>|node content|key|'-' indicator|',' or)`)
})

// unknownAnchor is an error of the YAML package about an alias: a value that begins with "*"
// and is not quoted.
var unknownAnchor = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^unknown anchor '(.*)' referenced`) })

// syntaxError turns the library's error into ours: it may be off by a line, and has no
// column. The likeliest mistakes are looked for first, since the library's words say little
// about them.
func (f *file) syntaxError(err error) error {
	if pos, name, fix := f.unquoted(); pos.Line > 0 {
		return f.errorAt(pos, fix, fmt.Errorf("{{%s}} is not quoted, and YAML reads its braces as maps", name))
	}
	msg := strings.TrimPrefix(err.Error(), "yaml: ")
	line := 1
	if m := yamlLine().FindStringSubmatch(msg); m != nil {
		line, _ = strconv.Atoi(m[1])
		msg = msg[len(m[0]):]
		if unexpectedToken().MatchString(msg) {
			line++ // these the library counts from 0
		}
	}
	if m := unknownAnchor().FindStringSubmatch(msg); m != nil {
		return f.unknownAnchor(m[1])
	}
	line = min(max(line, 1), len(f.lines))
	text := f.lines[line-1]
	// The hint is replaced below where a tab or a colon is seen to be the reason.
	hint := "check the indentation here and in the lines around, and quote values that hold : # { } [ ] or quotes"
	for i := max(0, line-2); i < min(len(f.lines), line+1); i++ {
		if indent := f.lines[i][:len(f.lines[i])-len(strings.TrimLeft(f.lines[i], " \t"))]; strings.Contains(indent, "\t") {
			line, text, hint = i+1, f.lines[i], "this line is indented by a tab: use blanks"
			break
		}
	}
	if strings.Contains(msg, "mapping values are not allowed") {
		hint = "quote the value: it holds a colon followed by a blank"
	}
	pos := collection.Pos{Line: line, Col: len(text) - len(strings.TrimLeft(text, " \t")) + 1}
	return f.errorAt(pos, hint, errors.New("reading YAML: "+msg))
}

// unknownAnchor finds the alias; the library's error has its name only. The first place where
// the text stands is taken for it.
func (f *file) unknownAnchor(name string) error {
	err := fmt.Errorf("alias *%s names no anchor before it", name)
	for i, line := range f.lines {
		if at := strings.Index(line, "*"+name); at >= 0 {
			return f.errorAt(collection.Pos{Line: i + 1, Col: at + 1}, "quote the value if it is meant as text", err)
		}
	}
	return f.errorAt(collection.Pos{}, "quote the value if it is meant as text", err)
}

// bareValue is a line whose value is a placeholder without quotes, such as "url: {{host}}/a"
// or "- {{x}}". It captures what stands before the value, the value, and the name.
var bareValue = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(\s*(?:- +)*(?:(?:"[^"]*"|'[^']*'|[^\s"'#:{}\[\],|>&*!%@-][^:#]*):\s+|- +))(\{\{\s*([^{}]*?)\s*\}\}.*)$`)
})

// blockHeader is the end of a line that begins a block of text: "code: |-" or "- >".
var blockHeader = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[:-]\s+[|>][-+0-9]*\s*(?:#.*)?$`) })

// unquoted finds the first value that begins with {{ and is not quoted. Lines of block
// scalars do not count: scripts may hold anything. A zero place says that there is none; fix
// is the line's correction.
func (f *file) unquoted() (pos collection.Pos, name, fix string) {
	block := -1 // the indentation of the key whose block scalar is open
	for i, line := range f.lines {
		line = strings.TrimSuffix(line, "\r")
		indent := len(line) - len(strings.TrimLeft(line, " "))
		if block >= 0 && (indent > block || strings.TrimSpace(line) == "") {
			continue
		}
		block = -1
		if m := bareValue().FindStringSubmatch(line); m != nil {
			fix = "quote the value: " + strings.TrimLeft(m[1], " -") + format.Quote(strings.TrimRight(m[2], " "))
			return collection.Pos{Line: i + 1, Col: len(m[1]) + 1}, m[3], fix
		}
		if blockHeader().MatchString(line) {
			block = indent
		}
	}
	return collection.Pos{}, "", ""
}
