// Package facts holds what is known of moment's locales: names, formats and grammar, recorded from moment 2.29.4 by
// tools/moment/locales.mjs. Grammar that moment computes is a table here.
package facts

import (
	_ "embed"
	"encoding/json"
	"slices"
	"strings"
)

//go:embed locales.txt
var lines string

// Locale returns the configuration of a locale as JSON; ok is false for one that is not recorded. "base" is what all
// locales begin with. Objects with one key that begins with "$" stand for what JSON does not have.
func Locale(name string) (config string, ok bool) {
	for line := range strings.Lines(lines) {
		if key, rest, _ := strings.Cut(line, " "); key == name && key != "-" {
			return strings.TrimSpace(rest), true
		}
	}
	return "", false
}

// Names lists the recorded locales.
func Names() []string {
	var list []string
	for line := range strings.Lines(lines) {
		if name, _, _ := strings.Cut(line, " "); name != "-" && name != "base" {
			list = append(list, name)
		}
	}
	return list
}

// Missing says that moment has a locale of a name which is not recorded.
func Missing(name string) bool {
	i := strings.LastIndex(lines, "\n- ")
	var list []string
	if err := json.Unmarshal([]byte(lines[i+3:]), &list); err != nil {
		return false
	}
	return slices.Contains(list, name)
}
