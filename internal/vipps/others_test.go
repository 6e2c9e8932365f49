package vipps

import (
	"encoding/base64"
	"strings"
	"testing"
)

func TestOrderManagement(t *testing.T) {
	c := loggedIn(t, Options{})
	c.initiate("order-1", "49900")
	const v2 = "/order-management/v2/eCom/"
	const receipt = `{"orderLines":[{"name":"Socks","id":"1","totalAmount":1000,"totalAmountExcludingTax":800,"totalTaxAmount":200,
		"taxPercentage":25}],"bottomLine":{"currency":"NOK"}}`
	picture := base64.StdEncoding.EncodeToString([]byte("no picture"))
	for _, step := range []struct{ method, path, body, want string }{
		{"POST", "/order-management/v1/images", `{"imageId":"i1","src":"` + picture + `","type":"base64"}`, "200"},
		{"POST", "/order-management/v1/images", `{"imageId":"i1","src":"*","type":"base64"}`, "400"},
		{"POST", "/order-management/v1/images", `{"imageId":"i1","src":"` + picture + `","type":"url"}`, "400"},
		{"PUT", v2 + "categories/order-1", `{"category":"GENERAL","orderDetailsUrl":"https://example.com","imageId":"i1"}`, "200"},
		{"PUT", v2 + "categories/order-1", `{"category":"GENERAL","orderDetailsUrl":"https://example.com","imageId":"i2"}`, "400"},
		{"PUT", v2 + "categories/order-1", `{"category":"SOCKS","orderDetailsUrl":"https://example.com"}`, "400"},
		{"PUT", v2 + "categories/order-9", `{"category":"GENERAL","orderDetailsUrl":"https://example.com"}`, "404"},
		{"POST", v2 + "receipts/order-1", strings.Replace(receipt, "800", "801", 1), "400"},
		{"POST", v2 + "receipts/order-1", receipt, "201"},
		{"POST", v2 + "receipts/order-1", receipt, "409"},
		{"GET", "/order-management/v2/ecom/order-1", "", "200"},
		{"GET", "/order-management/v2/recurring/order-1", "", "404"},
		{"GET", "/order-management/v2/cash/order-1", "", "400"},
	} {
		if got := c.send(step.method, step.path, step.body); got.brief() != step.want {
			t.Errorf("%s %s %s: %d %s, want %s", step.method, step.path, step.body, got.status, got.raw, step.want)
		}
	}
	if got := c.send("GET", "/order-management/v2/ECOM/order-1", "").body; got.Get("category.imageId").Str != "i1" || !got.Get("receipt.orderLines.0").Exists() {
		t.Errorf("the order has %s", got.Raw)
	}
	strict := loggedIn(t, Options{Strict: true})
	strict.send("POST", "/order-management/v1/images", `{"imageId":"i1","src":"`+picture+`","type":"base64"}`).wantBrief(t, "400")
}

func TestReportShowsWhatMoved(t *testing.T) {
	c := loggedIn(t, Options{})
	c.create("reference-1", "49900")
	c.paymentStep("approve", 0)
	c.modify("reference-1", "capture", "49900", "key-1")
	c.modify("reference-1", "refund", "900", "key-2")
	const ledger = "/report/v2/ledgers/302321/funds"
	c.send("GET", ledger+"/dates/2026-03-02", "").wantBrief(t, "404") // the day is not over
	feed := c.send("GET", ledger+"/feed", "").body
	if got := feed.Get("items.#.amount").Raw; got != "[49900,-900]" {
		t.Errorf("feed has %s: %s", got, feed.Raw)
	}
	if got := c.send("GET", ledger+"/feed?cursor="+feed.Get("cursor").Str, "").body; got.Get("items.#").Int() != 0 || !got.Get("tryLater").Bool() {
		t.Errorf("after the end: %s", got.Raw)
	}
	c.send("POST", "/__sim/clock", "+48h")
	c.login()
	if got := c.send("GET", ledger+"/dates/2026-03-02", "").body.Get("items.#").Int(); got != 2 {
		t.Errorf("%d items on that day, want 2", got)
	}
	if got := c.send("GET", "/settlement/v1/ledgers", "").body.Get("items.0.ledgerId").Str; got != "302321" {
		t.Errorf("ledger %q", got)
	}
	c.send("GET", "/report/v2/ledgers/1/funds/feed", "").wantBrief(t, "404")
	c.send("GET", "/report/v1/ledgertransactions", "").wantBrief(t, "404")
}

