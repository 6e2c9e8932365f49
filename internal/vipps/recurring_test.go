package vipps

import (
	"strings"
	"testing"
	"time"

	"posthaste/internal/vipps/core"
)

const agreementBodyText = `{"interval":{"unit":"WEEK","count":"2"},"pricing":{"amount":1000,"currency":"NOK"},
	"merchantRedirectUrl":"https://example.com/back","merchantAgreementUrl":"https://example.com/manage",
	"phoneNumber":"91234567","productName":"Socks"}`

const chargeBodyText = `{"amount":1000,"description":"March","due":"2026-03-03","retryDays":0,"transactionType":"RESERVE_CAPTURE"}`

// draft makes an agreement, changed by pairs of old and new text, and returns its path.
func (c *client) draft(edit ...string) string {
	c.t.Helper()
	a := c.write("POST", "/recurring/v3/agreements", strings.NewReplacer(edit...).Replace(agreementBodyText))
	a.wantBrief(c.t, "201")
	return "/recurring/v3/agreements/" + a.body.Get("agreementId").Str
}

func (c *client) accept(path string) answerOf {
	c.t.Helper()
	return c.write("PATCH", path+"/accept", `{"phoneNumber":"91234567"}`)
}

func TestAgreementStates(t *testing.T) {
	tests := map[string]struct{ steps, want string }{
		"accept":                   {"accept", "204 ACTIVE"},
		"accept twice":             {"accept, accept", "400 operation-failed ACTIVE"},
		"accept too late":          {"wait, accept", "400 operation-failed EXPIRED"},
		"accept by a stranger":     {`{"phoneNumber":"40000000"}`, "400 validation-error PENDING"},
		"stop":                     {`accept, {"status":"STOPPED"}`, "204 STOPPED"},
		"stop what is pending":     {`{"status":"STOPPED"}`, "400 illegal-agreement-update PENDING"},
		"stop with something else": {`accept, {"status":"STOPPED","productName":"x"}`, "400 illegal-agreement-update ACTIVE"},
		"start again":              {`accept, {"status":"ACTIVE"}`, "400 illegal-agreement-update ACTIVE"},
		"update what is stopped":   {`accept, {"status":"STOPPED"}, {"productName":"x"}`, "400 illegal-agreement-update STOPPED"},
		"rename":                   {`accept, {"productName":"x"}`, "204 ACTIVE"},
		"rename to nothing":        {`accept, {"productName":""}`, "400 validation-error ACTIVE"},
		"another price":            {`accept, {"pricing":{"amount":2000}}`, "204 ACTIVE"},
		"a limit on a fixed price": {`accept, {"pricing":{"suggestedMaxAmount":2000}}`, "400 illegal-agreement-update ACTIVE"},
		"a page without https":     {`accept, {"merchantAgreementUrl":"http://example.com"}`, "400 validation-error ACTIVE"},
		"another interval":         {`accept, {"interval":{"period":{"unit":"MONTH","count":1}}}`, "204 ACTIVE"},
		"an unknown field":         {`accept, {"colour":"red"}`, "400 validation-error ACTIVE"},
		"not JSON":                 {`accept, {`, "400 invalid-json ACTIVE"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := loggedIn(t, Options{})
			path := c.draft()
			var last answerOf
			for step := range strings.SplitSeq(test.steps, ", ") {
				switch {
				case step == "accept":
					last = c.accept(path)
				case step == "wait":
					c.now = c.now.Add(core.DecisionLife)
				case strings.Contains(step, "phoneNumber"):
					last = c.write("PATCH", path+"/accept", step)
				default:
					last = c.write("PATCH", path, step)
				}
			}
			got := last.brief() + " " + c.send("GET", path, "").body.Get("status").Str
			if got != test.want {
				t.Errorf("got %q, want %q: %s", got, test.want, last.raw)
			}
		})
	}
}

