package vipps

import "time"

// What the user, or time, does to an ePayment payment.

func (s *Server) approvePayment(now time.Time, p *payment) *snag {
	if sn := p.approve(event{psp: s.guid(), at: now}); sn != nil {
		return sn
	}
	if p.scope != "" {
		p.sub = s.consent(now, p.scope)
	}
	s.publish(p)
	return nil
}

func (s *Server) expirePayment(p *payment) {
	if p.state == created {
		p.end(expired, p.expires, s.guid())
		s.publish(p)
	}
}

func (p *payment) card() card {
	return card{
		Kind: "Payment", Ref: p.reference, Text: p.description, Amount: amountText(p.amount, p.currency),
		Shares: p.scope, State: string(p.state), Open: p.state == created,
	}
}

func (p *payment) agree(s *Server, now time.Time) string {
	if sn := s.approvePayment(now, p); sn != nil {
		return sn.detail
	}
	return ""
}

func (p *payment) refuse(s *Server, now time.Time) string { return s.endPayment(p, aborted, now) }

func (p *payment) lapse(s *Server, now time.Time) string { return s.endPayment(p, expired, now) }

func (s *Server) endPayment(p *payment, to state, now time.Time) string {
	if p.state != created {
		return notWaiting
	}
	p.end(to, now, s.guid())
	s.publish(p)
	return ""
}

func (p *payment) back() string { return p.returnURL }
