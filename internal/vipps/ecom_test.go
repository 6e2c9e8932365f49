package vipps

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const ecomBody = `{"merchantInfo":{"merchantSerialNumber":"740117","callbackPrefix":"https://example.com/cb",
	"fallBack":"https://example.com/done","authToken":"t","isApp":false,"paymentType":"eComm Regular Payment"},
	"customerInfo":{"mobileNumber":"91234567"},
	"transaction":{"orderId":"ORDER","amount":49900,"transactionText":"Socks","skipLandingPage":false,"scope":""}}`

func (c *client) initiate(order, amount string) answerOf {
	c.t.Helper()
	return c.send("POST", "/ecomm/v2/payments/", strings.NewReplacer("ORDER", order, "49900", amount).Replace(ecomBody))
}

func (c *client) approveOrder(order string) answerOf {
	c.t.Helper()
	return c.send("POST", "/ecomm/v2/integration-test/payments/"+order+"/approve",
		`{"customerPhoneNumber":"91234567","token":""}`)
}

// orderStep does one step of a payment's story: "capture 100", "cancel release",
// "wait 11m".
func (c *client) orderStep(step string, n int) answerOf {
	c.t.Helper()
	verb, arg, _ := strings.Cut(step, " ")
	path, amount, key := "/ecomm/v2/payments/order-1/"+verb, "", fmt.Sprintf("X-Request-Id: step-%d", n)
	if arg != "" {
		amount = `"amount":` + arg + `,`
	}
	body := `{"merchantInfo":{"merchantSerialNumber":"740117"},"transaction":{` + amount + `"transactionText":"x"}}`
	switch verb {
	case "approve":
		return c.approveOrder("order-1")
	case "cancel":
		body = strings.Replace(body, amount, "", 1)
		if arg == "release" {
			body = strings.Replace(body, `{"m`, `{"shouldReleaseRemainingFunds":true,"m`, 1)
		}
		return c.send("PUT", path, body)
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
	case "details", "status":
		return c.send("GET", path, "")
	}
	return c.send("POST", path, body, key)
}

func TestEcomStates(t *testing.T) {
	tests := map[string]struct {
		amount string // 49900 when empty
		steps  string
		want   string // status and code of the last step
	}{
		"approve":                            {"", "approve", "200"},
		"approve twice":                      {"", "approve, approve", "402 92"},
		"approve after cancel":               {"", "cancel, approve", "402 91"},
		"approve after the timeout":          {"", "wait 10m, approve", "402 91"},
		"approve just before the timeout":    {"", "wait 9m59s, approve", "200"},
		"refused by issuer":                  {"182", "approve", "402 42"},
		"no valid card":                      {"187", "approve", "402 41"},
		"insufficient funds":                 {"151", "approve", "402 45"},
		"capture everything":                 {"", "approve, capture", "200"},
		"capture zero means everything":      {"", "approve, capture 0", "200"},
		"capture null means everything":      {"", "approve, capture null", "200"},
		"capture an amount that is a string": {"", `approve, capture "100"`, "200"},
		"capture in parts":                   {"", "approve, capture 40000, capture 9900", "200"},
		"capture too much":                   {"", "approve, capture 49901", "402 61"},
		"capture too much in parts":          {"", "approve, capture 40000, capture 9901", "402 61"},
		"capture twice":                      {"", "approve, capture, capture", "402 92"},
		"capture before approval":            {"", "capture", "402 62"},
		"capture after cancel":               {"", "cancel, capture", "402 91"},
		"capture after void":                 {"", "approve, cancel, capture", "402 91"},
		"capture after 180 days":             {"", "approve, wait 4320h, wait 1s, capture", "402 98"},
		"capture on the 180th day":           {"", "approve, wait 4320h, capture", "200"},
		"capture a negative amount":          {"", "approve, capture -1", "402 43"},
		"capture half an øre":                {"", "approve, capture 99.5", "500 99"},
		"cancel before approval":             {"", "cancel", "200"},
		"cancel after approval":              {"", "approve, cancel", "200"},
		"cancel twice":                       {"", "cancel, cancel", "402 92"},
		"cancel after capture":               {"", "approve, capture, cancel", "402 51"},
		"cancel after a partial capture":     {"", "approve, capture 100, cancel", "402 51"},
		"release after a partial capture":    {"", "approve, capture 100, cancel release", "200"},
		"capture after a release":            {"", "approve, capture 100, cancel release, capture 1", "402 61"},
		"refund after a release":             {"", "approve, capture 100, cancel release, refund 100", "200"},
		"release after a full capture":       {"", "approve, capture, cancel release", "402 51"},
		"cancel after 180 days":              {"", "approve, wait 4321h, cancel", "402 52"},
		"refund everything":                  {"", "approve, capture, refund", "200"},
		"refund in parts":                    {"", "approve, capture, refund 100, refund 49800", "200"},
		"refund too much":                    {"", "approve, capture, refund 49901", "402 71"},
		"refund again":                       {"", "approve, capture, refund, refund", "402 71"},
		"refund what is reserved":            {"", "approve, refund", "402 72"},
		"refund what is cancelled":           {"", "cancel, refund", "402 73"},
		"refund what was never approved":     {"", "refund", "402 74"},
		"refund after 365 days":              {"", "approve, capture, wait 8761h, refund", "402 95"},
		"status of a new payment":            {"", "status", "200"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := loggedIn(t, Options{})
			amount := test.amount
			if amount == "" {
				amount = "49900"
			}
			c.initiate("order-1", amount).wantBrief(t, "200")
			var last answerOf
			for i, step := range strings.Split(test.steps, ", ") {
				last = c.orderStep(step, i)
			}
			last.wantBrief(t, test.want)
		})
	}
}

