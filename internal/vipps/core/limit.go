package vipps

import (
	"time"
)

// A limit caps the calls per minute that share a key. The zero limit caps nothing.
type limit struct {
	perMinute int
	key       func(*call) string
}

// byParam counts by one variable of the path, which is how Vipps publishes most
// of its limits: so many calls a minute for the same order.
func byParam(perMinute int, name string) limit {
	return limit{perMinute, func(c *call) string { return c.params[name] }}
}

// byMerchant counts all calls of an operation together.
func byMerchant(perMinute int) limit {
	return limit{perMinute, func(*call) string { return "" }}
}

// overLimit counts the call and says how long to wait when it is one too many.
func (s *Server) overLimit(l limit, c *call) (time.Duration, bool) {
	if !s.limits || l.perMinute == 0 {
		return 0, false
	}
	key := c.operation + "\x00" + l.key(c)
	var recent []time.Time
	for _, t := range s.windows[key] {
		if c.now.Sub(t) < time.Minute {
			recent = append(recent, t)
		}
	}
	if len(recent) >= l.perMinute {
		s.windows[key] = recent
		return time.Minute - c.now.Sub(recent[0]), true
	}
	s.windows[key] = append(recent, c.now)
	return 0, false
}
