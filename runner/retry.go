package runner

import (
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"posthaste/collection"
)

// What a Retry may look at. The words are those of --retry-on.
const (
	OnNetwork = "network" // the request got no response
	On429     = "429"     // the server asked to wait
	On5xx     = "5xx"     // the server had trouble
	OnTest    = "test"    // an assertion or a script failed
)

// Retry says which failed requests are tried again. The zero Retry tries once.
type Retry struct {
	Times   int           // further tries after the first
	On      []string      // OnNetwork …; none is OnNetwork, On429 and On5xx
	Delay   time.Duration // before the first further try
	Backoff float64       // each further delay is this times the one before; 0 is 1
	Unsafe  bool          // also methods that change something: POST, PUT, PATCH, DELETE …
}

// wanted reports whether a step that went like this is to be tried again. attempt counts from
// 0. A skipped step, and one whose request was refused by the fence, is never tried again.
func (r Retry) wanted(s *step, attempt int) bool {
	ended := s.flow.stop == ReasonInterrupt || s.flow.stop == ReasonTimeout // bail waits for the last try
	if attempt >= r.Times || s.skipped || s.host.refusals.Load() > 0 || ended || !r.Unsafe && !safeMethod(s.request.Method) {
		return false
	}
	on := r.On
	if len(on) == 0 {
		on = []string{OnNetwork, On429, On5xx}
	}
	code := 0
	if s.answer != nil && s.answer.Received {
		code = s.answer.Code
	}
	// An answer that was not received is a request that was sent and came to nothing.
	return s.answer != nil && code == 0 && slices.Contains(on, OnNetwork) ||
		code == http.StatusTooManyRequests && slices.Contains(on, On429) ||
		code >= 500 && slices.Contains(on, On5xx) ||
		s.failed && slices.Contains(on, OnTest)
}

// safeMethod reports whether sending a request twice can do no harm (RFC 9110, section
// 9.2.1). Methods of the user's own are not safe.
func safeMethod(method string) bool {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodOptions, http.MethodTrace:
		return true
	}
	return false
}

// wait is how long to wait before the next try: what the server asks for, else the delay with
// its backoff. attempt 0 waits for the plain delay.
func (r Retry) wait(s *step, attempt int, now time.Time) time.Duration {
	if s.answer != nil {
		if asked, ok := retryAfter(s.answer.Header, now); ok {
			return asked
		}
	}
	factor := r.Backoff
	if factor == 0 {
		factor = 1
	}
	return time.Duration(float64(r.Delay) * math.Pow(factor, float64(attempt)))
}

// retryAfter reads the header of that name (RFC 9110, 10.2.3): seconds, or a date. A date in
// the past is no wait at all; anything else counts as no header.
func retryAfter(header []collection.Header, now time.Time) (time.Duration, bool) {
	for _, h := range header {
		if !strings.EqualFold(h.Key, "Retry-After") {
			continue
		}
		if seconds, err := strconv.Atoi(strings.TrimSpace(h.Value)); err == nil && seconds >= 0 {
			return time.Duration(seconds) * time.Second, true
		}
		if at, err := http.ParseTime(h.Value); err == nil {
			return max(0, at.Sub(now)), true
		}
	}
	return 0, false
}
