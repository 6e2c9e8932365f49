package input

import (
	"errors"
	"fmt"
	"strings"

	"posthaste/collection"
	"posthaste/internal/cli/process"
)

// ReadEnvFiles reads --env-file: KEY=value lines, as shells and docker write them. Their variables are environment
// variables of the run whose values are secrets.
func ReadEnvFiles(p *process.Process, names []string) ([]collection.Variable, error) {
	var list []collection.Variable
	for _, name := range names {
		data, err := ReadFile(p, "environment file", name)
		if err != nil {
			return nil, err
		}
		for i, line := range strings.Split(string(data), "\n") {
			key, value, err := DotenvLine(line)
			if err != nil {
				return nil, process.Usage("a line is KEY=value, or a comment behind #", "reading the environment file: %s:%d: %w", name, i+1, err)
			}
			if key != "" {
				list = append(list, collection.Variable{Key: key, Value: collection.Text(value), Type: "secret"})
			}
		}
	}
	return list, nil
}

// DotenvLine reads one line. The key is "" where there is nothing to read.
func DotenvLine(line string) (key, value string, err error) {
	line = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(strings.TrimPrefix(line, "\ufeff")), "export "))
	if line == "" || line[0] == '#' {
		return "", "", nil
	}
	key, value, ok := strings.Cut(line, "=")
	key, value = strings.TrimSpace(key), strings.TrimSpace(value)
	if !ok || key == "" || strings.ContainsAny(key, " \t\"'") {
		return "", "", errors.New("the line is no assignment") // what stands there may be a secret
	}
	if len(value) >= 2 && (value[0] == '"' || value[0] == '\'') {
		return unquoted(key, value)
	}
	if i := strings.Index(value, " #"); i >= 0 {
		value = strings.TrimSpace(value[:i])
	}
	return key, value, nil
}

// unquoted reads a value in quotes. Double ones know \n, \" and \\; single ones know nothing.
func unquoted(key, value string) (string, string, error) {
	quote := value[:1]
	end := strings.LastIndex(value[1:], quote)
	if end < 0 {
		return "", "", fmt.Errorf("the value of %s lacks its closing quote", key)
	}
	value = value[1 : end+1]
	if quote == `"` {
		value = strings.NewReplacer(`\n`, "\n", `\"`, `"`, `\\`, `\`).Replace(value)
	}
	return key, value, nil
}
