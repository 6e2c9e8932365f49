package vipps

import (
	"encoding/json"
	"net/http"
	"strings"

	"github.com/tidwall/gjson"
)

// The Recurring API v1 of 2018, and the token endpoint of that year: gone at
// Vipps, played for the collections of that time. Its bodies are v2's under other
// names, and so they are turned into v3's form too.

func (s *Server) recurring1Routes() []route {
	d := door{key: true, token: true, msnArray: true}
	const base = "/recurring/api/v1"
	return []route{
		{"token.jwt", http.MethodPost, "/api/access-token/jwt-token", door{key: true}, limit{}, s.jwtToken},
		{"recurring1.draft", http.MethodPost, base + "/draftAgreement", d, limit{}, s.v1(s.draft1)},
		{"recurring1.list", http.MethodGet, base + "/agreement", d, limit{}, s.v1(s.list1)},
		{"recurring1.get", http.MethodGet, base + "/agreement/{agreementId}", d, limit{}, s.v1(s.get1)},
		{"recurring1.update", http.MethodPost, base + "/agreement/{agreementId}", d, limit{}, s.v1(s.update1)},
		{"recurring1.charge", http.MethodPost, base + "/charge/{agreementId}", d, limit{}, s.v1(s.charge1)},
		{"recurring1.charges", http.MethodGet, base + "/charge/{agreementId}", d, limit{}, s.v1(s.charges1)},
		{"recurring1.fetchcharge", http.MethodGet, base + "/charge/{agreementId}/{chargeId}", d, limit{}, s.v1(s.fetchCharge1)},
		{"recurring1.cancel", http.MethodDelete, base + "/charge/{agreementId}/{chargeId}", d, limit{}, s.v1(s.cancel1)},
		{"recurring1.refund", http.MethodPost, base + "/charge/{agreementId}/{chargeId}/refund", d, limit{}, s.v1(s.refund1)},
	}
}

// jwtToken takes client id and secret from the body, and gives what its successor gives.
func (s *Server) jwtToken(c *call) reply {
	root, ok := object(c.body)
	if !ok {
		return oauthReply(400, "invalid_request", "The body must be a JSON object.")
	}
	c.header = c.header.Clone()
	c.header.Set("client_id", text(root.Get("client_id")))
	c.header.Set("client_secret", text(root.Get("client_secret")))
	return s.accessToken(c)
}

// v1 looks at MerchantId, the sales unit's header of the time, and writes errors
// as v1 does. It had no 404 for what is not there.
func (s *Server) v1(serve older) func(*call) reply {
	return func(c *call) reply {
		if msn := c.header.Get("MerchantId"); msn != "" && msn != s.keys.MerchantSerialNumber {
			return s.ecomReply(invalidMSN(msn))
		}
		rep, h := serve(c)
		if h == nil {
			return rep
		}
		if h.status == http.StatusNotFound && c.params["chargeId"] != "" && c.operation != "recurring1.refund" {
			h.status = http.StatusBadRequest
		}
		return jsonReply(h.status, mimeJSON, []error2{errorOf2(*h)})
	}
}

func (s *Server) draft1(c *call) (reply, *hitch) {
	root, ok := object(c.body)
	if !ok {
		return reply{}, badJSON()
	}
	upper := map[string]any{
		"interval": strings.ToUpper(text(root.Get("interval"))), "merchantAgreementUrl": json.RawMessage(`"https://example.com/agreement"`),
	}
	names := map[string]string{}
	root.ForEach(func(k, _ gjson.Result) bool {
		if k.Str != "interval" && k.Str != "charge" && k.Str != "customerPhoneNumber" && k.Str != "initialCharge" {
			names[k.Str] = k.Str
		}
		return true
	})
	if first := root.Get("initialCharge"); first.IsObject() {
		upper["initialCharge"] = map[string]any{
			"amount": text(first.Get("amount")), "description": text(first.Get("description")), "transactionType": "DIRECT_CAPTURE",
		}
	}
	a, _, h := s.newAgreement(c, draftOf2(composed(root, names, upper)))
	if h != nil {
		return reply{}, h
	}
	return jsonReply(http.StatusCreated, mimeJSON, struct {
		Resource string `json:"agreementResource"`
		ID       string `json:"agreementId"`
		Link     string `json:"redirectToVipps"`
	}{c.base + "/recurring/api/v1/agreement/" + a.id, a.id, a.link}), nil
}

type agreement1 struct {
	Currency    string  `json:"currency"`
	ID          string  `json:"id"`
	Interval    string  `json:"interval"`
	Count       int64   `json:"intervalCount"`
	Price       int64   `json:"price"`
	Description string  `json:"productDescription"`
	Name        string  `json:"productName"`
	Start       *string `json:"startDate,omitempty"`
	Status      string  `json:"status"`
	Stop        *string `json:"stopDate,omitempty"`
}

func agreementBody1(a *agreement) agreement1 {
	return agreement1{
		"NOK", a.id, strings.ToLower(a.unit), a.count, a.price, a.description, a.name, atOrNull(a.start), a.status, atOrNull(a.stop),
	}
}

func (s *Server) list1(c *call) (reply, *hitch) {
	list := []agreement1{}
	for _, a := range s.drafts {
		if status := c.query.Get("status"); a.status == active && status == "" || strings.EqualFold(status, a.status) {
			list = append(list, agreementBody1(a))
		}
	}
	return jsonReply(200, mimeJSON, list), nil
}

func (s *Server) get1(c *call) (reply, *hitch) {
	a, h := s.findAgreement(c)
	if h != nil {
		return reply{}, h
	}
	return jsonReply(200, mimeJSON, agreementBody1(a)), nil
}

func (s *Server) update1(c *call) (reply, *hitch) {
	if _, h := s.update2(c); h != nil {
		return reply{}, h
	}
	return s.get1(c)
}