func TestDraftAgreementValidates(t *testing.T) {
	tests := map[string]struct{ old, now, want string }{
		"as it should be":            {"", "", "201"},
		"a count that is a number":   {`"2"`, `2`, "201"},
		"count too high":             {`"2"`, `32`, "400 validation-error"},
		"unknown unit":               {`WEEK`, `FORTNIGHT`, "400 validation-error"},
		"price too low":              {`"amount":1000`, `"amount":99`, "400 validation-error"},
		"no pricing":                 {`"pricing"`, `"prices"`, "400 validation-error"},
		"other currency":             {`NOK`, `SEK`, "400 validation-error"},
		"variable":                   {`"amount":1000`, `"type":"VARIABLE","suggestedMaxAmount":2000000`, "201"},
		"variable, too high":         {`"amount":1000`, `"type":"VARIABLE","suggestedMaxAmount":2000001`, "400 invalid-suggested-max-amount"},
		"unknown pricing":            {`"amount":1000`, `"type":"FREE"`, "400 validation-error"},
		"no product name":            {`"Socks"`, `""`, "400 validation-error"},
		"product name too long":      {`"Socks"`, `"` + strings.Repeat("s", 46) + `"`, "400 validation-error"},
		"phone of 8 digits":          {"", "", "201"},
		"phone with a plus":          {`"91234567"`, `"+4791234567"`, "400 validation-error"},
		"redirect to the app":        {`https://example.com/back`, `myapp://home`, "201"},
		"no redirect":                {`https://example.com/back`, ``, "400 validation-error"},
		"price campaign":             {`"interval"`, `"campaign":{"type":"PRICE_CAMPAIGN","price":1,"end":"2040-01-01T00:00:00Z"},"interval"`, "201"},
		"campaign without its end":   {`"interval"`, `"campaign":{"type":"PRICE_CAMPAIGN","price":1},"interval"`, "400 validation-error"},
		"campaign without a price":   {`"interval"`, `"campaign":{"type":"PRICE_CAMPAIGN","end":"2040-01-01T00:00:00Z"},"interval"`, "400 validation-error"},
		"campaign with a bad period": {`"interval"`, `"campaign":{"type":"PERIOD_CAMPAIGN","price":1,"period":{"unit":"DAY","count":0}},"interval"`, "400 validation-error"},
		"unknown campaign":           {`"interval"`, `"campaign":{"type":"SALE","price":1},"interval"`, "400 validation-error"},
		"initial charge":             {`"interval"`, `"initialCharge":{"amount":500,"description":"d","transactionType":"DIRECT_CAPTURE"},"interval"`, "201"},
		"initial charge, no text":    {`"interval"`, `"initialCharge":{"amount":500,"transactionType":"DIRECT_CAPTURE"},"interval"`, "400 validation-error"},
		"not JSON":                   {agreementBodyText, `x`, "400 invalid-json"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := loggedIn(t, Options{})
			c.write("POST", "/recurring/v3/agreements", strings.Replace(agreementBodyText, test.old, test.now, 1)).wantBrief(t, test.want)
		})
	}
}

func TestRecurringIdempotency(t *testing.T) {
	const path = "/recurring/v3/agreements"
	c := loggedIn(t, Options{})
	first := c.send("POST", path, agreementBodyText, "Idempotency-key: k")
	first.wantBrief(t, "201")
	if again := c.send("POST", path, agreementBodyText, "Idempotency-Key: k"); again.raw != first.raw {
		t.Errorf("repeated draft = %s, want the first answer", again.raw)
	}
	c.send("POST", path, strings.Replace(agreementBodyText, "Socks", "Shoes", 1), "Idempotency-Key: k").wantBrief(t, "409 idempotency-conflict")
	c.send("POST", path, agreementBodyText).wantBrief(t, "400 idempotency-key-header")
	c.send("POST", path, agreementBodyText, "Idempotency-Key: t", "Content-Type: text/plain").wantBrief(t, "415 unsupported-media-type")
	c.send("POST", path, agreementBodyText, "Idempotency-Key: t", "Content-Type: Application/JSON").wantBrief(t, "201")
	c.send("POST", path, agreementBodyText, "Idempotency-Key: a/b").wantBrief(t, "400 idempotency-key-header")
	c.send("POST", path, agreementBodyText, "Idempotency-Key: "+strings.Repeat("k", 41)).wantBrief(t, "400 idempotency-key-header")
}

