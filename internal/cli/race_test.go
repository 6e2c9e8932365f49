//go:build race

package cli

// underRace says that the race detector watches.
const underRace = true
