package ecom

import (
	"time"

	"posthaste/internal/vipps/core"
)

// The state machine of an eCommerce payment. Nothing here knows HTTP.

// An operation is an entry of a payment's history, in the words of /details.
type operation string

const (
	opInitiate operation = "INITIATE"
	opReserve  operation = "RESERVE"
	opCapture  operation = "CAPTURE"
	opRefund   operation = "REFUND"
	opCancel   operation = "CANCEL" // before anything was reserved
	opVoid     operation = "VOID"   // gives back what was reserved
)

// An order is one payment. Amounts are in øre. It changes by the methods below only.
type order struct {
	id, text, phone, token, scope, sub   string
	transaction                          string // the id of initiation and reservation
	express                              bool
	amount                               int64
	reserved, captured, refunded, voided int64
	created, reservedAt, lastCapture     time.Time
	cancelled                            bool // by user, merchant or timeout
	merchant                             merchantInfo
	shipping                             *shippingDetails // once an Express payment is approved
	user                                 string           // whom its consent is about
	asking                               bool             // the merchant is being asked about shipping
	history                              []entry
}

// An entry is one line of the history. Failed attempts are lines, too.
type entry struct {
	op            operation
	amount        int64
	text, id, key string // what the merchant wrote, the transaction, the X-Request-Id
	at            time.Time
	success       bool
}

// add appends an entry and returns it.
func (o *order) add(e entry) entry {
	o.history = append(o.history, e)
	return e
}

// open reports whether the user can still act: nothing is reserved and nobody has cancelled.
func (o *order) open() bool { return o.reserved == 0 && !o.cancelled }

// giveUp ends a payment that the user rejected or let time out. id is that of the
// transaction.
func (o *order) giveUp(now time.Time, id string) {
	o.cancelled = true
	o.add(entry{op: opCancel, amount: o.amount, text: o.text, id: id, at: now, success: true})
}

// approve reserves the amount, in the transaction of the initiation. Some amounts fail on
// purpose, as in Vipps' test environment; the payment can then be tried again.
func (o *order) approve(now time.Time) *problem {
	switch {
	case o.cancelled:
		return notAllowed()
	case o.reserved > 0:
		return alreadyDone()
	}
	e := entry{op: opReserve, amount: o.amount, text: o.text, id: o.transaction, at: now}
	if f := refusedAmount(o.amount); f != nil {
		o.add(e)
		return f
	}
	e.success, o.reserved, o.reservedAt = true, o.amount, now
	o.add(e)
	return nil
}

// refusedAmount holds the test amounts that fail at authorisation, in øre.
func refusedAmount(amount int64) *problem {
	switch amount {
	case 182, 183:
		return paymentProblem("42", "Refused by issuer")
	case 186:
		return paymentProblem("44", "Refused by issuer because of expired card")
	case 187:
		return paymentProblem("41", "The user does not have a valid card")
	case 151, 184, 197, 201, 202:
		return paymentProblem("45", "Reservation failed for some unknown reason")
	}
	return nil
}

// remaining is what is reserved and neither captured nor given back.
func (o *order) remaining() int64 { return o.reserved - o.captured - o.voided }

// capture takes amount, or all that remains when amount is zero. The cases are in the order
// in which the API decides.
func (o *order) capture(e entry) (entry, *problem) {
	switch {
	case o.cancelled && o.captured == 0:
		return entry{}, notAllowed()
	case o.reserved == 0:
		return entry{}, notReserved()
	case e.at.Sub(o.reservedAt) > core.CaptureWithin:
		return entry{}, paymentProblem("98", "Can not capture a payment that is more than 180 days old")
	case e.amount == 0 && o.remaining() == 0:
		return entry{}, alreadyDone()
	case e.amount > o.remaining():
		return entry{}, captureTooHigh()
	}
	if e.amount == 0 {
		e.amount = o.remaining()
	}
	o.captured, o.lastCapture = o.captured+e.amount, e.at
	e.op, e.success = opCapture, true
	return o.add(e), nil
}

// cancel ends the payment, or with release gives back what a partial capture left. An amount
// in e is ignored: there is no partial cancellation.
func (o *order) cancel(e entry, release bool) (entry, *problem) {
	switch {
	case o.cancelled:
		return entry{}, alreadyDone()
	case o.captured > 0 && (!release || o.remaining() == 0):
		return entry{}, paymentProblem("51", "Can not cancel an already captured order")
	case o.reserved > 0 && e.at.Sub(o.reservedAt) > core.CaptureWithin:
		return entry{}, paymentProblem("52", "Cancellation failed")
	}
	e.op, e.amount, e.success = opCancel, o.amount, true
	if o.reserved > 0 {
		e.op, e.amount = opVoid, o.remaining()
		o.voided += e.amount
	}
	o.cancelled = true
	return o.add(e), nil
}

// refund pays back amount, or all that was captured when amount is zero.
func (o *order) refund(e entry) (entry, *problem) {
	left := o.captured - o.refunded
	switch {
	case o.captured == 0 && o.cancelled:
		return entry{}, paymentProblem("73", "Can not refund a cancelled order")
	case o.captured == 0 && o.reserved > 0:
		return entry{}, paymentProblem("72", "Can not refund a reserved order. Please use the cancellation API for cancellation.")
	case o.captured == 0:
		return entry{}, paymentProblem("74", "Refund failed: nothing has been captured")
	case e.at.Sub(o.lastCapture) > core.RefundWithin:
		return entry{}, paymentProblem("95", "Payments can only be refunded up to 365 days after reservation")
	case e.amount > left || left == 0:
		return entry{}, paymentProblem("71", "Can not refund a higher amount than captured")
	}
	if e.amount == 0 {
		e.amount = left
	}
	o.refunded += e.amount
	e.op, e.success = opRefund, true
	return o.add(e), nil
}

// Holds says how much is reserved, and how much the merchant has captured and not refunded.
func (o *order) Holds() (reserved, kept int64) { return o.remaining(), o.captured - o.refunded }

// Transfers returns the captures and refunds of all orders, in no order. Refunds have
// negative amounts.
func (s *Service) Transfers() []core.Transfer {
	var list []core.Transfer
	for _, o := range s.orders {
		for _, e := range o.history {
			switch e.op {
			case opCapture:
				list = append(list, core.Transfer{Kind: "capture", PSP: e.id, Reference: o.id, Currency: "NOK", Amount: e.amount, At: e.at})
			case opRefund:
				list = append(list, core.Transfer{Kind: "refund", PSP: e.id, Reference: o.id, Currency: "NOK", Amount: -e.amount, At: e.at})
			case opInitiate, opReserve, opCancel, opVoid: // no money moves
			}
		}
	}
	return list
}
