package vipps

import "net/http"

// What is left of everything that was made: how much of the user's money is still
// reserved, and how much the merchant has. A test of a shop looks here at its end.

// A holding is one payment, agreement or charge. Amounts are in minor units.
type holding struct {
	Kind     string `json:"kind"` // as on the landing page, or "Charge"
	Ref      string `json:"reference"`
	State    string `json:"state"`    // in the words of its API
	Open     bool   `json:"open"`     // waits for the user
	Reserved int64  `json:"reserved"` // neither captured nor given back
	Kept     int64  `json:"kept"`     // captured and not refunded
}

// A holder holds money of the user's.
type holder interface {
	holds() (reserved, kept int64)
}

func (o *order) holds() (reserved, kept int64) { return o.remaining(), o.captured - o.refunded }

func (p *payment) holds() (reserved, kept int64) { return p.remaining(), p.captured - p.refunded }

func (ch *charge) holds() (reserved, kept int64) {
	if ch.transaction != "" {
		reserved = ch.amount - ch.captured - ch.cancelled
	}
	return reserved, ch.captured - ch.refunded
}

func (s *Server) listHoldings(*call) reply {
	list := []holding{}
	add := func(shown card, from any) {
		h := holding{Kind: shown.Kind, Ref: shown.Ref, State: shown.State, Open: shown.Open}
		if from, ok := from.(holder); ok {
			h.Reserved, h.Kept = from.holds()
		}
		list = append(list, h)
	}
	for _, d := range s.open {
		if _, is := d.(*login); is {
			continue
		}
		add(d.card(), d)
		if a, is := d.(*agreement); is {
			for _, ch := range a.charges {
				add(chargeDecision{ch}.card(), ch)
			}
		}
	}
	return jsonReply(http.StatusOK, mimeJSON, list)
}
