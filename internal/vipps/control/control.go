package vipps

import (
	"net/http"
	"net/url"
	"strings"
	"time"
)

// The simulator's own endpoints, which Vipps has not: a test moves the clock,
// decides for the user, makes requests fail, and looks at what was sent. They ask
// for no keys. A web page of another origin cannot use them.

const controlPath = "/__sim/"

func (s *Server) controlRoutes() []route {
	return []route{
		{name: "sim.clock", method: http.MethodGet, pattern: "/__sim/clock", serve: s.showClock},
		{name: "sim.clock.move", method: http.MethodPost, pattern: "/__sim/clock", serve: s.sameOrigin(s.moveClock)},
		{name: "sim.reset", method: http.MethodPost, pattern: "/__sim/reset", serve: s.sameOrigin(s.reset)},
		{name: "sim.payments", method: http.MethodGet, pattern: "/__sim/payments", serve: s.listHoldings},
		{name: "sim.decide", method: http.MethodPost, pattern: "/__sim/payments/{ref}/{act}", serve: s.sameOrigin(s.decide)},
		{name: "sim.faults", method: http.MethodGet, pattern: "/__sim/fault", serve: s.listFaults},
		{name: "sim.faults.add", method: http.MethodPost, pattern: "/__sim/fault", serve: s.sameOrigin(s.addFaults)},
		{name: "sim.faults.clear", method: http.MethodDelete, pattern: "/__sim/fault", serve: s.sameOrigin(s.clearFaults)},
		{name: "sim.deliveries", method: http.MethodGet, pattern: "/__sim/deliveries", serve: s.listDeliveries},
		{name: "sim.phone", method: http.MethodGet, pattern: "/__sim/phone", serve: s.phonePage},
	}
}

// sameOrigin refuses what a foreign web page makes a browser send.
func (s *Server) sameOrigin(serve func(*call) reply) func(*call) reply {
	return func(c *call) reply {
		if origin := c.header.Get("Origin"); origin != "" {
			if u, err := url.Parse(origin); err != nil || u.Host != c.host {
				return simError(http.StatusForbidden, "A page of another origin cannot use this.")
			}
		}
		return serve(c)
	}
}

func simError(status int, text string) reply {
	return jsonReply(status, mimeJSON, struct {
		Error string `json:"error"`
	}{text})
}

func (s *Server) showClock(*call) reply {
	return jsonReply(200, mimeJSON, struct {
		Now string `json:"now"`
	}{s.now().UTC().Format(time.RFC3339Nano)})
}

// moveClock takes "+10m" or a moment of RFC 3339, as text or as {"advance": …} and
// {"now": …}. The clock only goes forward: what has happened cannot be undone.
func (s *Server) moveClock(c *call) reply {
	word := strings.TrimSpace(string(c.body))
	if root, ok := object(c.body); ok {
		word = text(root.Get("advance"))
		if word == "" {
			word = text(root.Get("now"))
		}
	}
	by, err := time.ParseDuration(strings.TrimPrefix(word, "+"))
	if err != nil {
		to, err := time.Parse(time.RFC3339, word)
		if err != nil {
			return simError(400, "Want a time to add, such as +10m, or a moment such as 2026-03-02T10:00:00Z.")
		}
		by = to.Sub(s.now())
	}
	if by < 0 || time.Duration(s.offset.Load())+by < 0 { // the sum of 292 years turns around
		return simError(400, "The clock only goes forward, and not for centuries.")
	}
	s.offset.Add(int64(by))
	s.tick(s.now().UTC())
	return s.showClock(c)
}

// reset forgets everything: payments, tokens, webhooks, faults that were added
// here, and how far the clock was moved.
func (s *Server) reset(*call) reply {
	s.memory = newMemory(s.keys)
	s.faults = s.firstFaults()
	s.offset.Store(0)
	return reply{status: http.StatusNoContent}
}

func (s *Server) decide(c *call) reply {
	d, known := s.waiting[c.params["ref"]]
	if !known {
		return simError(404, "No payment, agreement, charge or login has this reference.")
	}
	var problem string
	switch c.params["act"] {
	case "approve":
		problem = d.agree(s, c.now)
	case "abort", "reject":
		problem = d.refuse(s, c.now)
	case "expire":
		problem = d.lapse(s, c.now)
	case "remove-consent":
		problem = s.removeConsent(d)
	default:
		return simError(404, "Want approve, abort, expire or remove-consent.")
	}
	if problem != "" {
		return simError(http.StatusConflict, problem)
	}
	return jsonReply(200, mimeJSON, struct {
		Ref   string `json:"reference"`
		State string `json:"state"`
		Back  string `json:"redirectUrl,omitempty"`
	}{d.card().Ref, d.card().State, d.back()})
}

func (s *Server) firstFaults() []Fault { return append([]Fault(nil), s.givenFaults...) }

func (s *Server) listFaults(*call) reply {
	list := []string{}
	for _, f := range s.faults {
		if f.Times >= 0 {
			list = append(list, f.String())
		}
	}
	return jsonReply(200, mimeJSON, list)
}

// addFaults takes one fault a line. None is added when one is wrong.
func (s *Server) addFaults(c *call) reply {
	var added []Fault
	for line := range strings.Lines(string(c.body)) {
		if strings.TrimSpace(line) == "" {
			continue
		}
		f, err := ParseFault(line)
		if err != nil {
			return simError(400, err.Error())
		}
		added = append(added, f)
	}
	s.faults = append(s.faults, added...)
	return s.listFaults(c)
}

func (s *Server) clearFaults(*call) reply {
	s.faults = nil
	return reply{status: http.StatusNoContent}
}

func (s *Server) listDeliveries(*call) reply {
	list := append([]delivery{}, s.deliveries...)
	return jsonReply(200, mimeJSON, list)
}
