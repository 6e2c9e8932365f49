package recurring

import (
	"time"

	"posthaste/internal/vipps/core"
)

// What the user, the merchant or time does to an agreement and its charges,
// whichever version of the Recurring API it was made with.

// propose makes an agreement known and lets it wait for the user.
func (s *Service) propose(c *core.Call, a *agreement) {
	token := s.core.LandingToken(c, a.id)
	a.link = s.core.RegisterURL(c, token)
	s.agreements[a.id] = a
	s.ordered = append(s.ordered, a)
	s.core.Await(a.id, token, decision{a, s})
	s.core.Schedule(a.created.Add(core.DecisionLife), func(time.Time) {
		if a.status == pending {
			s.endAgreement(a.created.Add(core.DecisionLife), a, "expired")
		}
	})
}

// activate begins an agreement that the user accepted, and pays its initial charge.
func (s *Service) activate(now time.Time, a *agreement, key string) {
	a.status, a.start = active, now
	if a.scope != "" {
		a.sub = s.users.Consent(now, a.scope)
	}
	s.publishAgreement(now, a, "activated", "USER")
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

// stopAgreement ends an agreement together with the charges that are not paid yet.
func (s *Service) stopAgreement(now time.Time, a *agreement, key, actor string) {
	a.status, a.stop = stopped, now
	a.endCharges(now, key)
	s.publishAgreement(now, a, "stopped", actor)
	for _, ch := range a.charges {
		s.publishCharge(ch)
	}
}

// endAgreement ends one that was never accepted. Rejected ones are EXPIRED too:
// the API has no other word.
func (s *Service) endAgreement(now time.Time, a *agreement, how string) {
	a.status = "EXPIRED"
	a.endCharges(now, "")
	s.publishAgreement(now, a, how, "USER")
}

// A decision lets the user, or time, decide about an agreement.
type decision struct {
	*agreement
	api *Service
}

// Charges are what the agreement has taken or will take.
func (d decision) Charges() []core.Decision {
	var list []core.Decision
	for _, ch := range d.charges {
		list = append(list, chargeDecision{ch, d.api})
	}
	return list
}

func (d decision) Card() core.Card {
	text := d.name
	if d.description != "" {
		text += ": " + d.description
	}
	shown := core.Card{
		Kind: "Agreement", Ref: d.id, Text: text, Amount: d.terms(),
		Shares: d.scope, State: d.status, Open: d.status == pending,
	}
	if len(d.charges) > 0 && d.charges[0].kind == "INITIAL" {
		shown.AtOnce = core.AmountText(d.charges[0].amount, d.currency)
	}
	return shown
}

// terms are what the user agrees to pay, and how often.
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

func (d decision) Approve(now time.Time) string {
	if d.status != pending {
		return core.NotWaiting
	}
	d.api.activate(now, d.agreement, "")
	return ""
}

func (d decision) Reject(now time.Time) string {
	return d.api.dropAgreement(now, d.agreement, "rejected")
}

func (d decision) Expire(now time.Time) string {
	return d.api.dropAgreement(now, d.agreement, "expired")
}

// dropAgreement ends an agreement that was never accepted.
func (s *Service) dropAgreement(now time.Time, a *agreement, how string) string {
	if a.status != pending {
		return core.NotWaiting
	}
	s.endAgreement(now, a, how)
	return ""
}

func (d decision) ReturnURL() string { return d.redirectURL }

// DeleteProfile plays the user who deletes their profile: Vipps stops the agreement.
// It says why that is not possible.
func (d decision) DeleteProfile(now time.Time) string {
	if d.status != active {
		return "Only an active agreement is stopped with its user's profile."
	}
	d.api.stopAgreement(now, d.agreement, "", byAdmin)
	return ""
}

// schedule lets a charge fall due: it is shown as DUE some time before its day,
// and collected on it.
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

// A chargeDecision lets the control endpoint collect a charge before its day, or
// make it fail. No user is asked about a charge.
type chargeDecision struct {
	*charge
	api *Service
}

func (d chargeDecision) Card() core.Card {
	return core.Card{Kind: "Charge", Ref: d.id, Text: d.description, Amount: core.AmountText(d.amount, d.currency), State: d.status}
}

func (d chargeDecision) Approve(now time.Time) string {
	if d.status != pending && d.status != "DUE" {
		return core.NotWaiting
	}
	d.pay(now, "", d.api.core.TransactionID)
	d.api.publishCharge(d.charge)
	return ""
}

func (d chargeDecision) Reject(now time.Time) string {
	return d.Expire(now)
}

// An expired charge fails for no technical reason, as one does that nobody could pay in its retry days.
func (d chargeDecision) Expire(now time.Time) string {
	if d.status != pending && d.status != "DUE" {
		return core.NotWaiting
	}
	d.fail(now, "non_technical_error")
	d.api.publishCharge(d.charge)
	return ""
}

func (d chargeDecision) ReturnURL() string { return "" }
