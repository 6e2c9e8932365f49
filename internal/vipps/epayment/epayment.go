package vipps

import (
	"encoding/json"
	"net/http"

	"github.com/tidwall/gjson"
)

// The HTTP side of the ePayment API v1.

func (s *Server) epaymentRoutes() []route {
	d := door{key: true, token: true}
	const base, id = "/epayment/v1/payments", "reference"
	return []route{
		{"epayment.create", http.MethodPost, base, d, limit{5, func(c *call) string {
			return text(gjson.GetBytes(c.body, "reference"))
		}}, s.withMSN(s.epaymentCreate)},
		{"epayment.get", http.MethodGet, base + "/{reference}", d, byParam(120, id), s.onPayment(s.epaymentGet)},
		{"epayment.events", http.MethodGet, base + "/{reference}/events", d, byParam(120, id), s.onPayment(s.epaymentEvents)},
		{"epayment.cancel", http.MethodPost, base + "/{reference}/cancel", d, byParam(5, id), s.epaymentOnce(4020, s.epaymentCancel)},
		{"epayment.capture", http.MethodPost, base + "/{reference}/capture", d, byParam(5, id), s.epaymentOnce(4010, s.epaymentCapture)},
		{"epayment.refund", http.MethodPost, base + "/{reference}/refund", d, byParam(5, id), s.epaymentOnce(4150, s.epaymentRefund)},
		{"epayment.approve", http.MethodPost, "/epayment/v1/test/payments/{reference}/approve", d, limit{}, s.onPayment(s.epaymentApprove)},
	}
}

// withMSN asks for the header that ePayment, unlike eCom, requires.
func (s *Server) withMSN(serve func(*call) reply) func(*call) reply {
	return func(c *call) reply {
		if c.header.Get("Merchant-Serial-Number") == "" {
			return s.snagReply(c, *badField("Merchant-Serial-Number", "The header is required."))
		}
		return serve(c)
	}
}

func (s *Server) onPayment(serve func(*call, *payment) reply) func(*call) reply {
	return s.withMSN(func(c *call) reply {
		p, ok := s.payments[c.params["reference"]]
		if !ok {
			return s.snagReply(c, *trouble(5090))
		}
		return serve(c, p)
	})
}

// epaymentOnce adds idempotency to a write. A refusal is remembered too: "a 4xx
// response stays 4xx for that key". conflict is the code for another body.
func (s *Server) epaymentOnce(conflict int, serve func(*call, *payment) reply) func(*call) reply {
	return s.onPayment(func(c *call, p *payment) reply {
		return s.keyed(c, conflict, func() reply { return serve(c, p) })
	})
}

func (s *Server) keyed(c *call, conflict int, do func() reply) reply {
	key := c.header.Get("Idempotency-Key")
	if key == "" || len(key) > 50 {
		return s.snagReply(c, *badField("Idempotency-Key", "The header is required and has at most 50 characters."))
	}
	return s.once(c, key, belowServerError, func() reply { return s.snagReply(c, *trouble(conflict)) }, do)
}

// modification reads the amount of a capture or refund.
func (s *Server) modification(c *call, p *payment) (event, *snag) {
	e := event{psp: s.guid(), key: c.header.Get("Idempotency-Key"), at: c.now}
	root, ok := object(c.body)
	if !ok {
		return e, badField("body", "The body must be a JSON object.")
	}
	if sn := onlyFields(root, "modificationAmount"); sn != nil {
		return e, sn
	}
	amount, currency, sn := money(root.Get("modificationAmount"), "modificationAmount")
	switch {
	case sn != nil:
		return e, sn
	case amount <= 0:
		return e, trouble(4040)
	case currency != p.currency:
		return e, trouble(5040)
	}
	e.amount = amount
	return e, nil
}

func (s *Server) epaymentCapture(c *call, p *payment) reply {
	e, sn := s.modification(c, p)
	if sn == nil {
		sn = p.capture(e)
	}
	return s.modified(c, p, sn)
}

func (s *Server) epaymentRefund(c *call, p *payment) reply {
	e, sn := s.modification(c, p)
	if sn == nil {
		sn = p.refund(e)
	}
	return s.modified(c, p, sn)
}

