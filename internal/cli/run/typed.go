package run

import (
	"strings"

	"posthaste/internal/cli/process"
)

// warn says which options probably do not do what was meant, where newman takes them in
// silence. Nothing is printed under --newman-compat.
func (f *runFlags) warn(p *process.Process) {
	if f.compat {
		return
	}
	for _, list := range []struct {
		flag  string
		pairs []string
	}{{"env-var", f.envVars}, {"global-var", f.globalVars}} {
		for _, pair := range list.pairs {
			switch key, _, ok := strings.Cut(pair, "="); {
			case !ok:
				p.Warn("--%s %s has no \"=\": the variable is undefined (--%s %s=VALUE sets it)", list.flag, pair, list.flag, pair)
			case strings.TrimSpace(key) == "": // what follows may be a secret
				p.Warn("--%s =… names no variable (--%s NAME=VALUE sets one)", list.flag, list.flag)
			}
		}
	}
	if f.workingDir != "" && !process.IsDir(p.Path(f.workingDir)) {
		p.Warn("--working-dir %s is no directory: files in request bodies are not found", f.workingDir)
	}
}
