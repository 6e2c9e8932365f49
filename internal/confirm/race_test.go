//go:build race

package confirm

// underRace says whether the race detector watches.
const underRace = true
