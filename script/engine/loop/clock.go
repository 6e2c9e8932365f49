package loop

import "time"

// A Clock is what timers wait by. The zero Clock is the machine's own.
type Clock struct {
	Now   func() time.Time
	After func(d time.Duration) (fired <-chan time.Time, stop func())
}

// Filled returns c with the machine's clock where c leaves something out.
func (c Clock) Filled() Clock {
	if c.Now == nil {
		c.Now = time.Now //nolint:forbidigo // the documented default: delays are real time
	}
	if c.After == nil {
		c.After = func(d time.Duration) (<-chan time.Time, func()) {
			t := time.NewTimer(d)
			return t.C, func() { t.Stop() }
		}
	}
	return c
}
