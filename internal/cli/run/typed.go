package run

import (
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
	input.WarnOfVaults(p, f.vaults)
	if f.all && len(f.named) > 0 {
		for _, name := range f.named {
			if !process.IsDir(p.Path(name)) {
				p.Warn("--all changes nothing for %s: it is for a directory that holds several collections", name)
			}
		}
	}
}
