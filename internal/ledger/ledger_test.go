package ledger_test

import (
	"strings"
	"testing"

	"posthaste/internal/ledger"
	"posthaste/runner/event"
)

// A call is a request and its answer.
type call struct {
	method, path, sent string
	code               int // 0: no answer
	answer             string
	err                string // code of the error without an answer
}

const (
	made     = `{"reference":"r1","redirectUrl":"https://x"}`
	reserved = `{"reference":"r1","state":"AUTHORIZED","aggregate":{"authorizedAmount":{"currency":"NOK","value":500},"capturedAmount":{"currency":"NOK","value":0},"refundedAmount":{"currency":"NOK","value":0},"cancelledAmount":{"currency":"NOK","value":0}}}`
	captured = `{"reference":"r1","state":"AUTHORIZED","aggregate":{"authorizedAmount":{"currency":"NOK","value":500},"capturedAmount":{"currency":"NOK","value":300},"refundedAmount":{"currency":"NOK","value":100},"cancelledAmount":{"currency":"NOK","value":200}}}`
	refunded = `{"reference":"r1","state":"AUTHORIZED","aggregate":{"authorizedAmount":{"currency":"NOK","value":500},"capturedAmount":{"currency":"NOK","value":500},"refundedAmount":{"currency":"NOK","value":500},"cancelledAmount":{"currency":"NOK","value":0}}}`
	ended    = `{"reference":"r1","state":"TERMINATED","aggregate":{"authorizedAmount":{"currency":"NOK","value":0}}}`
	partly   = `{"reference":"r1","state":"TERMINATED","aggregate":{"authorizedAmount":{"currency":"NOK","value":500},"capturedAmount":{"currency":"NOK","value":500},"refundedAmount":{"currency":"NOK","value":0},"cancelledAmount":{"currency":"NOK","value":0}}}`
)

