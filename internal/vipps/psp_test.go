package vipps

import (
	"strings"
	"testing"

	"github.com/tidwall/gjson"
)

const pspBody = `{"pspTransactionId":"TX1","merchantOrderId":"ORDER1","customerMobileNumber":"91234567","amount":"49900","currency":"NOK",
	"pspRedirectUrl":"https://example.com/back","makePaymentUrl":"BASE/pay","makePaymentToken":"t0k3n","paymentText":"Socks"}`

func (c *client) psp(method, path, body string) answerOf {
	c.t.Helper()
	return c.send(method, "/psp/v3"+path, body, "PSP-ID: 407112")
}

func TestPSPInitRefuses(t *testing.T) {
	for name, test := range map[string]struct{ from, to, want string }{
		"nothing wrong":         {"", "", "200"},
		"no amount":             {`"49900"`, `0`, "400 amount"},
		"no currency":           {`"NOK"`, `""`, "400 currency"},
		"no place for the card": {`BASE/pay`, `nowhere`, "400 makePaymentUrl"},
		"a transaction of 37":   {`TX1`, strings.Repeat("x", 37), "400 51"},
	} {
		c := loggedIn(t, Options{})
		body := strings.Replace(pspBody, test.from, test.to, 1)
		if got := c.psp("POST", "/psppayments/init", strings.Replace(body, "BASE", "https://example.com", 1)); got.brief() != test.want {
			t.Errorf("%s: %s, want %s: %s", name, got.brief(), test.want, got.raw)
		}
	}
	c := loggedIn(t, Options{})
	body := strings.Replace(pspBody, "BASE", "https://example.com", 1)
	c.send("POST", "/psp/v3/psppayments/init", body).wantBrief(t, "401 Unauthorized") // no PSP-ID
	c.psp("POST", "/psppayments/init", body).wantBrief(t, "200")
	c.psp("POST", "/psppayments/init", body).wantBrief(t, "400 44")
	c.psp("POST", "/psppayments/init", strings.Replace(body, "TX1", "TX2", 1)).wantBrief(t, "400 99")
}

// TestPSPIsHandedTheCard approves, by user and by force, and looks at what the PSP
// is asked and what it reports.
func TestPSPIsHandedTheCard(t *testing.T) {
	for _, test := range []struct{ answer, act, state string }{
		{`{"paymentInfo":{"status":"OK"}}`, "approve", "ACCEPTED"},
		{`{"paymentInfo":{"status":"FAIL"}}`, "approve", "ACCEPTED"},
		{`{}`, "abort", "USER_CANCEL"},
		{`{}`, "expire", "TIMEOUT"},
	} {
		c, m := sender(t), newMerchant(t)
		m.answer = test.answer
		c.psp("POST", "/psppayments/init", strings.Replace(pspBody, "BASE", m.URL, 1)).wantBrief(t, "200")
		c.decide("TX1", test.act).wantBrief(t, "200")
		got := m.next(t)
		body := gjson.Parse(got.body)
		if got.path != "/pay" || got.auth != "t0k3n" || body.Get("paymentState").Str != test.state ||
			body.Get("networkToken").Exists() != (test.state == "ACCEPTED") {
			t.Errorf("%s: the PSP was asked %s with %q: %s", test.act, got.path, got.auth, got.body)
		}
		c.flush()
		details := c.psp("GET", "/psppayments/TX1/details", "").body
		reserved := details.Get(`transactionLogHistory.#(operation=="RESERVED").operationSuccess`)
		if want := strings.Contains(test.answer, "OK"); reserved.Bool() != want {
			t.Errorf("%s %s: reserved = %t, want %t: %s", test.act, test.answer, reserved.Bool(), want, details.Raw)
		}
	}
}

func TestPSPReports(t *testing.T) {
	c := loggedIn(t, Options{})
	c.psp("POST", "/psppayments/init", strings.Replace(pspBody, "BASE", "https://example.com", 1))
	c.decide("TX1", "approve").wantBrief(t, "200")
	for _, status := range []string{"CAPTURED", "REFUNDED"} {
		c.psp("POST", "/psppayments/updateStatus",
			`{"transactions":[{"pspTransactionId":"TX1","status":"`+status+`","amount":"900","currency":"NOK"}]}`).wantBrief(t, "200")
	}
	c.psp("POST", "/psppayments/updatestatus", `{"transactions":[{"pspTransactionId":"TX9","status":"CAPTURED","amount":1}]}`).wantBrief(t, "400 51")
	got := c.psp("GET", "/psppayments/TX1/details", "").body.Get("transactionSummary").Raw
	if want := `{"capturedAmount":900,"remainingAmountToCapture":49000,"refundedAmount":900,"remainingAmountToRefund":0}`; got != want {
		t.Errorf("summary = %s, want %s", got, want)
	}
}

func TestPSPSignup(t *testing.T) {
	c := loggedIn(t, Options{})
	const base = "/merchant-management/psp/v1/merchants"
	const unit = `{"organizationNumber":"918130047","name":"Shop","mccCode":"5411","logo":"","companyName":"Company","companyEmail":"a@example.com",
		"address":{"addressLine1":"Street 1","city":"Oslo","country":"NO","postCode":"0154"}}`
	c.send("POST", base, unit).wantBrief(t, "400") // no key
	made := c.write("POST", base, unit)
	made.wantBrief(t, "200")
	one := base + "/" + made.body.Get("merchantSerialNumber").Str
	c.send("PATCH", one, `{"name":"New shop","deactivate":true}`).wantBrief(t, "200")
	if got := c.send("GET", one, "").body; got.Get("name").Str != "New shop" || got.Get("status").Str != "DEACTIVATED" {
		t.Errorf("unit is %s", got.Raw)
	}
	if got := c.send("GET", base, "").body.Get("merchants.#").Int(); got != 2 {
		t.Errorf("%d units, want 2", got)
	}
	c.send("GET", base+"/309201", "").wantBrief(t, "404")
}
