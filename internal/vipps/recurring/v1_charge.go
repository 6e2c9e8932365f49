package recurring

import (
	"net/http"

	"posthaste/internal/vipps/core"
	"posthaste/internal/vipps/input"
	"posthaste/internal/vipps/response"
)

// The charges of Recurring v1.

// A charge1 is how v1 shows a charge. Due is a day without time.
type charge1 struct {
	Amount      int64  `json:"amount"`
	Refunded    int64  `json:"amountRefunded"`
	Description string `json:"description"`
	Due         string `json:"dueDate"`
	ID          string `json:"id"`
	Status      string `json:"status"`
	Transaction string `json:"transactionId,omitempty"`
	Type        string `json:"type"`
}

// chargeBody1 has fewer states than later versions: what is reserved is PROCESSING. Amounts
// are in minor units.
func chargeBody1(ch *charge) charge1 {
	status := ch.status
	if status == "RESERVED" || status == "PARTIALLY_CAPTURED" {
		status = "PROCESSING"
	}
	return charge1{
		ch.amount, ch.refunded, ch.description, ch.due.Format("2006-01-02"), ch.id, status, ch.transaction, ch.kind,
	}
}

// charge creates one and shows it. Version 1 spells its header Idempotent-Key and repeats no
// response: the key must be there, and that is all.
func (v v1) charge(c *core.Call) (response.Response, *problem) {
	a, prob := v.service.findAgreement(c)
	if prob != nil {
		return response.Response{}, prob
	}
	root, ok := input.Object(c.Body)
	switch {
	case !ok:
		return response.Response{}, invalidJSON()
	case c.Header.Get("Idempotent-Key") == "":
		return response.Response{}, ruleProblem("idempotency-key-header", "The Idempotent-Key header is required")
	}
	ch, prob := v.service.recurringCharge(c, a, chargeOf2(root, "dueDate"))
	if prob != nil {
		return response.Response{}, prob
	}
	return response.JSON(v.service.core.Either(http.StatusCreated, http.StatusOK), chargeBody1(ch)), nil
}

// charges lists those of an agreement, of all states.
func (v v1) charges(c *core.Call) (response.Response, *problem) {
	a, prob := v.service.findAgreement(c)
	if prob != nil {
		return response.Response{}, prob
	}
	list := []charge1{}
	for _, ch := range a.charges {
		list = append(list, chargeBody1(ch))
	}
	return response.JSON(200, list), nil
}

// fetchCharge shows one charge.
func (v v1) fetchCharge(c *core.Call) (response.Response, *problem) {
	ch, prob := v.service.findCharge(c)
	if prob != nil {
		return response.Response{}, prob
	}
	return response.JSON(200, chargeBody1(ch)), nil
}

// cancel and refund show the charge as it is afterwards.
func (v v1) cancel(c *core.Call) (response.Response, *problem) {
	if _, prob := v.v2.cancel(c); prob != nil {
		return response.Response{}, prob
	}
	return v.fetchCharge(c)
}

func (v v1) refund(c *core.Call) (response.Response, *problem) {
	if _, prob := v.v2.refund(c); prob != nil {
		return response.Response{}, prob
	}
	return v.fetchCharge(c)
}
