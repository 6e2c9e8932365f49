package run

import (
	"strings"

	"posthaste/internal/cli/input"
	"posthaste/internal/cli/process"
)

// warn says which options probably do not do what was meant, where newman takes them in
// silence. Nothing is printed under --newman-compat.
func (f *runFlags) warn(p *process.Process) {
	if f.compat {
		return
	}
	input.WarnOfPairs(p, "env-var", f.envVars)
	input.WarnOfPairs(p, "global-var", f.globalVars)
	input.WarnOfDirectory(p, f.workingDir)
	for _, source := range f.vaults {
		names, ok := strings.CutPrefix(source, "env:")
		if !ok {
			continue
		}
		for name := range strings.SplitSeq(names, ",") {
			if _, set := p.Env(name); !set && !strings.Contains(name, "*") {
				p.Warn("--vault %s: no environment variable %s is set", source, name)
			}
		}
	}
	if f.all && len(f.named) > 0 {
		for _, name := range f.named {
			if !process.IsDir(p.Path(name)) {
				p.Warn("--all changes nothing for %s: it is for a directory that holds several collections", name)
			}
		}
	}
}
