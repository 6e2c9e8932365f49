package main

import "slices"

// inputs is everything that a user can make long.
func inputs() []input {
	return slices.Concat(variables(), requests(), answers(), scripts(), shown(), flow(), rounds(), files(), commands())
}
