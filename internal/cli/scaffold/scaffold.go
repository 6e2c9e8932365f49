// Package scaffold plans the files that a project needs to run a collection: posthaste.yaml, an environment without secrets,
// a job for a CI system, and lines of .gitignore.
package scaffold

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"posthaste/examples"
	"posthaste/internal/secret/naming"
)

// Options say what a project is like.
type Options struct {
	Collection  string   // a path with slashes
	Environment string   // the path of an environment that is there; "" makes one
	Variables   []string // that an environment has to give
	CI          string   // one of Systems
}

// A File is one file that is planned.
type File struct {
	Path string
	Text string
	Add  bool // its lines are added to those that the file has
}

// Systems are the CI systems that there are jobs for, and "none".
func Systems() []string { return []string{"github", "gitlab", "azure", "bitbucket", "jenkins", "none"} }

// job is the example of a CI system, and where it belongs.
func job(system string) (example, place string) {
	switch system {
	case "github":
		return "ci/github.yml", ".github/workflows/api.yml"
	case "gitlab":
		return "ci/gitlab-ci.yml", ".gitlab-ci.yml"
	case "azure":
		return "ci/azure-pipelines.yml", "azure-pipelines.yml"
	case "bitbucket":
		return "ci/bitbucket-pipelines.yml", "bitbucket-pipelines.yml"
	case "jenkins":
		return "ci/Jenkinsfile", "Jenkinsfile"
	}
	return "", ""
}

// Plan returns the files of a project.
func Plan(opt Options) ([]File, error) {
	var list []File
	for _, name := range []string{opt.Collection, opt.Environment} {
		if strings.ContainsAny(name, "'\":#{}[]$`\\\r\n\t<>|") {
			return nil, fmt.Errorf("%q has signs in its name that CI systems read otherwise", name)
		}
	}
	environment := opt.Environment
	if environment == "" && len(opt.Variables) > 0 {
		environment = path.Join(path.Dir(opt.Collection), "api.postman_environment.json")
		text, err := emptyEnvironment(opt.Variables)
		if err != nil {
			return nil, err
		}
		list = append(list, File{Path: environment, Text: text})
	}
	settings := "# Options of posthaste run; posthaste help configuration explains them.\ncollection: " + yamlText(opt.Collection) + "\n"
	if environment != "" {
		settings += "environment: " + yamlText(environment) + "\n"
	}
	settings += "timeout-request: 30s\n"
	list = append(list, File{Path: "posthaste.yaml", Text: settings}, File{Path: ".gitignore", Text: "posthaste-report/\n*.env\n", Add: true})
	if example, place := job(opt.CI); example != "" {
		text, err := fs.ReadFile(examples.Files(), example)
		if err != nil {
			return nil, fmt.Errorf("reading the job: %w", err)
		}
		list = append(list, File{Path: place, Text: inJob(string(text), opt.Collection, environment)})
	} else if opt.CI != "none" {
		return nil, errors.New("there is no job for " + opt.CI)
	}
	return list, nil
}

// inJob puts the project's files in the place of those that the example names.
func inJob(text, collection, environment string) string {
	text = strings.ReplaceAll(text, "tests/api.postman_collection.json", quoted(collection))
	if environment != "" {
		return strings.ReplaceAll(text, "tests/api.postman_environment.json", quoted(environment))
	}
	text = strings.ReplaceAll(text, "--environment tests/api.postman_environment.json ", "")
	lines := strings.SplitAfter(text, "\n")
	return strings.Join(slices.DeleteFunc(lines, func(line string) bool {
		return strings.Contains(line, "tests/api.postman_environment.json")
	}), "")
}

// quoted is a path in single quotes, which shells and YAML take alike, where it needs them.
func quoted(name string) string {
	if strings.ContainsAny(name, " ()&;,!*?~") {
		return "'" + name + "'"
	}
	return name
}

// emptyEnvironment is an environment whose variables have no values; those that are named like secrets have their type.
func emptyEnvironment(names []string) (string, error) {
	type variable struct {
		Key     string `json:"key"`
		Value   string `json:"value"`
		Type    string `json:"type"`
		Enabled bool   `json:"enabled"`
	}
	values := []variable{}
	for _, name := range names {
		v := variable{Key: name, Type: "default", Enabled: true}
		if naming.Names(name) {
			v.Type = "secret"
		}
		values = append(values, v)
	}
	data, err := json.MarshalIndent(map[string]any{"name": "api", "_postman_variable_scope": "environment", "values": values}, "", "  ")
	if err != nil {
		return "", fmt.Errorf("making an environment: %w", err)
	}
	return string(data) + "\n", nil
}

// yamlText is a text as YAML takes it.
func yamlText(text string) string {
	const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./"
	if text != "" && strings.Trim(text, plain) == "" && strings.Trim(text[:1], "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ./") == "" {
		return text
	}
	data, err := json.Marshal(text)
	if err != nil {
		return "''"
	}
	return string(data)
}

// Missing are the lines of a plan that a file does not have yet.
func Missing(text, lines string) string {
	var b strings.Builder
	for line := range strings.Lines(lines) {
		if !slices.Contains(strings.Split(text, "\n"), strings.TrimSpace(line)) {
			b.WriteString(line)
		}
	}
	return b.String()
}
