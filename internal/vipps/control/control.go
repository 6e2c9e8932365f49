// Package control has the simulator's own endpoints, which Vipps does not have: a test
// moves the clock, decides for the user, makes requests fail, and looks at what was
// sent. They ask for no keys. A web page of another origin cannot use them.
package control

import (
	"net/http"
	"strings"
	"time"

	"posthaste/internal/vipps/core"
	"posthaste/internal/vipps/fault"
	"posthaste/internal/vipps/input"
	"posthaste/internal/vipps/response"
)

// A Service is the control endpoints of one simulator.
type Service struct{ core *core.Server }

// New returns the control endpoints of a server.
func New(server *core.Server) *Service { return &Service{server} }

// Reset does nothing: there is no state of its own.
func (s *Service) Reset() {}

// Routes are the control endpoints.
func (s *Service) Routes() []core.Route {
	return []core.Route{
		{Name: "sim.clock", Method: http.MethodGet, Pattern: "/__sim/clock", Serve: s.showClock},
		{Name: "sim.clock.move", Method: http.MethodPost, Pattern: "/__sim/clock", Serve: core.SameOrigin(s.moveClock)},
		{Name: "sim.reset", Method: http.MethodPost, Pattern: "/__sim/reset", Serve: core.SameOrigin(s.reset)},
		{Name: "sim.payments", Method: http.MethodGet, Pattern: "/__sim/payments", Serve: s.listBalances},
		{Name: "sim.decide", Method: http.MethodPost, Pattern: "/__sim/payments/{ref}/{act}", Serve: core.SameOrigin(s.decide)},
		{Name: "sim.faults", Method: http.MethodGet, Pattern: "/__sim/fault", Serve: s.listFaults},
		{Name: "sim.faults.add", Method: http.MethodPost, Pattern: "/__sim/fault", Serve: core.SameOrigin(s.addFaults)},
		{Name: "sim.faults.clear", Method: http.MethodDelete, Pattern: "/__sim/fault", Serve: core.SameOrigin(s.clearFaults)},
		{Name: "sim.deliveries", Method: http.MethodGet, Pattern: "/__sim/deliveries", Serve: s.listDeliveries},
	}
}

func (s *Service) showClock(*core.Call) response.Response {
	return response.JSON(200, struct {
		Now string `json:"now"`
	}{s.core.Now().UTC().Format(time.RFC3339Nano)})
}

// moveClock takes "+10m" or a time of RFC 3339, as text or as {"advance": …} and
// {"now": …}. The clock only goes forward: what has happened cannot be undone.
func (s *Service) moveClock(c *core.Call) response.Response {
	word := strings.TrimSpace(string(c.Body))
	if root, ok := input.Object(c.Body); ok {
		word = input.Text(root.Get("advance"))
		if word == "" {
			word = input.Text(root.Get("now"))
		}
	}
	by, err := time.ParseDuration(strings.TrimPrefix(word, "+"))
	if err != nil {
		to, err := time.Parse(time.RFC3339, word)
		if err != nil {
			return response.Error(400, "Want a time to add, such as +10m, or a moment such as 2026-03-02T10:00:00Z.")
		}
		by = to.Sub(s.core.Now())
	}
	if !s.core.Advance(by) {
		return response.Error(400, "The clock only goes forward, and not for centuries.")
	}
	return s.showClock(c)
}

// reset forgets everything: payments, tokens, webhooks, faults that were added
// here, and how far the clock was moved.
func (s *Service) reset(*core.Call) response.Response {
	s.core.Reset()
	return response.Empty(http.StatusNoContent)
}

// consentRemover is a decision whose consent the user can withdraw.
type consentRemover interface {
	RemoveConsent() (problem string)
}

// profileDeleter is a decision that ends when its user's profile is deleted.
type profileDeleter interface {
	DeleteProfile(now time.Time) (problem string)
}

// decide does what the user would do in the app. What cannot be done now answers 409 with the reason.
func (s *Service) decide(c *core.Call) response.Response {
	d, known := s.core.Decision(c.Params["ref"])
	if !known {
		return response.Error(404, "No payment, agreement, charge or login has this reference.")
	}
	var problem string
	switch c.Params["act"] {
	case "approve":
		problem = d.Approve(c.Now)
	case "abort", "reject":
		problem = d.Reject(c.Now)
	case "expire":
		problem = d.Expire(c.Now)
	case "remove-consent":
		problem = "Only an Express payment that was approved has a consent to remove."
		if d, ok := d.(consentRemover); ok {
			problem = d.RemoveConsent()
		}
	case "delete-profile":
		problem = "Only a recurring agreement ends with its user's profile."
		if d, ok := d.(profileDeleter); ok {
			problem = d.DeleteProfile(c.Now)
		}
	default:
		return response.Error(404, "Want approve, abort, expire, remove-consent or delete-profile.")
	}
	if problem != "" {
		return response.Error(http.StatusConflict, problem)
	}
	return response.JSON(200, struct {
		Ref   string `json:"reference"`
		State string `json:"state"`
		Back  string `json:"redirectUrl,omitempty"`
	}{d.Card().Ref, d.Card().State, d.ReturnURL()})
}

func (s *Service) listFaults(*core.Call) response.Response {
	list := []string{}
	for _, f := range s.core.Faults().Active() {
		list = append(list, f.String())
	}
	return response.JSON(200, list)
}

// addFaults takes one fault a line. None is added when one is wrong.
func (s *Service) addFaults(c *core.Call) response.Response {
	var added []fault.Fault
	for line := range strings.Lines(string(c.Body)) {
		if strings.TrimSpace(line) == "" {
			continue
		}
		f, err := fault.Parse(line)
		if err != nil {
			return response.Error(400, err.Error())
		}
		added = append(added, f)
	}
	s.core.Faults().Add(added...)
	return s.listFaults(c)
}

func (s *Service) clearFaults(*core.Call) response.Response {
	s.core.Faults().Clear()
	return response.Empty(http.StatusNoContent)
}

func (s *Service) listDeliveries(*core.Call) response.Response {
	return response.JSON(200, s.core.Deliveries())
}
