package vipps

import (
	"strings"
	"testing"
)

func TestRedirectCodes(t *testing.T) {
	c := loggedIn(t, Options{})
	const base = "/qr/v1/merchant-redirect"
	for name, test := range map[string]struct{ body, want string }{
		"no id":              {`{"redirectUrl":"https://example.com"}`, "400"},
		"a page over http":   {`{"id":"a","redirectUrl":"http://example.com"}`, "400"},
		"a life of a minute": {`{"id":"a","redirectUrl":"https://example.com","ttl":60}`, "400"},
		"no JSON":            {`x`, "400"},
	} {
		if got := c.send("POST", base, test.body); got.brief() != test.want {
			t.Errorf("%s: %d %s", name, got.status, got.raw)
		}
	}
	made := c.send("POST", base, `{"id":"menu","redirectUrl":"https://example.com/a","ttl":600}`, "Accept: image/png")
	made.wantBrief(t, "200")
	c.send("POST", base, `{"id":"menu","redirectUrl":"https://example.com/a"}`).wantBrief(t, "409")
	c.send("PUT", base+"/menu", `{"redirectUrl":"https://example.com/b"}`).wantBrief(t, "200")
	picture := c.send("GET", pathOf(made.body.Get("url").Str), "")
	if picture.header.Get("Content-Type") != "image/png" {
		t.Errorf("the picture is %q", picture.header.Get("Content-Type"))
	}
	target := c.send("GET", base+"/menu", "", "Accept: text/targetUrl").body.Get("url").Str
	if got := c.send("GET", pathOf(target), ""); got.status != 302 || got.header.Get("Location") != "https://example.com/b" {
		t.Errorf("scanning leads to %d %q", got.status, got.header.Get("Location"))
	}
	c.send("GET", base+"/menu", "", "Accept: image/gif").wantBrief(t, "415")
	c.send("POST", "/__sim/clock", "+10m")
	c.send("GET", base+"/menu", "").wantBrief(t, "404")
}

func TestPaymentCodeLeadsToItsLandingPage(t *testing.T) {
	c := loggedIn(t, Options{})
	link := c.initiate("order-1", "49900").body.Get("url").Str
	made := c.send("POST", "/qr/v1", `{"url":"`+link+`"}`, "Accept: image/svg+xml")
	made.wantBrief(t, "200")
	picture := pathOf(made.body.Get("url").Str)
	if got := c.send("GET", picture, ""); got.header.Get("Content-Type") != "image/svg+xml" {
		t.Errorf("the picture is %d %q", got.status, got.header.Get("Content-Type"))
	}
	id := strings.TrimSuffix(picture[strings.LastIndex(picture, "/")+1:], ".svg")
	if got := c.send("GET", "/qr/to/"+id, "").header.Get("Location"); got != pathOf(link) {
		t.Errorf("scanning leads to %q, want %q", got, pathOf(link))
	}
	c.send("GET", "/qr/picture/nobody.svg", "").wantBrief(t, "404")
	body := strings.NewReplacer("REFERENCE", "reference-1", "WEB_REDIRECT", "QR").Replace(paymentBody)
	shown := c.send("GET", pathOf(c.write("POST", "/epayment/v1/payments", body).body.Get("redirectUrl").Str), "")
	if shown.header.Get("Content-Type") != "image/svg+xml" {
		t.Errorf("ePayment's picture is %d %q", shown.status, shown.header.Get("Content-Type"))
	}
}

func TestTillCodeChecksIn(t *testing.T) {
	c, m := sender(t), newMerchant(t)
	c.register(m, "user.checked-in.v1")
	const path = "/qr/v1/merchant-callback/till-1"
	c.send("PUT", path, `{"locationDescription":"`+strings.Repeat("x", 37)+`"}`).wantBrief(t, "400")
	c.send("PUT", path, `{"locationDescription":"Till 1"}`).wantBrief(t, "200")
	link := c.send("GET", path, "").body.Get("qrContent").Str
	c.send("GET", pathOf(link), "").wantBrief(t, "200")
	if got := m.next(t); !strings.Contains(got.body, `"merchantQrId":"till-1"`) {
		t.Errorf("the webhook says %s", got.body)
	}
	c.send("DELETE", path, "").wantBrief(t, "200")
	c.send("GET", path, "").wantBrief(t, "404")
	c.send("GET", pathOf(link), "").wantBrief(t, "404")
}