func TestEcomDetailsTellTheStory(t *testing.T) {
	c := loggedIn(t, Options{})
	c.initiate("order-1", "49900")
	if a := c.orderStep("details", 0); a.body.Get("transactionSummary").Exists() {
		t.Errorf("details before approval have a summary: %s", a.raw)
	}
	for i, step := range []string{"approve", "capture 40000", "cancel release", "refund 100"} {
		c.orderStep(step, i).wantBrief(t, "200")
	}
	a := c.orderStep("details", 9)
	var got []string
	for _, e := range a.body.Get("transactionLogHistory").Array() {
		got = append(got, e.Get("operation").Str+" "+e.Get("amount").Raw+" "+e.Get("operationSuccess").Raw+" "+e.Get("requestId").Str)
	}
	want := []string{"REFUND 100 true step-3", "VOID 9900 true ", "CAPTURE 40000 true step-1", "RESERVE 49900 true ", "INITIATE 49900 true "}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("history (-got +want):\n%s", diff)
	}
	wantSum := `{"capturedAmount":40000,"remainingAmountToCapture":0,"refundedAmount":100,"remainingAmountToRefund":39900}`
	if got := a.body.Get("transactionSummary").Raw; got != wantSum {
		t.Errorf("summary = %s, want %s", got, wantSum)
	}
}

func TestEcomTimeoutShowsInDetails(t *testing.T) {
	c := loggedIn(t, Options{})
	c.initiate("order-1", "49900")
	c.now = c.now.Add(11 * time.Minute)
	if got := c.orderStep("details", 0).body.Get("transactionLogHistory.0.operation").Str; got != "CANCEL" {
		t.Errorf("newest operation = %q, want CANCEL", got)
	}
}

func TestEcomFailedReservationShowsInDetails(t *testing.T) {
	c := loggedIn(t, Options{})
	c.initiate("order-1", "151")
	c.approveOrder("order-1")
	a := c.orderStep("details", 0)
	if got := a.body.Get("transactionLogHistory.0.operationSuccess").Raw; got != "false" {
		t.Errorf("operationSuccess = %s, want false: %s", got, a.raw)
	}
}

