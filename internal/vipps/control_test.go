package vipps

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"posthaste/internal/vipps/fault"
)

func TestClockMovesWhatWaits(t *testing.T) {
	c := loggedIn(t, Options{})
	c.initiate("order-1", "49900")
	c.create("reference-1", "49900")
	path := c.draft()
	for _, bad := range []string{"", "yesterday", "-5m", `{"advance":"x"}`, "2020-01-01T00:00:00Z", "9999999h"} {
		c.send("POST", "/__sim/clock", bad).wantBrief(t, "400")
	}
	c.send("POST", "/__sim/clock", `{"advance":"+9m59s"}`).wantBrief(t, "200")
	if got := c.send("GET", "/epayment/v1/payments/reference-1", "").body.Get("state").Str; got != "CREATED" {
		t.Errorf("after 9:59 the state is %s", got)
	}
	a := c.send("POST", "/__sim/clock", `{"now":"2026-03-02T10:10:00Z"}`)
	if got := a.body.Get("now").Str; got != "2026-03-02T10:10:00Z" {
		t.Errorf("now = %s", got)
	}
	if got := c.send("GET", "/epayment/v1/payments/reference-1", "").body.Get("state").Str; got != "EXPIRED" {
		t.Errorf("after ten minutes the state is %s", got)
	}
	if got := c.orderStep("details", 0).body.Get("transactionLogHistory.0.operation").Str; got != "CANCEL" {
		t.Errorf("after ten minutes the operation is %s", got)
	}
	if got := c.send("GET", path, "").body.Get("status").Str; got != "EXPIRED" {
		t.Errorf("after ten minutes the agreement is %s", got)
	}
	c.send("POST", "/__sim/clock", "+1h")
	c.orderStep("details", 0).wantBrief(t, "401") // the token has ended too
}

func TestDecisions(t *testing.T) {
	c := loggedIn(t, Options{})
	c.create("reference-1", "49900")
	c.create("reference-2", "186")
	path := c.draft()
	agreement := path[strings.LastIndex(path, "/")+1:]
	for _, step := range []struct{ ref, act, want string }{
		{"nobody", "approve", "404"},
		{"reference-1", "dance", "404"},
		{"reference-1", "approve", "200"},
		{"reference-1", "abort", "409"},
		{"reference-2", "approve", "409"}, // fails on purpose
		{"reference-2", "reject", "200"},
		{agreement, "reject", "200"},
		{agreement, "approve", "409"},
		{"reference-1", "remove-consent", "409"},
	} {
		if got := c.decide(step.ref, step.act); got.brief() != step.want {
			t.Errorf("%s %s: %d %s, want %s", step.ref, step.act, got.status, got.raw, step.want)
		}
	}
	for ref, want := range map[string]string{"reference-1": "AUTHORIZED", "reference-2": "ABORTED"} {
		if got := c.send("GET", "/epayment/v1/payments/"+ref, "").body.Get("state").Str; got != want {
			t.Errorf("%s is %s, want %s", ref, got, want)
		}
	}
}

func TestChargeCanBeCollectedOrFailEarly(t *testing.T) {
	c := loggedIn(t, Options{})
	path := c.draft()
	c.accept(path)
	for act, want := range map[string]string{"approve": "CHARGED", "abort": "FAILED"} {
		a := c.write("POST", path+"/charges", strings.ReplaceAll(
			`{"amount":1000,"description":"Socks","due":"DAY","retryDays":0,"transactionType":"DIRECT_CAPTURE"}`,
			"DAY", c.now.AddDate(0, 0, 2).Format(time.DateOnly)))
		id := a.body.Get("chargeId").Str
		c.decide(id, act).wantBrief(t, "200")
		if got := c.send("GET", path+"/charges/"+id, "").body.Get("status").Str; got != want {
			t.Errorf("after %s the charge is %s, want %s", act, got, want)
		}
		c.decide(id, act).wantBrief(t, "409")
	}
}

func TestResetForgets(t *testing.T) {
	c := loggedIn(t, Options{})
	c.create("reference-1", "49900")
	c.send("POST", "/__sim/clock", "+5m")
	c.send("POST", "/__sim/fault", "* /qr/v1 503").wantBrief(t, "200")
	c.send("POST", "/__sim/reset", "").wantBrief(t, "204")
	c.send("GET", "/epayment/v1/payments/reference-1", "").wantBrief(t, "401")
	c.login()
	c.send("GET", "/epayment/v1/payments/reference-1", "").wantBrief(t, "404 5090")
	if got := c.send("GET", "/__sim/fault", "").raw; got != "[]" {
		t.Errorf("faults = %s, want none", got)
	}
	if got := c.send("GET", "/__sim/clock", "").body.Get("now").Str; got != "2026-03-02T10:00:00Z" {
		t.Errorf("now = %s, want the beginning", got)
	}
}

