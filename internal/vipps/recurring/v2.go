package recurring

import (
	"net/http"
	"strings"

	"github.com/tidwall/gjson"

	"posthaste/internal/vipps/core"
	"posthaste/internal/vipps/input"
	"posthaste/internal/vipps/response"
)

// v2 is the Recurring API v2, deprecated. It works on the same agreements and charges
// as v3: bodies are turned into v3's form (convert.go) and errors back.
type v2 struct{ service *Service }

// An older operation gives a response, or the problem in v3's words, which the version's
// handler then writes in its own form.
type older func(*core.Call) (response.Response, *problem)

// routes has the limits of v2's documentation; updates came as PUT first and as PATCH later.
func (v v2) routes() []core.Route {
	d := core.Access{Key: true, Token: true, MSNArray: true}
	const base = "/recurring/v2/agreements"
	const one, all = base + "/{agreementId}", base + "/{agreementId}/charges"
	agreementID, chargeID := "agreementId", "chargeId"
	return []core.Route{
		d.Route("recurring2.draft", http.MethodPost, base, core.ByMerchant(300), v.handler(v.draft)),
		d.Route("recurring2.list", http.MethodGet, base, core.ByMerchant(5), v.handler(v.list)),
		d.Route("recurring2.get", http.MethodGet, one, core.ByParam(120, agreementID), v.handler(v.get)),
		d.Route("recurring2.update", http.MethodPut, one, core.ByParam(5, agreementID), v.handler(v.update)),
		d.Route("recurring2.update", http.MethodPatch, one, core.ByParam(5, agreementID), v.handler(v.update)),
		d.Route("recurring2.accept", http.MethodPatch, one+"/accept", core.Limit{}, v.handler(v.accept)),
		d.Route("recurring2.charge", http.MethodPost, all, core.ByParam(2, agreementID), v.once(v.charge)),
		d.Route("recurring2.charges", http.MethodGet, all, core.ByParam(10, agreementID), v.handler(v.charges)),
		d.Route("recurring2.fetchcharge", http.MethodGet, all+"/{chargeId}", core.ByParam(10, chargeID), v.handler(v.fetchCharge)),
		d.Route("recurring2.cancel", http.MethodDelete, all+"/{chargeId}", core.ByParam(5, chargeID), v.handler(v.cancel)),
		d.Route("recurring2.capture", http.MethodPost, all+"/{chargeId}/capture", core.ByParam(5, chargeID), v.once(v.capture)),
		d.Route("recurring2.refund", http.MethodPost, all+"/{chargeId}/refund", core.ByParam(5, chargeID), v.once(v.refund)),
	}
}

// handler writes the problem of an operation as v2 does.
func (v v2) handler(serve older) core.Handler {
	return func(c *core.Call) response.Response {
		rep, prob := serve(c)
		if prob != nil {
			return v.refuse(*prob)
		}
		return rep
	}
}

// once adds idempotency to what moves money. The header had another name once. Other
// operations of v2 take no key.
func (v v2) once(serve older) core.Handler {
	return func(c *core.Call) response.Response {
		key := c.Header.Get("Idempotency-Key")
		if key == "" {
			key = c.Header.Get("Idempotent-Key")
			c.Header = c.Header.Clone()          // the log has the other
			c.Header.Set("Idempotency-Key", key) // the operation reads the key under its later name
		}
		if key == "" || len(key) > 40 {
			return v.refuse(*ruleProblem("idempotency-key-header", "The Idempotency-Key header needs 1 to 40 characters"))
		}
		conflict := func() response.Response {
			return v.refuse(problem{
				id: "idempotency-conflict", status: http.StatusConflict,
				detail: "The Idempotency-Key was used with another body",
			})
		}
		return v.service.core.Once(c, key, core.Successes, conflict, func() response.Response { return v.handler(serve)(c) })
	}
}

// draft answers with the id of the initial charge only when there is one.
func (v v2) draft(c *core.Call) (response.Response, *problem) {
	root, ok := input.Object(c.Body)
	if !ok {
		return response.Response{}, invalidJSON()
	}
	a, chargeID, prob := v.service.newAgreement(c, draftOf2(root))
	if prob != nil {
		return response.Response{}, prob
	}
	id := ""
	if chargeID != nil {
		id = *chargeID
	}
	return response.JSON(http.StatusCreated, struct {
		Resource string `json:"agreementResource"`
		ID       string `json:"agreementId"`
		Link     string `json:"vippsConfirmationUrl"`
		Charge   string `json:"chargeId,omitempty"`
	}{c.Base + "/recurring/v2/agreements/" + a.id, a.id, a.link, id}), nil
}

// list shows active agreements unless a status is asked for, as version 2 documents.
func (v v2) list(c *core.Call) (response.Response, *problem) {
	status := strings.ToUpper(c.Query.Get("status"))
	if status == "" {
		status = active
	}
	list := []agreement2{}
	for _, a := range v.service.ordered {
		if a.status == status {
			list = append(list, agreementBody2(c, a))
		}
	}
	return response.JSON(200, list), nil
}

// get shows one agreement.
func (v v2) get(c *core.Call) (response.Response, *problem) {
	a, prob := v.service.findAgreement(c)
	if prob != nil {
		return response.Response{}, prob
	}
	return response.JSON(200, agreementBody2(c, a)), nil
}

// update is served under PUT and under PATCH. Stopping is an update of the status; other
// fields of the same body are ignored then. The response has the id, not the agreement.
func (v v2) update(c *core.Call) (response.Response, *problem) {
	a, prob := v.service.findAgreement(c)
	if prob != nil {
		return response.Response{}, prob
	}
	root, ok := input.Object(c.Body)
	switch {
	case !ok:
		return response.Response{}, invalidJSON()
	case a.status != active:
		return response.Response{}, ruleProblem("illegal-agreement-update", "Cannot update an agreement which is not active.")
	case input.Text(root.Get("status")) == stopped:
		v.service.stopAgreement(c.Now, a, "", byMerchant)
	default:
		if prob := a.change(updateOf2(root)); prob != nil {
			return response.Response{}, prob
		}
	}
	return response.JSON(200, struct {
		ID string `json:"agreementId"`
	}{a.id}), nil
}

// accept is force acceptance, with v2's name of the field. Unlike v3 any test user's number
// will do.
func (v v2) accept(c *core.Call) (response.Response, *problem) {
	a, prob := v.service.findAgreement(c)
	switch {
	case prob != nil:
		return response.Response{}, prob
	case !v.service.core.IsTestUser(input.Text(gjson.GetBytes(c.Body, "customerPhoneNumber"))):
		return response.Response{}, invalidField("customerPhoneNumber", "is not the number of a test user")
	case a.status != pending:
		return response.Response{}, ruleProblem("operation-failed", "Only a pending agreement can be accepted")
	}
	v.service.activate(c.Now, a, "")
	return emptyObject(), nil
}

// emptyObject is {}, which v2 sends where v3 sends no body.
func emptyObject() response.Response { return response.JSON(200, struct{}{}) }
