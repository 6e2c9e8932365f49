package vipps

import (
	"fmt"
	"time"
)

// A decision is something that waits for the user: a payment, an agreement, a
// login. The landing page and the control endpoint make it, and so do Vipps' own
// force-approve operations. The methods are called under the server's lock.
type decision interface {
	// card is what the user sees.
	card() card
	// agree, refuse and lapse end it; the text says why they could not, empty when they did.
	agree(s *Server, now time.Time) string
	refuse(s *Server, now time.Time) string
	lapse(s *Server, now time.Time) string
	// back is where the browser goes afterwards; empty when it stays.
	back() string
}

// A card is one decision on a page.
type card struct {
	Kind   string // "Payment"
	Ref    string
	Text   string // what the merchant wrote
	Amount string // "499.00 NOK", empty for none
	AtOnce string // what an agreement takes when it is approved
	Shares string // what the merchant gets to know of the user
	State  string // in the words of its API
	Open   bool   // still waiting
}

const notWaiting = "This is not waiting for the user any more."

// await makes a decision known under its reference and its landing token.
func (s *Server) await(ref, token string, d decision) {
	s.waiting[ref] = d
	s.open = append(s.open, d)
	if token != "" {
		s.landings[token] = d
	}
}

func amountText(minor int64, currency string) string {
	return fmt.Sprintf("%d.%02d %s", minor/100, minor%100, currency)
}
