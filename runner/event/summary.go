package event

import (
	"math"
	"time"

	"posthaste/runner/cause"
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
	Answered   int // requests of the collection that got an answer, those of a teardown not counted
	Unanswered int // requests of the collection that got none, those of a teardown not counted
	Refused    int // requests that were not sent because the run must not send them
	Notices    int
	Flaky      int   // failures of attempts that were tried again; no other count of failures has them
	Recovered  int   // items that passed only when they were tried again
	BodyBytes  int64 // of all answers, decompressed

	Responses Spread // response times in milliseconds
	DNS       Spread
	FirstByte Spread

	// Times tells percentiles of the response times, in milliseconds; Percentile does within what was measured.
	Times      Histogram
	Thresholds []Threshold
	Coverage   []Coverage // of OpenAPI files, one a file

	Started   time.Time
	Completed time.Time
	Elapsed   time.Duration
	Reason    string // RunFinished.Reason
	Error     string // RunFinished.Error

	// Uncaused leaves out what failed first and what followed from it, for sums of events that are not masked.
	Uncaused bool

	judge          cause.Judge
	strict, compat bool // RunStarted's
	doubts         int  // notices of a run that only looks green

	open map[string]*tally // what failed in the steps under way, by Step.ID; steps without a failure are not in it
}

// A tally is the failures of one step. They are taken back when the step is tried again.
type tally struct {
	assertions, requests, unanswered, tests, prerequests, exceptions int
}

// Failed is the number of failures that make a run red: assertions, requests, scripts, thresholds, and under Strict the
// notices of a run that only looks green.
func (s *Summary) Failed() int {
	return s.Assertions.Failed + s.Requests.Failed + s.Scripts.Failed + s.Exceptions + s.Broken() + s.Doubts()
}

// Broken is the number of thresholds that the run did not keep.
func (s *Summary) Broken() int {
	n := 0
	for _, t := range s.Thresholds {
		if t.Broken {
			n++
		}
	}
	return n
}

// Percentile is the response time in milliseconds that p per cent of the responses did not exceed, 0 without answers.
func (s *Summary) Percentile(p float64) float64 {
	if p/100*float64(s.Responses.N) > float64(s.Responses.N-1) {
		return s.Responses.Max
	}
	return min(max(s.Times.Percentile(p), s.Responses.Min), s.Responses.Max)
}

// Add counts one event.
func (s *Summary) Add(e Event) {
	if !s.Uncaused {
		s.consider(e)
	}
	switch e := e.(type) {
	case RunStarted:
		s.Started, s.strict, s.compat = e.Time, e.Strict, e.Compat
	case IterationFinished:
		s.Iterations.add(false)
	case ItemFinished:
		s.finish(e)
	case PhaseStarted:
		if e.Listen == PhaseTest {
			s.Tests.add(false)
		} else {
			s.Prerequests.add(false)
		}
	case ScriptFinished:
		s.script(e)
	case Assertion:
		s.Assertions.add(e.Error != nil)
		if e.Error != nil {
			s.tally(e.Step).assertions++
		}
		if e.Skipped {
			s.Skipped++
		}
	case Exception:
		if e.Counted {
			s.Exceptions++
			s.tally(e.Step).exceptions++
		}
	case ResponseReceived:
		s.response(e)
	case RequestFailed:
		s.Requests.add(true)
		s.tally(e.Step).requests++
		if e.Error.Refused() {
			s.Refused++
		}
		if e.Source == FromCollection && !e.Item.Teardown {
			s.Unanswered++
			s.tally(e.Step).unanswered++
		}
	case Notice:
		s.Notices++
		if e.Doubtful() {
			s.doubts++
		}
	case Coverage:
		s.Coverage = Join(s.Coverage, e)
	case Threshold:
		s.Thresholds = append(s.Thresholds, e)
	case RunFinished:
		s.Completed, s.Elapsed, s.Reason, s.Error = e.Time, e.Elapsed, e.Reason, e.Error
	}
}

func (s *Summary) script(e ScriptFinished) {
	failed := e.Error != nil
	s.Scripts.add(failed)
	if e.Script.Listen == PhaseTest {
		s.TestScripts.add(failed)
	} else {
		s.PrerequestScripts.add(failed)
	}
	switch {
	case !failed:
	case e.Script.Listen == PhaseTest:
		s.tally(e.Step).tests++
	default:
		s.tally(e.Step).prerequests++
	}
}

// tally returns the failures of a step.
func (s *Summary) tally(id Step) *tally {
	t := s.open[id.ID]
	if t == nil {
		t = &tally{}
		if s.open == nil {
			s.open = map[string]*tally{}
		}
		s.open[id.ID] = t
	}
	return t
}

// finish counts an item once, however often it was tried, and takes back what failed in a try that was not the last.
func (s *Summary) finish(e ItemFinished) {
	t := s.open[e.Step.ID]
	delete(s.open, e.Step.ID)
	if !e.Retried {
		s.Items.add(false)
		if e.Step.Attempt > 0 && t == nil && !e.Skipped {
			s.Recovered++
		}
		return
	}
	if t == nil {
		return
	}
	s.Assertions.Failed -= t.assertions
	s.Requests.Failed -= t.requests
	s.Unanswered -= t.unanswered
	s.Scripts.Failed -= t.tests + t.prerequests
	s.TestScripts.Failed -= t.tests
	s.PrerequestScripts.Failed -= t.prerequests
	s.Exceptions -= t.exceptions
	s.Flaky += t.assertions + t.requests + t.tests + t.prerequests + t.exceptions
}

// Times are those of all requests, scripts' own included.
func (s *Summary) response(e ResponseReceived) {
	s.Requests.add(false)
	if e.Source == FromCollection && !e.Item.Teardown {
		s.Answered++
	}
	s.BodyBytes += e.Response.Body.Size
	s.Responses.Add(milliseconds(e.Response.Timing.Total))
	s.Times.Add(milliseconds(e.Response.Timing.Total))
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
