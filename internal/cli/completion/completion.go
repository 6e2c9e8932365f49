// Package completion finds out what may follow on a command line that is being typed, and holds the scripts by which shells
// ask for it.
package completion

import (
	"slices"
	"strings"
	"unicode"

	"github.com/spf13/pflag"

	"posthaste/internal/cli/option"
)

// A Command is one word after the program's name, and its options.
type Command struct {
	Name    string
	Summary string
	Flags   func() *pflag.FlagSet
	Words   []string // what its argument may be; nil where that is a file
}

// A Candidate is one way to go on.
type Candidate struct {
	Text  string
	About string
	Open  bool // more belongs to the same word, such as what follows KEY=
}

// What stands where no candidate does.
const (
	Nothing = "none"
	Files   = "files"
	Dirs    = "dirs"
)

// An Answer is what may follow.
type Answer struct {
	List []Candidate
	Else string // Nothing, Files or Dirs: what fits besides
}

// Sources are where names come from.
type Sources struct {
	Commands  []Command
	Topics    []Candidate
	Reporters []Candidate // with their options as the words of About behind a colon: see Options
	Options   map[string][]string
	Rules     []Candidate
	// Requests reads the collection on the line; it is asked only for options that name a part of one.
	Requests func(collection string) Names
	// Variables reads the names of variables of a collection and an environment.
	Variables func(collection, environment string) []string
}

// Names are the parts of a collection.
type Names struct {
	Folders  []string // names
	Requests []string // names
	Paths    []string // of folders and requests
	Tags     []string
}

// Complete returns what may stand in the place of the last word; words are those behind the program's name.
func (s *Sources) Complete(words []string) Answer {
	current := words[len(words)-1]
	if len(words) == 1 {
		list := []Candidate{{Text: "help", About: "show the options of a command, or a topic"}}
		for _, c := range s.Commands {
			list = append(list, Candidate{Text: c.Name, About: c.Summary})
		}
		return only(list, current)
	}
	if words[0] == "help" {
		list := slices.Clone(s.Topics)
		for _, c := range s.Commands {
			list = append(list, Candidate{Text: c.Name, About: c.Summary})
		}
		return only(list, current)
	}
	i := slices.IndexFunc(s.Commands, func(c Command) bool { return c.Name == words[0] })
	if i < 0 {
		return Answer{Else: Files}
	}
	return s.within(s.Commands[i], words[1:])
}

// within completes the words behind a command.
func (s *Sources) within(c Command, words []string) Answer {
	line := read(c.Flags(), words[:len(words)-1])
	current := words[len(words)-1]
	name, value, joined := strings.Cut(current, "=")
	switch {
	case line.open != nil:
		return s.value(line.open, line, current)
	case line.ended, !strings.HasPrefix(current, "-"):
		if c.Words != nil {
			return only(texts(c.Words), current)
		}
		return Answer{Else: Files}
	case joined && strings.HasPrefix(name, "--"):
		f := line.flags.Lookup(strings.TrimPrefix(name, "--"))
		if f == nil {
			return Answer{Else: Files}
		}
		return prefixed(s.value(f, line, value), name+"=")
	}
	return only(s.flags(line.flags, current), current)
}

// A typed is what the words before the current one say.
type typed struct {
	flags       *pflag.FlagSet
	open        *pflag.Flag // whose value the current word is
	ended       bool        // "--" was there
	collection  string
	environment string
}

// read takes the words apart.
func read(flags *pflag.FlagSet, words []string) typed {
	line := typed{flags: flags}
	for _, word := range words {
		switch {
		case line.open != nil:
			line.note(word)
		case word == "--":
			line.ended = true
		case line.ended || !strings.HasPrefix(word, "-") || word == "-":
			if line.collection == "" {
				line.collection = word
			}
		default:
			line.option(word)
		}
	}
	return line
}

// note takes the value of the open flag. One whose value is optional leaves a word alone that cannot be it.
func (t *typed) note(word string) {
	f := t.open
	t.open = nil
	switch {
	case f.NoOptDefVal != "" && strings.HasPrefix(word, "-"):
		t.option(word)
	case f.Name == "bail" && word != "folder" && word != "failure":
		t.collection = word
	case f.Name == "environment":
		t.environment = word
	}
}

// option takes a word that begins with a dash.
func (t *typed) option(word string) {
	name, value, joined := strings.Cut(word, "=")
	f := t.flags.Lookup(strings.TrimPrefix(name, "--"))
	if !strings.HasPrefix(name, "--") && len(name) == 2 {
		f = t.flags.ShorthandLookup(name[1:])
	}
	switch {
	case f == nil && strings.HasPrefix(name, "--reporter-") && !joined:
		t.open = &pflag.Flag{Name: "reporter-option", Usage: "`FILE` value"}
	case f == nil || f.Value.Type() == "bool":
	case joined && f.Name == "environment":
		t.environment = value
	case !joined:
		t.open = f
	}
}

// flags lists the options, and those of reporters once they are begun.
func (s *Sources) flags(flags *pflag.FlagSet, current string) []Candidate {
	var list []Candidate
	flags.VisitAll(func(f *pflag.Flag) {
		if !f.Hidden {
			_, text := option.Usage(f)
			list = append(list, Candidate{Text: "--" + f.Name, About: text})
		}
	})
	list = append(list, Candidate{Text: "--help", About: "show all options"})
	if strings.HasPrefix(current, "--reporter-") && flags.Lookup("reporters") != nil {
		for _, r := range s.Reporters {
			for _, o := range append([]string{"export"}, s.Options[r.Text]...) {
				list = append(list, Candidate{Text: "--reporter-" + r.Text + "-" + o, About: "an option of the reporter " + r.Text})
			}
		}
	}
	return list
}

// only keeps the candidates that begin with what was typed.
func only(list []Candidate, current string) Answer {
	kept := slices.DeleteFunc(slices.Clone(list), func(c Candidate) bool {
		return !strings.HasPrefix(c.Text, current) || strings.ContainsFunc(c.Text, unicode.IsControl)
	})
	return Answer{List: kept, Else: Nothing}
}

// prefixed puts what was typed before the value in front of each candidate.
func prefixed(a Answer, prefix string) Answer {
	for i := range a.List {
		a.List[i].Text = prefix + a.List[i].Text
	}
	return a
}

func texts(list []string) []Candidate {
	var candidates []Candidate
	for _, text := range list {
		candidates = append(candidates, Candidate{Text: text})
	}
	return candidates
}
