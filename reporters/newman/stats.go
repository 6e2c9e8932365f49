package newman

import (
	"math"
	"time"

	"posthaste/reporters/report"
	"posthaste/runner/event"
)

// A countShape is one row of the sums.
type countShape struct {
	Total   int `json:"total"`
	Pending int `json:"pending"`
	Failed  int `json:"failed"`
}

// A statsShape is newman's run.stats.
type statsShape struct {
	Iterations        countShape `json:"iterations"`
	Items             countShape `json:"items"`
	Scripts           countShape `json:"scripts"`
	Prerequests       countShape `json:"prerequests"`
	Requests          countShape `json:"requests"`
	Tests             countShape `json:"tests"`
	Assertions        countShape `json:"assertions"`
	TestScripts       countShape `json:"testScripts"`
	PrerequestScripts countShape `json:"prerequestScripts"`
}

// jsonStats are the sums in newman's order. pending is always 0 at the end of a run that was
// not cut short.
func jsonStats(s *event.Summary) statsShape {
	return statsShape{
		countShape(s.Iterations), countShape(s.Items), countShape(s.Scripts), countShape(s.Prerequests),
		countShape(s.Requests), countShape(s.Tests), countShape(s.Assertions), countShape(s.TestScripts),
		countShape(s.PrerequestScripts),
	}
}

// A timingShape is newman's run.timings, all in milliseconds.
type timingShape struct {
	ResponseAverage  float64 `json:"responseAverage"`
	ResponseMin      float64 `json:"responseMin"`
	ResponseMax      float64 `json:"responseMax"`
	ResponseSD       float64 `json:"responseSd"`
	DNSAverage       float64 `json:"dnsAverage"`
	DNSMin           float64 `json:"dnsMin"`
	DNSMax           float64 `json:"dnsMax"`
	DNSSD            float64 `json:"dnsSd"`
	FirstByteAverage float64 `json:"firstByteAverage"`
	FirstByteMin     float64 `json:"firstByteMin"`
	FirstByteMax     float64 `json:"firstByteMax"`
	FirstByteSD      float64 `json:"firstByteSd"`
	Started          int64   `json:"started"`
	Completed        int64   `json:"completed"`
}

// timings is newman's times: of the responses whole milliseconds, of the phases of their last
// hops what they took. All are averaged over all requests so far, also those that got no
// response. The zero value is ready.
type timings struct {
	response, dns, firstByte timeSpread
}

// add takes whole milliseconds for responses and exact times for the rest, as newman's
// statistics do. Other events are passed over.
func (t *timings) add(e event.Event, s *event.Summary) {
	res, ok := e.(event.ResponseReceived)
	if !ok {
		return
	}
	n, timing := float64(s.Requests.Total), res.Response.Timing
	t.response.add(fromDuration(report.WholeMS(timing.Total)), n)
	t.dns.add(fromDuration(timing.DNS), n)
	t.firstByte.add(fromDuration(report.Waiting(timing)), n)
}

// A timeSpread sums up one of the times, in milliseconds.
type timeSpread struct {
	mean, min, max, variance float64
}

// add takes the n-th value (Welford's method). newman: a value of 0 is ignored, though it is
// counted.
func (t *timeSpread) add(v, n float64) {
	if v == 0 {
		return
	}
	old := t.mean
	t.mean = (old*(n-1) + v) / n
	t.variance = ((n-1)*t.variance + (v-old)*(v-t.mean)) / n
	if t.min == 0 || v < t.min {
		t.min = v
	}
	t.max = math.Max(t.max, v)
}

// sd is the standard deviation of the population, as newman has it.
func (t *timeSpread) sd() float64 { return math.Sqrt(t.variance) }

// fromDuration is in milliseconds.
func fromDuration(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// shape is the timings of the whole run. newman leaves dns and first byte at 0 unless it is
// verbose.
func (t *timings) shape(cfg report.Config, s *event.Summary) timingShape {
	shape := timingShape{Started: s.Started.UnixMilli(), Completed: s.Completed.UnixMilli()}
	if !cfg.Compat {
		shape.ResponseAverage, shape.ResponseMin, shape.ResponseMax = s.Responses.Mean, s.Responses.Min, s.Responses.Max
		shape.ResponseSD = s.Responses.SD()
		shape.DNSAverage, shape.DNSMin, shape.DNSMax, shape.DNSSD = s.DNS.Mean, s.DNS.Min, s.DNS.Max, s.DNS.SD()
		shape.FirstByteAverage, shape.FirstByteMin = s.FirstByte.Mean, s.FirstByte.Min
		shape.FirstByteMax, shape.FirstByteSD = s.FirstByte.Max, s.FirstByte.SD()
		return shape
	}
	shape.ResponseAverage, shape.ResponseMin = t.response.mean, t.response.min
	shape.ResponseMax, shape.ResponseSD = t.response.max, t.response.sd()
	if cfg.Terminal.Verbose {
		shape.DNSAverage, shape.DNSMin, shape.DNSMax, shape.DNSSD = t.dns.mean, t.dns.min, t.dns.max, t.dns.sd()
		shape.FirstByteAverage, shape.FirstByteMin = t.firstByte.mean, t.firstByte.min
		shape.FirstByteMax, shape.FirstByteSD = t.firstByte.max, t.firstByte.sd()
	}
	return shape
}