func TestEcomInitiateValidates(t *testing.T) {
	tests := map[string]struct{ old, now, want string }{
		"as it should be":               {"", "", "200"},
		"not JSON":                      {`}}`, `}`, "400 body.invalid"},
		"MSN as a number":               {`"740117"`, `740117`, "500 99"},
		"MSN of another merchant":       {`"740117"`, `"123456"`, "401 Unauthorized"},
		"no MSN":                        {`"740117"`, `""`, "400 merchantInfo.merchantSerialNumber.invalid"},
		"no fallBack":                   {`"https://example.com/done"`, `""`, "400 merchantInfo.fallBack.invalid"},
		"fallback misspelt":             {`"fallBack"`, `"fallback"`, "500 99"},
		"fallBack at localhost":         {`https://example.com/done`, `http://localhost/done`, "400 merchantInfo.fallBack.invalid"},
		"fallBack at 127.0.0.1":         {`https://example.com/done`, `http://127.0.0.1/done`, "200"},
		"callback without https":        {`https://example.com/cb`, `http://example.com/cb`, "400 merchantInfo.callbackPrefix.invalid"},
		"an app's own scheme":           {`"https://example.com/done","authToken":"t","isApp":false`, `"myapp://done","isApp":true`, "200"},
		"express without consent":       {"eComm Regular Payment", "eComm Express Payment", "400 merchantInfo.consentRemovalPrefix.invalid"},
		"shipping without https":        {`"authToken"`, `"shippingDetailsPrefix":"http://example.com","authToken"`, "400 merchantInfo.shippingDetailsPrefix.invalid"},
		"no customerInfo":               {`"customerInfo"`, `"customer"`, "400 customerInfo.invalid"},
		"no phone number":               {`"mobileNumber":"91234567"`, ``, "200"},
		"phone as a number":             {`"91234567"`, `91234567`, "200"},
		"phone with a country code":     {`"91234567"`, `"4791234567"`, "402 81"},
		"orderId with a space":          {`"ORDER"`, `"a b"`, "400 transaction.orderId.invalid"},
		"orderId too long":              {`"ORDER"`, `"` + strings.Repeat("a", 51) + `"`, "400 transaction.orderId.invalid"},
		"orderId beyond 2^53":           {`"ORDER"`, `7401171795334617147`, "200"},
		"amount too small":              {`49900`, `99`, "402 43"},
		"amount with a fraction":        {`49900`, `199.00`, "500 99"},
		"amount as a string":            {`49900`, `"49900"`, "200"},
		"no amount":                     {`49900`, `null`, "400 transaction.amount.invalid"},
		"no text":                       {`"Socks"`, `""`, "400 transaction.transactionText.invalid"},
		"skipLandingPage":               {`"skipLandingPage":false`, `"skipLandingPage":true`, "402 38"},
		"national identity number":      {`"scope":""`, `"scope":"name nin"`, "403 51"},
		"an unfilled placeholder":       {`49900`, `{{amount}}`, "400 body.invalid"},
		"an array instead of an object": {ecomBody, `[]`, "400 body.invalid"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := loggedIn(t, Options{})
			c.send("POST", "/ecomm/v2/payments", strings.Replace(ecomBody, test.old, test.now, 1)).wantBrief(t, test.want)
		})
	}
}

func TestEcomLongNumbersKeepTheirText(t *testing.T) {
	c := loggedIn(t, Options{})
	a := c.send("POST", "/ecomm/v2/payments", strings.Replace(ecomBody, `"ORDER"`, `7401171795334617147`, 1))
	if got := a.body.Get("orderId").Raw; got != `"7401171795334617147"` {
		t.Errorf("orderId = %s, want the digits as sent", got)
	}
}

func TestEcomDuplicateOrder(t *testing.T) {
	c := loggedIn(t, Options{})
	c.initiate("order-1", "49900").wantBrief(t, "200")
	c.initiate("order-1", "49900").wantBrief(t, "402 34")
}

func TestEcomApproveChecksTheCaller(t *testing.T) {
	tests := map[string]struct{ body, want string }{
		"another phone":         {`{"customerPhoneNumber":"40000000"}`, "402 81"},
		"another token":         {`{"customerPhoneNumber":"91234567","token":"x"}`, "400 token.invalid"},
		"not JSON":              {`x`, "400 body.invalid"},
		"phone and right token": {`{"customerPhoneNumber":"91234567","token":"TOKEN"}`, "200"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := loggedIn(t, Options{})
			url := c.initiate("order-1", "49900").body.Get("url").Str
			token := strings.SplitN(url, "=", 4)[2] // as the official scripts find it
			c.send("POST", "/ecomm/v2/integration-test/payments/order-1/approve",
				strings.Replace(test.body, "TOKEN", token, 1)).wantBrief(t, test.want)
		})
	}
}

