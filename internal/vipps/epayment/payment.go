package epayment

import (
	"encoding/json"
	"time"

	"posthaste/internal/vipps/core"
)

// The state machine of an ePayment payment. Nothing here knows HTTP. Once
// AUTHORIZED a payment stays so; the aggregate tells what happened to the money.

type state string

const (
	created    state = "CREATED"
	expired    state = "EXPIRED"
	authorized state = "AUTHORIZED"
	terminated state = "TERMINATED" // cancelled by the merchant before the user acted
	aborted    state = "ABORTED"    // rejected by the user
)

// A payment's amounts are in minor units of its currency. It changes by the methods below
// only.
type payment struct {
	reference, psp, currency, flow, redirect string
	phone, token, scope, sub                 string
	description, returnURL                   string
	metadata                                 json.RawMessage
	amount                                   int64
	authorized, captured, refunded, voided   int64
	state                                    state
	expires, authorizedAt, lastCapture       time.Time
	events                                   []event
	published                                int // how many of the events webhooks have been told
}

// An event is an entry of the history. key is the Idempotency-Key, "" for what no merchant's
// request did.
type event struct {
	name, psp, key string
	amount         int64
	at             time.Time
	success        bool
}

// end leaves CREATED without money having moved: EXPIRED or ABORTED. id is the event's
// pspReference.
func (p *payment) end(to state, now time.Time, id string) {
	p.state = to
	p.events = append(p.events, event{string(to), id, "", p.amount, now, true})
}

// approve plays the user's consent. Some amounts fail on purpose, as in Vipps' test
// environment; the payment then stays CREATED, as the user could choose another card.
func (p *payment) approve(e event) *Problem {
	if p.state != created {
		return problemOf(10020)
	}
	e.name, e.amount = "AUTHORIZED", p.amount
	var prob *Problem
	switch p.amount {
	case 151, 182, 183, 197, 201, 202:
		prob = problemOf(10010)
	case 186, 187:
		prob = problemOf(10050)
	case 184:
		prob = problemOf(10070)
	default:
		e.success, p.state, p.authorized, p.authorizedAt = true, authorized, p.amount, e.at
	}
	p.events = append(p.events, e)
	return prob
}

// captureGuarantee is how long after the approval a capture cannot fail for want of
// money. Vipps does not publish a number; card reservations of seven days are usual.
const captureGuarantee = 7 * 24 * time.Hour

// guaranteedUntil is the end of the guarantee as JSON has it, empty before the approval.
func (p *payment) guaranteedUntil() string {
	if p.authorizedAt.IsZero() {
		return ""
	}
	return core.Timestamp(p.authorizedAt.Add(captureGuarantee))
}

// remaining is what is reserved and neither captured nor given back.
func (p *payment) remaining() int64 { return p.authorized - p.captured - p.voided }

// capture takes money that was reserved. The cases are in the order in which the API decides,
// and each has its code.
func (p *payment) capture(e event) *Problem {
	switch {
	case p.state == created:
		return problemOf(6080)
	case p.state == terminated || p.voided > 0 && p.remaining() == 0:
		return problemOf(6070)
	case p.state != authorized:
		return problemOf(6200)
	case e.at.Sub(p.authorizedAt) > core.CaptureWithin:
		return problemOf(6100)
	case p.remaining() == 0:
		return problemOf(6170)
	case e.amount > p.remaining():
		return problemOf(6090)
	}
	p.captured, p.lastCapture = p.captured+e.amount, e.at
	e.name, e.success = "CAPTURED", true
	p.events = append(p.events, e)
	return nil
}

// refund gives money back. Amounts 123 and 124 are test amounts that are always refused.
func (p *payment) refund(e event) *Problem {
	left := p.captured - p.refunded
	switch {
	case p.state != created && p.state != authorized:
		return problemOf(6210)
	case p.captured == 0:
		return problemOf(6020)
	case e.amount == 123: // a test amount: the user has left
		return problemOf(5100)
	case e.amount == 124 || e.at.Sub(p.lastCapture) > core.RefundWithin:
		return problemOf(6220)
	case left == 0:
		return problemOf(6180)
	case e.amount > left:
		return problemOf(6150)
	}
	p.refunded += e.amount
	e.name, e.success = "REFUNDED", true
	p.events = append(p.events, e)
	return nil
}

// cancel terminates a payment that nobody approved, or releases what is left of the
// reservation. With onlyUnapproved an authorized payment is left alone.
func (p *payment) cancel(e event, onlyUnapproved bool) *Problem {
	switch {
	case p.state == created:
		p.state = terminated
		e.name, e.amount, e.success = "TERMINATED", p.amount, true
		p.events = append(p.events, e)
		return nil
	case p.state != authorized || p.voided > 0:
		return problemOf(6190)
	case onlyUnapproved:
		return problemOf(6060)
	case p.remaining() == 0:
		return problemOf(6040)
	case e.at.Sub(p.authorizedAt) > core.CaptureWithin:
		return problemOf(6030)
	}
	e.name, e.amount, e.success = "CANCELLED", p.remaining(), true
	p.voided = e.amount
	p.events = append(p.events, e)
	return nil
}

// Holds says how much is reserved, and how much the merchant has captured and not refunded.
func (p *payment) Holds() (reserved, kept int64) { return p.remaining(), p.captured - p.refunded }

// Transfers returns the captures and refunds of all payments, in no order. Refunds have
// negative amounts.
func (s *Service) Transfers() []core.Transfer {
	var list []core.Transfer
	for _, p := range s.payments {
		for _, e := range p.events {
			switch e.name {
			case "CAPTURED":
				list = append(list, core.Transfer{Kind: "capture", PSP: e.psp, Reference: p.reference, Currency: p.currency, Amount: e.amount, At: e.at})
			case "REFUNDED":
				list = append(list, core.Transfer{Kind: "refund", PSP: e.psp, Reference: p.reference, Currency: p.currency, Amount: -e.amount, At: e.at})
			}
		}
	}
	return list
}
