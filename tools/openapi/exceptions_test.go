package openapi

import "strings"

// An exception is where the simulator departs from a file, or the file from what Vipps documents elsewhere.
type exception struct {
	file string // beginning of its name
	path string // a piece of the request's path; empty for any
	code int    // 0 for any
	says string // a piece of the library's complaint
	why  string
}

func exceptions() []exception {
	const (
		gateway = "when a server in front of the APIs answers, the body has another shape (ErrorFromAzure), which these files do not describe"
		status  = "status is not supported"
		kind    = "unexpected value"
	)
	return []exception{
		{"access-token", "", 200, "/access_token", "the files number the seconds; the guide's example, and every recorded answer, has them as text"},
		{"ecom-v2_1.1.1", "accesstoken", 200, "value must be an integer", "the same, copied into the eCom file of 2020"},
		{"ecom-v2_1.1.1", "", 402, "value must be an object", "the file of 2020 has one error, the guide and the file of 2023 an array of them"},
		{"ecom-v2_1.1.1", "", 401, "errorGroup", gateway + ": eCom of 2020"},
		{"epayment", "", 404, status, "the file has no 404 for these operations; the guide's list of error codes has 5090, reference not found"},
		{"epayment", "/events", 200, "paymentAction", "required, but described nowhere in the file: the field that says what happened is called name there and in the guide"},
		{"login", "oauth2/token", 200, "/id_token", "the file has a number; its own example is a JWT"},
		{"userinfo", "", 200, "/phone_number", "the file requires 15 digits; its own example has 10, like a Norwegian number with its country code"},
		{"login", "oauth2/token", 400, status, "the file has 401 and 500 only; invalid_grant and authorization_pending are documented with 400"},
		{"management", "", 401, kind, gateway + ": Management"},
		{"partner", "", 401, kind, gateway + ": Partner"},
		{"check-in", "", 200, "value must be a string", "the file says that the response is a string, and also gives it a property"},
		{"recurring-v2v3", "/accept", 204, kind, "a 204 response has no body and no type; the file gives it an empty object"},
		{"recurring-v2v3", "/v3/agreements/", 200, "more than one oneOf", "the kinds of campaign overlap: a full flex campaign also fits two others"},
		{"recurring-v2v3", "/charges", 200, "externalId", "required in the answer, but optional for the merchant who chooses it"},
		{"recurring-v2v3", "/v2/agreements", 201, "chargeId", "required in the answer, also when the draft had no initial charge"},
		{"recurring-v1", "/agreement", 200, "value must be an object", "the list of agreements is an array; the file gives it one agreement"},
		{"invoice-isp", "/invoices/count", 200, "value must be an object", "count belongs to the IPP file; here it is taken for an id, as both run under one path"},
	}
}

// generatedExceptions are those that only generated requests meet.
func generatedExceptions() []exception {
	const (
		gateway = "when a server in front of the APIs answers, the body has another shape (ErrorFromAzure), which the file does not describe, or describes next to another shape that also fits"
		status  = "status is not supported"
	)
	return []exception{
		{"ecom-v2_1.1.1", "", 0, "value must be an object", "the file of 2020 has a single error for mistakes of the client and the server too; the guide and the file of 2023 have an array"},
		{"ecom-v2_2.0.3", "", 401, "value must be an array", gateway + ": eCom of 2023"},
		{"recurring-v2v3", "", 401, "value must be an array", gateway + ": Recurring v2"},
		{"recurring-v2v3", "", 401, "more than one oneOf", gateway + ": Recurring v3"},
		{"recurring-v1", "", 401, status, gateway + ": Recurring v1"},
		{"checkout-v3", "", 401, "errorCode", gateway + ": Checkout"},
		{"epayment", "", 401, status, gateway + ": ePayment"},
		{"order-management", "/images", 401, status, gateway + ": pictures"},
		{"webhooks", "", 401, status, gateway + ": Webhooks"},
		{"epayment", "", 400, status, "the file has no 400 for reads and for the test user's approval; the sales unit's header is required all the same"},
		{"order-management", "/images", 400, status, "the file has no error for a picture; the guide says what a picture must be like"},
		{"psp-v", "/details", 400, status, "the files describe no response for a transaction that does not exist"},
		{"recurring-v2v3", "/v2/agreements/", 200, "transactionId", "the pattern of the file, ^\\d{10+}$, fits no number; a charge that is not paid has no transaction"},
		{"order-management", "/v2/", 400, status, "the file has no 400 for the read; the sales unit's header is required all the same"},
		{"report", "", 401, "unexpected value", gateway + ": Report"},
		{"report", "/report/v1/", 404, status, "v1 has been switched off at Vipps, while the file still has it"},
	}
}

// excuse returns the reason why a complaint does not count; empty when it counts.
func excuse(file string, a answer, complaint string) string {
	for _, e := range append(exceptions(), generatedExceptions()...) {
		if strings.HasPrefix(file, e.file) && strings.Contains(strings.ToLower(a.path), strings.ToLower(e.path)) &&
			(e.code == 0 || e.code == a.status) && strings.Contains(complaint, e.says) {
			return e.why
		}
	}
	return ""
}

// notGiven are the alternatives of a file that --vary does not give to generated requests, and why.
func notGiven() map[string]string {
	const failed = "what is optional there belongs to a charge that failed, and none does"
	return map[string]string{
		"recurring1.charge 204":  "the file's word for it: the same had succeeded before; here the first response is given again",
		"recurring1.cancel 204":  "the file's word for it: the same had succeeded before; here a second call is refused",
		"recurring2.cancel":      failed,
		"recurring2.charges":     failed,
		"recurring2.fetchcharge": failed,
		"login.jwks":             "what is optional there belongs to keys of other kinds than RSA, or is private",
		"report.v1":              "switched off: 404",
	}
}
