package psp

import (
	"net/http"
	"time"

	"github.com/tidwall/gjson"

	"posthaste/internal/vipps/core"
)

// The other half of a PSP payment: once the user has decided, Vipps hands the card
// to the PSP at makePaymentUrl, and the PSP says whether it could be used.

// pspTimeout is how long the PSP may take.
const pspTimeout = 10 * time.Second

// makePayment tells the PSP what the user did: ACCEPTED, TIMEOUT or USER_CANCEL.
func (s *Service) makePayment(p *payment, how string) {
	now := s.core.Now().UTC()
	body := map[string]any{
		"pspTransactionId": p.id, "merchantSerialNumber": s.core.Keys().MerchantSerialNumber, "paymentState": how,
		"userToken": s.core.GUID(), "binNumber": "492556", "operations": []any{}, "paymentInstrument": "TOKEN",
	}
	p.state = how
	if how == "ACCEPTED" {
		body["networkToken"] = map[string]string{ // a test card of no bank
			"number": "4925560000000004", "cryptogram": "aFgdgjdkfgjdFDF=", "expiryMonth": "10", "expiryYear": "2030",
			"tokenType": "VISA", "eci": "05",
		}
	}
	header := http.Header{}
	if p.makeToken != "" {
		header.Set("Authorization", p.makeToken)
	}
	sent := s.core.Send(core.Delivery{
		Kind: "make payment", Method: http.MethodPost, URL: p.makeURL, Header: header, Body: core.Marshal(body), Timeout: pspTimeout,
		Done: func(now time.Time, status int, body []byte) {
			if how == "ACCEPTED" {
				good := status == http.StatusOK && gjson.GetBytes(body, "paymentInfo.status").Str == "OK"
				p.note(now, "RESERVED", p.text, p.amount, good)
			}
		},
	})
	if !sent && how == "ACCEPTED" {
		p.note(now, "RESERVED", p.text, p.amount, true)
	}
}

// A decision lets the user, or time, decide about a payment.
type decision struct {
	*payment
	api *Service
}

func (d decision) Card() core.Card {
	return core.Card{
		Kind: "Payment", Ref: d.id, Text: d.text, Amount: core.AmountText(d.amount, d.currency),
		State: d.state, Open: d.state == initiated,
	}
}

// Holds says how much is reserved, and how much the PSP has captured and not refunded, as the PSP has reported it.
func (d decision) Holds() (reserved, kept int64) {
	return max(d.reserved-d.captured, 0), d.captured - d.refunded
}

func (d decision) Approve(_ time.Time) string { return d.api.decide(d.payment, "ACCEPTED") }

func (d decision) Reject(_ time.Time) string { return d.api.decide(d.payment, "USER_CANCEL") }

func (d decision) Expire(_ time.Time) string { return d.api.decide(d.payment, "TIMEOUT") }

func (s *Service) decide(p *payment, how string) string {
	if p.state != initiated {
		return core.NotWaiting
	}
	s.makePayment(p, how)
	return ""
}

func (d decision) ReturnURL() string { return d.redirect }