func TestChargeStates(t *testing.T) {
	tests := map[string]struct {
		kind, steps, want string
	}{
		"a reservation falls due":     {"RESERVE_CAPTURE", "due", "RESERVED"},
		"a direct capture falls due":  {"DIRECT_CAPTURE", "due", "CHARGED"},
		"waiting":                     {"DIRECT_CAPTURE", "", "201 DUE"},
		"capture before it is due":    {"RESERVE_CAPTURE", "capture 1000", "400 charge-capture-failed DUE"},
		"capture":                     {"RESERVE_CAPTURE", "due, capture 1000", "204 CHARGED"},
		"capture a part":              {"RESERVE_CAPTURE", "due, capture 400", "204 PARTIALLY_CAPTURED"},
		"capture both parts":          {"RESERVE_CAPTURE", "due, capture 400, capture 600", "204 CHARGED"},
		"capture too much":            {"RESERVE_CAPTURE", "due, capture 1001", "400 charge-capture-failed RESERVED"},
		"capture too little":          {"RESERVE_CAPTURE", "due, capture 99", "400 validation-error RESERVED"},
		"refund a part":               {"DIRECT_CAPTURE", "due, refund 400", "204 PARTIALLY_REFUNDED"},
		"refund everything":           {"DIRECT_CAPTURE", "due, refund 400, refund 600", "204 REFUNDED"},
		"refund too much":             {"DIRECT_CAPTURE", "due, refund 1001", "400 operation-failed CHARGED"},
		"cancel before it is due":     {"DIRECT_CAPTURE", "cancel", "204 CANCELLED"},
		"cancel a reservation":        {"RESERVE_CAPTURE", "due, cancel", "204 CANCELLED"},
		"cancel the rest":             {"RESERVE_CAPTURE", "due, capture 400, cancel", "204 CHARGED"},
		"cancel what is charged":      {"DIRECT_CAPTURE", "due, cancel", "400 cancel-charge-failed CHARGED"},
		"stopping cancels":            {"DIRECT_CAPTURE", "stop", "204 CANCELLED"},
		"stopping leaves the charged": {"DIRECT_CAPTURE", "due, stop", "204 CHARGED"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := loggedIn(t, Options{})
			agreement := c.draft()
			c.accept(agreement)
			last := c.write("POST", agreement+"/charges", strings.Replace(chargeBodyText, "RESERVE_CAPTURE", test.kind, 1))
			last.wantBrief(t, "201")
			path := agreement + "/charges/" + last.body.Get("chargeId").Str
			for step := range strings.SplitSeq(test.steps, ", ") {
				switch verb, amount, _ := strings.Cut(step, " "); verb {
				case "due":
					c.now = c.now.Add(24 * time.Hour)
					c.login()
					last = answerOf{}
				case "cancel":
					last = c.write("DELETE", path, "")
				case "stop":
					last = c.write("PATCH", agreement, `{"status":"STOPPED"}`)
				case "capture", "refund":
					last = c.write("POST", path+"/"+verb, `{"amount":`+amount+`,"description":"d"}`)
				}
			}
			got := c.send("GET", path, "").body.Get("status").Str
			if last.status != 0 {
				got = last.brief() + " " + got
			}
			if got != test.want {
				t.Errorf("got %q, want %q: %s", got, test.want, last.raw)
			}
		})
	}
}

func TestCreateChargeValidates(t *testing.T) {
	tests := map[string]struct{ old, now, want string }{
		"as it should be":      {"", "", "201"},
		"with an orderId":      {`"amount"`, `"orderId":"order-1","amount"`, "201"},
		"today":                {"2026-03-03", "2026-03-02", "400 charge-due-too-soon"},
		"in three years":       {"2026-03-03", "2029-03-03", "400 charge-due-in-too-long"},
		"another format":       {"2026-03-03", "03.03.2026", "400 validation-error"},
		"no such day":          {"2026-03-03", "2026-02-30", "400 validation-error"},
		"retried for too long": {`"retryDays":0`, `"retryDays":15`, "400 validation-error"},
		"amount too low":       {`1000`, `99`, "400 validation-error"},
		"five times the price": {`1000`, `5000`, "201"},
		"more than that":       {`1000`, `5001`, "400 charge-amount-too-high"},
		"unknown capture type": {`RESERVE_CAPTURE`, `MAYBE`, "400 validation-error"},
		"description too long": {`March`, strings.Repeat("m", 46), "400 validation-error"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := loggedIn(t, Options{})
			path := c.draft()
			c.accept(path)
			c.write("POST", path+"/charges", strings.Replace(chargeBodyText, test.old, test.now, 1)).wantBrief(t, test.want)
		})
	}
}

func TestChargesShareAnInterval(t *testing.T) {
	c := loggedIn(t, Options{})
	path := c.draft()
	c.accept(path)
	big := strings.Replace(chargeBodyText, "1000", "3000", 1)
	c.write("POST", path+"/charges", big).wantBrief(t, "201")
	c.write("POST", path+"/charges", big).wantBrief(t, "400 charge-amount-too-high")
	c.write("POST", path+"/charges", strings.Replace(big, "2026-03-03", "2026-03-20", 1)).wantBrief(t, "201")
}

