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

// A Problem is a refusal by the ePayment API.
type Problem struct {
	code   int // of Vipps' list; 0 when only the body's form is wrong
	status int
	title  string
	detail string
	extra  []response.NameReason // for a wrong form: the field and its rule
}

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

// badField is a body of the wrong form: it names the field and has no code.
func invalidField(field, rule string) *Problem {
	return &Problem{
		status: http.StatusBadRequest, title: "Bad Request", detail: "One or more validation errors occurred.",
		extra: []response.NameReason{{Name: field, Reason: rule}},
	}
}

// trouble looks a numeric code up.
func problemOf(code int) *Problem {
	status, title, detail := http.StatusBadRequest, "", ""
	switch code {
	case 4010:
		status, title, detail = 409, "Idempotency conflict", "This Idempotency-Key was used for another capture."
	case 4020:
		status, title, detail = 409, "Idempotency conflict", "This Idempotency-Key was used for another request."
	case 4040:
		title, detail = "Invalid amount", "The amount is not allowed."
	case 4070:
		title, detail = "Invalid phone number", "The phone number must be an MSISDN of 10 to 15 digits."
	case 4080:
		title, detail = "Invalid scope", "The profile scope has an unknown word."
	case 4090:
		title, detail = "Invalid URL", "The returnUrl must use https or a custom scheme."
	case 4100:
		title, detail = "Invalid metadata", "At most five pairs are allowed."
	case 4110:
		title, detail = "Invalid metadata", "A key can have at most 100 characters."
	case 4120:
		title, detail = "Invalid metadata", "A value must be text of at most 500 characters."
	case 4140:
		title, detail = "Missing required parameter", "The user flow needs a parameter that is not there."
	case 4150:
		status, title, detail = 409, "Conflict", "The reference exists, or this Idempotency-Key was used for another refund."
	case 4160:
		title, detail = "Payment method type not allowed", "This payment method type cannot be used here."
	case 5040:
		title, detail = "Currency not allowed", "The currency is not the payment's."
	case 5090:
		status, title, detail = 404, "Reference not found", "No payment with this reference exists for the sales unit."
	case 5100:
		title, detail = "Refund not possible", "The user cannot receive a refund."
	default:
		title, detail = adjustmentText(code)
	}
	return &Problem{code: code, status: status, title: title, detail: detail}
}

// adjustTrouble has the words for codes 6010 and up, all of status 400.
func adjustmentText(code int) (title, detail string) {
	switch code {
	case 6010:
		return "Amount too small", "The amount is below the smallest one of the currency."
	case 6020:
		return "Cannot refund before reservation", "Nothing has been captured."
	case 6030:
		return "Cancel period is over", "The payment is too old to be cancelled."
	case 6040:
		return "Cannot cancel captured payment", "Everything has been captured."
	case 6060:
		return "Cannot cancel authorized payment", "cancelTransactionOnly was set and the payment is authorized."
	case 6070:
		return "Cannot capture cancelled payment", "The payment has been cancelled."
	case 6080:
		return "Cannot capture before reservation", "The amount you tried to capture is not reserved. The user must accept the payment before capture can be done."
	case 6090:
		return "Capture amount too high", "The amount exceeds what is left of the reservation."
	case 6100:
		return "Capture period is over", "The payment is too old to be captured."
	case 6110:
		return "Expiry too late", "expiresAt is too far in the future."
	case 6120:
		return "Expiry too soon", "expiresAt must be more than 10 minutes in the future."
	case 6130:
		return "Receipt required", "A payment with expiresAt needs a receipt."
	case 6150:
		return "Not enough to refund", "The amount exceeds what is captured and not yet refunded."
	case 6170:
		return "Already captured", "Everything has been captured."
	case 6180:
		return "Already refunded", "Everything has been refunded."
	case 6190:
		return "Cannot be cancelled", "The payment is in a final state."
	case 6200:
		return "Cannot be captured", "The payment is in a final state."
	case 6210:
		return "Cannot be refunded", "The payment is in a final state."
	case 6220:
		return "Refund period is over", "The payment is too old to be refunded."
	case 7010:
		return "Customer not found", "No test user has this phone number."
	case 10010:
		return "Approve failed", "The amount is one that fails on purpose."
	case 10020:
		return "Approve not allowed", "The payment is not waiting for approval."
	case 10050:
		return "No cards", "The test user has no valid card."
	case 10070:
		return "Limit exceeded", "The amount is one that exceeds the user's limit on purpose."
	}
	return "Internal error", ""
}
