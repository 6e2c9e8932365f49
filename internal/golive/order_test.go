package golive_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"posthaste/internal/golive"
	"posthaste/runner/event"
)

const (
	made  = `POST /ecomm/v2/payments {"transaction":{"orderId":"o","amount":500}} {"orderId":"o"}`
	pay   = `POST /epayment/v1/payments {"reference":"r","amount":{"value":500,"currency":"NOK"}} {"reference":"r"}`
	state = `{"state":"AUTHORIZED","aggregate":{"authorizedAmount":{"value":500},"capturedAmount":{"value":%d},"refundedAmount":{"value":%d}}}`
)

// aggregate is an answer of ePayment.
func aggregate(captured, refunded int) string { return fmt.Sprintf(state, captured, refunded) }

// What a row asks for shows in amounts, in the order of calls, and in states: also where an answer leaves out what is
// optional.
func TestRowsAreJudgedByAmountsOrderAndStates(t *testing.T) {
	const get, capture, refund = "GET /epayment/v1/payments/r", "POST /epayment/v1/payments/r/capture", "POST /epayment/v1/payments/r/refund"
	const take, back, details = "POST /ecomm/v2/payments/o/capture", "POST /ecomm/v2/payments/o/refund", "GET /ecomm/v2/payments/o/details"
	value := func(n int) string { return fmt.Sprintf(`{"modificationAmount":{"value":%d}}`, n) }
	amount := func(n int) string { return fmt.Sprintf(`{"transaction":{"amount":%d}}`, n) }
	tests := map[string]struct {
		product string
		calls   []string // method, path, request's body, answer, idempotency key
		want    string   // rows that are done, of those about captures, refunds and reading, between "; "
	}{
		"a payment that waits":                {"epayment", []string{pay, get + ` - {"state":"CREATED"}`}, ""},
		"a payment that is authorized":        {"epayment", []string{pay, get + " - " + aggregate(0, 0)}, "Get a payment"},
		"a payment that is captured":          {"epayment", []string{pay, capture + " " + value(500) + " " + aggregate(500, 0), get + " - " + aggregate(500, 0)}, "Capture the full"},
		"the full amount":                     {"epayment", []string{pay, capture + " " + value(500) + " " + aggregate(500, 0)}, "Capture the full"},
		"a part":                              {"epayment", []string{pay, capture + " " + value(100) + " " + aggregate(100, 0)}, "Capture a part"},
		"the rest is neither":                 {"epayment", []string{pay, capture + " " + value(400) + " " + aggregate(500, 0)}, ""},
		"a full refund":                       {"epayment", []string{refund + " " + value(500) + " " + aggregate(500, 500)}, "Refund the full"},
		"a refund in part":                    {"epayment", []string{refund + " " + value(100) + " " + aggregate(500, 100)}, "Refund a part"},
		"the rest of a refund is neither":     {"epayment", []string{refund + " " + value(400) + " " + aggregate(500, 500)}, ""},
		"a part that is refunded as a whole":  {"epayment", []string{refund + " " + value(100) + " " + aggregate(100, 100)}, "Refund the full"},
		"without sums, with what was asked":   {"epayment", []string{pay, capture + " " + value(500) + ` {}`, refund + " " + value(500) + ` {}`}, "Capture the full; Refund the full"},
		"without sums, in parts":              {"epayment", []string{pay, capture + " " + value(100) + ` {} k1`, capture + " " + value(400) + ` {} k2`, refund + " " + value(100) + ` {} k3`, refund + " " + value(400) + ` {} k4`}, "Capture a part; Refund a part"},
		"the same key twice is one capture":   {"epayment", []string{pay, capture + " " + value(100) + ` {} k1`, capture + " " + value(100) + ` {} k1`, refund + " " + value(100) + ` {} k3`}, "Capture a part; Refund the full"},
		"a recording that is named twice":     {"ecom", []string{made, take + " " + amount(100) + ` {}`, "again", take + ` {} {} k2`, back + " " + amount(500) + ` {} k3`}, "Capture a part; Refund the full"},
		"without anything":                    {"epayment", []string{capture + " " + value(500) + ` {}`}, ""},
		"Checkout: a payment of a session":    {"checkout", []string{`POST /checkout/v3/session {"transaction":{"reference":"r","amount":{"value":500}}} {}`, capture + " " + value(500) + " " + aggregate(500, 0)}, "Capture the full"},
		"Checkout: a payment of something":    {"checkout", []string{pay, capture + " " + value(500) + " " + aggregate(500, 0)}, ""},
		"Checkout: a session that was seen":   {"checkout", []string{`GET /checkout/v3/session/r - {}`, capture + " " + value(500) + " " + aggregate(500, 0)}, "Get a session; Capture the full"},
		"eCom: everything":                    {"ecom", []string{made, take + ` {} {}`}, "Capture the full"},
		"eCom: everything by amount":          {"ecom", []string{made, take + " " + amount(500) + ` {}`}, "Capture the full"},
		"eCom: a part":                        {"ecom", []string{made, take + " " + amount(100) + ` {}`}, "Capture a part"},
		"eCom: a part and the rest":           {"ecom", []string{made, take + " " + amount(100) + ` {} k1`, take + ` {} {} k2`}, "Capture a part"},
		"eCom: with sums":                     {"ecom", []string{take + ` {} {"transactionInfo":{"amount":500},"transactionSummary":{"capturedAmount":500,"remainingAmountToCapture":0}}`}, "Capture the full"},
		"eCom: the rest with sums":            {"ecom", []string{take + ` {} {"transactionInfo":{"amount":400},"transactionSummary":{"capturedAmount":500,"remainingAmountToCapture":0}}`}, ""},
		"eCom: nothing is known":              {"ecom", []string{take + ` {} {}`}, ""},
		"eCom: a refund in part, and in full": {"ecom", []string{made, take + ` {} {}`, back + " " + amount(100) + ` {} k1`, back + " " + amount(400) + ` {} k2`}, "Capture the full; Refund a part"},
		"eCom: everything is refunded":        {"ecom", []string{made, take + ` {} {}`, back + " " + amount(500) + ` {}`}, "Capture the full; Refund the full"},
		"eCom: details of a reservation":      {"ecom", []string{made, details + ` - {"transactionLogHistory":[{"operation":"RESERVE"}]}`}, "Get the details"},
		"eCom: details of what waits":         {"ecom", []string{made, details + ` - {"transactionLogHistory":[{"operation":"INITIATE"}]}`}, ""},
		"Login: the token of a website":       {"login", []string{`POST /access-management-1.0/access/oauth2/token grant_type=authorization_code&code=x {}`}, "Get tokens (website)"},
		"Login: the token of a phone":         {"login", []string{`POST /access-management-1.0/access/oauth2/token auth_req_id=x&grant_type=urn%3Aopenid%3Aparams%3Agrant-type%3Aciba {}`}, "Get tokens (merchant-initiated)"},
		"Login: the token of an application":  {"login", []string{`POST /access-management-1.0/access/oauth2/token grant_type=client_credentials {}`}, ""},
		"PSP: another spelling of the path":   {"psp", []string{`POST /psp/v3/psppayments/updateStatus {} {}`}, "Update the status"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			list, err := golive.Find(test.product)
			if err != nil {
				t.Fatal(err)
			}
			for _, backwards := range []bool{false, true} { // recordings come in any order
				r := golive.New(list, golive.Options{Now: time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC)})
				for i := range test.calls {
					at := i
					if backwards {
						at = len(test.calls) - 1 - i
					}
					if test.calls[at] == "again" {
						add(r, at-1, strings.Fields(test.calls[at-1]))
						continue
					}
					add(r, at, strings.Fields(test.calls[at]))
				}
				var done []string
				for _, row := range r.List().Filled {
					about := strings.HasPrefix(row.Text, "Capture") || strings.HasPrefix(row.Text, "Refund") || strings.HasPrefix(row.Text, "Get") || strings.HasPrefix(row.Text, "Update")
					if row.Done && about {
						done = append(done, row.Text)
					}
				}
				want := strings.Split(test.want, "; ")
				if test.want == "" {
					want = nil
				}
				same := len(done) == len(want)
				for i := range done {
					same = same && strings.HasPrefix(done[i], want[i])
				}
				if !same {
					t.Errorf("backwards %t: %q are done, want %q", backwards, done, want)
				}
			}
		})
	}
}

