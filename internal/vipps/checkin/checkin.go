package vipps

import "net/http"

// The Check-in API: a customer's phone number against loyalty membership.

func (s *Server) checkInRoutes() []route {
	return []route{{
		"checkin", http.MethodPost, "/point-of-sale/v1/loyalty-check-in",
		door{key: true, token: true},
		limit{},
		s.checkIn,
	}}
}

func (s *Server) checkIn(c *call) reply {
	root, ok := object(c.body)
	phone := text(root.Get("phoneNumber"))
	switch {
	case !ok:
		return invalidParam(c, 400, "body", "The body must be a JSON object.")
	case !isDigits(phone, 10, 10) || phone[:2] != "47":
		return invalidParam(c, 400, "phoneNumber", "Must match ^47[0-9]{8}$.")
	case absent(root.Get("isMember")) || !root.Get("isMember").IsBool():
		return invalidParam(c, 400, "isMember", "Must be true or false.")
	}
	return jsonReply(200, mimeJSON, struct {
		ID string `json:"id"`
	}{s.guid()})
}
