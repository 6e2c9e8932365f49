package core

import (
	"fmt"
	"time"
)

// A Decision is something that waits for the user: a payment, an agreement, a
// login. The landing page and the control endpoint make it, and so do Vipps' own
// force-approve operations. Its type must be comparable.
type Decision interface {
	// Card is what the user sees.
	Card() Card
	// Approve, Reject and Expire end it; the text says why they could not, empty when they did.
	Approve(now time.Time) string
	Reject(now time.Time) string
	Expire(now time.Time) string
	// ReturnURL is where the browser goes afterwards; empty when it stays.
	ReturnURL() string
}

// A Card is one decision on a page.
type Card struct {
	Kind   string // "Payment"
	Ref    string
	Text   string // what the merchant wrote
	Amount string // "499.00 NOK", empty for none
	AtOnce string // what an agreement takes when it is approved
	Shares string // what the merchant gets to know of the user
	State  string // in the words of its API
	Open   bool   // still waiting
	Login  bool   // the user types a phone number
	Phone  string // the number that is filled in for a login
}

// NotWaiting says why a decision that was made before cannot be made again.
const NotWaiting = "This is not waiting for the user any more."

// decisions are all decisions, made or not.
type decisions struct {
	byRef     map[string]Decision // order id, reference, agreement id, login
	byLanding map[string]Decision // landing token
	all       []Decision          // oldest first; those without a user are only in byRef
}

func newDecisions() decisions {
	return decisions{byRef: map[string]Decision{}, byLanding: map[string]Decision{}}
}

// Await makes a decision known under its reference and its landing token, which
// may be empty.
func (s *Server) Await(ref, token string, d Decision) {
	s.AwaitControl(ref, d)
	s.decisions.all = append(s.decisions.all, d)
	if token != "" {
		s.decisions.byLanding[token] = d
	}
}

// AwaitControl makes a decision known to the control endpoint only: no user is
// asked about it.
func (s *Server) AwaitControl(ref string, d Decision) { s.decisions.byRef[ref] = d }

// Landing finds the decision of a landing token.
func (s *Server) Landing(token string) (Decision, bool) {
	d, ok := s.decisions.byLanding[token]
	return d, ok
}

// Decision finds the decision with a reference.
func (s *Server) Decision(ref string) (Decision, bool) {
	d, ok := s.decisions.byRef[ref]
	return d, ok
}

// Decisions returns everything that a user was ever asked, oldest first.
func (s *Server) Decisions() []Decision { return s.decisions.all }

// LandingTokens returns the landing token of each decision that has one.
func (s *Server) LandingTokens() map[Decision]string {
	tokens := map[Decision]string{}
	for token, d := range s.decisions.byLanding {
		tokens[d] = token
	}
	return tokens
}

// AmountText writes an amount in minor units as a person reads it: "499.00 NOK".
func AmountText(minor int64, currency string) string {
	return fmt.Sprintf("%d.%02d %s", minor/100, minor%100, currency)
}

// A Transfer is money that moved from the user to the merchant, or back.
type Transfer struct {
	Kind                     string // capture or refund
	PSP, Reference, Currency string
	Amount                   int64 // in minor units, below zero for a refund
	At                       time.Time
}
