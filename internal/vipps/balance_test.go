package vipps

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// TestBalances follows the money of one payment of each kind.
func TestBalances(t *testing.T) {
	c := loggedIn(t, Options{})
	c.initiate("order-1", "49900")
	c.create("reference-1", "49900")
	agreement := c.draft()
	want := func(when string, lines ...string) {
		t.Helper()
		var got []string
		for _, h := range c.send("GET", "/__sim/payments", "").body.Array() {
			got = append(got, fmt.Sprintf("%s %s %t %d %d", h.Get("kind").Str, h.Get("state").Str, h.Get("open").Bool(), h.Get("reserved").Int(), h.Get("kept").Int()))
		}
		if g, w := strings.Join(got, "\n"), strings.Join(lines, "\n"); g != w {
			t.Errorf("%s:\n%s\nwant\n%s", when, g, w)
		}
	}
	want("at first", "Payment INITIATE true 0 0", "Payment CREATED true 0 0", "Agreement PENDING true 0 0")
	c.decide("order-1", "approve").wantBrief(t, "200")
	c.decide("reference-1", "approve").wantBrief(t, "200")
	c.accept(agreement)
	body := `{"amount":1000,"description":"Socks","due":"DAY","retryDays":0,"transactionType":"RESERVE_CAPTURE"}`
	charge := c.write("POST", agreement+"/charges", strings.ReplaceAll(body, "DAY", c.now.AddDate(0, 0, 2).Format(time.DateOnly)))
	charge.wantBrief(t, "201")
	c.initiate("order-2", "186")
	c.decide("order-2", "approve").wantBrief(t, "409") // fails on purpose
	want("approved, one in vain", "Payment RESERVE false 49900 0", "Payment AUTHORIZED false 49900 0", "Agreement ACTIVE false 0 0", "Charge DUE false 0 0", "Payment INITIATE true 0 0")
	c.decide(charge.body.Get("chargeId").Str, "approve").wantBrief(t, "200")
	c.write("POST", "/epayment/v1/payments/reference-1/capture", `{"modificationAmount":{"value":20000,"currency":"NOK"}}`).wantBrief(t, "200")
	c.write("POST", "/epayment/v1/payments/reference-1/refund", `{"modificationAmount":{"value":5000,"currency":"NOK"}}`).wantBrief(t, "200")
	want("captured in part", "Payment RESERVE false 49900 0", "Payment AUTHORIZED false 29900 15000", "Agreement ACTIVE false 0 0", "Charge RESERVED false 1000 0", "Payment INITIATE true 0 0")
	c.write("PATCH", agreement, `{"status":"STOPPED"}`).wantBrief(t, "204")
	want("stopped", "Payment RESERVE false 49900 0", "Payment AUTHORIZED false 29900 15000", "Agreement STOPPED false 0 0", "Charge CANCELLED false 0 0", "Payment INITIATE true 0 0")
}
