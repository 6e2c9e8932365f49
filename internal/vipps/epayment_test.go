package vipps

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const paymentBody = `{"amount":{"value":49900,"currency":"NOK"},"paymentMethod":{"type":"WALLET"},
	"customer":{"phoneNumber":4791234567},"reference":"REFERENCE","userFlow":"WEB_REDIRECT",
	"returnUrl":"https://example.com/back","paymentDescription":"Socks"}`

func (c *client) create(reference, amount string) answerOf {
	c.t.Helper()
	return c.write("POST", "/epayment/v1/payments",
		strings.NewReplacer("REFERENCE", reference, "49900", amount).Replace(paymentBody))
}

// write sends a body with an idempotency key that is new for each path and body.
func (c *client) write(method, path, body string) answerOf {
	c.t.Helper()
	return c.send(method, path, body, "Idempotency-Key: "+fmt.Sprintf("%x", len(body))+"-"+c.s.GUID()[:8])
}

func (c *client) modify(reference, verb, amount, key string) answerOf {
	c.t.Helper()
	return c.send("POST", "/epayment/v1/payments/"+reference+"/"+verb,
		`{"modificationAmount":{"value":`+amount+`,"currency":"NOK"}}`, "Idempotency-Key: "+key)
}

func (c *client) paymentStep(step string, n int) answerOf {
	c.t.Helper()
	const reference = "reference-1"
	path, key := "/epayment/v1/payments/"+reference, fmt.Sprintf("step-%d", n)
	switch verb, arg, _ := strings.Cut(step, " "); verb {
	case "approve":
		return c.send("POST", "/epayment/v1/test/payments/"+reference+"/approve", `{"customer":{"phoneNumber":4791234567}}`)
	case "cancel":
		body := ""
		if arg == "only" {
			body = `{"cancelTransactionOnly":true}`
		}
		return c.send("POST", path+"/cancel", body, "Idempotency-Key: "+key)
	case "wait":
		d, err := time.ParseDuration(arg)
		if err != nil {
			c.t.Fatal(err)
		}
		c.now = c.now.Add(d)
		if d > time.Hour {
			c.login()
		}
		return answerOf{}
	default:
		return c.modify(reference, verb, arg, key)
	}
}

