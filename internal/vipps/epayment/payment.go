package vipps

import (
	"encoding/json"
	"time"
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

// A payment's amounts are in minor units of its currency.
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

type event struct {
	name, psp, key string
	amount         int64
	at             time.Time
	success        bool
}

// end leaves CREATED without money having moved: EXPIRED or ABORTED.
func (p *payment) end(to state, now time.Time, id string) {
	p.state = to
	p.events = append(p.events, event{string(to), id, "", p.amount, now, true})
}

// approve plays the user's consent. Some amounts fail on purpose; the payment
// then stays CREATED, as the user could choose another card.
func (p *payment) approve(e event) *snag {
	if p.state != created {
		return trouble(10020)
	}
	e.name, e.amount = "AUTHORIZED", p.amount
	var sn *snag
	switch p.amount {
	case 151, 182, 183, 197, 201, 202:
		sn = trouble(10010)
	case 186, 187:
		sn = trouble(10050)
	case 184:
		sn = trouble(10070)
	default:
		e.success, p.state, p.authorized, p.authorizedAt = true, authorized, p.amount, e.at
	}
	p.events = append(p.events, e)
	return sn
}

func (p *payment) remaining() int64 { return p.authorized - p.captured - p.voided }

func (p *payment) capture(e event) *snag {
	switch {
	case p.state == created:
		return trouble(6080)
	case p.state == terminated || p.voided > 0 && p.remaining() == 0:
		return trouble(6070)
	case p.state != authorized:
		return trouble(6200)
	case e.at.Sub(p.authorizedAt) > captureWithin:
		return trouble(6100)
	case p.remaining() == 0:
		return trouble(6170)
	case e.amount > p.remaining():
		return trouble(6090)
	}
	p.captured, p.lastCapture = p.captured+e.amount, e.at
	e.name, e.success = "CAPTURED", true
	p.events = append(p.events, e)
	return nil
}

func (p *payment) refund(e event) *snag {
	left := p.captured - p.refunded
	switch {
	case p.state != created && p.state != authorized:
		return trouble(6210)
	case p.captured == 0:
		return trouble(6020)
	case e.amount == 123: // a test amount: the user has left
		return trouble(5100)
	case e.amount == 124 || e.at.Sub(p.lastCapture) > refundWithin:
		return trouble(6220)
	case left == 0:
		return trouble(6180)
	case e.amount > left:
		return trouble(6150)
	}
	p.refunded += e.amount
	e.name, e.success = "REFUNDED", true
	p.events = append(p.events, e)
	return nil
}

// cancel terminates a payment that nobody approved, or releases what is left of
// the reservation. With onlyUnapproved an authorized payment is left alone.
func (p *payment) cancel(e event, onlyUnapproved bool) *snag {
	switch {
	case p.state == created:
		p.state = terminated
		e.name, e.amount, e.success = "TERMINATED", p.amount, true
		p.events = append(p.events, e)
		return nil
	case p.state != authorized || p.voided > 0:
		return trouble(6190)
	case onlyUnapproved:
		return trouble(6060)
	case p.remaining() == 0:
		return trouble(6040)
	case e.at.Sub(p.authorizedAt) > captureWithin:
		return trouble(6030)
	}
	e.name, e.amount, e.success = "CANCELLED", p.remaining(), true
	p.voided = e.amount
	p.events = append(p.events, e)
	return nil
}
