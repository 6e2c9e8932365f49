package recurring

import (
	"posthaste/internal/vipps/core"
)

// A chargeBody is how v3 shows a charge. Due is a timestamp at midnight UTC, though the
// merchant sends a day.

type chargeBody struct {
	ID          string        `json:"id"`
	Agreement   string        `json:"agreementId"`
	Status      string        `json:"status"`
	Amount      int64         `json:"amount"`
	Currency    string        `json:"currency"`
	Description string        `json:"description"`
	Due         string        `json:"due"`
	External    string        `json:"externalId,omitempty"`
	RetryDays   int64         `json:"retryDays"`
	Transaction *string       `json:"transactionId"` // null before it is paid
	Type        string        `json:"type"`
	Capture     string        `json:"transactionType"`
	Mode        string        `json:"processingMode,omitempty"`
	Summary     chargeSummary `json:"summary"`
	History     []chargeEvent `json:"history"`
}

// A chargeSummary is in minor units.
type chargeSummary struct {
	Captured  int64 `json:"captured"`
	Refunded  int64 `json:"refunded"`
	Cancelled int64 `json:"cancelled"`
}

// newChargeBody shows a charge as version 3 does. The body shares the history with the charge
// and must be written before it changes.
func newChargeBody(ch *charge) chargeBody {
	b := chargeBody{
		ch.id, ch.agreement, ch.status, ch.amount, ch.currency, ch.description, core.Timestamp(ch.due), ch.external, ch.retryDays,
		nil, ch.kind, "RESERVE_CAPTURE", ch.mode,
		chargeSummary{ch.captured, ch.refunded, ch.cancelled},
		ch.history,
	}
	if ch.direct {
		b.Capture = "DIRECT_CAPTURE"
	}
	if ch.transaction != "" {
		b.Transaction = &ch.transaction
	}
	return b
}
