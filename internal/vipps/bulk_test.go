package vipps

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/tidwall/gjson"

	"posthaste/internal/vipps/core"
)

const bulkPath = "/recurring/v3/agreements/charges"

// bulkLine is one charge of a bulk request.
func bulkLine(path, order string, more ...string) string {
	return `{"agreementId":"` + path[strings.LastIndex(path, "/")+1:] + `","orderId":"` + order +
		`","amount":1000,"description":"March","due":"2026-03-04","retryDays":0,"transactionType":"DIRECT_CAPTURE"` + strings.Join(more, "") + `}`
}

func TestBulkChargesAreCreatedAndRefusalsTold(t *testing.T) {
	c, m := sender(t), newMerchant(t)
	c.register(m, "recurring.charge-creation-failed.v1")
	first, second := c.draft(), c.draft()
	c.accept(first)
	c.accept(second)
	body := "[" + strings.Join([]string{
		bulkLine(first, "o-1"), bulkLine(second, "o-2"), bulkLine("agr_nobody", "o-3"), bulkLine(first, "o-1"),
	}, ",") + "]"
	a := c.write("POST", bulkPath, body)
	a.wantBrief(t, "202")
	if got := a.body.Get("#.chargeId").Raw; got != `["o-1","o-2","o-3","o-1"]` {
		t.Errorf("charges are %s", got)
	}
	for _, want := range []string{"Agreement not found", "A charge with this orderId exists"} {
		if got := gjson.Get(m.next(t).body, "failureReason").Str; got != want {
			t.Errorf("the webhook says %q, want %q", got, want)
		}
	}
	for _, path := range []string{first + "/charges/o-1", second + "/charges/o-2", bulkPath + "/o-2"} {
		c.send("GET", path, "").wantBrief(t, "200")
	}
	for name, body := range map[string]string{
		"no list": `{}`, "no JSON": `[`, "nothing": `[]`, "too many": "[" + strings.Repeat("{},", 2000) + "{}]",
	} {
		if got := c.write("POST", bulkPath, body); got.status != 400 {
			t.Errorf("%s: %d %s", name, got.status, got.raw)
		}
	}
}

func TestUnscheduledChargeIsCollectedAtOnce(t *testing.T) {
	c := loggedIn(t, Options{})
	path := c.draft()
	c.accept(path)
	a := c.write("POST", path+"/charges", `{"amount":1000,"description":"Ride","transactionType":"DIRECT_CAPTURE","type":"UNSCHEDULED"}`)
	a.wantBrief(t, "201")
	ch := c.send("GET", path+"/charges/"+a.body.Get("chargeId").Str, "").body
	if ch.Get("status").Str != "CHARGED" || ch.Get("type").Str != "UNSCHEDULED" {
		t.Errorf("the charge is %s", ch.Raw)
	}
	c.write("POST", path+"/charges", strings.Replace(chargeBodyText, `"amount"`, `"type":"SOMETIMES","amount"`, 1)).wantBrief(t, "400 validation-error")
	a = c.write("POST", path+"/charges", strings.Replace(chargeBodyText, `"amount"`, `"type":"RECURRING","processingMode":"SINGLE","amount"`, 1))
	a.wantBrief(t, "201")
	if got := c.send("GET", path+"/charges/"+a.body.Get("chargeId").Str, "").body.Get("processingMode").Str; got != "SINGLE" {
		t.Errorf("the processing mode is %q", got)
	}
}

func TestFlexibleAgreementHasNoLimit(t *testing.T) {
	c := loggedIn(t, Options{})
	path := c.draft(`"interval":{"unit":"WEEK","count":"2"},`, "", `"amount":1000,`, `"type":"FLEXIBLE",`)
	c.accept(path)
	got := c.send("GET", path, "").body
	if got.Get("pricing.type").Str != "FLEXIBLE" || got.Get("pricing.amount").Exists() || got.Get("interval").Exists() {
		t.Errorf("the agreement is %s", got.Raw)
	}
	c.write("POST", path+"/charges", strings.Replace(chargeBodyText, "1000", "99999900", 1)).wantBrief(t, "201")
	c.write("PATCH", path, `{"pricing":{"amount":2000}}`).wantBrief(t, "400 illegal-agreement-update")
}

func TestAgreementsHaveTheirCurrency(t *testing.T) {
	for currency, least := range map[string]string{"NOK": "100", "DKK": "1", "EUR": "1"} {
		c := loggedIn(t, Options{})
		path := c.draft(`"NOK"`, `"`+currency+`"`, `"amount":1000`, `"amount":`+least)
		c.accept(path)
		if got := c.send("GET", path, "").body.Get("pricing.currency").Str; got != currency {
			t.Errorf("%s: the agreement is in %s", currency, got)
		}
		a := c.write("POST", path+"/charges", strings.Replace(chargeBodyText, "1000", least, 1))
		a.wantBrief(t, "201")
		if got := c.send("GET", path+"/charges/"+a.body.Get("chargeId").Str, "").body.Get("currency").Str; got != currency {
			t.Errorf("%s: the charge is in %s", currency, got)
		}
	}
	c := loggedIn(t, Options{})
	c.write("POST", "/recurring/v3/agreements", strings.Replace(agreementBodyText, "NOK", "SEK", 1)).wantBrief(t, "400 validation-error")
}