// add tells the reader of a call: method, path, body ("-" for none), answer, and its key.
func add(r *golive.Reader, at int, words []string) {
	q := event.Request{Method: words[0], URL: "https://apitest.vipps.no" + words[1]}
	if words[2] != "-" {
		q.Body.Data = []byte(words[2])
	}
	if len(words) > 4 {
		q.Header = []event.Header{{Key: "Idempotency-Key", Value: words[4]}}
	}
	step := event.Step{ID: fmt.Sprint(at)}
	r.Add("run", event.RequestSent{Step: step, Request: q, Time: time.Date(2026, 11, 30, 8, at, 0, 0, time.UTC)})
	r.Add("run", event.ResponseReceived{Step: step, Request: q, Response: event.Response{Code: 200, Body: event.Body{Data: []byte(words[3])}}})
}

// What a teardown does tidies up, and is no evidence.
func TestATeardownIsNoEvidence(t *testing.T) {
	list, err := golive.Find("epayment")
	if err != nil {
		t.Fatal(err)
	}
	for _, teardown := range []bool{false, true} {
		r := golive.New(list, golive.Options{Now: time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC)})
		q := event.Request{Method: "POST", URL: "https://apitest.vipps.no/epayment/v1/payments/r/cancel"}
		r.Add("run", event.RequestSent{Request: q, Time: time.Date(2026, 11, 30, 8, 0, 0, 0, time.UTC)})
		r.Add("run", event.ResponseReceived{Item: event.Item{Teardown: teardown}, Request: q, Response: event.Response{Code: 200}})
		for _, row := range r.List().Filled {
			if row.Text == "Cancel a payment" && row.Done == teardown {
				t.Errorf("in a teardown %t: done is %t", teardown, row.Done)
			}
		}
	}
}
