//go:build race

package script

// underRace says that the race detector watches.
const underRace = true