func TestForeignPagesCannotDecide(t *testing.T) {
	c := loggedIn(t, Options{})
	c.create("reference-1", "49900")
	link := c.send("GET", "/epayment/v1/payments/reference-1", "").body.Get("redirectUrl").Str
	for _, origin := range []string{"https://evil.example", "null"} {
		c.send("POST", "/__sim/payments/reference-1/approve", "", "Origin: "+origin).wantBrief(t, "403")
		c.send("POST", strings.TrimPrefix(link, "http://sim.test"), "decision=approve", "Origin: "+origin).wantBrief(t, "403")
	}
	c.send("POST", "/__sim/payments/reference-1/approve", "", "Origin: http://sim.test").wantBrief(t, "200")
}

func TestFaultsGoWrongOnPurpose(t *testing.T) {
	first, err := ParseFault("POST /epayment/v1/payments 503 x1")
	if err != nil {
		t.Fatal(err)
	}
	c := loggedIn(t, Options{Faults: []Fault{first}})
	if got := c.create("reference-1", "49900"); got.status != 503 || got.body.Get("responseInfo.responseCode").Int() != 503 {
		t.Errorf("first: %d %s, want 503", got.status, got.raw)
	}
	c.create("reference-1", "49900").wantBrief(t, "201") // it was once only, and nothing was made
	c.send("POST", "/__sim/fault", "GET /epayment/* 429 retry-after=7\nGET /qr/* 403 html").wantBrief(t, "200")
	if got := c.send("GET", "/epayment/v1/payments/reference-1", ""); got.status != 429 || got.header.Get("Retry-After") != "7" {
		t.Errorf("%d with Retry-After %q, want 429 with 7", got.status, got.header.Get("Retry-After"))
	}
	if got := c.send("GET", "/qr/v1/merchant-redirect", ""); got.status != 403 || got.header.Get("Content-Type") != "text/html" {
		t.Errorf("%d of type %q, want a web page of 403", got.status, got.header.Get("Content-Type"))
	}
	c.send("POST", "/__sim/fault", "GET /x").wantBrief(t, "400")
	c.send("DELETE", "/__sim/fault", "").wantBrief(t, "204")
	c.send("GET", "/epayment/v1/payments/reference-1", "").wantBrief(t, "200")
}

// TestFaultsAnswerAsDocumented asks for every error of the catalogue.
func TestFaultsAnswerAsDocumented(t *testing.T) {
	all := fault.Catalogue()
	if len(all) < 20 {
		t.Fatalf("the catalogue has %d errors", len(all))
	}
	for _, want := range all {
		c := newClient(t, Options{Faults: []Fault{{Path: "/accesstoken/get", As: want.ID}}})
		got := c.fetchToken()
		var a, b any
		_ = json.Unmarshal([]byte(got.raw), &a)
		_ = json.Unmarshal(want.Body, &b)
		if got.status != want.Status || !cmp.Equal(a, b) {
			t.Errorf("%s: %d %s, want %d %s", want.ID, got.status, got.raw, want.Status, want.Body)
		}
	}
}

// TestShareOfFaults counts over many requests: chance may not be all or nothing.
func TestShareOfFaults(t *testing.T) {
	c := loggedIn(t, Options{Faults: []Fault{{Path: "/qr/*", Status: 500, Percent: 30}}})
	bad := 0
	for range 1000 {
		if c.send("GET", "/qr/v1/merchant-redirect", "").status == 500 {
			bad++
		}
	}
	if bad < 200 || bad > 400 {
		t.Errorf("%d of 1000 went wrong, want about 300", bad)
	}
}

func TestDroppedAndSlowConnections(t *testing.T) {
	var logged []Request
	c := newClient(t, Options{
		Faults: []Fault{{Path: "/drop", Drop: true}, {Path: "/slow", Wait: time.Hour}},
		Log:    func(r Request) { logged = append(logged, r) },
	})
	srv := httptest.NewServer(c.s)
	get := func(path string, patience time.Duration) error {
		client := &http.Client{Timeout: patience}
		resp, err := client.Get(srv.URL + path)
		if err == nil {
			resp.Body.Close()
		}
		return err
	}
	if err := get("/drop", time.Minute); err == nil || errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("dropped: %v, want the end of the connection", err)
	}
	if err := get("/slow", 50*time.Millisecond); err == nil {
		t.Error("the slow answer came")
	}
	srv.Close() // waits for its handlers, which log
	if len(logged) == 0 || logged[0].Status != 0 {
		t.Errorf("log = %+v, want a dropped request first", logged)
	}
}

func TestStrictHoldsTheDocumentsRules(t *testing.T) {
	c := loggedIn(t, Options{Strict: true})
	c.send("GET", "/recurring/v3/agreements", "", "Authorization: bearer "+c.token).wantBrief(t, "401")
	c.send("GET", "/recurring/v3/agreements", "", "Authorization: Bearer "+c.token).wantBrief(t, "200")
	c.write("POST", "/recurring/v3/agreements", strings.Replace(agreementBodyText, `"productName"`, `"phoneNumber":"91234567","productName"`, 1)).
		wantBrief(t, "400 validation-error")
	c.write("POST", "/recurring/v3/agreements", strings.Replace(agreementBodyText, `"productName"`, `"surprise":1,"productName"`, 1)).
		wantBrief(t, "400 validation-error")
	c.send("POST", "/webhooks/v1/webhooks", `{"url":"http://127.0.0.1/","events":["user.checked-in.v1"]}`).wantBrief(t, "400 url")
}