func (s *Server) epaymentCancel(c *call, p *payment) reply {
	only := false
	if len(c.body) > 0 {
		root, ok := object(c.body)
		if !ok {
			return s.snagReply(c, *badField("body", "The body must be a JSON object."))
		}
		only = root.Get("cancelTransactionOnly").Bool()
	}
	e := event{psp: s.guid(), key: c.header.Get("Idempotency-Key"), at: c.now}
	return s.modified(c, p, p.cancel(e, only))
}

// modified answers a write. The specification gives problem+json to success too.
func (s *Server) modified(c *call, p *payment, sn *snag) reply {
	if sn != nil {
		return s.snagReply(c, *sn)
	}
	s.publish(p)
	last := p.events[len(p.events)-1]
	return jsonReply(200, mimeProblem, struct {
		Amount    amountBody    `json:"amount"`
		State     state         `json:"state"`
		Aggregate aggregateBody `json:"aggregate"`
		PSP       string        `json:"pspReference"`
		Reference string        `json:"reference"`
	}{p.in(p.amount), p.state, aggregate(p), last.psp, p.reference})
}

func (s *Server) epaymentApprove(c *call, p *payment) reply {
	root, ok := object(c.body)
	phone, token := text(root.Get("customer.phoneNumber")), text(root.Get("token"))
	switch {
	case !ok:
		return s.snagReply(c, *badField("body", "The body must be a JSON object."))
	case phone == "" && token == "":
		return s.snagReply(c, *trouble(4140))
	case phone != "" && phone != s.keys.InternationalMobileNumber, phone == "" && token != p.token:
		return s.snagReply(c, *trouble(7010))
	}
	if sn := s.approvePayment(c.now, p); sn != nil {
		return s.snagReply(c, *sn)
	}
	return reply{status: 200}
}

type amountBody struct {
	Currency string `json:"currency"`
	Value    int64  `json:"value"`
}

func (p *payment) in(value int64) amountBody { return amountBody{p.currency, value} }

type aggregateBody struct {
	Authorized amountBody `json:"authorizedAmount"`
	Cancelled  amountBody `json:"cancelledAmount"`
	Captured   amountBody `json:"capturedAmount"`
	Refunded   amountBody `json:"refundedAmount"`
}

func aggregate(p *payment) aggregateBody {
	return aggregateBody{p.in(p.authorized), p.in(p.voided), p.in(p.captured), p.in(p.refunded)}
}

func (s *Server) epaymentGet(_ *call, p *payment) reply {
	type profile struct {
		Sub string `json:"sub,omitempty"`
	}
	type method struct {
		Type string `json:"type"`
	}
	return jsonReply(200, mimeJSON, struct {
		Aggregate aggregateBody   `json:"aggregate"`
		Amount    amountBody      `json:"amount"`
		State     state           `json:"state"`
		Method    method          `json:"paymentMethod"`
		Profile   profile         `json:"profile"`
		PSP       string          `json:"pspReference"`
		Redirect  string          `json:"redirectUrl,omitempty"`
		Reference string          `json:"reference"`
		Metadata  json.RawMessage `json:"metadata,omitempty"`
	}{
		aggregate(p), p.in(p.amount), p.state,
		method{"WALLET"},
		profile{p.sub},
		p.psp,
		p.redirect, p.reference, p.metadata,
	})
}

func (s *Server) epaymentEvents(_ *call, p *payment) reply {
	type body struct {
		Reference string     `json:"reference"`
		PSP       string     `json:"pspReference"`
		Name      string     `json:"name"`
		Amount    amountBody `json:"amount"`
		At        string     `json:"timestamp"`
		Key       *string    `json:"idempotencyKey"`
		Success   bool       `json:"success"`
	}
	list := []body{}
	for _, e := range p.events {
		b := body{p.reference, e.psp, e.name, p.in(e.amount), at(e.at), nil, e.success}
		if e.key != "" {
			b.Key = &e.key
		}
		list = append(list, b)
	}
	return jsonReply(200, mimeJSON, list)
}
