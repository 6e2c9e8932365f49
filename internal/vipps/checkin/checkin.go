// Package checkin is the Check-in API: a customer's phone number against loyalty membership.
//
// Nothing is kept: a check-in shows in the store and cannot be read again by the API.
package checkin

import (
	"net/http"

	"posthaste/internal/vipps/core"
	"posthaste/internal/vipps/input"
	"posthaste/internal/vipps/response"
)

// A Service is the Check-in API of one simulator.
type Service struct{ core *core.Server }

// New returns the API of a server.
func New(server *core.Server) *Service { return &Service{server} }

// Reset does nothing: there is no state.
func (s *Service) Reset() {}

// Routes are the operations of the Check-in API.
func (s *Service) Routes() []core.Route {
	d := core.Access{Key: true, Token: true}
	return []core.Route{d.Route("checkin", http.MethodPost, "/point-of-sale/v1/loyalty-check-in", core.Limit{}, s.checkIn)}
}

// checkIn takes Norwegian numbers only, as the API is for stores in Norway.
func (s *Service) checkIn(c *core.Call) response.Response {
	root, ok := input.Object(c.Body)
	phone := input.Text(root.Get("phoneNumber"))
	switch {
	case !ok:
		return core.InvalidParam(c, 400, "body", "The body must be a JSON object.")
	case !input.IsDigits(phone, 10, 10) || phone[:2] != "47":
		return core.InvalidParam(c, 400, "phoneNumber", "Must match ^47[0-9]{8}$.")
	case input.Absent(root.Get("isMember")) || !root.Get("isMember").IsBool():
		return core.InvalidParam(c, 400, "isMember", "Must be true or false.")
	}
	return response.JSON(200, struct {
		ID string `json:"id"`
	}{s.core.GUID()})
}