func TestManagementAndPartnerShowTheSalesUnit(t *testing.T) {
	c := loggedIn(t, Options{})
	for path, want := range map[string]string{
		"/management/v1/merchants":                                       "200",
		"/management/v1/merchants/business:NO:ORG/918130047":             "200",
		"/management/v1/merchants/business:NO:ORG/918130047/sales-units": "200",
		"/management/v1/merchants/business:NO:ORG/1/sales-units":         "404",
		"/management/v1/sales-units":                                     "200",
		"/management/v1/sales-units/740117":                              "200",
		"/management/v1/sales-units/740118":                              "404",
		"/management/v1/sales-units/x":                                   "400",
		"/partner-api/v0/merchants/918130047":                            "200",
		"/partner-api/v0/merchants/1":                                    "404",
		"/partner-api/v0/salesunits/740117":                              "200",
		"/partner-api/v0/salesunits/1":                                   "404",
	} {
		a := c.send("GET", path, "")
		if a.brief() != want {
			t.Errorf("%s: %d, want %s", path, a.status, want)
		}
		if want == "200" && !strings.Contains(path, "management/v1/merchants") && !strings.Contains(a.raw, "740117") {
			t.Errorf("%s does not name the sales unit: %s", path, a.raw)
		}
	}
	const order = `{"orgno":"918130047","productType":"VIPPS_PA_NETT"}`
	c.send("POST", "/partner-api/v1/products/orders", order).wantBrief(t, "400")
	first := c.write("POST", "/partner-api/v1/products/orders", order)
	first.wantBrief(t, "200")
}

func TestCheckIn(t *testing.T) {
	c := loggedIn(t, Options{})
	for body, want := range map[string]string{
		`{"phoneNumber":"4791234567","isMember":true}`: "200",
		`{"phoneNumber":"91234567","isMember":true}`:   "400",
		`{"phoneNumber":"4791234567"}`:                 "400",
		`x`:                                            "400",
	} {
		c.send("POST", "/point-of-sale/v1/loyalty-check-in", body).wantBrief(t, want)
	}
}

const checkoutBody = `{"merchantInfo":{"callbackUrl":"BASE/checkout","returnUrl":"https://example.com/done","callbackAuthorizationToken":"t0k3n"},
	"transaction":{"amount":{"value":1000,"currency":"NOK"},"reference":"reference-1","paymentDescription":"Socks"},
	"prefillCustomer":{"firstName":"Ada"}}`

func TestCheckoutSession(t *testing.T) {
	c, m := sender(t), newMerchant(t)
	k := c.s.Keys()
	call := func(method, path, body string, more ...string) answerOf {
		return c.send(method, path, strings.ReplaceAll(body, "BASE", m.URL),
			append([]string{"Authorization: ", "client_id: " + k.ClientID, "client_secret: " + k.ClientSecret}, more...)...)
	}
	const base = "/checkout/v3/session"
	call("POST", base, checkoutBody, "client_secret: wrong").wantBrief(t, "401")
	call("POST", base, checkoutBody, "Merchant-Serial-Number: 123456").wantBrief(t, "403")
	call("POST", base, strings.Replace(checkoutBody, "reference-1", "short", 1)).wantBrief(t, "400")
	call("POST", base, strings.Replace(checkoutBody, "1000", `"x"`, 1)).wantBrief(t, "400")
	made := call("POST", base, checkoutBody)
	made.wantBrief(t, "200")
	call("POST", base, checkoutBody).wantBrief(t, "409")
	call("GET", base+"/nobody", "").wantBrief(t, "404")
	page := pathOf(made.body.Get("checkoutFrontendUrl").Str)
	if got := c.send("POST", page, "decision=approve").header.Get("Location"); got != "https://example.com/done" {
		t.Errorf("sent back to %q", got)
	}
	if got := m.next(t); got.path != "/checkout" || got.auth != "t0k3n" || !strings.Contains(got.body, "PaymentSuccessful") {
		t.Errorf("called back with %v", got)
	}
	for _, path := range []string{base + "/reference-1", pathOf(made.body.Get("pollingUrl").Str)} {
		got := call("GET", path, "").body
		if got.Get("paymentDetails.state").Str != "AUTHORIZED" || got.Get("shippingDetails.firstName").Str != "Ada" {
			t.Errorf("%s: %s", path, got.Raw)
		}
	}
}

