package vipps

import "net/http"

// A fault is a refusal by the eCommerce API, which answers with an array of them.
type fault struct {
	group string // Authentication, Payment, InvalidRequest, VippsError, User, Merchant
	code  string // a number, or the name of the field for InvalidRequest
	text  string
}

// status follows the specifications of 2018 to 2020 for business errors: 402,
// except for an unknown order. Vipps' text of 2023 would also allow 400.
func (f fault) status() int {
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

func (s *Server) ecomReply(f fault) reply {
	return jsonReply(f.status(), mimeJSON, []struct {
		Group   string `json:"errorGroup"`
		Code    string `json:"errorCode"`
		Text    string `json:"errorMessage"`
		Context string `json:"contextId"`
	}{{f.group, f.code, f.text, s.guid()}})
}

// invalidField refuses one field of the body; its name becomes the error code.
func invalidField(path, text string) *fault {
	return &fault{"InvalidRequest", path + ".invalid", text}
}

// wrongType is what a value of the wrong JSON type causes: an internal error.
func wrongType() *fault { return &fault{"VippsError", "99", "Internal error"} }

// invalidMSN names the sales unit as it was sent; Vipps' text has no number when
// the header was missing.
func invalidMSN(msn string) fault {
	return fault{"Merchant", "Unauthorized", "Invalid MSN: " + msn + ". This MSN is not valid for the provided supermerchant id." +
		" Check that you are using the correct credentials for the right environment."}
}

func paymentFault(code, text string) *fault { return &fault{"Payment", code, text} }

// The faults of the state machine, by their documented codes.
func notReserved() *fault {
	return paymentFault("62", "The amount you tried to capture is not reserved. The user must accept the payment first.")
}

func captureTooHigh() *fault {
	return paymentFault("61", "Captured amount exceeds the reserved amount. Can not capture a higher amount than reserved.")
}

func notAllowed() *fault {
	return &fault{"VippsError", "91", "Transaction is not allowed"}
}

func alreadyDone() *fault {
	return &fault{"VippsError", "92", "Transaction already processed"}
}
