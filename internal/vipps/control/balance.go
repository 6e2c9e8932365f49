package control

import (
	"net/http"

	"posthaste/internal/vipps/core"
	"posthaste/internal/vipps/response"
)

// What is left of everything that was made: how much of the user's money is still
// reserved, and how much the merchant has. A test of a shop looks here at its end.

// A balance is that of one payment, agreement or charge. Amounts are in minor units.
type balance struct {
	Kind     string `json:"kind"` // as on the landing page, or "Charge"
	Ref      string `json:"reference"`
	State    string `json:"state"`    // in the words of its API
	Open     bool   `json:"open"`     // waits for the user
	Reserved int64  `json:"reserved"` // neither captured nor given back
	Kept     int64  `json:"kept"`     // captured and not refunded
}

// holder is a decision about money.
type holder interface {
	Holds() (reserved, kept int64)
}

// charger is a decision that takes money by charges.
type charger interface {
	Charges() []core.Decision
}

// listBalances shows what is reserved and kept of every payment and charge, for tests that check what is left.
func (s *Service) listBalances(*core.Call) response.Response {
	list := []balance{}
	for _, d := range s.core.Decisions() {
		if d.Card().Login {
			continue
		}
		list = append(list, balanceOf(d))
		if a, ok := d.(charger); ok {
			for _, ch := range a.Charges() {
				list = append(list, balanceOf(ch))
			}
		}
	}
	return response.JSON(http.StatusOK, list)
}

func balanceOf(d core.Decision) balance {
	shown := d.Card()
	b := balance{Kind: shown.Kind, Ref: shown.Ref, State: shown.State, Open: shown.Open}
	if h, ok := d.(holder); ok {
		b.Reserved, b.Kept = h.Holds()
	}
	return b
}
