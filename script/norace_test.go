//go:build !race

package script

// underRace tells that the race detector watches.
const underRace = false
