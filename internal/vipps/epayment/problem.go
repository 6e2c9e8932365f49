package epayment

import (
	"net/http"
	"strconv"
	"strings"

	"posthaste/internal/vipps/core"
	"posthaste/internal/vipps/response"
)

// The errors of the ePayment API: RFC 7807 with a numeric code among the extra
// details. Callers branch on the code, never on the words.

// A Problem is a refusal by the ePayment API. It is returned, never shown, until refuse
// writes it.
type Problem struct {
	code   int // of Vipps' list; 0 when only the body's form is wrong
	status int
	title  string
	detail string
	extra  []response.NameReason // for a wrong form: the field and its rule
}

// refuse answers with the problem document that ePayment documents; a problem without code
// has no ErrorCode.
func (s *Service) refuse(c *core.Call, prob Problem) response.Response {
	extra := prob.extra
	if prob.code != 0 {
		extra = append(extra, response.NameReason{Name: "ErrorCode", Reason: strconv.Itoa(prob.code)})
	}
	return response.Problem(prob.status, struct {
		Type     string                `json:"type"`
		Title    string                `json:"title"`
		Detail   string                `json:"detail"`
		Instance string                `json:"instance"`
		Status   int                   `json:"status"`
		Extra    []response.NameReason `json:"extraDetails"`
		Trace    string                `json:"traceId"`
	}{
		"https://httpstatuses.io/" + strconv.Itoa(prob.status), prob.title, prob.detail,
		strings.TrimPrefix(c.Path, "/epayment"), prob.status, extra, s.core.TraceID(),
	})
}

// invalidField is a body of the wrong form: it names the field and its rule, and has no code.
func invalidField(field, rule string) *Problem {
	return &Problem{
		status: http.StatusBadRequest, title: "Bad Request", detail: "One or more validation errors occurred.",
		extra: []response.NameReason{{Name: field, Reason: rule}},
	}
}

// problemOf looks a numeric code up; every code that the package uses is in the list.
func problemOf(code int) *Problem {
	p := problems()[code]
	return &Problem{code: code, status: p.status, title: p.title, detail: p.detail}
}

// problemText is what goes with a code.
type problemText struct {
	status        int
	title, detail string
}

// problems are the numeric codes that the simulator uses; Vipps publishes the list. Titles and
// details are for people: callers go by the code.
func problems() map[int]problemText {
	return map[int]problemText{
		4010:  {409, "Idempotency conflict", "This Idempotency-Key was used for another capture."},
		4020:  {409, "Idempotency conflict", "This Idempotency-Key was used for another request."},
		4040:  {400, "Invalid amount", "The amount is not allowed."},
		4070:  {400, "Invalid phone number", "The phone number must be an MSISDN of 10 to 15 digits."},
		4080:  {400, "Invalid scope", "The profile scope has an unknown word."},
		4090:  {400, "Invalid URL", "The returnUrl must use https or a custom scheme."},
		4100:  {400, "Invalid metadata", "At most five pairs are allowed."},
		4110:  {400, "Invalid metadata", "A key can have at most 100 characters."},
		4120:  {400, "Invalid metadata", "A value must be text of at most 500 characters."},
		4140:  {400, "Missing required parameter", "The user flow needs a parameter that is not there."},
		4150:  {409, "Conflict", "The reference exists, or this Idempotency-Key was used for another refund."},
		4160:  {400, "Payment method type not allowed", "This payment method type cannot be used here."},
		5040:  {400, "Currency not allowed", "The currency is not the payment's."},
		5090:  {404, "Reference not found", "No payment with this reference exists for the sales unit."},
		5100:  {400, "Refund not possible", "The user cannot receive a refund."},
		6010:  {400, "Amount too small", "The amount is below the smallest one of the currency."},
		6020:  {400, "Cannot refund before reservation", "Nothing has been captured."},
		6030:  {400, "Cancel period is over", "The payment is too old to be cancelled."},
		6040:  {400, "Cannot cancel captured payment", "Everything has been captured."},
		6060:  {400, "Cannot cancel authorized payment", "cancelTransactionOnly was set and the payment is authorized."},
		6070:  {400, "Cannot capture cancelled payment", "The payment has been cancelled."},
		6080:  {400, "Cannot capture before reservation", "The amount you tried to capture is not reserved. The user must accept the payment before capture can be done."},
		6090:  {400, "Capture amount too high", "The amount exceeds what is left of the reservation."},
		6100:  {400, "Capture period is over", "The payment is too old to be captured."},
		6110:  {400, "Expiry too late", "expiresAt is too far in the future."},
		6120:  {400, "Expiry too soon", "expiresAt must be more than 10 minutes in the future."},
		6130:  {400, "Receipt required", "A payment with expiresAt needs a receipt."},
		6150:  {400, "Not enough to refund", "The amount exceeds what is captured and not yet refunded."},
		6170:  {400, "Already captured", "Everything has been captured."},
		6180:  {400, "Already refunded", "Everything has been refunded."},
		6190:  {400, "Cannot be cancelled", "The payment is in a final state."},
		6200:  {400, "Cannot be captured", "The payment is in a final state."},
		6210:  {400, "Cannot be refunded", "The payment is in a final state."},
		6220:  {400, "Refund period is over", "The payment is too old to be refunded."},
		6260:  {400, "Funds unavailable", "The reservation has ended and the funds are no longer available."},
		6280:  {400, "Capture failed, please try again later", "The capture failed for now. Try again later."},
		7010:  {400, "Customer not found", "No test user has this phone number."},
		10010: {400, "Approve failed", "The amount is one that fails on purpose."},
		10020: {400, "Approve not allowed", "The payment is not waiting for approval."},
		10050: {400, "No cards", "The test user has no valid card."},
		10070: {400, "Limit exceeded", "The amount is one that exceeds the user's limit on purpose."},
	}
}
