package recurring

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"posthaste/internal/vipps/core"
	"posthaste/internal/vipps/input"
	"posthaste/internal/vipps/response"
)

// v1 is the Recurring API of 2018: gone at Vipps, played for the collections of that time.
// Its bodies are v2's under other names, and so they are turned into v3's form too. It holds
// a v2 for the operations that differ only in what they return.
type v1 struct {
	service *Service
	v2      v2
}

// routes has no limits: those of that time are not documented any more.
func (v v1) routes() []core.Route {
	d := core.Access{Key: true, Token: true, MSNArray: true}
	const base = "/recurring/api/v1"
	return []core.Route{
		d.Route("recurring1.draft", http.MethodPost, base+"/draftAgreement", core.Limit{}, v.handler(v.draft)),
		d.Route("recurring1.list", http.MethodGet, base+"/agreement", core.Limit{}, v.handler(v.list)),
		d.Route("recurring1.get", http.MethodGet, base+"/agreement/{agreementId}", core.Limit{}, v.handler(v.get)),
		d.Route("recurring1.update", http.MethodPost, base+"/agreement/{agreementId}", core.Limit{}, v.handler(v.update)),
		d.Route("recurring1.charge", http.MethodPost, base+"/charge/{agreementId}", core.Limit{}, v.handler(v.charge)),
		d.Route("recurring1.charges", http.MethodGet, base+"/charge/{agreementId}", core.Limit{}, v.handler(v.charges)),
		d.Route("recurring1.fetchcharge", http.MethodGet, base+"/charge/{agreementId}/{chargeId}", core.Limit{}, v.handler(v.fetchCharge)),
		d.Route("recurring1.cancel", http.MethodDelete, base+"/charge/{agreementId}/{chargeId}", core.Limit{}, v.handler(v.cancel)),
		d.Route("recurring1.refund", http.MethodPost, base+"/charge/{agreementId}/{chargeId}/refund", core.Limit{}, v.handler(v.refund)),
	}
}

// handler looks at MerchantId, the sales unit's header of the time, and writes errors as v1
// does. It had no 404 for what is not there: charges that do not exist are 400.
func (v v1) handler(serve older) core.Handler {
	return func(c *core.Call) response.Response {
		if msn := c.Header.Get("MerchantId"); msn != "" && msn != v.service.core.Keys().MerchantSerialNumber {
			return v.service.core.ForeignMSN(msn)
		}
		rep, prob := serve(c)
		if prob == nil {
			return rep
		}
		if prob.status == http.StatusNotFound && isChargeOperation(c.Operation) {
			prob.status = http.StatusBadRequest
		}
		return response.JSON(prob.status, []error2{errorOf2(*prob)})
	}
}

// isChargeOperation knows the operations for which v1's file has no 404. Refunds have it.
func isChargeOperation(name string) bool {
	return strings.HasPrefix(name, "recurring1.") && slices.Contains([]string{"charge", "charges", "fetchcharge", "cancel"}, name[len("recurring1."):])
}

// draft reads the names and spellings of version 1: intervals in lower case, no agreement
// URL. The rules demand an https URL, so one is given that nobody sees.
func (v v1) draft(c *core.Call) (response.Response, *problem) {
	root, ok := input.Object(c.Body)
	if !ok {
		return response.Response{}, invalidJSON()
	}
	upper := map[string]any{
		"interval": strings.ToUpper(input.Text(root.Get("interval"))), "merchantAgreementUrl": json.RawMessage(`"https://example.com/agreement"`),
	}
	// All fields but those that are written differently keep their names; draftOf2 ignores
	// what it does not know.
	names := map[string]string{}
	root.ForEach(func(k, _ gjson.Result) bool {
		if k.Str != "interval" && k.Str != "charge" && k.Str != "customerPhoneNumber" && k.Str != "initialCharge" {
			names[k.Str] = k.Str
		}
		return true
	})
	if first := root.Get("initialCharge"); first.IsObject() {
		upper["initialCharge"] = map[string]any{
			"amount": input.Text(first.Get("amount")), "description": input.Text(first.Get("description")), "transactionType": "DIRECT_CAPTURE",
		}
	}
	a, _, prob := v.service.newAgreement(c, draftOf2(composed(root, names, upper)))
	if prob != nil {
		return response.Response{}, prob
	}
	return response.JSON(v.service.core.Either(http.StatusCreated, http.StatusOK), struct { // v1's file has both; --vary draws one
		Resource string `json:"agreementResource"`
		ID       string `json:"agreementId"`
		Link     string `json:"redirectToVipps"`
	}{c.Base + "/recurring/api/v1/agreement/" + a.id, a.id, a.link}), nil
}

// An agreement1 is how v1 shows an agreement; times are left out until they come.
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

// agreementBody1 fills it; the interval is in lower case again.
func agreementBody1(a *agreement) agreement1 {
	return agreement1{
		a.currency, a.id, strings.ToLower(a.unit), a.count, a.price, a.description, a.name, atOrNull(a.start), a.status, atOrNull(a.stop),
	}
}

// list shows the active ones unless a status is asked for.
func (v v1) list(c *core.Call) (response.Response, *problem) {
	list := []agreement1{}
	for _, a := range v.service.ordered {
		if status := c.Query.Get("status"); a.status == active && status == "" || strings.EqualFold(status, a.status) {
			list = append(list, agreementBody1(a))
		}
	}
	return response.JSON(200, list), nil
}

// get shows one agreement.
func (v v1) get(c *core.Call) (response.Response, *problem) {
	a, prob := v.service.findAgreement(c)
	if prob != nil {
		return response.Response{}, prob
	}
	return response.JSON(200, agreementBody1(a)), nil
}

// update shows the agreement afterwards, where v2 gives the id.
func (v v1) update(c *core.Call) (response.Response, *problem) {
	if _, prob := v.v2.update(c); prob != nil {
		return response.Response{}, prob
	}
	return v.get(c)
}
