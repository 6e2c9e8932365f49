//go:build !race

package planted_test

// underRace says whether the race detector watches.
const underRace = false
