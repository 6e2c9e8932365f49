package recurring

import (
	"time"

	"posthaste/internal/vipps/core"
)

// What the user, the merchant or time does to an agreement and its charges,
// whichever version of the Recurring API it was made with.

// propose makes an agreement known and lets it wait for the user, who opens the link or is
// asked through the control endpoint. Unanswered it expires.
func (s *Service) propose(c *core.Call, a *agreement) {
	token := s.core.LandingToken(c, a.id)
	a.link = s.core.RegisterURL(c, token)
	s.agreements[a.id] = a
	s.ordered = append(s.ordered, a)
	s.core.Await(a.id, token, decision{a, s})
	// The check runs when the simulated clock reaches that moment; meanwhile the user may
	// have decided.
	s.core.Schedule(a.created.Add(core.DecisionLife), func(time.Time) {
		if a.status == pending {
			s.endAgreement(a.created.Add(core.DecisionLife), a, "expired")
		}
	})
}

// activate begins an agreement that the user accepted, and pays its initial charge. key is
// the Idempotency-Key of a request that stood in for the user, else empty.
func (s *Service) activate(now time.Time, a *agreement, key string) {
	a.status, a.start = active, now
	if a.scope != "" {
		a.sub = s.users.Consent(now, a.scope)
	}
	// The webhook of the agreement goes out before those of its charges, as merchants see it.
	s.publishAgreement(now, a, "activated", "USER")
	// Only an initial charge can exist at this time.
	for _, ch := range a.charges {
		ch.pay(now, key, s.core.TransactionID)
		s.publishCharge(ch)
	}
}

// The actors of a stopped agreement, as its webhook names them.
const (
	byMerchant = "MERCHANT"
	byAdmin    = "ADMIN" // Vipps, when the user's profile was deleted
)

// stopAgreement ends an agreement together with the charges that are not paid yet. Reserved
// ones are released. actor is by whom, for the webhook.
func (s *Service) stopAgreement(now time.Time, a *agreement, key, actor string) {
	a.status, a.stop = stopped, now
	a.endCharges(now, key)
	s.publishAgreement(now, a, "stopped", actor)
	for _, ch := range a.charges {
		s.publishCharge(ch)
	}
}

// endAgreement ends one that was never accepted. Rejected ones are EXPIRED too: the API has
// no other word. how is "rejected" or "expired" and only shows in the webhook.
func (s *Service) endAgreement(now time.Time, a *agreement, how string) {
	a.status = "EXPIRED"
	a.endCharges(now, "")
	s.publishAgreement(now, a, how, "USER")
}

// A decision lets the user, or time, decide about an agreement: it is what the simulator's
// control endpoint and landing page act on. Its methods return "" or a sentence for the
// person who asked.
type decision struct {
	*agreement
	api *Service
}

// Charges are what the agreement has taken or will take, which the control endpoint offers
// below it.
func (d decision) Charges() []core.Decision {
	var list []core.Decision
	for _, ch := range d.charges {
		list = append(list, chargeDecision{ch, d.api})
	}
	return list
}

// Card is what the landing page shows of an agreement.
func (d decision) Card() core.Card {
	text := d.name
	if d.description != "" {
		text += ": " + d.description
	}
	shown := core.Card{
		Kind: "Agreement", Ref: d.id, Text: text, Amount: d.terms(),
		Shares: d.scope, State: d.status, Open: d.status == pending,
	}
	// An initial charge is paid together with the acceptance, so the user must see it first.
	if len(d.charges) > 0 && d.charges[0].kind == "INITIAL" {
		shown.AtOnce = core.AmountText(d.charges[0].amount, d.currency)
	}
	return shown
}

// terms are what the user agrees to pay, and how often, such as "49.00 NOK every month".
func (a *agreement) terms() string {
	price := a.price
	switch a.pricing {
	case "VARIABLE":
		price = a.suggested
	case "FLEXIBLE":
		return "varying amounts in " + a.currency
	}
	return core.AmountText(price, a.currency) + " " + intervalText(a.unit, a.count)
}

// Approve accepts the agreement for the user.
func (d decision) Approve(now time.Time) string {
	if d.status != pending {
		return core.NotWaiting
	}
	d.api.activate(now, d.agreement, "")
	return ""
}

// Reject declines it for the user.
func (d decision) Reject(now time.Time) string {
	return d.api.dropAgreement(now, d.agreement, "rejected")
}

// Expire lets its time pass, without waiting for the clock.
func (d decision) Expire(now time.Time) string {
	return d.api.dropAgreement(now, d.agreement, "expired")
}

// dropAgreement ends an agreement that was never accepted. One that was decided about stays
// as it is, and the text says so.
func (s *Service) dropAgreement(now time.Time, a *agreement, how string) string {
	if a.status != pending {
		return core.NotWaiting
	}
	s.endAgreement(now, a, how)
	return ""
}

// ReturnURL is where the landing page sends the user's browser afterwards.
func (d decision) ReturnURL() string { return d.redirectURL }

// DeleteProfile plays the user who deletes their profile: Vipps stops the agreement. It says
// why that is not possible, or "".
func (d decision) DeleteProfile(now time.Time) string {
	if d.status != active {
		return "Only an active agreement is stopped with its user's profile."
	}
	d.api.stopAgreement(now, d.agreement, "", byAdmin)
	return ""
}

// schedule lets a charge fall due: it is shown as DUE some time before its day, and collected
// on it. Both steps are the same function, which looks at the time itself, so a charge may be
// due at once.
func (s *Service) schedule(now time.Time, ch *charge) {
	s.core.AwaitControl(ch.id, chargeDecision{ch, s})
	fall := func(now time.Time) {
		ch.fall(now, s.core.TransactionID)
		s.publishCharge(ch)
	}
	fall(now)
	s.core.Schedule(ch.due.Add(-dueWindow), fall)
	s.core.Schedule(ch.due, fall)
}

// A chargeDecision lets the control endpoint collect a charge before its day, or make it
// fail. No user is asked about a charge: the agreement was their consent.
type chargeDecision struct {
	*charge
	api *Service
}

// Card describes the charge on the control endpoint.
func (d chargeDecision) Card() core.Card {
	return core.Card{Kind: "Charge", Ref: d.id, Text: d.description, Amount: core.AmountText(d.amount, d.currency), State: d.status}
}

// Approve collects the charge now.
func (d chargeDecision) Approve(now time.Time) string {
	if d.status != pending && d.status != "DUE" {
		return core.NotWaiting
	}
	d.pay(now, "", d.api.core.TransactionID)
	d.api.publishCharge(d.charge)
	return ""
}

// Reject makes it fail: a charge knows no refusal by the user.
func (d chargeDecision) Reject(now time.Time) string {
	return d.Expire(now)
}

// Expire makes the charge fail for no technical reason, as one does that nobody could pay in
// its retry days.
func (d chargeDecision) Expire(now time.Time) string {
	if d.status != pending && d.status != "DUE" {
		return core.NotWaiting
	}
	d.fail(now, "non_technical_error")
	d.api.publishCharge(d.charge)
	return ""
}

// ReturnURL is empty: no browser is involved.
func (d chargeDecision) ReturnURL() string { return "" }