func TestEcomExpressCannotBeForced(t *testing.T) {
	c := loggedIn(t, Options{})
	body := strings.NewReplacer("ORDER", "order-1", "eComm Regular Payment",
		`eComm Express Payment","consentRemovalPrefix":"https://example.com/consent`).Replace(ecomBody)
	c.send("POST", "/ecomm/v2/payments", body).wantBrief(t, "200")
	c.approveOrder("order-1").wantBrief(t, "402 91")
}

func TestEcomIdempotency(t *testing.T) {
	c := loggedIn(t, Options{})
	c.initiate("order-1", "49900")
	c.approveOrder("order-1")
	first := c.orderStep("capture 100", 1)
	first.wantBrief(t, "200")
	if again := c.orderStep("capture 100", 1); again.raw != first.raw {
		t.Errorf("repeated capture = %s, want the first answer %s", again.raw, first.raw)
	}
	c.orderStep("capture 200", 1).wantBrief(t, "402 93")
	if got := c.orderStep("details", 0).body.Get("transactionSummary.capturedAmount").Raw; got != "100" {
		t.Errorf("captured = %s, want 100", got)
	}
	c.orderStep("refund 100", 1).wantBrief(t, "200") // the same id counts per operation
	c.orderStep("capture 99999", 2).wantBrief(t, "402 61")
	c.orderStep("capture 100", 2).wantBrief(t, "200") // a refused one is not remembered
}

func TestEcomActionsValidate(t *testing.T) {
	tests := map[string]struct{ body, want string }{
		"not JSON":        {`x`, "400 body.invalid"},
		"no merchantInfo": {`{"transaction":{"transactionText":"x"}}`, "400 merchantInfo.merchantSerialNumber.invalid"},
		"a foreign MSN":   {`{"merchantInfo":{"merchantSerialNumber":"123"},"transaction":{"transactionText":"x"}}`, "401 Unauthorized"},
		"no text":         {`{"merchantInfo":{"merchantSerialNumber":"740117"}}`, "400 transaction.transactionText.invalid"},
		"as it should be": {`{"merchantInfo":{"merchantSerialNumber":"740117"},"transaction":{"transactionText":"x"}}`, "200"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := loggedIn(t, Options{})
			c.initiate("order-1", "49900")
			c.send("PUT", "/ecomm/v2/payments/order-1/cancel", test.body).wantBrief(t, test.want)
		})
	}
}

func TestEcomRequestID(t *testing.T) {
	const body = `{"merchantInfo":{"merchantSerialNumber":"740117"},"transaction":{"amount":1,"transactionText":"x"}}`
	c := loggedIn(t, Options{})
	c.initiate("order-1", "49900")
	c.approveOrder("order-1")
	c.send("POST", "/ecomm/v2/payments/order-1/capture", body).wantBrief(t, "400 X-Request-Id.invalid")
	c.send("POST", "/ecomm/v2/payments/order-1/capture", body,
		"X-Request-Id: "+strings.Repeat("x", 41)).wantBrief(t, "400 X-Request-Id.invalid")
}

// TestReservationIsTheInitiationsTransaction holds that initiation and reservation have one transaction id, and a
// capture another.
func TestReservationIsTheInitiationsTransaction(t *testing.T) {
	c := loggedIn(t, Options{})
	c.initiate("order-1", "49900")
	c.approveOrder("order-1").wantBrief(t, "200")
	c.orderStep("capture 100", 1).wantBrief(t, "200")
	history := c.orderStep("details", 0).body.Get("transactionLogHistory").Array() // newest first
	if len(history) != 3 {
		t.Fatalf("the history has %d entries", len(history))
	}
	capture, reserve, initiate := history[0].Get("transactionId").Str, history[1].Get("transactionId").Str, history[2].Get("transactionId").Str
	if reserve != initiate || capture == reserve || initiate == "" {
		t.Errorf("initiated by %q, reserved by %q, captured by %q", initiate, reserve, capture)
	}
}
