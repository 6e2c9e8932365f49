package planted_test

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
)

var teamcityAttribute = regexp.MustCompile(`^ *([a-zA-Z]+)='((?:[^'|\]\[\n]|\|['nr|\[\]]|\|0x[0-9a-fA-F]{4})*)'`)

// teamcityOutcome reads service messages: a test and a suite end under the name with which they began.
func teamcityOutcome(data []byte) (string, error) {
	var out strings.Builder
	var open []string
	for line := range strings.Lines(string(data)) {
		rest, ok := strings.CutPrefix(strings.TrimRight(line, "\n"), "##teamcity[")
		if !ok {
			return "", fmt.Errorf("%q is no message", line)
		}
		kind, rest, _ := strings.Cut(rest, " ")
		out.WriteString(kind)
		attributes := map[string]string{}
		for rest != "]" {
			m := teamcityAttribute.FindStringSubmatch(rest)
			if m == nil {
				return "", fmt.Errorf("an attribute of %s: %q", kind, rest)
			}
			attributes[m[1]], rest = m[2], rest[len(m[0]):]
			out.WriteString(" " + m[1])
			if m[1] == "type" {
				out.WriteString("=" + m[2])
			}
		}
		out.WriteByte('\n')
		name := attributes["name"]
		switch {
		case strings.HasSuffix(kind, "Started"):
			open = append(open, strings.TrimSuffix(kind, "Started")+" "+name)
		case strings.HasSuffix(kind, "Finished"):
			if len(open) == 0 || open[len(open)-1] != strings.TrimSuffix(kind, "Finished")+" "+name {
				return "", fmt.Errorf("%s %s ends within %q", kind, name, open)
			}
			open = open[:len(open)-1]
		case name != "" && (len(open) == 0 || open[len(open)-1] != "test "+name):
			return "", fmt.Errorf("%s tells of %s within %q", kind, name, open)
		}
	}
	if len(open) > 0 {
		return "", fmt.Errorf("%q have no end", open)
	}
	return out.String(), nil
}

var (
	githubCommand = regexp.MustCompile(`^::([a-z-]+)(?: ([^:]*(?::[^:]+)*?))?::(.*)$`)
	azureCommand  = regexp.MustCompile(`^##vso\[([a-z.]+)( [^\]]*)?\](.*)$`)
)

// githubOutcome reads workflow commands with their files and lines.
func githubOutcome(data []byte) (string, error) {
	var out strings.Builder
	for line := range strings.Lines(string(data)) {
		m := githubCommand.FindStringSubmatch(strings.TrimRight(line, "\n"))
		if m == nil {
			return "", fmt.Errorf("%q is no command", line)
		}
		out.WriteString(m[1])
		for property := range strings.SplitSeq(m[2], ",") {
			key, value, ok := strings.Cut(property, "=")
			if m[2] != "" && !ok {
				return "", fmt.Errorf("%q of %q is no property", property, line)
			}
			out.WriteString(" " + key)
			if key == "file" || key == "line" {
				out.WriteString("=" + value)
			}
		}
		if m[3] == "" && m[1] == "error" {
			return "", errors.New("an error says nothing")
		}
		out.WriteByte('\n')
	}
	return out.String(), nil
}

// gitlabOutcome reads sections: each ends, under the name with which it began.
func gitlabOutcome(data []byte) (string, error) {
	var out strings.Builder
	open := ""
	for _, m := range regexp.MustCompile(`\x1b\[0Ksection_(start|end):\d+:([a-zA-Z0-9_.-]+)(?:\[[a-z=,]*\])?\r\x1b\[0K`).FindAllSubmatch(data, -1) {
		kind, name := string(m[1]), string(m[2])
		if kind == "start" && open == "" {
			open = name
		} else if kind == "end" && open == name {
			open = ""
		} else {
			return "", fmt.Errorf("%s of %s within %q", kind, name, open)
		}
		out.WriteString(kind + "\n")
	}
	if open != "" {
		return "", errors.New("a section has no end")
	}
	return out.String(), nil
}

// azureOutcome reads logging commands and groups.
func azureOutcome(data []byte) (string, error) {
	var out strings.Builder
	groups := 0
	for line := range strings.Lines(string(data)) {
		line = strings.TrimRight(line, "\n")
		switch {
		case strings.HasPrefix(line, "##[group]"):
			groups++
			out.WriteString("group\n")
		case line == "##[endgroup]":
			groups--
			out.WriteString("end\n")
		default:
			m := azureCommand.FindStringSubmatch(line)
			if m == nil {
				return "", fmt.Errorf("%q is no command", line)
			}
			out.WriteString(m[1] + m[2] + "\n")
		}
		if groups < 0 || groups > 1 {
			return "", fmt.Errorf("%d groups are open", groups)
		}
	}
	return out.String(), nil
}

// terminalOutcome reads the marks of a person's report, and the rows of its table that count.
func terminalOutcome(data []byte) (string, error) {
	var out strings.Builder
	row := regexp.MustCompile(`│\s+(iterations|requests|test-scripts|prerequest-scripts|assertions) │\s+(\d+) │\s+(\d+) │`)
	for _, m := range row.FindAllStringSubmatch(string(data), -1) {
		out.WriteString(m[1] + " " + m[2] + " " + m[3] + "\n")
	}
	for _, mark := range []string{"✓", "✗", "↳", "❏", "[skipped]", "😀", "😢", "🚃", "🚋"} {
		fmt.Fprintf(&out, "%s %d\n", mark, strings.Count(string(data), mark))
	}
	return out.String(), nil
}
