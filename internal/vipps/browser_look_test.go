package vipps

import (
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"posthaste/internal/vipps/core"
)

// faintJS lists the texts of a page whose colour is too near to what is behind it: below 4.5 to 1, as WCAG reckons.
const faintJS = `(() => {
	const parts = c => (c.match(/[\d.]+/g) || []).map(Number);
	const light = c => { const [r, g, b] = parts(c).map(v => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; });
		return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
	const behind = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; const p = parts(c);
		if (p.length === 3 || p[3] === 1) return c; } return "rgb(255, 255, 255)"; };
	const faint = [];
	for (const e of document.querySelectorAll("main *")) {
		if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue;
		const a = light(getComputedStyle(e).color), b = light(behind(e));
		const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
		if (ratio < 4.5) faint.push(e.tagName + " " + ratio.toFixed(2) + ": " + e.innerText);
	}
	return faint.join("; ") || "none";
})()`

// TestBrowserShowsPagesWell looks at every kind of page on a small phone and on a desktop, by day and by night.
func TestBrowserShowsPagesWell(t *testing.T) {
	b := NewBrowser(t)
	c := loggedIn(t, Options{})
	sim := httptest.NewServer(c.s)
	defer sim.Close()
	long := strings.Replace(ecomBody, "Socks", strings.Repeat("Donaudampfschifffahrtsgesellschaft", 2)+" and more", 1)
	open := c.send("POST", "/ecomm/v2/payments", strings.Replace(long, "ORDER", "order-"+strings.Repeat("1", 44), 1)).body.Get("url").Str
	failing := c.initiate("order-2", "186").body.Get("url").Str
	agreement := c.send("GET", c.draft(), "").body.Get("vippsConfirmationUrl").Str
	over := c.initiate("order-3", "49900").body.Get("url").Str
	c.decide("order-3", "reject").wantBrief(t, "200")
	pages := map[string]struct{ path, wants string }{
		"a payment":               {pathOf(open), "#approve"},
		"a payment that fails":    {pathOf(failing), "#problem"},
		"a payment that is over":  {pathOf(over), "#back"},
		"an agreement":            {pathOf(agreement), "#approve"},
		"a login":                 {loginPath + "/oauth2/auth?client_id=" + c.s.Keys().ClientID + "&response_type=code&scope=openid%20name&state=state-1234&redirect_uri=http://localhost/back", "input[name=phone]"},
		"what waits":              {"/__sim/phone", "li a"},
		"a link of another world": {core.LandingPath + "?v=2&token=nonsense", "main a"},
	}
	for name, page := range pages {
		t.Run(name, func(t *testing.T) {
			for _, width := range []int{320, 1280} {
				for _, scheme := range []string{"light", "dark"} {
					b.do("Emulation.setDeviceMetricsOverride", map[string]any{"width": width, "height": 640, "deviceScaleFactor": 1, "mobile": false})
					b.do("Emulation.setEmulatedMedia", map[string]any{"features": []map[string]string{{"name": "prefers-color-scheme", "value": scheme}}})
					b.Open(sim.URL + page.path)
					if page.wants == "#problem" {
						b.Eval(`document.querySelector("#approve").click()`)
					}
					b.Until(`!!document.querySelector("` + page.wants + `")`)
					b.picture(fmt.Sprintf("%s, %d, %s", name, width, scheme))
					if wide := b.Eval(`document.documentElement.scrollWidth`).Int(); wide > int64(width) {
						t.Errorf("%d wide, %s: the page is %d wide", width, scheme, wide)
					}
					if faint := b.Eval(faintJS).Str; faint != "none" {
						t.Errorf("%d wide, %s: hard to read: %s", width, scheme, faint)
					}
					if !b.Eval(`[...document.querySelectorAll("button, input")].every(e => e.getBoundingClientRect().height >= 44)`).Bool() {
						t.Errorf("%d wide: something to press is less than 44 pixels high", width)
					}
					isDark := b.Eval(`getComputedStyle(document.body).backgroundColor === "rgb(18, 18, 23)"`).Bool()
					if isDark != (scheme == "dark") {
						t.Errorf("%s: the page is dark = %v", scheme, isDark)
					}
				}
			}
		})
	}
}

// picture keeps what the page looks like in the folder SCREENSHOTS, for people; without it, it does nothing.
func (b *Browser) picture(name string) {
	b.t.Helper()
	folder := os.Getenv("SCREENSHOTS")
	if folder == "" {
		return
	}
	data, err := base64.StdEncoding.DecodeString(b.do("Page.captureScreenshot", map[string]any{}).Get("data").Str)
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, name+".png"), data, 0o600)
	}
	if err != nil {
		b.t.Error(err)
	}
}

// key presses and lets go of a key.
func (b *Browser) key(name, text string, code int) {
	b.t.Helper()
	for _, kind := range []string{"keyDown", "keyUp"} {
		press := map[string]any{"type": kind, "key": name, "code": name, "windowsVirtualKeyCode": code}
		if kind == "keyDown" {
			press["text"] = text
		}
		b.do("Input.dispatchKeyEvent", press)
	}
}

// TestBrowserWithoutAMouse tabs to the buttons, sees where it is, and presses Enter.
func TestBrowserWithoutAMouse(t *testing.T) {
	b := NewBrowser(t)
	shop := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		io.WriteString(w, "<!doctype html><title>Shop</title><p id=shop>"+r.URL.Path)
	}))
	defer shop.Close()
	c := loggedIn(t, Options{})
	sim := httptest.NewServer(c.s)
	defer sim.Close()
	body := strings.NewReplacer("REFERENCE", "reference-1", "https://example.com/back", shop.URL+"/done").Replace(paymentBody)
	a := c.write("POST", "/epayment/v1/payments", body)
	a.wantBrief(t, "201")
	b.Open(sim.URL + pathOf(a.body.Get("redirectUrl").Str))
	for _, want := range []string{"approve", "reject"} {
		b.key("Tab", "", 9)
		if got := b.Until(`document.activeElement.id`).Str; got != want {
			t.Fatalf("the next key is %q, want %q", got, want)
		}
		if b.Eval(`getComputedStyle(document.activeElement).outlineStyle`).Str != "solid" {
			t.Errorf("nothing shows that %s has the focus", want)
		}
	}
	b.key("Enter", "\r", 13)
	if got := b.Until(`(document.querySelector("#shop") || {}).innerText || ""`).Str; got != "/done" {
		t.Errorf("the shop shows %q", got)
	}
	if got := c.send("GET", "/epayment/v1/payments/reference-1", "").body.Get("state").Str; got != "ABORTED" {
		t.Errorf("state = %s, want ABORTED", got)
	}
}
