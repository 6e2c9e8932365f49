package epayment

import (
	"time"

	"posthaste/internal/vipps/core"
)

// What the Checkout API needs: the payment of a session is one of ePayment, with the session's reference.

// Approved makes a payment that the user has approved already. The text says why there is none, empty when there is
// one.
func (s *Service) Approved(now time.Time, reference, currency, description string, amount int64) (problem string) {
	if s.payments[reference] != nil {
		return "A payment has this reference already."
	}
	p := &payment{
		reference: reference, psp: s.core.GUID(), currency: currency, description: description, amount: amount,
		state: created, expires: now.Add(core.DecisionLife),
	}
	p.events = []event{{"CREATED", p.psp, "", amount, now, true}}
	if prob := s.approvePayment(now, p); prob != nil {
		return prob.detail
	}
	s.payments[reference] = p
	return ""
}

// Holds says how much of a payment is reserved, and how much the merchant has captured and
// not refunded, in minor units. Of a payment that does not exist both are 0.
func (s *Service) Holds(reference string) (reserved, kept int64) {
	p, ok := s.payments[reference]
	if !ok {
		return 0, 0
	}
	return p.Holds()
}

// Aggregate returns what became of a payment's money, and false for a payment that does not exist.
func (s *Service) Aggregate(reference string) (sums Aggregate, ok bool) {
	p, ok := s.payments[reference]
	if !ok {
		return Aggregate{}, false
	}
	return aggregate(p), true
}