func TestEPaymentStates(t *testing.T) {
	tests := map[string]struct {
		amount, steps string
		want          string // status and code of the last step, then the state
	}{
		"approve":                         {"", "approve", "200 AUTHORIZED"},
		"approve twice":                   {"", "approve, approve", "400 10020 AUTHORIZED"},
		"approve after cancel":            {"", "cancel, approve", "400 10020 TERMINATED"},
		"approve too late":                {"", "wait 10m, approve", "400 10020 EXPIRED"},
		"an amount that fails":            {"182", "approve", "400 10010 CREATED"},
		"an expired card":                 {"186", "approve", "400 10050 CREATED"},
		"the limit exceeded":              {"184", "approve", "400 10070 CREATED"},
		"cancel before approval":          {"", "cancel", "200 TERMINATED"},
		"cancel only the transaction":     {"", "cancel only", "200 TERMINATED"},
		"cancel after approval":           {"", "approve, cancel", "200 AUTHORIZED"},
		"cancel only, when authorized":    {"", "approve, cancel only", "400 6060 AUTHORIZED"},
		"cancel twice":                    {"", "cancel, cancel", "400 6190 TERMINATED"},
		"cancel after capture":            {"", "approve, capture 49900, cancel", "400 6040 AUTHORIZED"},
		"cancel the rest":                 {"", "approve, capture 100, cancel", "200 AUTHORIZED"},
		"cancel after 180 days":           {"", "approve, wait 4321h, cancel", "400 6030 AUTHORIZED"},
		"capture":                         {"", "approve, capture 49900", "200 AUTHORIZED"},
		"capture in parts":                {"", "approve, capture 100, capture 49800", "200 AUTHORIZED"},
		"capture too much":                {"", "approve, capture 49901", "400 6090 AUTHORIZED"},
		"capture again":                   {"", "approve, capture 49900, capture 1", "400 6170 AUTHORIZED"},
		"capture before approval":         {"", "capture 1", "400 6080 CREATED"},
		"capture what is terminated":      {"", "cancel, capture 1", "400 6070 TERMINATED"},
		"capture what is cancelled":       {"", "approve, cancel, capture 1", "400 6070 AUTHORIZED"},
		"capture after cancelling a rest": {"", "approve, capture 100, cancel, capture 1", "400 6070 AUTHORIZED"},
		"capture what is expired":         {"", "wait 10m, capture 1", "400 6200 EXPIRED"},
		"capture after 180 days":          {"", "approve, wait 4321h, capture 1", "400 6100 AUTHORIZED"},
		"capture nothing":                 {"", "approve, capture 0", "400 4040 AUTHORIZED"},
		"capture a fraction":              {"", "approve, capture 0.5", "400 modificationAmount.value AUTHORIZED"},
		"refund":                          {"", "approve, capture 49900, refund 49900", "200 AUTHORIZED"},
		"refund too much":                 {"", "approve, capture 100, refund 101", "400 6150 AUTHORIZED"},
		"refund again":                    {"", "approve, capture 100, refund 100, refund 1", "400 6180 AUTHORIZED"},
		"refund before capture":           {"", "approve, refund 1", "400 6020 AUTHORIZED"},
		"refund what is terminated":       {"", "cancel, refund 1", "400 6210 TERMINATED"},
		"refund to a user who has left":   {"", "approve, capture 49900, refund 123", "400 5100 AUTHORIZED"},
		"refund too late, on purpose":     {"", "approve, capture 49900, refund 124", "400 6220 AUTHORIZED"},
		"refund after 365 days":           {"", "approve, capture 49900, wait 8761h, refund 1", "400 6220 AUTHORIZED"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := loggedIn(t, Options{})
			amount := test.amount
			if amount == "" {
				amount = "49900"
			}
			c.create("reference-1", amount).wantBrief(t, "201")
			var last answerOf
			for i, step := range strings.Split(test.steps, ", ") {
				last = c.paymentStep(step, i)
			}
			state := c.send("GET", "/epayment/v1/payments/reference-1", "").body.Get("state").Str
			if got := last.brief() + " " + state; got != test.want {
				t.Errorf("got %q, want %q: %s", got, test.want, last.raw)
			}
		})
	}
}

func TestEPaymentAggregateAndEvents(t *testing.T) {
	c := loggedIn(t, Options{})
	c.create("reference-1", "49900")
	for i, step := range []string{"approve", "capture 40000", "cancel", "refund 100"} {
		c.paymentStep(step, i).wantBrief(t, "200")
	}
	sum := c.send("GET", "/epayment/v1/payments/reference-1", "").body.Get("aggregate")
	got := []int64{
		sum.Get("authorizedAmount.value").Int(), sum.Get("capturedAmount.value").Int(),
		sum.Get("cancelledAmount.value").Int(), sum.Get("refundedAmount.value").Int(),
	}
	if diff := cmp.Diff(got, []int64{49900, 40000, 9900, 100}); diff != "" {
		t.Errorf("authorized, captured, cancelled, refunded (-got +want):\n%s", diff)
	}
	var names []string
	references := map[string]bool{}
	for _, e := range c.send("GET", "/epayment/v1/payments/reference-1/events", "").body.Array() {
		names = append(names, e.Get("name").Str)
		references[e.Get("pspReference").Str] = true
	}
	if diff := cmp.Diff(names, []string{"CREATED", "AUTHORIZED", "CAPTURED", "CANCELLED", "REFUNDED"}); diff != "" {
		t.Errorf("events (-got +want):\n%s", diff)
	}
	if len(references) != len(names) {
		t.Errorf("%d different pspReferences for %d events, want one each", len(references), len(names))
	}
}

