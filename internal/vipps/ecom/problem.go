package ecom

import (
	"net/http"

	"posthaste/internal/vipps/core"
	"posthaste/internal/vipps/response"
)

// A problem is a refusal by the eCommerce API, which answers with an array of them, though
// never more than one.
type problem struct {
	group string // Authentication, Payment, InvalidRequest, VippsError, User, Merchant
	code  string // a number, or the name of the field for InvalidRequest
	text  string
}

// status follows the specifications of 2018 to 2020 for business errors: 402,
// except for an unknown order. Vipps' text of 2023 would also allow 400.
func (f problem) status() int {
	switch {
	case f.group == "InvalidRequest":
		return http.StatusBadRequest
	case f.code == "Unauthorized":
		return http.StatusUnauthorized
	case f.code == "35":
		return http.StatusNotFound
	case f.group == "Merchant" && f.code == "51":
		return http.StatusForbidden
	case f.group == "VippsError" && f.code == "99":
		return http.StatusInternalServerError
	}
	return http.StatusPaymentRequired
}

// refuse answers with the problem in the API's form.
func (s *Service) refuse(f problem) response.Response {
	return s.core.GroupedError(f.status(), f.group, f.code, f.text)
}

// invalidField refuses one field of the body; its name becomes the error code.
func invalidField(path, text string) *problem {
	return &problem{"InvalidRequest", path + ".invalid", text}
}

// wrongType is what a value of the wrong JSON type causes: an internal error.
func wrongType() *problem { return &problem{"VippsError", "99", "Internal error"} }

// foreignMSN refuses a sales unit that the keys do not belong to.
func foreignMSN(msn string) *problem {
	return &problem{"Merchant", "Unauthorized", core.ForeignMSNText(msn)}
}

// paymentProblem is a refusal in the group Payment.
func paymentProblem(code, text string) *problem { return &problem{"Payment", code, text} }

// The problems of the state machine, by their documented codes.
func notReserved() *problem {
	return paymentProblem("62", "The amount you tried to capture is not reserved. The user must accept the payment first.")
}

func captureTooHigh() *problem {
	return paymentProblem("61", "Captured amount exceeds the reserved amount. Can not capture a higher amount than reserved.")
}

func notAllowed() *problem {
	return &problem{"VippsError", "91", "Transaction is not allowed"}
}

func alreadyDone() *problem {
	return &problem{"VippsError", "92", "Transaction already processed"}
}
