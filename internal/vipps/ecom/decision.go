package vipps

import (
	"slices"
	"time"
)

// What the user, or time, does to an eCommerce payment.

func (s *Server) approveOrder(now time.Time, o *order) *fault {
	if f := o.approve(now, s.transactionID()); f != nil {
		if o.open() {
			s.callback(o, "RESERVE_FAILED", f)
		}
		return f
	}
	if o.scope != "" {
		o.sub = s.consent(now, o.scope)
	}
	status := "RESERVED"
	if o.express {
		status = "RESERVE" // so Express calls it
	}
	s.callback(o, status, nil)
	return nil
}

func (s *Server) expireOrder(o *order) {
	if o.open() {
		o.giveUp(o.created.Add(paymentLife), s.transactionID())
		s.callback(o, "REJECTED", nil)
	}
}

func (o *order) card() card {
	return card{
		Kind: "Payment", Ref: o.id, Text: o.text, Amount: amountText(o.amount, "NOK"),
		Shares: o.scope, State: string(o.last()), Open: o.open(),
	}
}

// last is what happened last, and not only was tried.
func (o *order) last() operation {
	for _, e := range slices.Backward(o.history) {
		if e.success {
			return e.op
		}
	}
	return opInitiate
}

// agree approves. For an Express payment with a shipping address the merchant is
// asked first, and the approval comes once it has answered.
func (o *order) agree(s *Server, now time.Time) string {
	switch {
	case !o.open():
		return notWaiting
	case o.express:
		s.askShipping(o)
		return ""
	}
	if f := s.approveOrder(now, o); f != nil {
		return f.text
	}
	return ""
}

func (o *order) refuse(s *Server, now time.Time) string {
	if !o.open() {
		return notWaiting
	}
	o.giveUp(now, s.transactionID())
	s.callback(o, "CANCELLED", nil)
	return ""
}

func (o *order) lapse(s *Server, now time.Time) string {
	if !o.open() {
		return notWaiting
	}
	o.giveUp(now, s.transactionID())
	s.callback(o, "REJECTED", nil)
	return ""
}

func (o *order) back() string { return o.merchant.fallBack }
