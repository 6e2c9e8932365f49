package vipps

import "net/http"

// The charges of Recurring v1.

type charge1 struct {
	Amount      int64  `json:"amount"`
	Refunded    int64  `json:"amountRefunded"`
	Description string `json:"description"`
	Due         string `json:"dueDate"`
	ID          string `json:"id"`
	Status      string `json:"status"`
	Transaction string `json:"transactionId,omitempty"`
	Type        string `json:"type"`
}

// chargeBody1 has fewer states than later versions: what is reserved is PROCESSING.
func chargeBody1(ch *charge) charge1 {
	status := ch.status
	if status == "RESERVED" || status == "PARTIALLY_CAPTURED" {
		status = "PROCESSING"
	}
	return charge1{
		ch.amount, ch.refunded, ch.description, ch.due.Format("2006-01-02"), ch.id, status, ch.transaction, ch.kind,
	}
}

func (s *Server) charge1(c *call) (reply, *hitch) {
	a, h := s.findAgreement(c)
	if h != nil {
		return reply{}, h
	}
	root, ok := object(c.body)
	switch {
	case !ok:
		return reply{}, badJSON()
	case c.header.Get("Idempotent-Key") == "":
		return reply{}, refusal("idempotency-key-header", "The Idempotent-Key header is required")
	}
	ch, h := s.recurringCharge(c, a, chargeOf2(root, "dueDate"))
	if h != nil {
		return reply{}, h
	}
	return jsonReply(http.StatusCreated, mimeJSON, chargeBody1(ch)), nil
}

func (s *Server) charges1(c *call) (reply, *hitch) {
	a, h := s.findAgreement(c)
	if h != nil {
		return reply{}, h
	}
	list := []charge1{}
	for _, ch := range a.charges {
		list = append(list, chargeBody1(ch))
	}
	return jsonReply(200, mimeJSON, list), nil
}

func (s *Server) fetchCharge1(c *call) (reply, *hitch) {
	ch, h := s.findCharge(c)
	if h != nil {
		return reply{}, h
	}
	return jsonReply(200, mimeJSON, chargeBody1(ch)), nil
}

func (s *Server) cancel1(c *call) (reply, *hitch) {
	if _, h := s.cancel2(c); h != nil {
		return reply{}, h
	}
	return s.fetchCharge1(c)
}

func (s *Server) refund1(c *call) (reply, *hitch) {
	if _, h := s.refund2(c); h != nil {
		return reply{}, h
	}
	return s.fetchCharge1(c)
}
