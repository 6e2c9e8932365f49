package ecom

import (
	"slices"
	"time"

	"posthaste/internal/vipps/core"
)

// What the user, or time, does to an eCommerce payment.

// approveOrder reserves the money. A card that fails is told to the merchant, and the order stays open for another
// try.
func (s *Service) approveOrder(now time.Time, o *order) *problem {
	if f := o.approve(now); f != nil {
		if o.open() {
			s.callback(o, "RESERVE_FAILED", f)
		}
		return f
	}
	if o.scope != "" {
		o.sub = s.users.Consent(now, o.scope)
	}
	status := "RESERVED"
	if o.express {
		status = "RESERVE" // so Express calls it
	}
	s.callback(o, status, nil)
	return nil
}

// expireOrder ends an order whose time is over, unless the user has acted.
func (s *Service) expireOrder(o *order) {
	if o.open() {
		o.giveUp(o.created.Add(core.DecisionLife), s.core.TransactionID())
		s.callback(o, "REJECTED", nil)
	}
}

// A decision lets the user, or time, decide about an order. Its methods give "" or why that
// is not possible.
type decision struct {
	*order
	api *Service
}

// Card is what the simulator's page shows of the order.
func (d decision) Card() core.Card {
	return core.Card{
		Kind: "Payment", Ref: d.id, Text: d.text, Amount: core.AmountText(d.amount, "NOK"),
		Shares: d.scope, State: string(d.last()), Open: d.open(),
	}
}

// last is what happened last, and not only was tried. There always is the initiation.
func (o *order) last() operation {
	for _, e := range slices.Backward(o.history) {
		if e.success {
			return e.op
		}
	}
	return opInitiate
}

// Approve approves. For an Express payment with a shipping address the merchant is asked
// first, and the approval comes once it has answered.
func (d decision) Approve(now time.Time) string {
	switch {
	case !d.open():
		return core.NotWaiting
	case d.express:
		d.api.askShipping(d.order)
		return ""
	}
	if f := d.api.approveOrder(now, d.order); f != nil {
		return f.text
	}
	return ""
}

// Reject plays the user who says no.
func (d decision) Reject(now time.Time) string {
	if !d.open() {
		return core.NotWaiting
	}
	d.giveUp(now, d.api.core.TransactionID())
	d.api.callback(d.order, "CANCELLED", nil)
	return ""
}

// Expire plays the user who does nothing for ten minutes.
func (d decision) Expire(now time.Time) string {
	if !d.open() {
		return core.NotWaiting
	}
	d.giveUp(now, d.api.core.TransactionID())
	d.api.callback(d.order, "REJECTED", nil)
	return ""
}

func (d decision) ReturnURL() string { return d.merchant.fallBack }
