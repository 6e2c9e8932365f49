package vipps

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestVaryGivesWhatTheFilesAllow asks often enough to see the usual and the unusual of everything.
func TestVaryGivesWhatTheFilesAllow(t *testing.T) {
	seen := map[string]bool{}
	for seed := range uint64(60) {
		c := loggedIn(t, Options{Vary: true, VarySeed: seed})
		a := c.write("POST", "/recurring/v3/agreements", agreementBodyText)
		seen["an agreement's link without a token"] = seen["an agreement's link without a token"] || strings.HasPrefix(a.body.Get("vippsConfirmationUrl").Str, "https://api.vipps.no/v2/register/")
		seen["a new field"] = seen["a new field"] || a.body.Get("addedLater").Exists()
		path := "/recurring/v3/agreements/" + a.body.Get("agreementId").Str
		c.accept(path).wantBrief(t, "204") // the file has no 202 for it
		c.send("GET", path, "")
		changed := c.write("PATCH", path, `{"productName":"Shoes"}`)
		now := c.send("GET", path, "").body
		switch changed.status {
		case 202:
			seen["202"] = true
			if now.Get("productName").Str != "Socks" {
				t.Errorf("right after 202 the agreement is %s", now.Raw)
			}
		case 204:
			seen["204"] = true
			if now.Get("productName").Str != "Shoes" {
				t.Errorf("after 204 the agreement is %s", now.Raw)
			}
		}
		c.now = c.now.Add(time.Second)
		now = c.send("GET", path, "").body
		if now.Get("productName").Str != "Shoes" {
			t.Errorf("a second later the agreement is %s", now.Raw)
		}
		seen["a field that is left out"] = seen["a field that is left out"] || !now.Get("start").Exists()
		seen["a field that is there"] = seen["a field that is there"] || now.Get("start").Exists()
		link := c.create("reference-1", "49900").body.Get("redirectUrl").Str
		for _, host := range []string{"http://sim.test/", "https://landing.vipps.no", "https://pay.vipps.dk", "https://pay.mobilepay.fi", "https://api.vipps.no"} {
			seen[host] = seen[host] || strings.HasPrefix(link, host)
		}
	}
	for what, was := range seen {
		if !was {
			t.Errorf("in 60 rounds there was never: %s", what)
		}
	}
	if len(seen) != 11 {
		t.Errorf("%d kinds of response were looked for: %v", len(seen), seen)
	}
}

// TestNothingVariesByItself holds that the usual responses are the only ones without the option.
func TestNothingVariesByItself(t *testing.T) {
	c := loggedIn(t, Options{})
	for range 20 {
		path := c.draft()
		c.accept(path)
		c.write("PATCH", path, `{"productName":"Shoes"}`).wantBrief(t, "204")
		if got := c.send("GET", path, "").body; got.Get("addedLater").Exists() || !got.Get("start").Exists() {
			t.Fatalf("the agreement is %s", got.Raw)
		}
	}
}

// TestASeedGivesTheSameAgain holds that a seed decides what varies, also after a reset, and that identifiers do not
// depend on it.
func TestASeedGivesTheSameAgain(t *testing.T) {
	talk := func(c *client) (list []string) {
		c.login()
		list = append(list, c.create("reference-1", "49900").raw)
		path := c.draft()
		c.accept(path)
		for range 10 {
			list = append(list, fmt.Sprint(c.write("PATCH", path, `{"productName":"Shoes"}`).status), c.send("GET", path, "").body.Get("start").Raw)
		}
		return list
	}
	client := func(o Options) *client {
		o.Rand = rand.NewChaCha8([32]byte{1})
		return newClient(t, o)
	}
	first := client(Options{Vary: true, VarySeed: 7})
	once := talk(first)
	if again := talk(client(Options{Vary: true, VarySeed: 7})); !slices.Equal(once, again) {
		t.Errorf("one seed gave\n%q\nand then\n%q", once, again)
	}
	first.send("POST", "/__sim/reset", "")
	for i, got := range talk(first) {
		if i > 0 && got != once[i] { // the first has a new token in its link
			t.Errorf("after a reset response %d is %s, not %s", i, got, once[i])
		}
	}
	if slices.Equal(once, talk(client(Options{Vary: true, VarySeed: 8}))) {
		t.Error("another seed gave the same")
	}
	usual, varied := client(Options{}), client(Options{Vary: true})
	usual.login()
	varied.login()
	if a, b := usual.draft(), varied.draft(); a != b {
		t.Errorf("the agreement is %s, and %s when responses vary", a, b)
	}
}
