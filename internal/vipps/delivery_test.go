package vipps

import (
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/tidwall/gjson"

	"posthaste/internal/vipps/core"
	"posthaste/internal/vipps/webhook"
)

// A received is what a merchant received.
type received struct {
	method, path, auth, date, hash, host string
	body                                 string
}

// A merchant receives what the simulator sends, and answers with its statuses in
// turn; the last one stays.
type merchant struct {
	*httptest.Server
	got    chan received
	mu     sync.Mutex
	status []int
	answer string
}

func newMerchant(t *testing.T, statuses ...int) *merchant {
	t.Helper()
	m := &merchant{got: make(chan received, 100), status: statuses}
	m.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		m.mu.Lock()
		status := 200
		if len(m.status) > 0 {
			status = m.status[0]
		}
		if len(m.status) > 1 {
			m.status = m.status[1:]
		}
		m.mu.Unlock()
		if status == http.StatusFound {
			w.Header().Set("Location", "/elsewhere")
		}
		w.WriteHeader(status)
		io.WriteString(w, m.answer)
		m.got <- received{
			r.Method, r.URL.RequestURI(), r.Header.Get("Authorization"), r.Header.Get("X-Ms-Date"),
			r.Header.Get("X-Ms-Content-Sha256"), r.Host, string(body),
		}
	}))
	t.Cleanup(m.Close)
	return m
}

// next waits for one request; a test that waits in vain fails after a while.
func (m *merchant) next(t *testing.T) received {
	t.Helper()
	select {
	case p := <-m.got:
		return p
	case <-time.After(10 * time.Second):
		t.Fatal("the merchant received nothing")
		return received{}
	}
}

// sender is a client whose simulator sends.
func sender(t *testing.T) *client {
	t.Helper()
	c := loggedIn(t, Options{Client: http.DefaultClient})
	t.Cleanup(c.s.Close)
	return c
}

// ecomTo initiates an order whose merchant is m.
func (c *client) ecomTo(m *merchant, more ...string) {
	c.t.Helper()
	body := strings.NewReplacer(append([]string{"ORDER", "order-1", "https://example.com/cb", m.URL + "/cb"}, more...)...).Replace(ecomBody)
	c.send("POST", "/ecomm/v2/payments", body).wantBrief(c.t, "200")
}

func (c *client) decide(ref, act string) answerOf {
	c.t.Helper()
	return c.send("POST", "/__sim/payments/"+ref+"/"+act, "")
}

// flush waits until nothing is on its way.
func (c *client) flush() { c.s.WaitForDeliveries() }

func TestCallbackTellsHowTheUserDecided(t *testing.T) {
	tests := map[string]struct {
		do   func(*client)
		want string
	}{
		"an approval":               {func(c *client) { c.decide("order-1", "approve").wantBrief(c.t, "200") }, "RESERVED"},
		"a forced approval":         {func(c *client) { c.approveOrder("order-1").wantBrief(c.t, "200") }, "RESERVED"},
		"a rejection":               {func(c *client) { c.decide("order-1", "abort").wantBrief(c.t, "200") }, "CANCELLED"},
		"a timeout that was forced": {func(c *client) { c.decide("order-1", "expire").wantBrief(c.t, "200") }, "REJECTED"},
		"a timeout":                 {func(c *client) { c.send("POST", "/__sim/clock", "+10m").wantBrief(c.t, "200") }, "REJECTED"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c, m := sender(t), newMerchant(t)
			c.ecomTo(m)
			test.do(c)
			got := m.next(t)
			if got.method != "POST" || got.path != "/cb/v2/payments/order-1" || got.auth != "t" {
				t.Errorf("got %s %s with Authorization %q", got.method, got.path, got.auth)
			}
			body := gjson.Parse(got.body)
			if body.Get("transactionInfo.status").Str != test.want || body.Get("orderId").Str != "order-1" ||
				body.Get("merchantSerialNumber").Raw != "740117" || body.Get("transactionInfo.amount").Int() != 49900 {
				t.Errorf("body is %s, want status %s", got.body, test.want)
			}
			c.flush()
			if len(m.got) > 0 {
				t.Errorf("a second callback came: %v", <-m.got)
			}
		})
	}
}

