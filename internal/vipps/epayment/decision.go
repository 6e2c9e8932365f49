package epayment

import (
	"time"

	"posthaste/internal/vipps/core"
)

// What the user, or time, does to an ePayment payment.

// approvePayment reserves the money and remembers what the user shares. The problem is that
// of a test amount, or of a payment that waits for nobody.
func (s *Service) approvePayment(now time.Time, p *payment) *Problem {
	if prob := p.approve(event{psp: s.core.GUID(), at: now}); prob != nil {
		return prob
	}
	if p.scope != "" {
		p.sub = s.users.Consent(now, p.scope)
	}
	s.publish(p)
	return nil
}

// expirePayment ends a payment whose time is over, unless the user has acted.
func (s *Service) expirePayment(p *payment) {
	if p.state == created {
		p.end(expired, p.expires, s.core.GUID())
		s.publish(p)
	}
}

// A decision lets the user, or time, decide about a payment. Its methods give "" or why that
// is not possible.
type decision struct {
	*payment
	api *Service
}

// Card is what the simulator's page shows of the payment.
func (d decision) Card() core.Card {
	return core.Card{
		Kind: "Payment", Ref: d.reference, Text: d.description, Amount: core.AmountText(d.amount, d.currency),
		Shares: d.scope, State: string(d.state), Open: d.state == created,
	}
}

func (d decision) Approve(now time.Time) string {
	if prob := d.api.approvePayment(now, d.payment); prob != nil {
		return prob.detail
	}
	return ""
}

func (d decision) Reject(now time.Time) string { return d.api.endPayment(d.payment, aborted, now) }

func (d decision) Expire(now time.Time) string { return d.api.endPayment(d.payment, expired, now) }

// endPayment ends a payment that still waits, and tells webhooks.
func (s *Service) endPayment(p *payment, to state, now time.Time) string {
	if p.state != created {
		return core.NotWaiting
	}
	p.end(to, now, s.core.GUID())
	s.publish(p)
	return ""
}

func (d decision) ReturnURL() string { return d.returnURL }
