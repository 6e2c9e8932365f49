package recurring

import (
	"time"

	"posthaste/internal/vipps/core"
)

// The state machine of a charge. It falls due by itself as time passes: PENDING, DUE,
// RESERVED, then CHARGED or PARTIALLY_CAPTURED, and REFUNDED or PARTIALLY_REFUNDED; or
// CANCELLED, or FAILED.

// dueWindow is how long before its day a charge is shown as DUE.
const dueWindow = 30 * 24 * time.Hour

// A charge's amounts are in minor units: øre or cents. amount is what was asked for;
// captured, refunded and cancelled are parts of it.
type charge struct {
	id, agreement, kind, status           string // kind is INITIAL, RECURRING or UNSCHEDULED
	description, external, transaction    string // transaction is empty before the charge is paid
	failure                               string // why it FAILED
	currency, mode                        string // mode is the processingMode
	direct                                bool   // captured when reserved
	amount, captured, refunded, cancelled int64
	retryDays                             int64 // for how many days after due Vipps would try again; the simulator's user pays or does not
	due                                   time.Time
	history                               []chargeEvent
	published                             int // how much of the history webhooks have been told
}

// A chargeEvent is an entry of the history that v3 shows with a charge. Key is the
// Idempotency-Key of the request that caused it, empty where time did.
type chargeEvent struct {
	At      string `json:"occurred"`
	Event   string `json:"event"`
	Amount  int64  `json:"amount"`
	Key     string `json:"idempotencyKey"`
	Success bool   `json:"success"`
}

// note adds to the history what happened, all of it successful: a refused operation leaves no
// trace.
func (ch *charge) note(now time.Time, event, key string, amount int64) {
	ch.history = append(ch.history, chargeEvent{core.Timestamp(now), event, amount, key, true})
}

// fall moves a charge on when its day has come. An initial charge waits for the user instead.
// It may be called at any time and as often as one likes; id makes the transaction's id.
func (ch *charge) fall(now time.Time, id func() string) {
	if ch.kind == "INITIAL" || ch.status != pending && ch.status != "DUE" {
		return
	}
	if ch.due.Sub(now) <= dueWindow {
		ch.status = "DUE"
	}
	if !now.Before(ch.due) {
		// The time of payment is the day itself, even when the clock was moved beyond it.
		ch.pay(ch.due, "", id)
	}
}

// pay reserves the amount and, for a direct capture, takes it. A charge that is past DUE
// stays as it is, so that it is never paid twice.
func (ch *charge) pay(now time.Time, key string, id func() string) {
	if ch.status != pending && ch.status != "DUE" {
		return
	}
	ch.status, ch.transaction = "RESERVED", id()
	ch.note(now, "RESERVE", key, ch.amount)
	if ch.direct {
		ch.status, ch.captured = "CHARGED", ch.amount
		ch.note(now, "CAPTURE", key, ch.amount)
	}
}

// fail ends a charge that could not be collected. why is one of the reasons of Vipps'
// webhooks, such as non_technical_error.
func (ch *charge) fail(now time.Time, why string) {
	ch.status, ch.failure = "FAILED", why
	ch.history = append(ch.history, chargeEvent{core.Timestamp(now), "FAIL", ch.amount, "", true}) // no key: no request caused it
}

// capture takes what is reserved. The status follows from the amounts. amount is at least 1,
// as chargeAmount has checked.
func (ch *charge) capture(now time.Time, key string, amount int64) *problem {
	if ch.status != "RESERVED" && ch.status != "PARTIALLY_CAPTURED" || amount > ch.amount-ch.captured {
		return ruleProblem("charge-capture-failed", "Only what is reserved can be captured, and the charge is "+ch.status)
	}
	ch.captured += amount
	ch.status = "PARTIALLY_CAPTURED"
	if ch.captured == ch.amount {
		ch.status = "CHARGED"
	}
	ch.note(now, "CAPTURE", key, amount)
	return nil
}

// refund gives back what was captured, in one or several parts. The status follows from the
// amounts again.
func (ch *charge) refund(now time.Time, key string, amount int64) *problem {
	if amount > ch.captured-ch.refunded {
		return ruleProblem("operation-failed", "Only what is captured and not yet refunded can be refunded, and the charge is "+ch.status)
	}
	ch.refunded += amount
	ch.status = "PARTIALLY_REFUNDED"
	if ch.refunded == ch.captured {
		ch.status = "REFUNDED"
	}
	ch.note(now, "REFUND", key, amount)
	return nil
}

// cancel ends a charge that is not fully captured and releases what is left. What was
// captured stays with the merchant.
func (ch *charge) cancel(now time.Time, key string) *problem {
	switch ch.status {
	case pending, "DUE", "RESERVED":
		ch.status = "CANCELLED"
	case "PARTIALLY_CAPTURED":
		ch.status = "CHARGED"
	default:
		return ruleProblem("cancel-charge-failed", "A charge that is "+ch.status+" cannot be cancelled")
	}
	ch.cancelled = ch.amount - ch.captured
	ch.note(now, "CANCEL", key, ch.cancelled)
	return nil
}

// Holds says how much is reserved, and how much the merchant has captured and not refunded,
// in minor units. The simulator's balance adds it up.
func (ch *charge) Holds() (reserved, kept int64) {
	// A charge that was never paid reserves nothing, whatever its amount.
	if ch.transaction != "" {
		reserved = ch.amount - ch.captured - ch.cancelled
	}
	return reserved, ch.captured - ch.refunded
}
