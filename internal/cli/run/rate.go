package run

import (
	"context"
	"math"
	"strconv"
	"strings"
	"sync"
	"time"

	"posthaste/internal/cli/process"
)

// A rate spaces requests evenly, over all units of a run, which run at the same time. There
// are no bursts: two requests never begin closer than every.
type rate struct {
	every time.Duration // time between two requests
	now   func() time.Time

	// mu guards next.
	mu   sync.Mutex
	next time.Time // when the next request may begin
}

// parseRate reads --rate: 10/s, 100/m, 600/h, 5 (a second). Fractions such as 0.5/s are
// allowed; 0 and less are not.
func parseRate(text string, now func() time.Time) (*rate, error) {
	number, unit, _ := strings.Cut(text, "/")
	n, err := strconv.ParseFloat(number, 64)
	per := map[string]time.Duration{"": time.Second, "s": time.Second, "m": time.Minute, "h": time.Hour}[unit]
	if err != nil || !(n > 0) || math.IsInf(n, 0) || per == 0 {
		return nil, process.Usage("such as 10/s or 100/m", "--rate %s is no rate", text)
	}
	return &rate{every: time.Duration(float64(per) / n), now: now}, nil
}

// wait returns when the next request may begin, or when ctx ends. Callers that wait at the
// same time get times of their own, in the order in which they take the lock.
func (r *rate) wait(ctx context.Context) {
	r.mu.Lock()
	now := r.now()
	// Time that nobody used is not made up for.
	if r.next.Before(now) {
		r.next = now
	}
	pause := r.next.Sub(now)
	r.next = r.next.Add(r.every)
	r.mu.Unlock()
	if pause <= 0 {
		return
	}
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}
