package event

import "time"

// A Count is how often something happened and how often it failed.
type Count struct {
	Total, Pending, Failed int
}

// A Summary adds up a run. The zero Summary is ready; Add takes the events in their order.
// What it counts, and when, is newman's run.stats (newman: lib/run/summary.js).
type Summary struct {
	Iterations, Items, Scripts, Prerequests, Requests, Tests, Assertions Count
	TestScripts, PrerequestScripts                                       Count

	Skipped            int // assertions skipped
	Notices            int
	Unanswered         int // requests of the collection that got no answer
	Answered           int // requests of the collection that got one
	BodyBytes          int64
	Started, Completed time.Time
	Elapsed            time.Duration
	Responses          Spread // response times in milliseconds
	Reason             string // RunFinished.Reason
	Error              string
}

// Spread is the running distribution of a figure, in the figure's own unit.
type Spread struct {
	N                  int
	Min, Max, Mean, SD float64
	m2                 float64 // sum of squared distances from the mean (Welford)
}
