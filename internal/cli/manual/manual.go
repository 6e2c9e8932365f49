// Package manual holds the longer pages of help, and turns them and the help of commands into text and man pages. Its
// source is Markdown with four kinds of blocks: headings, paragraphs, lists, and code that is indented by four blanks.
package manual

import (
	"embed"
	"path"
	"slices"
	"strings"

	"posthaste/internal/cli/option"
)

//go:embed topics/*.md
var files embed.FS

// Topics are the names of the pages, in alphabetical order.
func Topics() []string {
	entries, err := files.ReadDir("topics")
	if err != nil {
		return nil // they are embedded
	}
	var names []string
	for _, e := range entries {
		names = append(names, strings.TrimSuffix(e.Name(), ".md"))
	}
	slices.Sort(names)
	return names
}

// Topic returns the Markdown of a page, and false for a name that no page has.
func Topic(name string) (string, bool) {
	if !slices.Contains(Topics(), name) {
		return "", false
	}
	data, err := files.ReadFile(path.Join("topics", name+".md"))
	return string(data), err == nil
}

// Title is the first heading of a page.
func Title(markdown string) string {
	line, _, _ := strings.Cut(markdown, "\n")
	return strings.TrimLeft(line, "# ")
}

// Text is a page for a terminal of so many columns. Lines of code are not broken.
func Text(markdown string, width int) string {
	var b strings.Builder
	for i, block := range parse(markdown) {
		if i > 0 && (block.kind != item || !block.follows) {
			b.WriteString("\n")
		}
		switch block.kind {
		case heading:
			b.WriteString(strings.ToUpper(block.text) + "\n")
		case code:
			b.WriteString("    " + strings.ReplaceAll(block.text, "\n", "\n    ") + "\n")
		case item:
			text := option.Wrap(plain(block.text), "    ", width)
			b.WriteString("  - " + strings.TrimLeft(text, " ") + "\n")
		case paragraph:
			b.WriteString(option.Wrap(plain(block.text), "", width) + "\n")
		}
	}
	return b.String()
}

// plain is a text without the signs of Markdown.
func plain(text string) string { return strings.ReplaceAll(text, "`", "") }

// The kinds of blocks.
const (
	paragraph = iota
	heading
	code
	item
)

type block struct {
	kind    int
	text    string
	follows bool // the block before is an item too
}

// parse takes a page apart.
func parse(markdown string) []block {
	var blocks []block
	last := func() *block {
		if len(blocks) == 0 {
			return nil
		}
		return &blocks[len(blocks)-1]
	}
	open := false // the last block goes on with the next line
	for line := range strings.Lines(markdown) {
		line = strings.TrimRight(line, "\n")
		switch {
		case line == "":
			open = false
		case strings.HasPrefix(line, "#"):
			blocks = append(blocks, block{kind: heading, text: strings.TrimLeft(line, "# ")})
			open = false
		case strings.HasPrefix(line, "    ") && (!open || last().kind == code):
			if b := last(); open && b != nil {
				b.text += "\n" + line[4:]
				continue
			}
			blocks = append(blocks, block{kind: code, text: line[4:]})
			open = true
		case strings.HasPrefix(line, "- "):
			b := last()
			blocks = append(blocks, block{kind: item, text: line[2:], follows: b != nil && b.kind == item})
			open = true
		case open:
			last().text += " " + strings.TrimSpace(line)
		default:
			blocks = append(blocks, block{kind: paragraph, text: line})
			open = true
		}
	}
	return blocks
}
