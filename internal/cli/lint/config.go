package lint

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"go.yaml.in/yaml/v3"

	"posthaste/internal/cli/process"
	"posthaste/internal/near"
	"posthaste/lint"
	"posthaste/lint/subject"
)

// options turns flags and the lint section of posthaste.yaml into options. Names that do not
// exist are errors.
func (l *linting) options() (subject.Options, error) {
	opt := subject.Options{Rules: l.rules, Without: l.without, Source: l.text, Exists: l.opens}
	if err := l.configure(&opt); err != nil {
		return opt, err
	}
	var ok bool
	if opt.Least, ok = subject.ParseSeverity(l.severity); !ok {
		return opt, process.Usage("the severities are error, warning and info", "there is no severity %q", l.severity)
	}
	if !slices.Contains([]string{"text", "json", "sarif", "github"}, l.format) {
		return opt, process.Usage("the formats are text, json, sarif and github", "there is no format %q", l.format)
	}
	for _, name := range slices.Concat(opt.Rules, opt.Without) {
		if err := knownRule(name); err != nil {
			return opt, err
		}
	}
	return opt, nil
}

// knownRule refuses a rule that does not exist: a misspelled --no-rule would switch off
// nothing in silence.
func knownRule(name string) error {
	var ids []string
	for _, r := range lint.Rules() {
		ids = append(ids, r.ID)
	}
	if slices.Contains(ids, name) {
		return nil
	}
	hint := "posthaste lint --list-rules shows the rules"
	if best := near.Names(name, ids, 1); len(best) > 0 {
		hint = "did you mean " + best[0] + "?"
	}
	return process.Usage(hint, "there is no rule %q", name)
}

// configure reads the lint section of posthaste.yaml in the current directory, if there is
// such a file: a severity or "off" for each rule, and what to ignore. A rule that --rule
// names is applied even when the file switches it off.
func (l *linting) configure(opt *subject.Options) error {
	name := filepath.Join(l.process.Dir, "posthaste.yaml")
	data, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	var file struct {
		Lint struct {
			Rules  map[string]string `yaml:"rules"`
			Ignore []struct {
				Rule string `yaml:"rule"`
				Path string `yaml:"path"`
			} `yaml:"ignore"`
		} `yaml:"lint"`
	}
	if err == nil {
		err = yaml.Unmarshal(data, &file)
	}
	if err != nil {
		return process.Usage("lint: holds rules, a mapping of names and severities, and ignore, a list of rule and path", "reading %s: %w", name, err)
	}
	opt.Severities = map[string]subject.Severity{}
	for id, word := range file.Lint.Rules {
		if err := knownRule(id); err != nil {
			return process.Usage(process.HintOf(err), "reading %s: %w", name, err)
		}
		severity, ok := subject.ParseSeverity(word)
		switch {
		case ok:
			opt.Severities[id] = severity
		case word == "off", word == "false":
			if !slices.Contains(opt.Rules, id) {
				opt.Without = append(opt.Without, id)
			}
		default:
			return process.Usage("a rule is error, warning, info or off", "reading %s: lint: rules: %s: %q is no severity", name, id, word)
		}
	}
	for _, i := range file.Lint.Ignore {
		if i.Rule != "" {
			if err := knownRule(i.Rule); err != nil {
				return process.Usage(process.HintOf(err), "reading %s: %w", name, err)
			}
		}
		opt.Ignore = append(opt.Ignore, subject.Ignored{Rule: i.Rule, Path: i.Path})
	}
	return nil
}
