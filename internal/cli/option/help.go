package option

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/spf13/pflag"
)

// A Page is what help says of a command.
type Page struct {
	Usage    string      // the command line, without the name of the program
	About    string      // what the command does, in sentences; may be ""
	Examples [][2]string // a command line and what it does
	Tables   []Table     // behind the options
	See      []string    // topics of posthaste help
}

// A Table is a heading and rows of a word and what it means.
type Table struct {
	Title string
	Rows  [][2]string
	Notes string // behind the rows; may be ""
}

// A Description is a command as its options are defined. Parse returns it as an error for the argument Describe.
type Description struct {
	Page  Page
	Flags *pflag.FlagSet
}

// Error says what it is. Nobody sees it.
func (*Description) Error() string { return "the description of a command" }

// Describe is the only argument of a command that is to describe itself. No command line can hold it.
const Describe = "\x00describe"

// groupKey is the annotation of a flag that holds the heading of its group in help.
const groupKey = "posthaste_group"

// Group puts the flags that were defined since the last call under a heading.
func Group(s *pflag.FlagSet, heading string) {
	s.VisitAll(func(f *pflag.Flag) {
		if _, grouped := f.Annotations[groupKey]; !grouped {
			f.Annotations = map[string][]string{groupKey: {heading}}
		}
	})
}

// GroupOf is the heading of a flag's group, "Options" for one without.
func GroupOf(f *pflag.Flag) string {
	if list := f.Annotations[groupKey]; len(list) > 0 {
		return list[0]
	}
	return "Options"
}

// Usage takes a flag's text apart: what stands for its value, "" for a switch, and what the flag does. The text begins
// with that word in back quotes.
func Usage(f *pflag.Flag) (value, text string) {
	if rest, ok := strings.CutPrefix(f.Usage, "`"); ok {
		if value, text, ok := strings.Cut(rest, "` "); ok {
			return value, text + defaultOf(f)
		}
	}
	return "", f.Usage
}

// defaultOf is the default in brackets, where there is one that the text does not name.
func defaultOf(f *pflag.Flag) string {
	if f.DefValue == "" || f.DefValue == "[]" || strings.Contains(f.Usage, "(default") {
		return ""
	}
	return " (default " + f.DefValue + ")"
}

// choice is a value that is one of some words, such as auto|on|off.
var choice = regexp.MustCompile(`^[a-z0-9.-]+(\|[a-z0-9.-]+)+$`)

// Choices are the words that a flag takes; nil where it takes other values.
func Choices(f *pflag.Flag) []string {
	value, _ := Usage(f)
	if !choice.MatchString(value) {
		return nil
	}
	return strings.Split(value, "|")
}

// indent is the column in which help explains options and examples.
const indent = 30

// Help is the text of --help, in lines of at most width columns.
func (d *Description) Help(width int) string {
	width = max(width, 40)
	var b strings.Builder
	fmt.Fprintf(&b, "Usage: posthaste %s\n", d.Page.Usage)
	if d.Page.About != "" {
		b.WriteString("\n" + Wrap(d.Page.About, "", width) + "\n")
	}
	if len(d.Page.Examples) > 0 {
		b.WriteString("\nExamples:\n")
		for _, e := range d.Page.Examples {
			fmt.Fprintf(&b, "%s\n      %s\n", Wrap(e[1]+":", "  ", width), e[0])
		}
	}
	d.groups(func(heading string, flags []*pflag.Flag) {
		fmt.Fprintf(&b, "\n%s:\n", heading)
		for _, f := range flags {
			value, text := Usage(f)
			row(&b, names(f, value), text, width)
		}
	})
	for _, t := range d.Page.Tables {
		fmt.Fprintf(&b, "\n%s:\n", t.Title)
		for _, r := range t.Rows {
			row(&b, "  "+r[0], r[1], width)
		}
		if t.Notes != "" {
			b.WriteString(Wrap(t.Notes, "  ", width) + "\n")
		}
	}
	if len(d.Page.See) > 0 {
		b.WriteString("\n" + Wrap("More: posthaste help TOPIC, where TOPIC is "+strings.Join(d.Page.See, ", "), "", width) + "\n")
	}
	return b.String()
}

// groups calls do for each group of flags that are shown, in the order of their definition.
func (d *Description) groups(do func(heading string, flags []*pflag.Flag)) {
	var order []string
	groups := map[string][]*pflag.Flag{}
	d.Flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		heading := GroupOf(f)
		if groups[heading] == nil {
			order = append(order, heading)
		}
		groups[heading] = append(groups[heading], f)
	})
	for _, heading := range order {
		do(heading, groups[heading])
	}
}

// names is a flag as it is typed.
func names(f *pflag.Flag, value string) string {
	text := "      --" + f.Name
	if f.Shorthand != "" {
		text = "  -" + f.Shorthand + ", --" + f.Name
	}
	switch {
	case value == "":
		return text
	case f.NoOptDefVal != "" && f.Value.Type() != "bool":
		return text + " [" + value + "]"
	}
	return text + " " + value
}

// row writes a word and what it means, below each other where the word is too long.
func row(b *strings.Builder, word, text string, width int) {
	pad := strings.Repeat(" ", indent)
	lines := Wrap(text, pad, width)
	if utf8.RuneCountInString(word) > indent-2 {
		b.WriteString(word + "\n" + lines + "\n")
		return
	}
	b.WriteString(word + pad[utf8.RuneCountInString(word):] + strings.TrimLeft(lines, " ") + "\n")
}

// Wrap breaks a text into lines of at most width columns that begin with pad. A word that is longer has a line of its own.
func Wrap(text, pad string, width int) string {
	var lines []string
	line := pad
	for _, word := range strings.Fields(text) {
		if line != pad && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > width {
			lines = append(lines, line)
			line = pad
		}
		if line != pad {
			line += " "
		}
		line += word
	}
	return strings.Join(append(lines, line), "\n")
}
