package event

import (
	"math"
	"time"
)

// A Count is how often something happened and how often it failed.
type Count struct {
	Total, Pending, Failed int
}

func (c *Count) add(failed bool) {
	c.Total++
	if failed {
		c.Failed++
	}
}

// A Summary adds up a run. The zero Summary is ready; Add takes the events in their order.
// What it counts, and when, is newman's run.stats (newman: lib/run/summary.js).
type Summary struct {
	Iterations, Items, Scripts, Prerequests, Requests, Tests, Assertions, TestScripts, PrerequestScripts Count

	Skipped    int // assertions skipped
	Exceptions int // errors in timers and promises that count as failures
	Answered   int // requests of the collection that got an answer
	Unanswered int // requests of the collection that got none
	Notices    int
	BodyBytes  int64 // of all answers, decompressed

	Responses Spread // response times in milliseconds
	DNS       Spread
	FirstByte Spread

	Started   time.Time
	Completed time.Time
	Elapsed   time.Duration
	Reason    string // RunFinished.Reason
	Error     string // RunFinished.Error
}

// Failed is the number of failures that make a run red: assertions, requests and scripts.
func (s *Summary) Failed() int {
	return s.Assertions.Failed + s.Requests.Failed + s.Scripts.Failed + s.Exceptions
}

// Add counts one event.
func (s *Summary) Add(e Event) {
	switch e := e.(type) {
	case RunStarted:
		s.Started = e.Time
	case IterationFinished:
		s.Iterations.add(false)
	case ItemFinished:
		s.Items.add(false)
	case PhaseStarted:
		if e.Listen == "test" {
			s.Tests.add(false)
		} else {
			s.Prerequests.add(false)
		}
	case ScriptFinished:
		s.script(e)
	case Assertion:
		s.Assertions.add(e.Error != nil)
		if e.Skipped {
			s.Skipped++
		}
	case Exception:
		if e.Counted {
			s.Exceptions++
		}
	case ResponseReceived:
		s.response(e)
	case RequestFailed:
		s.Requests.add(true)
		if e.Source == FromCollection {
			s.Unanswered++
		}
	case Notice:
		s.Notices++
	case RunFinished:
		s.Completed, s.Elapsed, s.Reason, s.Error = e.Time, e.Elapsed, e.Reason, e.Error
	}
}

func (s *Summary) script(e ScriptFinished) {
	failed := e.Error != nil
	s.Scripts.add(failed)
	if e.Script.Listen == "test" {
		s.TestScripts.add(failed)
	} else {
		s.PrerequestScripts.add(failed)
	}
}

func (s *Summary) response(e ResponseReceived) {
	s.Requests.add(false)
	if e.Source == FromCollection {
		s.Answered++
	}
	s.BodyBytes += e.Response.Body.Size
	s.Responses.Add(milliseconds(e.Response.Timing.Total))
	s.DNS.Add(milliseconds(e.Response.Timing.DNS))
	s.FirstByte.Add(milliseconds(e.Response.Timing.FirstByte))
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// A Spread is the running distribution of a figure, in the figure's own unit. The zero Spread is empty.
type Spread struct {
	N              int
	Min, Max, Mean float64

	m2 float64 // sum of squared distances from the mean (Welford)
}

// Add takes one value into the distribution.
func (s *Spread) Add(v float64) {
	s.N++
	if s.N == 1 || v < s.Min {
		s.Min = v
	}
	s.Max = max(s.Max, v)
	delta := v - s.Mean
	s.Mean += delta / float64(s.N)
	s.m2 += delta * (v - s.Mean)
}

// SD is the standard deviation of the values so far.
func (s *Spread) SD() float64 {
	if s.N == 0 {
		return 0
	}
	return math.Sqrt(s.m2 / float64(s.N))
}
