package vipps

import (
	"github.com/tidwall/gjson"
)

func (s *Server) pspDetails(c *call) reply {
	p, known := s.psp[c.params["pspTransactionId"]]
	if !known {
		return s.pspReply(400, "51", "Invalid request: no such transaction")
	}
	return jsonReply(200, mimeJSON, struct {
		ID      string      `json:"pspTransactionId"`
		Order   string      `json:"merchantOrderId"`
		Summary ecomSummary `json:"transactionSummary"`
		History []pspEntry  `json:"transactionLogHistory"`
	}{
		p.id, p.order,
		ecomSummary{p.captured, max(p.reserved-p.captured, 0), p.refunded, p.captured - p.refunded},
		append([]pspEntry{}, p.history...),
	})
}

func (s *Server) pspApprove(c *call) reply {
	p, known := s.psp[c.params["pspTransactionId"]]
	switch token := text(gjson.GetBytes(c.body, "token")); {
	case !known || p.state != pspInitiated:
		return s.pspReply(400, "51", "Invalid request")
	case !s.isTestUser(text(gjson.GetBytes(c.body, "customerPhoneNumber"))) || token != p.token:
		return s.pspReply(400, "51", "Invalid request: not the test user, or not the token of the landing page")
	}
	s.makePayment(p, "ACCEPTED")
	return reply{status: 200}
}
