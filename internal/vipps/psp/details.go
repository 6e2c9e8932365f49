package psp

import (
	"github.com/tidwall/gjson"

	"posthaste/internal/vipps/core"
	"posthaste/internal/vipps/input"
	"posthaste/internal/vipps/response"
)

type summary struct {
	Captured  int64 `json:"capturedAmount"`
	ToCapture int64 `json:"remainingAmountToCapture"`
	Refunded  int64 `json:"refundedAmount"`
	ToRefund  int64 `json:"remainingAmountToRefund"`
}

func (s *Service) details(c *core.Call) response.Response {
	p, known := s.payments[c.Params["pspTransactionId"]]
	if !known {
		return s.refuse(400, "51", "Invalid request: no such transaction")
	}
	return response.JSON(200, struct {
		ID      string  `json:"pspTransactionId"`
		Order   string  `json:"merchantOrderId"`
		Summary summary `json:"transactionSummary"`
		History []entry `json:"transactionLogHistory"`
	}{
		p.id, p.order,
		summary{p.captured, max(p.reserved-p.captured, 0), p.refunded, p.captured - p.refunded},
		append([]entry{}, p.history...),
	})
}

// approve is force approval, for Vipps' test users and the token of the landing page only.
func (s *Service) approve(c *core.Call) response.Response {
	p, known := s.payments[c.Params["pspTransactionId"]]
	switch token := input.Text(gjson.GetBytes(c.Body, "token")); {
	case !known || p.state != initiated:
		return s.refuse(400, "51", "Invalid request")
	case !s.core.IsTestUser(input.Text(gjson.GetBytes(c.Body, "customerPhoneNumber"))) || token != p.token:
		return s.refuse(400, "51", "Invalid request: not the test user, or not the token of the landing page")
	}
	s.makePayment(p, "ACCEPTED")
	return response.Empty(200)
}
