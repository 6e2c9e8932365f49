package vipps

import (
	"net/http"
	"strings"

	"github.com/tidwall/gjson"
)

// The charges of Recurring v2.

func (s *Server) charge2(c *call) (reply, *hitch) {
	a, h := s.findAgreement(c)
	if h != nil {
		return reply{}, h
	}
	root, ok := object(c.body)
	if !ok {
		return reply{}, badJSON()
	}
	ch, h := s.recurringCharge(c, a, chargeOf2(root, "due"))
	if h != nil {
		return reply{}, h
	}
	return jsonReply(http.StatusCreated, mimeJSON, struct {
		ID string `json:"chargeId"`
	}{ch.id}), nil
}

func (s *Server) charges2(c *call) (reply, *hitch) {
	a, h := s.findAgreement(c)
	if h != nil {
		return reply{}, h
	}
	list := []charge2{}
	for _, ch := range a.charges {
		if status := c.query.Get("chargeStatus"); status == "" || strings.EqualFold(status, ch.status) {
			list = append(list, chargeBody2(ch))
		}
	}
	return jsonReply(200, mimeJSON, list), nil
}

func (s *Server) fetchCharge2(c *call) (reply, *hitch) {
	ch, h := s.findCharge(c)
	if h != nil {
		return reply{}, h
	}
	return jsonReply(200, mimeJSON, chargeBody2(ch)), nil
}

func (s *Server) cancel2(c *call) (reply, *hitch) {
	ch, h := s.findCharge(c)
	if h == nil {
		h = ch.cancel(c.now, "")
	}
	if h != nil {
		return reply{}, h
	}
	s.publishCharge(ch)
	return jsonReply(200, mimeJSON, chargeBody2(ch)), nil
}

// capture2 takes all that is reserved: v2 has no body for it.
func (s *Server) capture2(c *call) (reply, *hitch) {
	ch, h := s.findCharge(c)
	if h == nil {
		h = ch.capture(c.now, c.header.Get("Idempotency-Key"), ch.amount-ch.captured)
	}
	if h != nil {
		return reply{}, h
	}
	s.publishCharge(ch)
	return emptyObject(), nil
}

func (s *Server) refund2(c *call) (reply, *hitch) {
	ch, h := s.findCharge(c)
	if h != nil {
		return reply{}, h
	}
	amount, h := chargeAmount(c)
	if h == nil {
		h = ch.refund(c.now, c.header.Get("Idempotency-Key"), amount)
	}
	if h != nil {
		return reply{}, h
	}
	s.publishCharge(ch)
	return emptyObject(), nil
}

type charge2 struct {
	Amount      int64  `json:"amount"`
	Refunded    int64  `json:"amountRefunded"`
	Description string `json:"description"`
	Due         string `json:"due"`
	ID          string `json:"id"`
	Status      string `json:"status"`
	Transaction string `json:"transactionId"` // empty before it is paid
	Type        string `json:"type"`
	Failure     string `json:"failureReason,omitempty"`
}

func chargeBody2(ch *charge) charge2 {
	return charge2{
		ch.amount, ch.refunded, ch.description, at(ch.due), ch.id, ch.status, ch.transaction, ch.kind, ch.failure,
	}
}

// chargeOf2 is the body of an older charge in v3's form. due names its date.
func chargeOf2(root gjson.Result, due string) gjson.Result {
	return composed(root, map[string]string{
		"amount": "amount", "description": "description", due: "due", "retryDays": "retryDays", "orderId": "orderId",
	}, map[string]any{"transactionType": "DIRECT_CAPTURE"})
}
