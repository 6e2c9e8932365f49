package recurring

import (
	"encoding/json"
	"net/http"

	"github.com/tidwall/gjson"

	"posthaste/internal/vipps/core"
	"posthaste/internal/vipps/input"
	"posthaste/internal/vipps/response"
)

// maxBulk is how many charges one request can create.
const maxBulk = 2000

// created is one line of the response to a bulk request.
type created struct {
	Agreement string `json:"agreementId"`
	Charge    string `json:"chargeId"`
}

// createCharges takes charges of several agreements. The response comes before they are
// looked at: what is wrong with one is told by a webhook. 202 says that they were received,
// not that they exist.
func (s *Service) createCharges(c *core.Call) response.Response {
	list := gjson.ParseBytes(c.Body)
	switch n := len(list.Array()); {
	case !gjson.ValidBytes(c.Body) || !list.IsArray():
		return s.refuse(c, problem{id: "invalid-json", status: http.StatusBadRequest, detail: "The body is not a JSON array"}) // Vipps' problem id for a body of the wrong type
	case n == 0 || n > maxBulk:
		return s.refuse(c, *invalidField("charges", "must have 1 to 2000 entries"))
	}
	accepted := []created{}
	for _, body := range list.Array() {
		accepted = append(accepted, s.createLater(c, body))
	}
	return response.JSON(http.StatusAccepted, accepted)
}

// createLater gives a charge of a bulk request its id, and creates it. A charge without an
// orderId gets an id here, because the response and the later webhook must name the same one.
func (s *Service) createLater(c *core.Call, body gjson.Result) created {
	id := input.Text(body.Get("orderId"))
	if id == "" {
		id = "chr-" + s.core.ShortID()
	}
	// The body is written again with the id in it, so that the rules for a single charge
	// apply to it unchanged.
	fields := map[string]json.RawMessage{"orderId": core.Marshal(id)}
	body.ForEach(func(name, v gjson.Result) bool {
		if name.Str != "orderId" {
			fields[name.Str] = json.RawMessage(v.Raw)
		}
		return true
	})
	line := created{input.Text(body.Get("agreementId")), id}
	a := s.agreements[line.Agreement]
	prob := notFound("Agreement")
	if a != nil {
		_, prob = s.recurringCharge(c, a, gjson.ParseBytes(core.Marshal(fields)))
	}
	if prob != nil {
		s.publishCreationFailed(c.Now, line, prob)
	}
	return line
}
