// Package runner runs a collection and never changes it.
//
// Run flattens the collection into a plan, goes through it once an iteration, and reports everything that
// happens as one stream of events. A failed assertion is an event, not an error: Run returns an error only
// when there is nothing to run. However a run ends, its stream ends with event.RunFinished.
//
// Using it from a Go test is supported: the zero values of Options work, a Collection is all that is needed.
package runner
