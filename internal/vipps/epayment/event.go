package epayment

import (
	"strings"

	"posthaste/internal/vipps/core"
)

// publish lets webhooks say what has happened to a payment since the last time. Failed
// attempts are not told.
func (s *Service) publish(p *payment) {
	type profile struct {
		Sub string `json:"sub"`
	}
	for _, e := range p.events[p.published:] {
		if !e.success {
			continue
		}
		body := struct {
			MSN       string   `json:"msn"`
			Reference string   `json:"reference"`
			PSP       string   `json:"pspReference"`
			Name      string   `json:"name"`
			Amount    Amount   `json:"amount"`
			At        string   `json:"timestamp"`
			Key       *string  `json:"idempotencyKey"`
			Success   bool     `json:"success"`
			Profile   *profile `json:"profile,omitempty"`
			Until     string   `json:"captureGuaranteedUntil,omitempty"`
		}{s.core.Keys().MerchantSerialNumber, p.reference, e.psp, e.name, p.in(e.amount), core.Timestamp(e.at), nil, true, nil, ""}
		if e.key != "" {
			body.Key = &e.key
		}
		if e.name == string(authorized) {
			body.Until = p.guaranteedUntil()
			if p.sub != "" {
				body.Profile = &profile{p.sub}
			}
		}
		s.webhooks.Emit(e.at, "epayments.payment."+strings.ToLower(e.name)+".v1", body)
	}
	p.published = len(p.events)
}
