package vipps

import (
	"net/http"
	"strings"
)

// The routes of the Recurring API v3 and what its operations share.

func (s *Server) recurringRoutes() []route {
	d := door{key: true, token: true, msnArray: true}
	const base = "/recurring/v3/agreements"
	const one, all = base + "/{agreementId}", base + "/{agreementId}/charges"
	agreementID, chargeID := "agreementId", "chargeId"
	return []route{
		{"recurring.draft", http.MethodPost, base, d, byMerchant(300), s.once3(s.draftAgreement)},
		{"recurring.list", http.MethodGet, base, d, byMerchant(5), s.listAgreements},
		{"recurring.get", http.MethodGet, one, d, byParam(120, agreementID), s.onAgreement(s.getAgreement)},
		{"recurring.update", http.MethodPatch, one, d, byParam(5, agreementID), s.once3(s.onAgreement(s.updateAgreement))},
		{"recurring.accept", http.MethodPatch, one + "/accept", d, limit{}, s.once3(s.onAgreement(s.acceptAgreement))},
		{"recurring.charge", http.MethodPost, all, d, byParam(2, agreementID), s.once3(s.onAgreement(s.createCharge))},
		{"recurring.charges", http.MethodGet, all, d, byParam(10, agreementID), s.onAgreement(s.listCharges)},
		{"recurring.fetchcharge", http.MethodGet, all + "/{chargeId}", d, byParam(10, chargeID), s.onCharge(s.getCharge)},
		{"recurring.cancel", http.MethodDelete, all + "/{chargeId}", d, byParam(5, chargeID), s.once3(s.onCharge(s.cancelCharge))},
		{"recurring.capture", http.MethodPost, all + "/{chargeId}/capture", d, byParam(5, chargeID), s.once3(s.onCharge(s.captureCharge))},
		{"recurring.refund", http.MethodPost, all + "/{chargeId}/refund", d, byParam(5, chargeID), s.once3(s.onCharge(s.refundCharge))},
		{"recurring.chargebyid", http.MethodGet, "/recurring/v3/charges/{chargeId}", d, byParam(100, chargeID), s.onCharge(s.getCharge)},
	}
}

// once3 adds v3's idempotency to a write: the header is required, at most 40
// characters, and none of # ? / \.
func (s *Server) once3(serve func(*call) reply) func(*call) reply {
	return func(c *call) reply {
		key := c.header.Get("Idempotency-Key")
		if key == "" || len(key) > 40 || strings.ContainsAny(key, `#?/\`) {
			return s.hitchReply(c, *refusal("idempotency-key-header",
				`The Idempotency-Key header needs 1 to 40 characters without # ? / \`))
		}
		if kind := c.header.Get("Content-Type"); len(c.body) > 0 && kind != "" && !strings.Contains(strings.ToLower(kind), "json") {
			return s.hitchReply(c, hitch{
				id: "unsupported-media-type", status: http.StatusUnsupportedMediaType,
				detail: "The Content-Type must be application/json",
			})
		}
		conflict := func() reply {
			return s.hitchReply(c, hitch{
				id: "idempotency-conflict", status: http.StatusConflict,
				detail: "The Idempotency-Key was used with another body",
			})
		}
		return s.once(c, key, successes, conflict, func() reply { return serve(c) })
	}
}

func (s *Server) onAgreement(serve func(*call, *agreement) reply) func(*call) reply {
	return func(c *call) reply {
		a, h := s.findAgreement(c)
		if h != nil {
			return s.hitchReply(c, *h)
		}
		return serve(c, a)
	}
}

func (s *Server) findAgreement(c *call) (*agreement, *hitch) {
	if a, ok := s.agreements[c.params["agreementId"]]; ok {
		return a, nil
	}
	return nil, notThere("Agreement")
}

// onCharge looks a charge up, within its agreement when the path names one.
func (s *Server) onCharge(serve func(*call, *charge) reply) func(*call) reply {
	return func(c *call) reply {
		ch, h := s.findCharge(c)
		if h != nil {
			return s.hitchReply(c, *h)
		}
		return serve(c, ch)
	}
}

func (s *Server) findCharge(c *call) (*charge, *hitch) {
	ch, ok := s.charges[c.params["chargeId"]]
	if id, named := c.params["agreementId"]; !ok || named && ch.agreement != id {
		return nil, notThere("Charge")
	}
	return ch, nil
}

// done answers a write without a body, or the hitch that stopped it.
func (s *Server) done(c *call, h *hitch) reply {
	if h != nil {
		return s.hitchReply(c, *h)
	}
	return reply{status: http.StatusNoContent}
}
