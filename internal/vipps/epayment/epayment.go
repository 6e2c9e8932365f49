// Package epayment is the ePayment API v1.
//
// A payment's state is kept here, in Service.payments by its reference; payment.go has the rules by which it changes.
// Other APIs see amounts and their checks only.
package epayment

import (
	"encoding/json"
	"net/http"
	"time"

	"github.com/tidwall/gjson"

	"posthaste/internal/vipps/core"
	"posthaste/internal/vipps/input"
	"posthaste/internal/vipps/response"
)

// A Service is the ePayment API of one simulator. The server's lock guards it: handlers run
// one at a time.
type Service struct {
	core     *core.Server
	users    consents
	webhooks webhooks
	payments map[string]*payment // by reference
}

// consents remembers what users agreed to share, and returns the sub that opens it in the
// userinfo API.
type consents interface {
	Consent(now time.Time, scope string) (sub string)
}

// webhooks tells the merchant of an event, by its full name such as
// epayments.payment.captured.v1.
type webhooks interface {
	Emit(now time.Time, event string, body any)
}

// New returns the API of a server. users remembers consents, hooks sends events.
func New(server *core.Server, users consents, hooks webhooks) *Service {
	s := &Service{core: server, users: users, webhooks: hooks}
	s.Reset()
	return s
}

// Reset forgets all payments.
func (s *Service) Reset() { s.payments = map[string]*payment{} }

// Has reports whether a payment exists.
func (s *Service) Has(reference string) bool { return s.payments[reference] != nil }

// Routes are the operations of the ePayment API, with the rate limits that Vipps publishes,
// per minute and payment.
func (s *Service) Routes() []core.Route {
	d := core.Access{Key: true, Token: true}
	const base, id = "/epayment/v1/payments", "reference"
	return []core.Route{
		d.Route("epayment.create", http.MethodPost, base, core.Limit{PerMinute: 5, Key: func(c *core.Call) string {
			return input.Text(gjson.GetBytes(c.Body, "reference"))
		}}, s.withMSN(s.create)),
		d.Route("epayment.get", http.MethodGet, base+"/{reference}", core.ByParam(120, id), s.onPayment(s.get)),
		d.Route("epayment.events", http.MethodGet, base+"/{reference}/events", core.ByParam(120, id), s.onPayment(s.events)),
		d.Route("epayment.cancel", http.MethodPost, base+"/{reference}/cancel", core.ByParam(5, id), s.once(4020, s.cancel)),
		d.Route("epayment.capture", http.MethodPost, base+"/{reference}/capture", core.ByParam(5, id), s.once(4010, s.capture)),
		d.Route("epayment.refund", http.MethodPost, base+"/{reference}/refund", core.ByParam(5, id), s.once(4150, s.refund)),
		d.Route("epayment.approve", http.MethodPost, "/epayment/v1/test/payments/{reference}/approve", core.Limit{}, s.onPayment(s.approve)),
	}
}

// withMSN asks for the header that ePayment, unlike eCom, requires.
func (s *Service) withMSN(serve core.Handler) core.Handler {
	return func(c *core.Call) response.Response {
		if c.Header.Get("Merchant-Serial-Number") == "" {
			return s.refuse(c, *invalidField("Merchant-Serial-Number", "The header is required."))
		}
		return serve(c)
	}
}

// onPayment finds the payment that the path names, or answers that there is no such payment.
func (s *Service) onPayment(serve func(*core.Call, *payment) response.Response) core.Handler {
	return s.withMSN(func(c *core.Call) response.Response {
		p, ok := s.payments[c.Params["reference"]]
		if !ok {
			return s.refuse(c, *problemOf(5090))
		}
		return serve(c, p)
	})
}

// once adds idempotency to a write. A refusal is remembered too: "a 4xx
// response stays 4xx for that key". conflict is the code for another body.
func (s *Service) once(conflict int, serve func(*core.Call, *payment) response.Response) core.Handler {
	return s.onPayment(func(c *core.Call, p *payment) response.Response {
		return s.keyed(c, conflict, func() response.Response { return serve(c, p) })
	})
}

// keyed answers a repeated Idempotency-Key with the first response, and conflict when its
// body is another. Errors of the server are not kept: the merchant may try again with the
// same key.
func (s *Service) keyed(c *core.Call, conflict int, do func() response.Response) response.Response {
	key := c.Header.Get("Idempotency-Key")
	if key == "" || len(key) > 50 {
		return s.refuse(c, *invalidField("Idempotency-Key", "The header is required and has at most 50 characters."))
	}
	return s.core.Once(c, key, core.BelowServerError, func() response.Response { return s.refuse(c, *problemOf(conflict)) }, do)
}

// modification reads the amount of a capture or refund, and makes an event of it that has no
// name yet.
func (s *Service) modification(c *core.Call, p *payment) (event, *Problem) {
	e := event{psp: s.core.GUID(), key: c.Header.Get("Idempotency-Key"), at: c.Now}
	root, ok := input.Object(c.Body)
	if !ok {
		return e, invalidField("body", "The body must be a JSON object.")
	}
	if prob := s.checkFields(root, "modificationAmount"); prob != nil {
		return e, prob
	}
	amount, currency, prob := ReadAmount(root.Get("modificationAmount"), "modificationAmount")
	switch {
	case prob != nil:
		return e, prob
	case amount <= 0:
		return e, problemOf(4040)
	case currency != p.currency:
		return e, problemOf(5040)
	}
	e.amount = amount
	return e, nil
}