func TestEPaymentCreateValidates(t *testing.T) {
	tests := map[string]struct{ old, now, want string }{
		"as it should be":          {"", "", "201"},
		"an unknown field":         {`"userFlow"`, `"colour":"red","userFlow"`, "201"},
		"a receipt by its URL":     {`"userFlow"`, `"receiptUrl":"https://example.com/r","userFlow"`, "201"},
		"countries to ship to":     {`"userFlow"`, `"shipping":{"allowedCountries":["NO","DK"]},"userFlow"`, "201"},
		"a country in full":        {`"userFlow"`, `"shipping":{"allowedCountries":["Norway"]},"userFlow"`, "400 shipping.allowedCountries"},
		"countries as text":        {`"userFlow"`, `"shipping":{"allowedCountries":"NO"},"userFlow"`, "400 shipping.allowedCountries"},
		"a phone in Greenland":     {`4791234567`, `299123456`, "201"},
		"nine digits elsewhere":    {`4791234567`, `479123456`, "400 4070"},
		"Denmark's currency":       {`"NOK"`, `"DKK"`, "201"},
		"Finland's currency":       {`"NOK"`, `"EUR"`, "201"},
		"not JSON":                 {`}`, ``, "400 body"},
		"reference too short":      {`"REFERENCE"`, `"short"`, "400 reference"},
		"reference beyond 2^53":    {`"REFERENCE"`, `7401171795334617147`, "201"},
		"amount as a string":       {`49900`, `"49900"`, "201"},
		"amount too small":         {`49900`, `99`, "400 6010"},
		"a cent is enough in EUR":  {`49900,"currency":"NOK"`, `1,"currency":"EUR"`, "201"},
		"amount too large":         {`49900`, `65000001`, "400 4040"},
		"unknown currency":         {`NOK`, `USD`, "400 amount.currency"},
		"no amount":                {`"amount"`, `"receipt"`, "400 amount"},
		"card":                     {`WALLET`, `CARD`, "400 4160"},
		"unknown method":           {`WALLET`, `CASH`, "400 paymentMethod.type"},
		"unknown flow":             {`WEB_REDIRECT`, `PIGEON`, "400 userFlow"},
		"push without a customer":  {`"customer":{"phoneNumber":4791234567},"reference":"REFERENCE","userFlow":"WEB_REDIRECT"`, `"reference":"REFERENCE","userFlow":"PUSH_MESSAGE"`, "400 4140"},
		"redirect without an URL":  {`"returnUrl":"https://example.com/back",`, ``, "400 4140"},
		"QR without an URL":        {`"WEB_REDIRECT",` + "\n\t" + `"returnUrl":"https://example.com/back",`, `"QR",`, "201"},
		"a custom scheme":          {`https://example.com/back`, `myapp://back`, "201"},
		"an URL without https":     {`https://example.com/back`, `http://example.com/back`, "400 4090"},
		"phone of 8 digits":        {`4791234567`, `91234567`, "400 4070"},
		"two ways to the customer": {`{"phoneNumber"`, `{"personalQr":"https://qr.vipps.no/x","phoneNumber"`, "400 customer"},
		"unknown scope":            {`"userFlow"`, `"profile":{"scope":"name shoe"},"userFlow"`, "400 4080"},
		"description too short":    {`"Socks"`, `"So"`, "400 paymentDescription"},
		"six pairs of metadata":    {`"userFlow"`, `"metadata":{"a":"","b":"","c":"","d":"","e":"","f":""},"userFlow"`, "400 4100"},
		"metadata with a number":   {`"userFlow"`, `"metadata":{"a":1},"userFlow"`, "400 4120"},
		"expires too soon":         {`"userFlow"`, `"expiresAt":"2026-03-02T10:10:00Z","receipt":{},"userFlow"`, "400 6120"},
		"expires too late":         {`"userFlow"`, `"expiresAt":"2026-05-30T10:10:00Z","receipt":{},"userFlow"`, "400 6110"},
		"expires without receipt":  {`"userFlow"`, `"expiresAt":"2026-03-03T10:00:00Z","userFlow"`, "400 6130"},
		"expires in good time":     {`"userFlow"`, `"expiresAt":"2026-03-03T10:00:00Z","receipt":{},"userFlow"`, "201"},
		"expires at no time":       {`"userFlow"`, `"expiresAt":"tomorrow","receipt":{},"userFlow"`, "400 expiresAt"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := loggedIn(t, Options{})
			c.write("POST", "/epayment/v1/payments", strings.Replace(paymentBody, test.old, test.now, 1)).wantBrief(t, test.want)
		})
	}
}

