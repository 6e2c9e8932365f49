package recurring

import (
	"time"

	"posthaste/internal/vipps/core"
)

// A recurringEvent is the body of a webhook. The published notes do not give the form of
// Recurring's events; these fields are those that merchants' receivers read.
type recurringEvent struct {
	MSN       string  `json:"msn"`
	Agreement string  `json:"agreementId"`
	External  *string `json:"agreementExternalId"`
	Type      string  `json:"eventType"`
	At        string  `json:"occurred"`
}

// recurringEvent is what all webhooks of agreements and charges have in common. name is
// without prefix and version: "charge-captured" becomes "recurring.charge-captured.v1".
func (s *Service) recurringEvent(a *agreement, name, when string) recurringEvent {
	e := recurringEvent{s.core.Keys().MerchantSerialNumber, a.id, nil, "recurring." + name + ".v1", when}
	if a.external != "" {
		e.External = &a.external
	}
	return e
}

// publishAgreement tells of a change of an agreement. how is "activated", "stopped",
// "rejected" or "expired", actor who did it.
func (s *Service) publishAgreement(now time.Time, a *agreement, how, actor string) {
	e := s.recurringEvent(a, "agreement-"+how, core.Timestamp(now))
	s.webhooks.Emit(now, e.Type, struct {
		recurringEvent
		Actor string `json:"actor"`
	}{e, actor})
}

// publishCharge sends what has happened to a charge since the last time. A direct capture is
// told as captured only. It is called after every operation, and sends nothing when nothing
// happened.
func (s *Service) publishCharge(ch *charge) {
	// Vipps spells "canceled" with one l in webhooks and CANCELLED with two in the API.
	// CREATE has no webhook.
	names := map[string]string{"RESERVE": "reserved", "CAPTURE": "captured", "CANCEL": "canceled", "REFUND": "refunded", "FAIL": "failed"}
	news := ch.history[ch.published:]
	// Marked as sent before sending: a receiver that answers by another operation must not
	// get the same events again.
	ch.published = len(ch.history)
	for _, h := range news {
		name, told := names[h.Event]
		if !told || h.Event == "RESERVE" && ch.direct {
			continue
		}
		e := s.recurringEvent(s.agreements[ch.agreement], "charge-"+name, h.At)
		s.webhooks.Emit(s.core.Now().UTC(), e.Type, struct {
			recurringEvent
			Charge      string  `json:"chargeId"`
			ChargeType  string  `json:"chargeType"`
			Amount      int64   `json:"amount"`
			Currency    string  `json:"currency"`
			Captured    int64   `json:"amountCaptured"`
			Refunded    int64   `json:"amountRefunded"`
			Cancelled   int64   `json:"amountCanceled"`
			Transaction *string `json:"transactionId"`
			Failure     string  `json:"failureReason,omitempty"`
		}{e, ch.id, ch.kind, h.Amount, ch.currency, ch.captured, ch.refunded, ch.cancelled, orNull(ch.transaction), ch.failure})
	}
}

// orNull is nil for "", to be written as null.
func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// publishCreationFailed tells of a charge of a bulk request that could not be created. The
// agreement may not exist, so only its id is known.
func (s *Service) publishCreationFailed(now time.Time, line created, prob *problem) {
	e := recurringEvent{
		MSN: s.core.Keys().MerchantSerialNumber, Agreement: line.Agreement, Type: "recurring.charge-creation-failed.v1",
		At: core.Timestamp(now),
	}
	s.webhooks.Emit(now, e.Type, struct {
		recurringEvent
		Charge string `json:"chargeId"`
		Reason string `json:"failureReason"`
	}{e, line.Charge, prob.detail})
}