func TestWhatIsOpen(t *testing.T) {
	const payments, one = "/epayment/v1/payments", "/epayment/v1/payments/r1"
	const agreements, charges = "/recurring/v3/agreements", "/recurring/v3/agreements/a/charges"
	tests := map[string]struct {
		calls []call
		want  string // texts, between "; "
	}{
		"nothing":                           {nil, ""},
		"a payment":                         {[]call{{"POST", payments, "", 201, made, ""}}, "1 payment is still open: r1 (created)"},
		"a payment behind a gateway":        {[]call{{"POST", "/gateway" + payments, "", 201, made, ""}}, "1 payment is still open: r1 (created)"},
		"a refused payment":                 {[]call{{"POST", payments, "", 400, `{"reference":"r1"}`, ""}}, ""},
		"a payment of another API":          {[]call{{"POST", "/v2/payments", "", 201, made, ""}}, ""},
		"a reserved payment":                {[]call{{"POST", payments, "", 201, made, ""}, {"GET", one, "", 200, reserved, ""}}, "1 payment is still open: r1 (500 NOK reserved)"},
		"captured and refunded in part":     {[]call{{"POST", payments, "", 201, made, ""}, {"POST", one + "/refund", "", 200, captured, ""}}, "1 payment is still open: r1 (200 NOK captured and not refunded)"},
		"terminated, but captured":          {[]call{{"POST", payments, "", 201, made, ""}, {"GET", one, "", 200, partly, ""}}, "1 payment is still open: r1 (500 NOK captured and not refunded)"},
		"refunded":                          {[]call{{"POST", payments, "", 201, made, ""}, {"POST", one + "/refund", "", 200, refunded, ""}}, ""},
		"cancelled":                         {[]call{{"POST", payments, "", 201, made, ""}, {"POST", one + "/cancel", "", 200, ended, ""}}, ""},
		"a cancel that is refused":          {[]call{{"POST", payments, "", 201, made, ""}, {"POST", one + "/cancel", "", 409, ended, ""}}, "1 payment is still open: r1 (created)"},
		"the events of it say nothing":      {[]call{{"POST", payments, "", 201, made, ""}, {"GET", one + "/events", "", 200, `[]`, ""}}, "1 payment is still open: r1 (created)"},
		"one that somebody else made":       {[]call{{"GET", one, "", 200, reserved, ""}}, ""},
		"no answer":                         {[]call{{"POST", payments, `{"reference":"r9"}`, 0, "", "ETIMEDOUT"}}, "1 payment is still open: r9 (no answer came to the request that creates it)"},
		"no answer, and Vipps has it not":   {[]call{{"POST", payments, `{"reference":"r1"}`, 0, "", "ECONNRESET"}, {"GET", one, "", 404, "{}", ""}}, ""},
		"nobody was reached":                {[]call{{"POST", payments, `{"reference":"r9"}`, 0, "", "ECONNREFUSED"}}, ""},
		"not sent for a fence":              {[]call{{"POST", payments, `{"reference":"r9"}`, 0, "", event.CodeFence}}, ""},
		"two kinds":                         {[]call{{"POST", payments, "", 201, made, ""}, {"POST", "/webhooks/v1/webhooks", "", 201, `{"id":"w"}`, ""}}, "1 payment is still open: r1 (created); 1 webhook is still open: w (created)"},
		"a webhook that is deleted":         {[]call{{"POST", "/webhooks/v1/webhooks", "", 201, `{"id":"w"}`, ""}, {"DELETE", "/webhooks/v1/webhooks/w", "", 204, "", ""}}, ""},
		"a webhook that is not deleted":     {[]call{{"POST", "/webhooks/v1/webhooks", "", 201, `{"id":"w"}`, ""}, {"DELETE", "/webhooks/v1/webhooks/w", "", 500, "", ""}}, "1 webhook is still open: w (created)"},
		"two QR codes of two kinds":         {[]call{{"POST", "/qr/v1/merchant-redirect", "", 200, `{"id":"q"}`, ""}, {"PUT", "/qr/v1/merchant-callback/till%201", "", 204, "", ""}}, "2 QR codes are still open: q (created), till 1 (created)"},
		"a QR code that is deleted":         {[]call{{"PUT", "/qr/v1/merchant-callback/till", "", 204, "", ""}, {"DELETE", "/qr/v1/merchant-callback/till", "", 204, "", ""}}, ""},
		"an agreement":                      {[]call{{"POST", "/recurring/v3/agreements", "", 201, `{"agreementId":"agr_1"}`, ""}, {"GET", "/recurring/v3/agreements/agr_1", "", 200, `{"status":"ACTIVE"}`, ""}}, "1 agreement is still open: agr_1 (active)"},
		"an agreement that is stopped":      {[]call{{"POST", "/recurring/v3/agreements", "", 201, `{"agreementId":"agr_1"}`, ""}, {"GET", "/recurring/v3/agreements/agr_1", "", 200, `{"status":"STOPPED"}`, ""}}, ""},
		"a charge":                          {[]call{{"POST", charges, "", 201, `{"chargeId":"c"}`, ""}}, "1 charge is still open: c (created)"},
		"a charge that is due":              {[]call{{"POST", charges, "", 201, `{"chargeId":"c"}`, ""}, {"GET", charges + "/c", "", 200, `{"id":"c","status":"DUE","amount":500,"summary":{"captured":0,"refunded":0,"cancelled":0}}`, ""}}, "1 charge is still open: c (due)"},
		"a charge in a list":                {[]call{{"POST", charges, "", 201, `{"chargeId":"c"}`, ""}, {"GET", charges, "", 200, `[{"id":"x","status":"DUE"},{"id":"c","status":"PARTIALLY_REFUNDED","amount":500,"currency":"NOK","summary":{"captured":500,"refunded":200,"cancelled":0}}]`, ""}}, "1 charge is still open: c (300 NOK captured and not refunded)"},
		"a charge that is reserved":         {[]call{{"POST", charges, "", 201, `{"chargeId":"c"}`, ""}, {"GET", charges, "", 200, `[{"id":"c","status":"PARTIALLY_CAPTURED","amount":500,"currency":"NOK","summary":{"captured":200,"refunded":200,"cancelled":0}}]`, ""}}, "1 charge is still open: c (300 NOK reserved)"},
		"a charge that is cancelled":        {[]call{{"POST", charges, "", 201, `{"chargeId":"c"}`, ""}, {"DELETE", charges + "/c", "", 204, "", ""}}, ""},
		"cancelling does not give back":     {[]call{{"POST", charges, "", 201, `{"chargeId":"c"}`, ""}, {"GET", charges + "/c", "", 200, `{"status":"CHARGED","amount":500,"summary":{"captured":500,"refunded":0}}`, ""}, {"DELETE", charges + "/c", "", 202, "", ""}}, "1 charge is still open: c (500 captured and not refunded)"},
		"a charge that is refunded":         {[]call{{"POST", charges, "", 201, `{"chargeId":"c"}`, ""}, {"GET", charges + "/c", "", 200, `{"status":"REFUNDED","amount":500,"summary":{"captured":500,"refunded":500}}`, ""}}, ""},
		"an initial charge":                 {[]call{{"POST", agreements, "", 201, `{"agreementId":"a","chargeId":"c"}`, ""}, {"GET", agreements + "/a", "", 200, `{"status":"STOPPED"}`, ""}, {"GET", charges, "", 200, `[{"id":"c","status":"CHARGED","amount":500,"currency":"NOK","summary":{"captured":500,"refunded":0,"cancelled":0}}]`, ""}}, "1 charge is still open: c (500 NOK captured and not refunded)"},
		"an agreement without an answer":    {[]call{{"POST", agreements, "{}", 0, "", "ECONNRESET"}}, "1 agreement is still open: one whose id is not known (no answer came to the request that creates it)"},
		"a session of Checkout":             {[]call{{"POST", "/checkout/v3/session", `{"transaction":{"reference":"r1"}}`, 200, `{"token":"t"}`, ""}, {"GET", one, "", 200, reserved, ""}}, "1 payment is still open: r1 (500 NOK reserved)"},
		"a session that nobody paid":        {[]call{{"POST", "/checkout/v3/session", `{"transaction":{"reference":"r1"}}`, 200, `{"token":"t"}`, ""}, {"GET", one, "", 404, "{}", ""}}, ""},
		"a payment of a PSP":                {[]call{{"POST", "/psp/v3/psppayments/init", "", 200, `{"pspTransactionId":"p"}`, ""}, {"GET", "/psp/v3/psppayments/p/details", "", 200, `{"transactionLogHistory":[{"operation":"RESERVED"},{"operation":"CAPTURED"}],"transactionSummary":{"capturedAmount":500,"refundedAmount":0,"remainingAmountToCapture":0}}`, ""}}, "1 payment is still open: p (500 captured and not refunded)"},
		"one of a PSP that nobody has seen": {[]call{{"POST", "/psp/v3/psppayments/init", "", 200, `{"pspTransactionId":"p"}`, ""}, {"GET", "/psp/v3/psppayments/p/details", "", 200, `{"transactionLogHistory":[],"transactionSummary":{"capturedAmount":0,"refundedAmount":0,"remainingAmountToCapture":0}}`, ""}}, "1 payment is still open: p (created)"},
		"one of a PSP that is cancelled":    {[]call{{"POST", "/psp/v3/psppayments/init", "", 200, `{"pspTransactionId":"p"}`, ""}, {"GET", "/psp/v3/psppayments/p/details", "", 200, `{"transactionLogHistory":[{"operation":"RESERVED"},{"operation":"CANCELLED"}],"transactionSummary":{"capturedAmount":0,"refundedAmount":0,"remainingAmountToCapture":0}}`, ""}}, ""},
		"a reservation of eCom":             {[]call{{"POST", "/ecomm/v2/payments", "", 200, `{"orderId":"o"}`, ""}, {"GET", "/ecomm/v2/payments/o/details", "", 200, `{"transactionLogHistory":[{"operation":"RESERVE"}],"transactionSummary":{"capturedAmount":0,"refundedAmount":0,"remainingAmountToCapture":700}}`, ""}}, "1 payment is still open: o (700 reserved)"},
		"one of eCom that nobody has seen":  {[]call{{"POST", "/ecomm/v2/payments", "", 200, `{"orderId":"o"}`, ""}, {"GET", "/ecomm/v2/payments/o/details", "", 200, `{"transactionLogHistory":[{"operation":"INITIATE"}],"transactionSummary":{"capturedAmount":0,"refundedAmount":0,"remainingAmountToCapture":0}}`, ""}}, "1 payment is still open: o (initiate)"},
		"one of eCom that is cancelled":     {[]call{{"POST", "/ecomm/v2/payments", "", 200, `{"orderId":"o"}`, ""}, {"PUT", "/ecomm/v2/payments/o/cancel", "", 200, `{"transactionSummary":{"capturedAmount":0,"refundedAmount":0,"remainingAmountToCapture":0}}`, ""}}, ""},
	}
	rules, err := ledger.Vipps()
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			l := ledger.New(rules)
			for _, c := range test.calls {
				q := event.Request{Method: c.method, URL: "https://apitest.vipps.no" + c.path + "?x=1", Body: event.Body{Data: []byte(c.sent)}}
				if c.code == 0 {
					l.Add(event.Checkpoint{Step: event.Step{ID: "1"}, Method: q.Method, URL: q.URL, Body: event.Body{Data: []byte(c.sent)}})
					l.Add(event.RequestFailed{Step: event.Step{ID: "1"}, Request: q, Error: &event.Error{Code: c.err}})
					continue
				}
				l.Add(event.ResponseReceived{Request: q, Response: event.Response{Code: c.code, Body: event.Body{Data: []byte(c.answer)}}})
			}
			var texts []string
			for _, o := range l.Open() {
				texts = append(texts, o.Text)
			}
			if got := strings.Join(texts, "; "); got != test.want {
				t.Errorf("open is %q, want %q", got, test.want)
			}
		})
	}
}