func TestListsComeInPages(t *testing.T) {
	c := loggedIn(t, Options{})
	for range 3 {
		c.accept(c.draft())
	}
	for query, want := range map[string]string{
		"": "3", "?pageSize=2": "2", "?pageNumber=2&pageSize=2": "1", "?pageNumber=3&pageSize=2": "0",
		"?pageNumber=0": "400", "?pageSize=x": "400",
	} {
		a := c.send("GET", "/recurring/v3/agreements"+query, "")
		if got := a.body.Get("#").Raw; a.status == 200 && got != want || a.status != 200 && want != "400" {
			t.Errorf("%s: %d with %s entries, want %s", query, a.status, got, want)
		}
	}
}

func TestFiveHundredChargesAMinute(t *testing.T) {
	c := loggedIn(t, Options{RateLimits: true})
	path := c.draft(`"amount":1000,`, `"type":"FLEXIBLE",`)
	c.accept(path)
	for i := range 501 {
		want := "201"
		if i == 500 {
			want = "429"
		}
		body := strings.Replace(chargeBodyText, `"amount"`, fmt.Sprintf(`"orderId":"o-%d","amount"`, i), 1)
		if got := c.write("POST", path+"/charges", body); got.brief() != want {
			t.Fatalf("charge %d: %s, want %s", i+1, got.brief(), want)
		}
	}
}

func TestRefusalNamesTheChargesStatus(t *testing.T) {
	c := loggedIn(t, Options{})
	path := c.draft()
	c.accept(path)
	id := c.write("POST", path+"/charges", chargeBodyText).body.Get("chargeId").Str
	for _, step := range []string{"/capture", "/refund"} {
		if got := c.write("POST", path+"/charges/"+id+step, `{"amount":100,"description":"x"}`).body.Get("detail").Str; !strings.HasSuffix(got, "DUE") {
			t.Errorf("%s: %q", step, got)
		}
	}
}

func TestAgreementEndsWithItsUsersProfile(t *testing.T) {
	c, m := sender(t), newMerchant(t)
	c.register(m, "recurring.agreement-stopped.v1")
	path := c.draft()
	id := path[strings.LastIndex(path, "/")+1:]
	c.decide(id, "delete-profile").wantBrief(t, "409")
	c.accept(path)
	c.decide(id, "delete-profile").wantBrief(t, "200")
	if got := gjson.Get(m.next(t).body, "actor").Str; got != "ADMIN" {
		t.Errorf("the actor is %q", got)
	}
	if got := c.send("GET", path, "").body.Get("status").Str; got != "STOPPED" {
		t.Errorf("the agreement is %s", got)
	}
	c.create("reference-1", "49900")
	c.decide("reference-1", "delete-profile").wantBrief(t, "409")
}

func TestMinorsAreRefused(t *testing.T) {
	c := loggedIn(t, Options{})
	for _, number := range []string{core.MinorNumber, "47" + core.MinorNumber} {
		c.write("POST", "/recurring/v3/agreements", strings.Replace(agreementBodyText, "91234567", number, 1)).wantBrief(t, "400 operation-failed")
	}
}

func TestStrictHasNoOldRecurring(t *testing.T) {
	for _, strict := range []bool{false, true} {
		c := loggedIn(t, Options{Strict: strict})
		want := "200"
		if strict {
			want = "404"
		}
		for _, path := range []string{"/recurring/v2/agreements", "/recurring/api/v1/agreement"} {
			c.send("GET", path, "").wantBrief(t, want)
		}
	}
}

// TestAnswersOfOtherAPIs has single facts of the APIs with few tests.
func TestAnswersOfOtherAPIs(t *testing.T) {
	c := loggedIn(t, Options{})
	for _, path := range []string{"/vipps-ipp/v1/jwk", "/vipps-isp/v1/jwk", "/vipps-ipp/v1/public/jwk", "/vipps-isp/v1/public/jwk"} {
		if got := c.send("GET", path, "", "Authorization: ", "Ocp-Apim-Subscription-Key: "); got.status != 200 || got.body.Get("keys.0.n").Str == "" {
			t.Errorf("%s: %d %s", path, got.status, got.raw)
		}
	}
	got := c.write("PUT", "/vipps-isp/v1/invoices/orgno-no.918130047.1/status/revoked", "")
	if got.status != 404 || !json.Valid([]byte(got.raw)) || got.body.Get("error.title").Str != "Not Found" {
		t.Errorf("revoking nothing: %d %s", got.status, got.raw)
	}
	for _, path := range []string{"/qr/v1/merchant-redirect/nobody", "/qr/v1"} {
		method := map[bool]string{true: "POST", false: "GET"}[path == "/qr/v1"]
		got := c.send(method, path, "{}")
		if kind := got.header.Get("Content-Type"); got.status < 400 || !strings.HasPrefix(kind, "application/json") {
			t.Errorf("%s: %d of %s", path, got.status, kind)
		}
	}
	const merchants = "/merchant-management/psp/v1/merchants"
	const unit = `{"organizationNumber":"918130047","name":"x","mccCode":"5945","companyName":"x","companyEmail":"a@example.com","address":{"addressLine1":"x"}EMAIL}`
	for more, want := range map[string]string{``: "200", `,"email":"b@example.com"`: "200", `,"email":"not an email"`: "400", `,"email":""`: "400"} {
		c.send("POST", merchants, strings.Replace(unit, "EMAIL", more, 1), "Idempotency-Key: k-"+more).wantBrief(t, want)
	}
	c.send("PATCH", merchants+"/740117", `{"companyEmail":"nobody"}`).wantBrief(t, "400")
}