func TestCallbackIsTriedOnceAndFollowsNoRedirect(t *testing.T) {
	for _, status := range []int{500, http.StatusFound} {
		c, m := sender(t), newMerchant(t, status)
		c.ecomTo(m)
		c.decide("order-1", "approve")
		m.next(t)
		c.flush()
		c.send("POST", "/__sim/clock", "+1h")
		c.flush()
		if len(m.got) > 0 {
			t.Errorf("after %d a second request came: %v", status, <-m.got)
		}
		if got := c.send("GET", "/__sim/deliveries", "").body.Get("0.status").Int(); got != int64(status) {
			t.Errorf("the delivery's status = %d, want %d", got, status)
		}
	}
}

func TestFailedReservationIsCalledBack(t *testing.T) {
	c, m := sender(t), newMerchant(t)
	c.ecomTo(m, "49900", "186")
	c.approveOrder("order-1").wantBrief(t, "402 44")
	body := gjson.Parse(m.next(t).body)
	if body.Get("transactionInfo.status").Str != "RESERVE_FAILED" || body.Get("errorInfo.errorCode").Str != "44" {
		t.Errorf("body is %s", body.Raw)
	}
}

func TestNothingIsSentWithoutAClientOrToDocumentation(t *testing.T) {
	m := newMerchant(t)
	c := loggedIn(t, Options{})
	c.ecomTo(m)
	c.decide("order-1", "approve").wantBrief(t, "200")
	c.flush()
	for _, link := range []string{"https://example.com/x", "https://a.example.org", "http://shop.test/", "ftp://127.0.0.1/", "not a url"} {
		if !core.IsReserved(link) {
			t.Errorf("%s would be called", link)
		}
	}
	if len(m.got) > 0 || core.IsReserved(m.URL) || core.IsReserved("https://example.com.no/") {
		t.Error("a request came, or a real address counts as documentation")
	}
}

const expressBody = `{"merchantInfo":{"merchantSerialNumber":"740117","callbackPrefix":"BASE/cb","consentRemovalPrefix":"BASE/gone",
	"shippingDetailsPrefix":"BASE/ship","fallBack":"https://example.com/done","authToken":"t","paymentType":"eComm Express Payment"},
	"customerInfo":{},"transaction":{"orderId":"order-1","amount":1000,"transactionText":"Socks"}}`

func TestExpressAsksForShippingAndCallsBackWithIt(t *testing.T) {
	c, m := sender(t), newMerchant(t)
	m.answer = `{"addressId":3960,"orderId":"order-1","shippingDetails":[
		{"isDefault":"N","priority":1,"shippingCost":10,"shippingMethod":"Slow","shippingMethodId":"slow"},
		{"isDefault":"Y","priority":2,"shippingCost":30.5,"shippingMethod":"Quick","shippingMethodId":"quick"}]}`
	c.send("POST", "/ecomm/v2/payments", strings.ReplaceAll(expressBody, "BASE", m.URL)).wantBrief(t, "200")
	c.decide("order-1", "approve").wantBrief(t, "200")
	if got := m.next(t); got.path != "/ship/v2/payments/order-1/shippingDetails" || gjson.Get(got.body, "postCode").Str == "" {
		t.Errorf("asked for shipping with %v", got)
	}
	got := m.next(t)
	body := gjson.Parse(got.body)
	if got.path != "/cb/v2/payments/order-1" || body.Get("transactionInfo.status").Str != "RESERVE" ||
		body.Get("shippingDetails.shippingMethodId").Str != "quick" || body.Get("transactionInfo.amount").Int() != 1000+3050 ||
		body.Get("userDetails.userId").Str == "" {
		t.Errorf("called back with %s %s", got.path, got.body)
	}
	c.flush()
	details := c.send("GET", "/ecomm/v2/payments/order-1/details", "").body
	if details.Get("shippingDetails.shippingCost").Raw != "30.5" || details.Get("userDetails.firstName").Str == "" {
		t.Errorf("details are %s", details.Raw)
	}
	c.decide("order-1", "remove-consent").wantBrief(t, "200")
	if got := m.next(t); got.method != "DELETE" || got.path != "/gone/v2/consents/"+body.Get("userDetails.userId").Str {
		t.Errorf("the consent was removed with %v", got)
	}
}

// register makes a webhook for m and returns its secret.
func (c *client) register(m *merchant, events ...string) string {
	c.t.Helper()
	a := c.send("POST", "/webhooks/v1/webhooks", `{"url":"`+m.URL+`/hook?a=b","events":["`+strings.Join(events, `","`)+`"]}`)
	a.wantBrief(c.t, "201")
	return a.body.Get("secret").Str
}

