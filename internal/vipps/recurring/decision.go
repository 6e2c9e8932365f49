package vipps

import "time"

// What the user, the merchant or time does to an agreement and its charges,
// whichever version of the Recurring API it was made with.

// propose makes an agreement known and lets it wait for the user.
func (s *Server) propose(c *call, a *agreement) {
	token := s.landing(c, a.id)
	a.link = landingURL(c.base, token)
	s.agreements[a.id] = a
	s.drafts = append(s.drafts, a)
	s.await(a.id, token, a)
	s.later(a.created.Add(paymentLife), func(time.Time) {
		if a.status == pending {
			s.endAgreement(a.created.Add(paymentLife), a, "expired")
		}
	})
}

func (s *Server) activate(now time.Time, a *agreement, key string) {
	a.status, a.start = active, now
	if a.scope != "" {
		a.sub = s.consent(now, a.scope)
	}
	s.publishAgreement(now, a, "activated", "USER")
	for _, ch := range a.charges {
		ch.pay(now, key, s.transactionID)
		s.publishCharge(ch)
	}
}

func (s *Server) stopAgreement(now time.Time, a *agreement, key string) {
	a.status, a.stop = stopped, now
	a.endCharges(now, key)
	s.publishAgreement(now, a, "stopped", "MERCHANT")
	for _, ch := range a.charges {
		s.publishCharge(ch)
	}
}

// endAgreement ends one that was never accepted. Rejected ones are EXPIRED too:
// the API has no other word.
func (s *Server) endAgreement(now time.Time, a *agreement, how string) {
	a.status = "EXPIRED"
	a.endCharges(now, "")
	s.publishAgreement(now, a, how, "USER")
}

func (a *agreement) card() card {
	text := a.name
	if a.description != "" {
		text += ": " + a.description
	}
	price := a.price
	if a.pricing == "VARIABLE" {
		price = a.suggested
	}
	shown := card{
		Kind: "Agreement", Ref: a.id, Text: text, Amount: amountText(price, "NOK") + " " + intervalText(a.unit, a.count),
		Shares: a.scope, State: a.status, Open: a.status == pending,
	}
	if len(a.charges) > 0 && a.charges[0].kind == "INITIAL" {
		shown.AtOnce = amountText(a.charges[0].amount, "NOK")
	}
	return shown
}

func (a *agreement) agree(s *Server, now time.Time) string {
	if a.status != pending {
		return notWaiting
	}
	s.activate(now, a, "")
	return ""
}

func (a *agreement) refuse(s *Server, now time.Time) string {
	return s.dropAgreement(now, a, "rejected")
}

func (a *agreement) lapse(s *Server, now time.Time) string { return s.dropAgreement(now, a, "expired") }

func (s *Server) dropAgreement(now time.Time, a *agreement, how string) string {
	if a.status != pending {
		return notWaiting
	}
	s.endAgreement(now, a, how)
	return ""
}

func (a *agreement) back() string { return a.redirectURL }

// schedule lets a charge fall due: it is shown as DUE some time before its day,
// and collected on it.
func (s *Server) schedule(now time.Time, ch *charge) {
	s.waiting[ch.id] = chargeDecision{ch}
	fall := func(now time.Time) {
		ch.fall(now, s.transactionID)
		s.publishCharge(ch)
	}
	fall(now)
	s.later(ch.due.Add(-dueWindow), fall)
	s.later(ch.due, fall)
}

// A chargeDecision lets the control endpoint collect a charge before its day, or
// make it fail. No user is asked about a charge.
type chargeDecision struct{ *charge }

func (d chargeDecision) card() card {
	return card{Kind: "Charge", Ref: d.id, Text: d.description, Amount: amountText(d.amount, "NOK"), State: d.status}
}

func (d chargeDecision) agree(s *Server, now time.Time) string {
	if d.status != pending && d.status != "DUE" {
		return notWaiting
	}
	d.pay(now, "", s.transactionID)
	s.publishCharge(d.charge)
	return ""
}

func (d chargeDecision) refuse(s *Server, now time.Time) string {
	return d.lapse(s, now)
}

func (d chargeDecision) lapse(s *Server, now time.Time) string {
	if d.status != pending && d.status != "DUE" {
		return notWaiting
	}
	d.fail(now, "non_technical_error")
	s.publishCharge(d.charge)
	return ""
}

func (d chargeDecision) back() string { return "" }
