// Package dotenv reads files of KEY=value lines, as shells, docker and many tools write them.
//
// There is one such reader, so that --env-file, --vault and check accept the same files. Entries keep their order,
// and errors name a line but not its text, which may hold a secret.
package dotenv

import (
	"fmt"
	"strings"
)

// An Entry is one assignment.
type Entry struct {
	Key, Value string
	Line       int // that it begins in, from 1 on
}

// An Error says which line cannot be read. It never holds the line's text, which may be a secret.
type Error struct {
	Line     int
	Unclosed string // the key whose value lacks its closing quote; "" for a line that assigns nothing
}

// Error says what is wrong without the line.
func (e *Error) Error() string {
	if e.Unclosed != "" {
		return fmt.Sprintf("the value of %s lacks its closing quote", e.Unclosed)
	}
	return "the line is not KEY=value"
}

// Parse reads KEY=value lines: comments behind #, "export " in front, single quotes for text as it stands, double
// quotes with \n, \t, \r, \" and \\, values in quotes over several lines. Nothing is substituted. Its errors are *Error.
func Parse(text string) ([]Entry, error) {
	var list []Entry
	text = strings.TrimPrefix(strings.ReplaceAll(text, "\r\n", "\n"), "\uFEFF")
	for number := 1; text != ""; number++ {
		var line string
		line, text, _ = strings.Cut(text, "\n")
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		key, value, ok := strings.Cut(strings.TrimPrefix(line, "export "), "=")
		key, value = strings.TrimSpace(key), strings.TrimSpace(value)
		if !ok || key == "" || strings.ContainsAny(key, " \t\"'") {
			return nil, &Error{Line: number}
		}
		entry := Entry{Key: key, Line: number}
		if value != "" && (value[0] == '"' || value[0] == '\'') {
			for end(value) < 0 {
				if text == "" {
					return nil, &Error{Line: entry.Line, Unclosed: key}
				}
				var more string
				more, text, _ = strings.Cut(text, "\n")
				value += "\n" + more
				number++
			}
			entry.Value = unquote(value)
		} else {
			if i := strings.Index(value, " #"); i >= 0 {
				value = strings.TrimSpace(value[:i])
			}
			entry.Value = value
		}
		list = append(list, entry)
	}
	return list, nil
}

// end returns where the quote that s begins with closes, -1 when it does not.
func end(s string) int {
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == '\\' && s[0] == '"':
			i++
		case s[i] == s[0]:
			return i
		}
	}
	return -1
}

// unquote reads a value in quotes. Escapes mean something in double quotes only, as in a shell.
func unquote(s string) string {
	inner := s[1:end(s)]
	if s[0] == '\'' {
		return inner
	}
	return strings.NewReplacer(`\n`, "\n", `\t`, "\t", `\r`, "\r", `\"`, `"`, `\\`, `\`).Replace(inner)
}