// TestStrictEPaymentKnowsItsFields: Vipps may add fields at any time, so only a strict simulator refuses them.
func TestStrictEPaymentKnowsItsFields(t *testing.T) {
	c := loggedIn(t, Options{Strict: true})
	post := func(add string) answerOf {
		return c.write("POST", "/epayment/v1/payments", strings.Replace(paymentBody, `"userFlow"`, add+`"userFlow"`, 1))
	}
	post(`"colour":"red",`).wantBrief(t, "400 colour")
	post(`"receiptUrl":"https://example.com/r","minimumUserAge":18,`).wantBrief(t, "201")
	c.write("POST", "/epayment/v1/payments/REFERENCE/capture", `{"modificationAmount":{"value":100,"currency":"NOK"},"why":"x"}`).
		wantBrief(t, "400 why")
}

func TestCaptureIsGuaranteedForAWhile(t *testing.T) {
	c, m := sender(t), newMerchant(t)
	c.register(m, "epayments.payment.authorized.v1")
	c.create("reference-1", "49900")
	get := func() string {
		return c.send("GET", "/epayment/v1/payments/reference-1", "").body.Get("captureGuaranteedUntil").Str
	}
	if got := get(); got != "" {
		t.Errorf("before the approval it is %s", got)
	}
	c.paymentStep("approve", 0)
	if got := get(); got != "2026-03-09T10:00:00.000Z" {
		t.Errorf("after the approval it is %q", got)
	}
	if got := m.next(t).body; !strings.Contains(got, `"captureGuaranteedUntil":"2026-03-09T10:00:00.000Z"`) {
		t.Errorf("the webhook says %s", got)
	}
}

func TestEPaymentFlows(t *testing.T) {
	tests := map[string]string{
		"WEB_REDIRECT":    "http://sim.test/dwo-api-application/v1/deeplink/vippsgateway?v=2&token=",
		"NATIVE_REDIRECT": "vipps://token=",
		"QR":              "http://sim.test/qr-image/v1?token=",
		"PUSH_MESSAGE":    "",
	}
	for flow, want := range tests {
		t.Run(flow, func(t *testing.T) {
			c := loggedIn(t, Options{})
			a := c.write("POST", "/epayment/v1/payments", strings.Replace(paymentBody, "WEB_REDIRECT", flow, 1))
			a.wantBrief(t, "201")
			got := a.body.Get("redirectUrl")
			if got.Exists() != (want != "") || !strings.HasPrefix(got.Str, want) {
				t.Errorf("redirectUrl = %q, want it to start with %q", got.Str, want)
			}
		})
	}
}

