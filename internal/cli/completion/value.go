package completion

import (
	"strings"

	"github.com/spf13/pflag"

	"posthaste/internal/cli/option"
)

// value completes the value of an option.
func (s *Sources) value(f *pflag.Flag, line typed, current string) Answer {
	shown, _ := option.Usage(f)
	switch f.Name {
	case "reporters":
		return listed(s.Reporters, current)
	case "report":
		if strings.Contains(current, "=") {
			return Answer{Else: Files}
		}
		return only(opened(s.Reporters), current)
	case "folder", "include", "exclude", "setup", "teardown", "tag":
		return only(partOf(f.Name, s.Requests(line.collection)), current)
	case "secret":
		return only(texts(s.Variables(line.collection, line.environment)), current)
	case "env-var":
		if strings.Contains(current, "=") {
			return Answer{Else: Nothing}
		}
		return only(opened(texts(s.Variables(line.collection, line.environment))), current)
	case "rule", "no-rule":
		return only(s.Rules, current)
	}
	choices := option.Choices(f)
	switch {
	case choices != nil && f.Value.Type() == "stringSlice":
		return listed(texts(choices), current)
	case choices != nil:
		return only(texts(choices), current)
	case shown == "DIR":
		return Answer{Else: Dirs}
	case strings.Contains(shown, "FILE") || shown == "PATH":
		return Answer{Else: Files}
	}
	return Answer{Else: Nothing}
}

// partOf lists the names of a collection that an option takes.
func partOf(flag string, names Names) []Candidate {
	var list []Candidate
	add := func(about string, from []string) {
		for _, text := range from {
			list = append(list, Candidate{Text: text, About: about})
		}
	}
	switch flag {
	case "folder":
		add("folder", names.Folders)
		add("request", names.Requests)
	case "tag":
		add("tag", names.Tags)
		for _, tag := range names.Tags {
			list = append(list, Candidate{Text: "!" + tag, About: "without this tag"})
		}
	default:
		add("path", names.Paths)
	}
	return list
}

// listed completes the last of several words between commas, leaving out those that are there.
func listed(all []Candidate, current string) Answer {
	before, last := "", current
	if i := strings.LastIndex(current, ","); i >= 0 {
		before, last = current[:i+1], current[i+1:]
	}
	var rest []Candidate
	for _, c := range all {
		if !strings.Contains(","+before, ","+c.Text+",") {
			rest = append(rest, c)
		}
	}
	return prefixed(only(rest, last), before)
}

// opened are candidates that a value follows, behind "=".
func opened(list []Candidate) []Candidate {
	var open []Candidate
	for _, c := range list {
		open = append(open, Candidate{Text: c.Text + "=", About: c.About, Open: true})
	}
	return open
}
