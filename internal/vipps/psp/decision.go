package vipps

import (
	"net/http"
	"time"

	"github.com/tidwall/gjson"
)

// The other half of a PSP payment: once the user has decided, Vipps hands the card
// to the PSP at makePaymentUrl, and the PSP says whether it could be used.

// makePayment tells the PSP what the user did: ACCEPTED, TIMEOUT or USER_CANCEL.
func (s *Server) makePayment(p *pspPayment, how string) {
	now := s.now().UTC()
	body := map[string]any{
		"pspTransactionId": p.id, "merchantSerialNumber": s.keys.MerchantSerialNumber, "paymentState": how,
		"userToken": s.guid(), "binNumber": "492556", "operations": []any{}, "paymentInstrument": "TOKEN",
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
	sent := s.dispatch(parcel{
		kind: "make payment", method: http.MethodPost, url: p.makeURL, header: header, body: marshal(body), timeout: shippingTime,
		done: func(now time.Time, status int, body []byte) {
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

func (p *pspPayment) card() card {
	return card{
		Kind: "Payment", Ref: p.id, Text: p.text, Amount: amountText(p.amount, p.currency),
		State: p.state, Open: p.state == pspInitiated,
	}
}

func (p *pspPayment) agree(s *Server, _ time.Time) string { return s.decidePSP(p, "ACCEPTED") }

func (p *pspPayment) refuse(s *Server, _ time.Time) string { return s.decidePSP(p, "USER_CANCEL") }

func (p *pspPayment) lapse(s *Server, _ time.Time) string { return s.decidePSP(p, "TIMEOUT") }

func (s *Server) decidePSP(p *pspPayment, how string) string {
	if p.state != pspInitiated {
		return notWaiting
	}
	s.makePayment(p, how)
	return ""
}

func (p *pspPayment) back() string { return p.redirect }