func TestInvoices(t *testing.T) {
	c := loggedIn(t, Options{})
	bare := "Authorization: " + c.token
	send := func(method, path, body string, more ...string) answerOf {
		return c.send(method, "/vipps-isp/v1"+path, body, append([]string{bare}, more...)...)
	}
	send("POST", "/recipients/tokens", `{"type":"msisdn","value":"12"}`).wantBrief(t, "404")
	send("POST", "/recipients/tokens", `{"type":"name","value":"Ada"}`).wantBrief(t, "400")
	token := send("POST", "/recipients/tokens", `{"type":"msisdn","value":"4791234567"}`).body.Get("recipientToken").Str
	const id = "/invoices/orgno-no.918130047.1"
	body := `{"recipientToken":"` + token + `","paymentInformation":{"type":"kid","value":"1","account":"15038366383"},"invoiceType":"invoice",
		"due":"2026-04-01T15:00:00+00:00","amount":300,"subject":"Socks","commercialInvoice":[{"mimeType":"application/pdf","url":"https://example.com/x"}]}`
	send("PUT", "/invoices/1", body).wantBrief(t, "400")
	send("PUT", id, strings.Replace(body, token, "x", 1)).wantBrief(t, "400")
	send("PUT", id, strings.Replace(body, "300", "0", 1)).wantBrief(t, "400")
	send("PUT", id, body).wantBrief(t, "200")
	mine := "vippsinvoice-recipienttoken: " + token
	if got := send("GET", "/invoices/count?state=pending", "", mine).raw; got != "1" {
		t.Errorf("count = %s", got)
	}
	send("GET", "/invoices", "").wantBrief(t, "400")
	send("GET", "/invoices/orgno-no.918130047.2562032543412545", "", mine).wantBrief(t, "404") // somebody else's
	etag := send("GET", id, "", mine).body.Get("status.etag").Str
	send("PUT", id+"/status/approved", "", "If-Match: x", "Idempotency-Key: 1").wantBrief(t, "409")
	send("PUT", id+"/status/approved", "", "If-Match: "+etag).wantBrief(t, "400")
	send("PUT", id+"/status/approved", "", "If-Match: "+etag, "Idempotency-Key: 2").wantBrief(t, "204")
	send("PUT", id+"/status/approved", "", "If-Match: "+etag, "Idempotency-Key: 2").wantBrief(t, "204") // again
	etag = send("GET", id, "").body.Get("status.etag").Str
	send("PUT", id+"/status/revoked", "", "If-Match: "+etag, "Idempotency-Key: 3").wantBrief(t, "409")
	send("GET", id+"/commercial-invoice", "").wantBrief(t, "200")
	send("GET", id+"/attachments/7", "").wantBrief(t, "404")
	c.send("GET", "/ecomm/v2/payments/x/details", "", bare).wantBrief(t, "401") // Invoice alone takes it so
}

const agreement2Text = `{"currency":"NOK","interval":"month","intervalCount":"1","customerPhoneNumber":"91234567","price":"1000",
	"merchantRedirectUrl":"https://example.com/back","merchantAgreementUrl":"https://example.com/manage","productName":"Socks","productDescription":"Warm",
	"initialCharge":{"amount":500,"currency":"NOK","description":"First","transactionType":"RESERVE_CAPTURE"},
	"campaign":{"campaignPrice":100,"end":"2040-01-01T00:00:00Z"}}`

