package completion

import "embed"

//go:embed shell
var shells embed.FS

// Shells are the shells that there is a script for.
func Shells() []string { return []string{"bash", "zsh", "fish", "powershell"} }

// Script is the script of a shell, false where there is no script.
func Script(shell string) (string, bool) {
	data, err := shells.ReadFile("shell/" + shell)
	return string(data), err == nil
}