func TestEPaymentIdempotency(t *testing.T) {
	c := loggedIn(t, Options{})
	const create = "/epayment/v1/payments"
	key := "Idempotency-Key: k"
	first := c.send("POST", create, paymentBody, key)
	first.wantBrief(t, "201")
	if again := c.send("POST", create, paymentBody, key); again.raw != first.raw || again.status != 201 {
		t.Errorf("repeated create = %d %s, want the first answer", again.status, again.raw)
	}
	c.send("POST", create, strings.Replace(paymentBody, "49900", "500", 1), key).wantBrief(t, "409 4020")
	c.send("POST", create, paymentBody, "Idempotency-Key: other").wantBrief(t, "409 4150")
	c.send("POST", create, paymentBody).wantBrief(t, "400 Idempotency-Key")
	c.send("POST", create, paymentBody, "Idempotency-Key: "+strings.Repeat("k", 51)).wantBrief(t, "400 Idempotency-Key")
	c.send("POST", create, paymentBody, key, "Merchant-Serial-Number: ").wantBrief(t, "400 Merchant-Serial-Number")

	c.modify("REFERENCE", "capture", "100", "k").wantBrief(t, "400 6080")
	c.send("POST", "/epayment/v1/test/payments/REFERENCE/approve", `{"customer":{"phoneNumber":"4791234567"}}`).wantBrief(t, "200")
	c.modify("REFERENCE", "capture", "100", "k").wantBrief(t, "400 6080") // a 4xx stays 4xx for that key
	c.modify("REFERENCE", "capture", "200", "k").wantBrief(t, "409 4010")
	c.modify("REFERENCE", "capture", "100", "k2").wantBrief(t, "200")
	c.modify("REFERENCE", "refund", "100", "k2").wantBrief(t, "200") // keys count per operation
	c.modify("REFERENCE", "refund", "50", "k2").wantBrief(t, "409 4150")
}

func TestEPaymentModificationsValidate(t *testing.T) {
	tests := map[string]struct{ verb, body, want string }{
		"another currency":         {"capture", `{"modificationAmount":{"value":100,"currency":"DKK"}}`, "400 5040"},
		"no amount":                {"capture", `{}`, "400 modificationAmount"},
		"an unknown field":         {"capture", `{"modificationAmount":{"value":100,"currency":"NOK"},"why":"x"}`, "200"},
		"capture without JSON":     {"capture", `x`, "400 body"},
		"cancel without JSON":      {"cancel", `x`, "400 body"},
		"cancel with empty JSON":   {"cancel", `{}`, "200"},
		"capture with 100 as text": {"capture", `{"modificationAmount":{"value":"100","currency":"NOK"}}`, "200"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := loggedIn(t, Options{})
			c.create("reference-1", "49900")
			c.paymentStep("approve", 0)
			c.write("POST", "/epayment/v1/payments/reference-1/"+test.verb, test.body).wantBrief(t, test.want)
		})
	}
}

func TestEPaymentGetShowsMetadata(t *testing.T) {
	c := loggedIn(t, Options{})
	c.write("POST", "/epayment/v1/payments",
		strings.Replace(paymentBody, `"userFlow"`, `"metadata":{"order":"123"},"userFlow"`, 1)).wantBrief(t, "201")
	if got := c.send("GET", "/epayment/v1/payments/REFERENCE", "").body.Get("metadata").Raw; got != `{"order":"123"}` {
		t.Errorf("metadata = %s, want it back as sent", got)
	}
}

func TestEPaymentApproveChecksTheCaller(t *testing.T) {
	tests := map[string]struct{ body, want string }{
		"nobody":         {`{}`, "400 4140"},
		"a stranger":     {`{"customer":{"phoneNumber":"4740000000"}}`, "400 7010"},
		"a wrong token":  {`{"token":"x"}`, "400 7010"},
		"the right one":  {`{"token":"TOKEN"}`, "200"},
		"phone and junk": {`{"customer":{"phoneNumber":4791234567},"token":"{{payment_token}}"}`, "200"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := loggedIn(t, Options{})
			_, token, _ := strings.Cut(c.create("reference-1", "49900").body.Get("redirectUrl").Str, "token=")
			c.send("POST", "/epayment/v1/test/payments/reference-1/approve",
				strings.Replace(test.body, "TOKEN", token, 1)).wantBrief(t, test.want)
		})
	}
}
