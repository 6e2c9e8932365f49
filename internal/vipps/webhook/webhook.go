// Package webhook is the Webhooks API v1: registrations, and the sending of events
// with the queue and the pauses that Vipps has.
//
// Other APIs call Emit and know nothing of registrations. A delivery is signed with the registration's secret as
// Vipps documents it.
package webhook

import (
	"net/http"
	"net/url"
	"slices"

	"posthaste/internal/vipps/core"
	"posthaste/internal/vipps/input"
	"posthaste/internal/vipps/response"
)

// perEvent is how many registrations one event can have.
const perEvent = 25

// A Service is the Webhooks API of one simulator.
type Service struct {
	core          *core.Server
	registrations []*registration
}

// New returns the API of a server.
func New(server *core.Server) *Service { return &Service{core: server} }

// Reset forgets all registrations.
func (s *Service) Reset() { s.registrations = nil }

// Routes are the operations of the Webhooks API.
func (s *Service) Routes() []core.Route {
	d := core.Access{Key: true, Token: true}
	const base = "/webhooks/v1/webhooks"
	return []core.Route{
		d.Route("webhooks.register", http.MethodPost, base, core.Limit{}, s.register),
		d.Route("webhooks.list", http.MethodGet, base, core.Limit{}, s.list),
		d.Route("webhooks.delete", http.MethodDelete, base+"/{id}", core.Limit{}, s.delete),
	}
}

// EventTypes are what can be registered for.
func EventTypes() []string {
	var all []string
	for _, name := range []string{"created", "aborted", "expired", "cancelled", "captured", "refunded", "authorized", "terminated"} {
		all = append(all, "epayments.payment."+name+".v1")
	}
	for _, name := range []string{"activated", "rejected", "stopped", "expired"} {
		all = append(all, "recurring.agreement-"+name+".v1")
	}
	for _, name := range []string{"reserved", "captured", "canceled", "refunded", "failed", "creation-failed"} {
		all = append(all, "recurring.charge-"+name+".v1")
	}
	return append(all, "login.merchant-initiated.ping.v1", "user.checked-in.v1")
}

// register adds a webhook. https is needed with --strict-api only: test servers on this machine seldom have it.
func (s *Service) register(c *core.Call) response.Response {
	root, ok := input.Object(c.Body)
	link, events := root.Get("url"), root.Get("events")
	u, err := url.Parse(input.Text(link))
	switch {
	case !ok:
		return s.problem("body", "The body must be a JSON object.")
	case input.Absent(link) || input.Text(link) == "":
		return s.problem("url", "The property is required and cannot be null or empty.")
	case err != nil || u.Host == "" || u.Scheme != "https" && (u.Scheme != "http" || s.core.Strict()):
		return s.problem("url", "The property must be an absolute https URL.")
	case !events.IsArray() || len(events.Array()) == 0:
		return s.problem("events", "The property is required and cannot be null or empty.")
	}
	var names []string
	for _, e := range events.Array() {
		if !slices.Contains(EventTypes(), e.Str) {
			return s.problem("events", "The event type "+e.Str+" is unknown.")
		}
		if s.count(e.Str) >= perEvent {
			return s.problem("events", "There can be at most 25 webhooks for "+e.Str+".")
		}
		names = append(names, e.Str)
	}
	h := &registration{ID: s.core.GUID(), URL: input.Text(link), Events: names, secret: s.newSecret()}
	s.registrations = append(s.registrations, h)
	return response.JSON(http.StatusCreated, struct {
		ID     string `json:"id"`
		Secret string `json:"secret"`
	}{h.ID, h.secret})
}

func (s *Service) count(event string) int {
	n := 0
	for _, h := range s.registrations {
		if slices.Contains(h.Events, event) {
			n++
		}
	}
	return n
}

func (s *Service) list(*core.Call) response.Response {
	return response.JSON(200, struct {
		Webhooks []*registration `json:"webhooks"`
	}{append([]*registration{}, s.registrations...)})
}

// A delivery that is on its way when the webhook is deleted looks at gone and is not tried again.
func (s *Service) delete(c *core.Call) response.Response {
	i := slices.IndexFunc(s.registrations, func(h *registration) bool { return h.ID == c.Params["id"] })
	if i < 0 {
		return s.problem("id", "No webhook has this id.")
	}
	s.registrations[i].gone = true
	s.registrations = slices.Delete(s.registrations, i, i+1)
	return response.Empty(http.StatusNoContent)
}

func (s *Service) problem(field, reason string) response.Response {
	return response.Problem(400, struct {
		Type     string                `json:"type"`
		Title    string                `json:"title"`
		Status   int                   `json:"status"`
		Detail   string                `json:"detail"`
		Instance string                `json:"instance"`
		Trace    string                `json:"traceId"`
		Extra    []response.NameReason `json:"extraDetails"`
	}{
		s.core.TraceID(), "Bad Request", 400, "One or more validation errors occurred.",
		"/v1/webhooks", s.core.TraceID(),
		[]response.NameReason{{Name: field, Reason: reason}},
	})
}