func TestWebhooksFollowAPayment(t *testing.T) {
	c, m := sender(t), newMerchant(t)
	var events []string
	for _, name := range webhook.EventTypes() {
		if strings.HasPrefix(name, "epayments.") {
			events = append(events, name)
		}
	}
	secret := c.register(m, events...)
	c.create("reference-1", "49900")
	c.paymentStep("approve", 0)
	c.modify("reference-1", "capture", "49900", "key-1")
	c.modify("reference-1", "refund", "100", "key-2")
	c.create("reference-2", "49900")
	c.decide("reference-2", "abort").wantBrief(t, "200")
	c.create("reference-3", "49900")
	c.decide("reference-3", "expire").wantBrief(t, "200")
	var names []string
	for range 8 {
		got := m.next(t)
		want := webhook.Sign(secret, m.URL+"/hook?a=b", got.date, []byte(got.body))
		if got.auth != want.Get("Authorization") || got.hash != want.Get("X-Ms-Content-Sha256") {
			t.Errorf("the signature of %s is wrong", got.body)
		}
		names = append(names, gjson.Get(got.body, "reference").Str[10:]+" "+gjson.Get(got.body, "name").Str)
	}
	want := []string{"1 CREATED", "1 AUTHORIZED", "1 CAPTURED", "1 REFUNDED", "2 CREATED", "2 ABORTED", "3 CREATED", "3 EXPIRED"}
	if diff := cmp.Diff(names, want); diff != "" {
		t.Errorf("events in order (-got +want):\n%s", diff)
	}
}

func TestWebhooksFollowAnAgreement(t *testing.T) {
	c, m := sender(t), newMerchant(t)
	c.register(m, slices.DeleteFunc(webhook.EventTypes(), func(e string) bool { return !strings.HasPrefix(e, "recurring.") })...)
	path := c.draft()
	c.accept(path)
	a := c.write("POST", path+"/charges", strings.ReplaceAll(
		`{"amount":1000,"description":"Socks","due":"DAY","retryDays":0,"transactionType":"RESERVE_CAPTURE"}`,
		"DAY", c.now.AddDate(0, 0, 2).Format(time.DateOnly)))
	a.wantBrief(t, "201")
	c.send("POST", "/__sim/clock", "+48h").wantBrief(t, "200")
	c.login()
	c.write("POST", path+"/charges/"+a.body.Get("chargeId").Str+"/capture", `{"amount":1000,"description":"Socks"}`).wantBrief(t, "204")
	c.write("PATCH", path, `{"status":"STOPPED"}`).wantBrief(t, "204")
	for _, want := range []string{"agreement-activated", "charge-reserved", "charge-captured", "agreement-stopped"} {
		if got := gjson.Get(m.next(t).body, "eventType").Str; got != "recurring."+want+".v1" {
			t.Errorf("event is %s, want %s", got, want)
		}
	}
}

// TestWebhookIsTriedAgainOnSchedule moves the clock from attempt to attempt.
func TestWebhookIsTriedAgainOnSchedule(t *testing.T) {
	c, m := sender(t), newMerchant(t, 500, 500, 500, 500, 500, 500, 200)
	c.register(m, "epayments.payment.created.v1", "epayments.payment.aborted.v1")
	c.create("reference-1", "49900")
	m.next(t)
	c.decide("reference-1", "abort") // waits behind the first
	for i, wait := range []string{"2s", "2s", "2s", "2s", "60s", "120s"} {
		c.flush()
		if len(m.got) > 0 {
			t.Fatalf("attempt %d came too early", i+2)
		}
		c.send("POST", "/__sim/clock", wait).wantBrief(t, "200")
		if got := gjson.Get(m.next(t).body, "name").Str; got != "CREATED" {
			t.Fatalf("attempt %d is of %s", i+2, got)
		}
	}
	if got := gjson.Get(m.next(t).body, "name").Str; got != "ABORTED" {
		t.Errorf("then came %s, want ABORTED", got)
	}
}

// TestSilentMerchantHoldsNobodyUp lets a merchant take its time: the approval is
// answered all the same, and closing the server ends the wait.
func TestSilentMerchantHoldsNobodyUp(t *testing.T) {
	block := make(chan struct{})
	srv := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-block }))
	defer srv.Close()
	defer close(block)
	c := sender(t)
	c.ecomTo(&merchant{Server: srv})
	c.decide("order-1", "approve").wantBrief(t, "200")
	c.orderStep("details", 0).wantBrief(t, "200")
	c.s.Close()
	c.orderStep("details", 0).wantBrief(t, "200")
}
