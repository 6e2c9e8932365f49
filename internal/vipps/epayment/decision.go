package epayment

import (
	"time"

	"posthaste/internal/vipps/core"
)

// What the user, or time, does to an ePayment payment.

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

func (s *Service) expirePayment(p *payment) {
	if p.state == created {
		p.end(expired, p.expires, s.core.GUID())
		s.publish(p)
	}
}

// A decision lets the user, or time, decide about a payment.
type decision struct {
	*payment
	api *Service
}

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

func (s *Service) endPayment(p *payment, to state, now time.Time) string {
	if p.state != created {
		return core.NotWaiting
	}
	p.end(to, now, s.core.GUID())
	s.publish(p)
	return ""
}

func (d decision) ReturnURL() string { return d.returnURL }
