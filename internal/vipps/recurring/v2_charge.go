package recurring

import (
	"net/http"
	"strings"

	"github.com/tidwall/gjson"

	"posthaste/internal/vipps/core"
	"posthaste/internal/vipps/input"
	"posthaste/internal/vipps/response"
)

// The charges of Recurring v2.

// charge creates a charge; the key was checked by once.
func (v v2) charge(c *core.Call) (response.Response, *problem) {
	a, prob := v.service.findAgreement(c)
	if prob != nil {
		return response.Response{}, prob
	}
	root, ok := input.Object(c.Body)
	if !ok {
		return response.Response{}, invalidJSON()
	}
	ch, prob := v.service.recurringCharge(c, a, chargeOf2(root, "due"))
	if prob != nil {
		return response.Response{}, prob
	}
	return response.JSON(http.StatusCreated, struct {
		ID string `json:"chargeId"`
	}{ch.id}), nil
}

// charges lists those of an agreement. The filter has another name than in v3.
func (v v2) charges(c *core.Call) (response.Response, *problem) {
	a, prob := v.service.findAgreement(c)
	if prob != nil {
		return response.Response{}, prob
	}
	list := []charge2{}
	for _, ch := range a.charges {
		if status := c.Query.Get("chargeStatus"); status == "" || strings.EqualFold(status, ch.status) {
			list = append(list, chargeBody2(ch))
		}
	}
	return response.JSON(200, list), nil
}

// fetchCharge shows one charge.
func (v v2) fetchCharge(c *core.Call) (response.Response, *problem) {
	ch, prob := v.service.findCharge(c)
	if prob != nil {
		return response.Response{}, prob
	}
	return response.JSON(200, chargeBody2(ch)), nil
}

// cancel takes no key, and so the history shows none.
func (v v2) cancel(c *core.Call) (response.Response, *problem) {
	ch, prob := v.service.findCharge(c)
	if prob == nil {
		prob = ch.cancel(c.Now, "")
	}
	if prob != nil {
		return response.Response{}, prob
	}
	v.service.publishCharge(ch)
	return response.JSON(200, chargeBody2(ch)), nil
}

// capture takes all that is reserved: v2 has no body for it.
func (v v2) capture(c *core.Call) (response.Response, *problem) {
	ch, prob := v.service.findCharge(c)
	if prob == nil {
		prob = ch.capture(c.Now, c.Header.Get("Idempotency-Key"), ch.amount-ch.captured)
	}
	if prob != nil {
		return response.Response{}, prob
	}
	v.service.publishCharge(ch)
	return emptyObject(), nil
}

// refund gives back all or a part, with the same body as in v3.
func (v v2) refund(c *core.Call) (response.Response, *problem) {
	ch, prob := v.service.findCharge(c)
	if prob != nil {
		return response.Response{}, prob
	}
	amount, prob := chargeAmount(c, ch.currency)
	if prob == nil {
		prob = ch.refund(c.Now, c.Header.Get("Idempotency-Key"), amount)
	}
	if prob != nil {
		return response.Response{}, prob
	}
	v.service.publishCharge(ch)
	return emptyObject(), nil
}

// A charge2 is how v2 shows a charge. Amounts are in minor units.
type charge2 struct {
	Amount      int64  `json:"amount"`
	Refunded    int64  `json:"amountRefunded"`
	Description string `json:"description"`
	Due         string `json:"due"`
	ID          string `json:"id"`
	Status      string `json:"status"`
	Transaction string `json:"transactionId"` // empty before it is paid
	Type        string `json:"type"`
	Failure     string `json:"failureReason,omitempty"`
}

// chargeBody2 fills it. Transaction is empty where v3 has null.
func chargeBody2(ch *charge) charge2 {
	return charge2{
		ch.amount, ch.refunded, ch.description, core.Timestamp(ch.due), ch.id, ch.status, ch.transaction, ch.kind, ch.failure,
	}
}

// chargeOf2 is the body of an older charge in v3's form. due names its date: "due" in v2,
// "dueDate" in v1. Both versions always captured directly.
func chargeOf2(root gjson.Result, due string) gjson.Result {
	return composed(root, map[string]string{
		"amount": "amount", "description": "description", due: "due", "retryDays": "retryDays", "orderId": "orderId",
	}, map[string]any{"transactionType": "DIRECT_CAPTURE"})
}