func TestRecurringV2(t *testing.T) {
	c := loggedIn(t, Options{})
	const base = "/recurring/v2/agreements"
	upper := strings.Replace(agreement2Text, "month", "MONTH", 1)
	bad := c.send("POST", base, strings.Replace(upper, `"1000"`, `1`, 1))
	if bad.status != 400 || bad.body.Get("0.field").Str != "price" || bad.body.Get("0.contextId").Str == "" {
		t.Errorf("a price of 1: %d %s", bad.status, bad.raw)
	}
	made := c.send("POST", base, upper)
	made.wantBrief(t, "201")
	one := base + "/" + made.body.Get("agreementId").Str
	first := one + "/charges/" + made.body.Get("chargeId").Str
	charge := `{"amount":1000,"currency":"NOK","description":"Socks","due":"2026-03-05","retryDays":0}`
	if got := c.send("POST", one+"/charges", charge, "Idempotent-Key: a").body.Get("0.code").Str; got != "recurring.core.charges.create.invalid_agreement" {
		t.Errorf("a charge before acceptance: %q", got)
	}
	for _, step := range []struct{ method, path, body, key, want string }{
		{"PATCH", one + "/accept", `{"customerPhoneNumber":"99999999"}`, "", "400"},
		{"PATCH", one + "/accept", `{"customerPhoneNumber":"91234567"}`, "", "200"},
		{"PATCH", one + "/accept", `{"customerPhoneNumber":"91234567"}`, "", "400"},
		{"POST", first + "/capture", "", "", "400"}, // no key
		{"POST", first + "/capture", "", "b", "200"},
		{"POST", first + "/refund", `{"amount":200,"description":"Back"}`, "c", "200"},
		{"POST", first + "/refund", `{"amount":100,"description":"Back"}`, "c", "409"},
		{"POST", one + "/charges", charge, "d", "201"},
		{"PUT", one, `{"price":2000,"status":"ACTIVE"}`, "", "200"},
		{"PUT", one, `{"status":"STOPPED"}`, "", "200"},
		{"PUT", one, `{"price":3000}`, "", "400"},
		{"GET", one + "/charges/nobody", "", "", "404"},
		{"GET", base + "/nobody", "", "", "404"},
	} {
		got := c.send(step.method, step.path, step.body, "Idempotent-Key: "+step.key)
		if got.status != int(step.want[0]-'0')*100+int(step.want[1]-'0')*10+int(step.want[2]-'0') {
			t.Errorf("%s %s %s: %d %s, want %s", step.method, step.path, step.body, got.status, got.raw, step.want)
		}
	}
	got := c.send("GET", one, "").body
	if got.Get("status").Str != "STOPPED" || got.Get("price").Int() != 2000 || got.Get("campaign.campaignPrice").Int() != 100 {
		t.Errorf("the agreement is %s", got.Raw)
	}
	if got := c.send("GET", one+"/charges?chargeStatus=CANCELLED", "").body.Get("#").Int(); got != 1 {
		t.Errorf("%d cancelled charges, want 1: stopping cancels", got)
	}
	if got := c.send("GET", first, "").body; got.Get("status").Str != "PARTIALLY_REFUNDED" || got.Get("amountRefunded").Int() != 200 {
		t.Errorf("the first charge is %s", got.Raw)
	}
}

func TestRecurringV1(t *testing.T) {
	c := newClient(t, Options{})
	k := c.s.Keys()
	c.send("POST", "/api/access-token/jwt-token", `{"client_id":"`+k.ClientID+`","client_secret":"wrong"}`).wantBrief(t, "401")
	c.token = c.send("POST", "/api/access-token/jwt-token", `{"client_id":"`+k.ClientID+`","client_secret":"`+k.ClientSecret+`"}`).body.Get("access_token").Str
	const base = "/recurring/api/v1"
	made := c.send("POST", base+"/draftAgreement", strings.Replace(agreement2Text, `"1000"`, `1000`, 1))
	made.wantBrief(t, "201")
	id := made.body.Get("agreementId").Str
	if parts := strings.Split(made.body.Get("agreementResource").Str, "/"); len(parts) < 8 || parts[7] != id {
		t.Errorf("agreementResource = %v", parts)
	}
	c.decide(id, "approve").wantBrief(t, "200")
	charge := c.send("POST", base+"/charge/"+id, `{"amount":1000,"description":"Socks","dueDate":"2026-03-05","hasPriceChanged":false,"retryDays":0}`, "Idempotent-Key: a")
	charge.wantBrief(t, "201")
	one := base + "/charge/" + id + "/" + charge.body.Get("id").Str
	c.send("GET", one, "").wantBrief(t, "200")
	c.send("DELETE", one, "").wantBrief(t, "200")
	if got := c.send("GET", one, "").body.Get("status").Str; got != "CANCELLED" {
		t.Errorf("the charge is %s", got)
	}
	c.send("GET", base+"/agreement/"+id, "", "MerchantId: 210489").wantBrief(t, "401 Unauthorized")
}
