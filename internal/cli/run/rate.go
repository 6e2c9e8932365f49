package run

import (
	"context"
	"strconv"
	"strings"
	"sync"
	"time"

	"posthaste/internal/cli/process"
)

// A rate spaces requests evenly, over all units of a run.
type rate struct {
	every time.Duration
	now   func() time.Time

	mu   sync.Mutex
	next time.Time
}

// parseRate reads --rate: 10/s, 100/m, 5 (a second).
func parseRate(text string, now func() time.Time) (*rate, error) {
	number, unit, _ := strings.Cut(text, "/")
	n, err := strconv.ParseFloat(number, 64)
	per := map[string]time.Duration{"": time.Second, "s": time.Second, "m": time.Minute, "h": time.Hour}[unit]
	if err != nil || n <= 0 || per == 0 {
		return nil, process.Usage("such as 10/s or 100/m", "--rate %s is no rate", text)
	}
	return &rate{every: time.Duration(float64(per) / n), now: now}, nil
}

// wait returns when the next request may go out, or when ctx ends.
func (r *rate) wait(ctx context.Context) {
	r.mu.Lock()
	now := r.now()
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
