package run

import (
	"io/fs"
	"os"

	"posthaste/internal/cli/input"
	"posthaste/internal/cli/process"
	"posthaste/internal/vault"
	"posthaste/runner"
)

// outside opens what scripts may reach beyond the run: a vault and a folder of packages.
// Neither exists unless a flag names it. Files that are opened go to r.open.
func (r *running) outside(opt *runner.Options) error {
	if dir := r.flags.packages; dir != "" {
		if !process.IsDir(r.process.Path(dir)) {
			return process.Usage("it holds the packages that scripts require", "--packages %s is not a directory", dir)
		}
		root, err := os.OpenRoot(r.process.Path(dir)) // a link that leads out of it is refused
		if err != nil {
			return process.Usage("", "opening the folder of packages: %w", err)
		}
		r.open = append(r.open, root)
		opt.Packages = root.FS()
	}
	if len(r.flags.vaults) == 0 {
		return nil
	}
	v, err := vault.Open(r.flags.vaults, vault.Options{
		Files:   func(name string) (fs.File, error) { return os.Open(r.process.Path(name)) },
		Environ: r.process.Env, Command: vault.RunCommand,
		// A value that a script or a placeholder gets from the vault is masked from then on.
		Reveal: func(name, value string) {
			if opt.Secrets != nil {
				opt.Secrets.Pin(name, value)
			}
		},
	})
	if err != nil {
		return input.VaultError(r.process, err, r.flags.vaults)
	}
	opt.Vault, opt.Placeholders = v, vault.NewReader(v)
	return nil
}
