package vipps

import (
	"net/http"
	"strings"

	"github.com/tidwall/gjson"
)

// The Recurring API v2, deprecated. It works on the same agreements and charges as
// v3: bodies are turned into v3's form (recurring_v2_body.go) and errors back.

// An older operation answers, or says why it refuses in v3's words.
type older func(*call) (reply, *hitch)

func (s *Server) recurring2Routes() []route {
	d := door{key: true, token: true, msnArray: true}
	const base = "/recurring/v2/agreements"
	const one, all = base + "/{agreementId}", base + "/{agreementId}/charges"
	agreementID, chargeID := "agreementId", "chargeId"
	return []route{
		{"recurring2.draft", http.MethodPost, base, d, byMerchant(300), s.v2(s.draft2)},
		{"recurring2.list", http.MethodGet, base, d, byMerchant(5), s.v2(s.list2)},
		{"recurring2.get", http.MethodGet, one, d, byParam(120, agreementID), s.v2(s.get2)},
		{"recurring2.update", http.MethodPut, one, d, byParam(5, agreementID), s.v2(s.update2)},
		{"recurring2.update", http.MethodPatch, one, d, byParam(5, agreementID), s.v2(s.update2)},
		{"recurring2.accept", http.MethodPatch, one + "/accept", d, limit{}, s.v2(s.accept2)},
		{"recurring2.charge", http.MethodPost, all, d, byParam(2, agreementID), s.once2(s.charge2)},
		{"recurring2.charges", http.MethodGet, all, d, byParam(10, agreementID), s.v2(s.charges2)},
		{"recurring2.fetchcharge", http.MethodGet, all + "/{chargeId}", d, byParam(10, chargeID), s.v2(s.fetchCharge2)},
		{"recurring2.cancel", http.MethodDelete, all + "/{chargeId}", d, byParam(5, chargeID), s.v2(s.cancel2)},
		{"recurring2.capture", http.MethodPost, all + "/{chargeId}/capture", d, byParam(5, chargeID), s.once2(s.capture2)},
		{"recurring2.refund", http.MethodPost, all + "/{chargeId}/refund", d, byParam(5, chargeID), s.once2(s.refund2)},
	}
}

func (s *Server) v2(serve older) func(*call) reply {
	return func(c *call) reply {
		rep, h := serve(c)
		if h != nil {
			return s.hitch2Reply(*h)
		}
		return rep
	}
}

// once2 adds idempotency to what moves money. The header had another name once.
func (s *Server) once2(serve older) func(*call) reply {
	return func(c *call) reply {
		key := c.header.Get("Idempotency-Key")
		if key == "" {
			key = c.header.Get("Idempotent-Key")
			c.header = c.header.Clone() // the log has the other
			c.header.Set("Idempotency-Key", key)
		}
		if key == "" || len(key) > 40 {
			return s.hitch2Reply(*refusal("idempotency-key-header", "The Idempotency-Key header needs 1 to 40 characters"))
		}
		conflict := func() reply {
			return s.hitch2Reply(hitch{
				id: "idempotency-conflict", status: http.StatusConflict,
				detail: "The Idempotency-Key was used with another body",
			})
		}
		return s.once(c, key, successes, conflict, func() reply { return s.v2(serve)(c) })
	}
}

func (s *Server) draft2(c *call) (reply, *hitch) {
	root, ok := object(c.body)
	if !ok {
		return reply{}, badJSON()
	}
	a, chargeID, h := s.newAgreement(c, draftOf2(root))
	if h != nil {
		return reply{}, h
	}
	id := ""
	if chargeID != nil {
		id = *chargeID
	}
	return jsonReply(http.StatusCreated, mimeJSON, struct {
		Resource string `json:"agreementResource"`
		ID       string `json:"agreementId"`
		Link     string `json:"vippsConfirmationUrl"`
		Charge   string `json:"chargeId,omitempty"`
	}{c.base + "/recurring/v2/agreements/" + a.id, a.id, a.link, id}), nil
}

func (s *Server) list2(c *call) (reply, *hitch) {
	status := strings.ToUpper(c.query.Get("status"))
	if status == "" {
		status = active
	}
	list := []agreement2{}
	for _, a := range s.drafts {
		if a.status == status {
			list = append(list, agreementBody2(c, a))
		}
	}
	return jsonReply(200, mimeJSON, list), nil
}

func (s *Server) get2(c *call) (reply, *hitch) {
	a, h := s.findAgreement(c)
	if h != nil {
		return reply{}, h
	}
	return jsonReply(200, mimeJSON, agreementBody2(c, a)), nil
}

func (s *Server) update2(c *call) (reply, *hitch) {
	a, h := s.findAgreement(c)
	if h != nil {
		return reply{}, h
	}
	root, ok := object(c.body)
	switch {
	case !ok:
		return reply{}, badJSON()
	case a.status != active:
		return reply{}, refusal("illegal-agreement-update", "Cannot update an agreement which is not active.")
	case text(root.Get("status")) == stopped:
		s.stopAgreement(c.now, a, "")
	default:
		if h := a.change(updateOf2(root)); h != nil {
			return reply{}, h
		}
	}
	return jsonReply(200, mimeJSON, struct {
		ID string `json:"agreementId"`
	}{a.id}), nil
}

func (s *Server) accept2(c *call) (reply, *hitch) {
	a, h := s.findAgreement(c)
	switch {
	case h != nil:
		return reply{}, h
	case !s.isTestUser(text(gjson.GetBytes(c.body, "customerPhoneNumber"))):
		return reply{}, faulty("customerPhoneNumber", "is not the number of a test user")
	case a.status != pending:
		return reply{}, refusal("operation-failed", "Only a pending agreement can be accepted")
	}
	s.activate(c.now, a, "")
	return emptyObject(), nil
}

func emptyObject() reply { return jsonReply(200, mimeJSON, struct{}{}) }
