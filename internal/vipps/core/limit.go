package core

import (
	"time"
)

// A Limit caps the calls per minute that share a key. The zero Limit caps nothing.
type Limit struct {
	PerMinute int
	Key       func(*Call) string
}

// ByParam counts by one variable of the path, which is how Vipps publishes most
// of its limits: so many calls a minute for the same order.
func ByParam(perMinute int, name string) Limit {
	return Limit{perMinute, func(c *Call) string { return c.Params[name] }}
}

// ByMerchant counts all calls of an operation together.
func ByMerchant(perMinute int) Limit {
	return Limit{perMinute, func(*Call) string { return "" }}
}

// overLimit counts the call and says how long to wait when it is one too many.
func (s *Server) overLimit(l Limit, c *Call) (time.Duration, bool) {
	if !s.limits || l.PerMinute == 0 {
		return 0, false
	}
	key := c.Operation + "\x00" + l.Key(c)
	var recent []time.Time
	for _, t := range s.windows[key] {
		if c.Now.Sub(t) < time.Minute {
			recent = append(recent, t)
		}
	}
	if len(recent) >= l.PerMinute {
		s.windows[key] = recent
		return time.Minute - c.Now.Sub(recent[0]), true
	}
	s.windows[key] = append(recent, c.Now)
	return 0, false
}
