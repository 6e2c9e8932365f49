package vipps

import (
	"net/http"
	"net/url"
	"slices"
)

// The Webhooks API v1: registrations. hook_delivery.go sends.

const hooksPerEvent = 25

func (s *Server) webhookRoutes() []route {
	d := door{key: true, token: true}
	const base = "/webhooks/v1/webhooks"
	return []route{
		{"webhooks.register", http.MethodPost, base, d, limit{}, s.registerHook},
		{"webhooks.list", http.MethodGet, base, d, limit{}, s.listHooks},
		{"webhooks.delete", http.MethodDelete, base + "/{id}", d, limit{}, s.deleteHook},
	}
}

// eventTypes are what can be registered for.
func eventTypes() []string {
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

func (s *Server) registerHook(c *call) reply {
	root, ok := object(c.body)
	link, events := root.Get("url"), root.Get("events")
	u, err := url.Parse(text(link))
	switch {
	case !ok:
		return s.hookProblem("body", "The body must be a JSON object.")
	case absent(link) || text(link) == "":
		return s.hookProblem("url", "The property is required and cannot be null or empty.")
	case err != nil || u.Host == "" || u.Scheme != "https" && (u.Scheme != "http" || s.strict):
		return s.hookProblem("url", "The property must be an absolute https URL.")
	case !events.IsArray() || len(events.Array()) == 0:
		return s.hookProblem("events", "The property is required and cannot be null or empty.")
	}
	var names []string
	for _, e := range events.Array() {
		if !slices.Contains(eventTypes(), e.Str) {
			return s.hookProblem("events", "The event type "+e.Str+" is unknown.")
		}
		if s.countHooks(e.Str) >= hooksPerEvent {
			return s.hookProblem("events", "There can be at most 25 webhooks for "+e.Str+".")
		}
		names = append(names, e.Str)
	}
	h := &hook{ID: s.guid(), URL: text(link), Events: names, secret: s.hookSecret()}
	s.hooks = append(s.hooks, h)
	return jsonReply(http.StatusCreated, mimeJSON, struct {
		ID     string `json:"id"`
		Secret string `json:"secret"`
	}{h.ID, h.secret})
}

func (s *Server) countHooks(event string) int {
	n := 0
	for _, h := range s.hooks {
		if slices.Contains(h.Events, event) {
			n++
		}
	}
	return n
}

func (s *Server) listHooks(*call) reply {
	return jsonReply(200, mimeJSON, struct {
		Webhooks []*hook `json:"webhooks"`
	}{append([]*hook{}, s.hooks...)})
}

func (s *Server) deleteHook(c *call) reply {
	i := slices.IndexFunc(s.hooks, func(h *hook) bool { return h.ID == c.params["id"] })
	if i < 0 {
		return s.hookProblem("id", "No webhook has this id.")
	}
	s.hooks[i].gone = true
	s.hooks = slices.Delete(s.hooks, i, i+1)
	return reply{status: http.StatusNoContent}
}

func (s *Server) hookProblem(field, reason string) reply {
	return jsonReply(400, mimeProblem, struct {
		Type     string       `json:"type"`
		Title    string       `json:"title"`
		Status   int          `json:"status"`
		Detail   string       `json:"detail"`
		Instance string       `json:"instance"`
		Trace    string       `json:"traceId"`
		Extra    []nameReason `json:"extraDetails"`
	}{
		s.traceID(), "Bad Request", 400, "One or more validation errors occurred.",
		"/v1/webhooks", s.traceID(),
		[]nameReason{{field, reason}},
	})
}