// capture takes reserved money, all or a part.
func (s *Service) capture(c *core.Call, p *payment) response.Response {
	e, prob := s.modification(c, p)
	if prob == nil {
		prob = p.capture(e)
	}
	return s.modified(c, p, prob)
}

// refund gives captured money back, all or a part.
func (s *Service) refund(c *core.Call, p *payment) response.Response {
	e, prob := s.modification(c, p)
	if prob == nil {
		prob = p.refund(e)
	}
	return s.modified(c, p, prob)
}

// cancel takes a body or no body at all; cancelTransactionOnly leaves what was captured alone.
func (s *Service) cancel(c *core.Call, p *payment) response.Response {
	only := false
	if len(c.Body) > 0 {
		root, ok := input.Object(c.Body)
		if !ok {
			return s.refuse(c, *invalidField("body", "The body must be a JSON object."))
		}
		only = root.Get("cancelTransactionOnly").Bool()
	}
	e := event{psp: s.core.GUID(), key: c.Header.Get("Idempotency-Key"), at: c.Now}
	return s.modified(c, p, p.cancel(e, only))
}

// modified answers a write. The specification gives problem+json to success too.
func (s *Service) modified(c *core.Call, p *payment, prob *Problem) response.Response {
	if prob != nil {
		return s.refuse(c, *prob)
	}
	s.publish(p)
	last := p.events[len(p.events)-1]
	return response.Problem(200, struct {
		Amount    Amount    `json:"amount"`
		State     state     `json:"state"`
		Aggregate Aggregate `json:"aggregate"`
		PSP       string    `json:"pspReference"`
		Reference string    `json:"reference"`
	}{p.in(p.amount), p.state, aggregate(p), last.psp, p.reference})
}

// approve is force approval. The user is named by phone number, or by the token of the landing page.
func (s *Service) approve(c *core.Call, p *payment) response.Response {
	root, ok := input.Object(c.Body)
	phone, token := input.Text(root.Get("customer.phoneNumber")), input.Text(root.Get("token"))
	switch {
	case !ok:
		return s.refuse(c, *invalidField("body", "The body must be a JSON object."))
	case phone == "" && token == "":
		return s.refuse(c, *problemOf(4140))
	case phone != "" && phone != s.core.Keys().InternationalMobileNumber, phone == "" && token != p.token:
		return s.refuse(c, *problemOf(7010))
	}
	if prob := s.approvePayment(c.Now, p); prob != nil {
		return s.refuse(c, *prob)
	}
	return response.Empty(200)
}

// An Amount is money, as JSON has it, in a currency by its ISO 4217 code.
type Amount struct {
	Currency string `json:"currency"`
	Value    int64  `json:"value"` // in minor units
}

// in is an amount in the payment's currency.
func (p *payment) in(value int64) Amount { return Amount{p.currency, value} }

// An Aggregate is what became of a payment's money, as JSON has it.
type Aggregate struct {
	Authorized Amount `json:"authorizedAmount"`
	Cancelled  Amount `json:"cancelledAmount"`
	Captured   Amount `json:"capturedAmount"`
	Refunded   Amount `json:"refundedAmount"`
}

// aggregate sums a payment up.
func aggregate(p *payment) Aggregate {
	return Aggregate{p.in(p.authorized), p.in(p.voided), p.in(p.captured), p.in(p.refunded)}
}

// get is the payment's state and sums, without its history.
func (s *Service) get(_ *core.Call, p *payment) response.Response {
	type profile struct {
		Sub string `json:"sub,omitempty"`
	}
	type method struct {
		Type string `json:"type"`
	}
	return response.JSON(200, struct {
		Aggregate Aggregate       `json:"aggregate"`
		Amount    Amount          `json:"amount"`
		State     state           `json:"state"`
		Method    method          `json:"paymentMethod"`
		Profile   profile         `json:"profile"`
		PSP       string          `json:"pspReference"`
		Redirect  string          `json:"redirectUrl,omitempty"`
		Reference string          `json:"reference"`
		Metadata  json.RawMessage `json:"metadata,omitempty"`
		Until     string          `json:"captureGuaranteedUntil,omitempty"`
	}{
		aggregate(p), p.in(p.amount), p.state,
		method{"WALLET"},
		profile{p.sub},
		p.psp,
		p.redirect, p.reference, p.metadata, p.guaranteedUntil(),
	})
}

// events is the payment's history, the oldest entry first; failed attempts are in it.
func (s *Service) events(_ *core.Call, p *payment) response.Response {
	type body struct {
		Reference string  `json:"reference"`
		PSP       string  `json:"pspReference"`
		Name      string  `json:"name"`
		Amount    Amount  `json:"amount"`
		At        string  `json:"timestamp"`
		Key       *string `json:"idempotencyKey"`
		Success   bool    `json:"success"`
	}
	// An empty list must be [] and not null.
	list := []body{}
	for _, e := range p.events {
		b := body{p.reference, e.psp, e.name, p.in(e.amount), core.Timestamp(e.at), nil, e.success}
		if e.key != "" {
			b.Key = &e.key
		}
		list = append(list, b)
	}
	return response.JSON(200, list)
}
