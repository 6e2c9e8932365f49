package cli

import (
	"slices"
	"strings"

	"posthaste/internal/near"
	"posthaste/reporters"
	"posthaste/runner"
)

// reporterNames reads -r. Newman does not trim the names and only warns of unknown ones; here a report that
// nobody would get is a usage error.
func (f *runFlags) reporterNames(p *Process) ([]string, error) {
	if f.reporters == noValue {
		return nil, nil // newman: bare -r selects none
	}
	var names []string
	for name := range strings.SplitSeq(f.reporters, ",") {
		if !f.compat {
			name = strings.TrimSpace(name)
		}
		spec, ok := reporters.Find(name)
		if ok {
			name = spec.Name // an alias stands for it
		}
		if !ok {
			if !f.compat {
				return nil, usage(reporterHint(name), "there is no reporter %q", name)
			}
			p.warn("there is no reporter %q", name)
			continue
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names, nil
}

func reporterHint(name string) string {
	if best := near.Names(name, reporters.Names(), 1); len(best) > 0 {
		return "did you mean " + best[0] + "?"
	}
	return "the reporters are " + strings.Join(reporters.Names(), ", ")
}

// distrusted tells whether --strict makes a failure of a notice.
func distrusted(code string) bool {
	switch code {
	case runner.CodeUnresolved, runner.CodePlaceholder, runner.CodeUnasserted, runner.CodeUndefined, runner.CodeSilent:
		return true
	}
	return false
}