// TestChargesOfTwoIntervals makes two charges, each three fifths of what one
// interval allows: the second fits only if it lies in another interval.
func TestChargesOfTwoIntervals(t *testing.T) {
	tests := map[string]struct{ unit, count, second, want string }{
		"the next day":       {"DAY", "1", "2026-03-04", "201"},
		"the same fortnight": {"WEEK", "2", "2026-03-15", "400 charge-amount-too-high"},
		"the next month":     {"MONTH", "1", "2026-04-01", "201"},
		"the same month":     {"MONTH", "1", "2026-03-31", "400 charge-amount-too-high"},
		"the same quarter":   {"MONTH", "3", "2026-05-03", "400 charge-amount-too-high"},
		"the same year":      {"YEAR", "1", "2026-12-03", "400 charge-amount-too-high"},
		"the year after":     {"YEAR", "1", "2027-03-03", "201"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := loggedIn(t, Options{})
			path := c.draft("WEEK", test.unit, `"2"`, `"`+test.count+`"`)
			c.accept(path)
			big := strings.Replace(chargeBodyText, "1000", "3000", 1)
			c.write("POST", path+"/charges", big).wantBrief(t, "201")
			c.write("POST", path+"/charges", strings.Replace(big, "2026-03-03", test.second, 1)).wantBrief(t, test.want)
		})
	}
}

func TestVariableAgreementLimitsCharges(t *testing.T) {
	c := loggedIn(t, Options{})
	path := c.draft(`"amount":1000`, `"type":"VARIABLE","suggestedMaxAmount":2000`)
	c.accept(path)
	c.write("POST", path+"/charges", strings.Replace(chargeBodyText, "1000", "2001", 1)).wantBrief(t, "400 charge-amount-too-high")
	for body, want := range map[string]string{
		`{"pricing":{"amount":5000}}`:                "400 illegal-agreement-update",
		`{"pricing":{"suggestedMaxAmount":2000001}}`: "400 invalid-suggested-max-amount",
		`{"pricing":{"suggestedMaxAmount":"x"}}`:     "400 validation-error",
	} {
		c.write("PATCH", path, body).wantBrief(t, want)
	}
	c.write("PATCH", path, `{"pricing":{"suggestedMaxAmount":3000}}`).wantBrief(t, "204")
	c.write("POST", path+"/charges", strings.Replace(chargeBodyText, "1000", "2001", 1)).wantBrief(t, "201")
}

func TestChargeOrderIDIsUnique(t *testing.T) {
	c := loggedIn(t, Options{})
	path := c.draft()
	c.accept(path)
	body := strings.Replace(chargeBodyText, `"amount"`, `"orderId":"order-1","amount"`, 1)
	c.write("POST", path+"/charges", body).wantBrief(t, "201")
	c.write("POST", path+"/charges", body).wantBrief(t, "409 conflict")
	c.send("GET", "/recurring/v3/charges/order-1", "").wantBrief(t, "200")
	c.send("GET", c.draft()+"/charges/order-1", "").wantBrief(t, "404 resource-not-found")
}

func TestChargeNeedsAnActiveAgreement(t *testing.T) {
	c := loggedIn(t, Options{})
	c.write("POST", c.draft()+"/charges", chargeBodyText).wantBrief(t, "400 charge-creation-failed")
	c.write("POST", "/recurring/v3/agreements/agr_none/charges", chargeBodyText).wantBrief(t, "404 resource-not-found")
}

func TestInitialChargeWaitsForTheUser(t *testing.T) {
	for kind, want := range map[string]string{"DIRECT_CAPTURE": "CHARGED", "RESERVE_CAPTURE": "RESERVED"} {
		t.Run(kind, func(t *testing.T) {
			c := loggedIn(t, Options{})
			path := c.draft(`"interval"`, `"initialCharge":{"amount":500,"description":"d","transactionType":"`+kind+`"},"interval"`)
			if got := c.send("GET", path+"/charges", "").body.Get("0.status").Str; got != "PENDING" {
				t.Errorf("before accepting the charge is %q, want PENDING", got)
			}
			c.accept(path).wantBrief(t, "204")
			if got := c.send("GET", path+"/charges", "").body.Get("0.status").Str; got != want {
				t.Errorf("after accepting the charge is %q, want %q", got, want)
			}
			if got := c.send("GET", path+"/charges?status=DUE", "").raw; got != "[]" {
				t.Errorf("charges that are DUE = %s, want none", got)
			}
		})
	}
}

func TestListAgreementsShowsTheActiveOnes(t *testing.T) {
	c := loggedIn(t, Options{})
	c.draft()
	c.accept(c.draft())
	const path = "/recurring/v3/agreements"
	for query, want := range map[string]int64{"": 1, "?status=PENDING": 1, "?status=STOPPED": 0} {
		if got := c.send("GET", path+query, "").body.Get("#").Int(); got != want {
			t.Errorf("agreements for %q = %d, want %d", query, got, want)
		}
	}
	c.send("GET", path+"?status=LOST", "").wantBrief(t, "400 validation-error")
}
