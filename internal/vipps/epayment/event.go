package vipps

import (
	"strings"
	"time"
)

// What webhooks say.

// publish sends what has happened to a payment since the last time.
func (s *Server) publish(p *payment) {
	type profile struct {
		Sub string `json:"sub"`
	}
	for _, e := range p.events[p.published:] {
		if !e.success {
			continue
		}
		body := struct {
			MSN       string     `json:"msn"`
			Reference string     `json:"reference"`
			PSP       string     `json:"pspReference"`
			Name      string     `json:"name"`
			Amount    amountBody `json:"amount"`
			At        string     `json:"timestamp"`
			Key       *string    `json:"idempotencyKey"`
			Success   bool       `json:"success"`
			Profile   *profile   `json:"profile,omitempty"`
		}{s.keys.MerchantSerialNumber, p.reference, e.psp, e.name, p.in(e.amount), at(e.at), nil, true, nil}
		if e.key != "" {
			body.Key = &e.key
		}
		if e.name == string(authorized) && p.sub != "" {
			body.Profile = &profile{p.sub}
		}
		s.emit(e.at, "epayments.payment."+strings.ToLower(e.name)+".v1", body)
	}
	p.published = len(p.events)
}

// The published notes do not give the form of Recurring's events; these fields are
// those that merchants' receivers read.
type recurringEvent struct {
	MSN       string  `json:"msn"`
	Agreement string  `json:"agreementId"`
	External  *string `json:"agreementExternalId"`
	Type      string  `json:"eventType"`
	At        string  `json:"occurred"`
}

func (s *Server) recurringEvent(a *agreement, name, when string) recurringEvent {
	e := recurringEvent{s.keys.MerchantSerialNumber, a.id, nil, "recurring." + name + ".v1", when}
	if a.external != "" {
		e.External = &a.external
	}
	return e
}

func (s *Server) publishAgreement(now time.Time, a *agreement, how, actor string) {
	e := s.recurringEvent(a, "agreement-"+how, at(now))
	s.emit(now, e.Type, struct {
		recurringEvent
		Actor string `json:"actor"`
	}{e, actor})
}

// publishCharge sends what has happened to a charge since the last time. A direct
// capture is told as captured only.
func (s *Server) publishCharge(ch *charge) {
	names := map[string]string{"RESERVE": "reserved", "CAPTURE": "captured", "CANCEL": "canceled", "REFUND": "refunded", "FAIL": "failed"}
	news := ch.history[ch.published:]
	ch.published = len(ch.history)
	for _, h := range news {
		name, told := names[h.Event]
		if !told || h.Event == "RESERVE" && ch.direct {
			continue
		}
		e := s.recurringEvent(s.agreements[ch.agreement], "charge-"+name, h.At)
		s.emit(s.now().UTC(), e.Type, struct {
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
		}{e, ch.id, ch.kind, h.Amount, "NOK", ch.captured, ch.refunded, ch.cancelled, orNull(ch.transaction), ch.failure})
	}
}

func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
