package check

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"posthaste/internal/check/report"
	"posthaste/internal/check/rule"
	"posthaste/internal/check/value"
)

// offlineRows are what can be seen without a call.
func offlineRows() map[string]scenario {
	k := keys()
	set := func(rule string, pairs ...string) scenario {
		sc := scenario{want: report.Finding, rule: rule, set: map[string]string{}}
		for i := 0; i < len(pairs); i += 2 {
			sc.set[pairs[i]] = pairs[i+1]
		}
		return sc
	}
	without := func(name string) scenario {
		return scenario{want: report.Finding, rule: "missing", input: func(in *Input) {
			in.Variables = slices.DeleteFunc(in.Variables, func(v value.Variable) bool { return v.Name == name })
		}}
	}
	odd := func(sc scenario) scenario { sc.want = report.AllRight; return sc }
	old := jwt(map[string]any{"appid": "99999999-0000-0000-0000-000000000000", "tid": "other", "exp": clock().Unix() - 60})
	rows := map[string]scenario{
		"missing":                  without("Ocp-Apim-Subscription-Key"),
		"empty":                    set("empty", "client_id", ""),
		"empty-and-placeholder":    set("empty", "client_id", "", "client_secret", "<secret>"),
		"placeholder-without-end":  set("placeholder", "merchantSerialNumber", "<the number of your shop"),
		"placeholder-in-quotes":    set("placeholder", "client_id", `"Add received client id"`),
		"placeholder-reference":    set("unresolved", "client_secret", "{{secret}}"),
		"placeholder-word":         set("placeholder", "client_secret", "your-secret-here"),
		"filled-within-brackets":   set("paste", "client_id", "<"+k.ClientID+">"),
		"line-break-at-the-start":  set("paste", "client_secret", "\r\n"+k.ClientSecret),
		"tab":                      set("paste", "client_secret", k.ClientSecret+"\t"),
		"non-breaking-space":       set("paste", "client_secret", k.ClientSecret+"\u00a0"),
		"zero-width-space":         set("paste", "client_id", "\u200b"+k.ClientID),
		"norwegian-letter":         set("paste-lost", "client_secret", "\u00f8"+k.ClientSecret[1:]),
		"typographic-quotes":       set("paste", "client_secret", "\u201c"+k.ClientSecret+"\u201d"),
		"comma":                    set("paste", "client_secret", k.ClientSecret+","),
		"bearer":                   set("paste", "client_secret", "Bearer "+k.ClientSecret),
		"name-in-front":            set("paste", "client_secret", "client_secret:"+k.ClientSecret),
		"url-encoded":              set("paste", "client_secret", strings.ReplaceAll(k.ClientSecret, "=", "%3D")),
		"html-encoded":             set("paste", "client_secret", strings.ReplaceAll(k.ClientSecret, "=", "&#61;")),
		"padding-lost":             set("looks-like", "client_secret", strings.TrimRight(k.ClientSecret, "=")),
		"secret-is-a-guid":         set("looks-like", "client_secret", "11111111-2222-3333-4444-555555555555"),
		"secret-of-another-form":   odd(set("odd-shape", "client_secret", k.ClientSecret, "Ocp-Apim-Subscription-Key", k.SubscriptionKey)),
		"id-without-dashes":        set("looks-like", "client_id", strings.ReplaceAll(k.ClientID, "-", "")),
		"id-cut-off":               set("shape", "client_id", k.ClientID[:20]),
		"key-is-a-guid":            set("looks-like", "Ocp-Apim-Subscription-Key", "11111111-2222-3333-4444-555555555555"),
		"number-is-a-phone":        set("looks-like", "merchantSerialNumber", "91234567"),
		"number-is-an-orgno":       set("looks-like", "merchantSerialNumber", "918130047"),
		"number-is-a-key":          set("looks-like", "merchantSerialNumber", k.SubscriptionKey[:30]+"ff"),
		"two-equal":                set("equal", "client_secret", k.ClientID),
		"three-kinds-of-wrong":     set("several", "client_id", "<id>", "client_secret", k.ClientSecret+" ", "merchantSerialNumber", "91234567"),
		"example-secret":           set("example", "client_secret", "Y8Kteew6GE2ZmeycEt6egg=="),
		"base-url-with-a-path":     set("host-form", "base_url", "https://apitest.vipps.no/recurring"),
		"base-url-with-a-slash":    set("host-form", "base_url", "https://apitest.vipps.no/"),
		"base-url-without-scheme":  set("host-form", "base_url", "apitest.vipps.no"),
		"base-url-with-http":       set("host-form", "base_url", "http://apitest.vipps.no"),
		"base-url-with-a-space":    set("host-form", "base_url", "https://apitest.vipps.no "),
		"base-url-with-a-user":     set("host-form", "base_url", "https://me:pass@apitest.vipps.no"),
		"base-url-with-a-query":    set("host-form", "base_url", "https://apitest.vipps.no?x=1"),
		"base-url-placeholder":     set("host-form", "base_url", "<the address>"),
		"base-url-mistyped":        set("host-unknown", "base_url", "https://apitest.vips.no"),
		"hosts-of-two-worlds":      set("host-mixed", "well-known_uri", "https://api.vipps.no/access-management-1.0/access/.well-known/openid-configuration"),
		"two-addresses-wrong":      set("several", "base_url", "https://api.vipps.no", "baseUrl", "https://apitest.vips.no"),
		"a-simulator":              odd(set("stand-in", "base_url", "http://127.0.0.1:8080")),
		"old-token":                odd(set("old-token", "access_token", old)),
		"another-spelling":         odd(set("other-spelling", "Client_Id", "11111111-2222-3333-4444-555555555555")),
		"the-same-in-two-spelling": {want: report.AllRight, set: map[string]string{"Client-ID": k.ClientID}},
	}
	rows["secret-of-another-form"].set["client_secret"] = "Zm9ydHkgY2hhcnMgYW5kIG1vcmUsIGFzIHNvbWUgZG8+/+/+/+/+8Q"
	rows["secret-of-another-form"] = scenario{want: report.Finding, rule: "odd-shape", set: rows["secret-of-another-form"].set}
	rows["foreign"] = scenario{want: report.Finding, rule: "foreign", input: func(in *Input) {
		in.Variables = vars("host", "https://ledger.example", "api_key", "abc", "clientid2", "x")
	}}
	rows["renamed-host"] = scenario{want: report.AllRight, rule: "renamed", set: map[string]string{"allowed_hosts": "pay.vipps.no, pay.mobilepay.dk"}}
	rows["twice-with-different-values"] = scenario{want: report.AllRight, rule: "twice", input: func(in *Input) {
		in.Variables = append(vars("client_secret", "bm90LXRoZS1yaWdodC1vbg=="), in.Variables...)
	}}
	rows["switched-off"] = scenario{want: report.Finding, rule: "disabled", input: func(in *Input) {
		for i := range in.Variables {
			in.Variables[i].Disabled = in.Variables[i].Name == "client_id"
		}
	}}
	rows["offline"] = scenario{want: report.AllRight, input: func(in *Input) { in.Offline = true }}
	rows["production-asked-of-a-test-file"] = scenario{want: report.Finding, rule: "host-other", input: func(in *Input) { in.Production = true }}
	rows["production-address-of-its-own"] = scenario{want: report.Finding, rule: "client-id-unknown", input: func(in *Input) {
		in.Production = true
		in.Variables = slices.DeleteFunc(in.Variables, func(v value.Variable) bool { return v.Name == "base_url" || v.Name == "well-known_uri" })
		in.Variables = append(in.Variables, value.Variable{Name: "base_url_production", Value: "https://api.vipps.no"})
	}, set: map[string]string{"client_id": "11111111-2222-3333-4444-555555555555"}}
	rows["twice-the-last-counts"] = scenario{want: report.Finding, rule: "placeholder", input: func(in *Input) {
		in.Variables = append(in.Variables, value.Variable{Name: "client_id", Value: "<later>"}, value.Variable{Name: "client_id", Value: k.ClientID, Disabled: true})
	}}
	rows["clock"] = scenario{want: report.AllRight, rule: "clock", serve: but(map[string]reply{
		"/.well-known/": {200, `{"issuer":"https://apitest.vipps.no/","token_endpoint":"https://apitest.vipps.no/x"}`, map[string]string{"Date": "Sun, 22 Nov 2026 07:30:00 GMT"}},
	})}
	rows["values-of-the-process"] = scenario{want: report.Finding, rule: "placeholder", input: func(in *Input) {
		in.File = ""
		in.Variables = []value.Variable{
			{Name: "VIPPS_CLIENT_ID", Value: k.ClientID, Origin: value.FromEnv},
			{Name: "VIPPS_CLIENT_SECRET", Value: "<secret>", Origin: value.FromEnv},
			{Name: "VIPPS_MSN", Value: k.MerchantSerialNumber, Origin: value.FromEnv},
		}
	}}
	rows["process-fills-placeholders"] = scenario{want: report.AllRight, set: map[string]string{"client_secret": "<secret>"}, input: func(in *Input) {
		in.Variables = append(in.Variables, value.Variable{Name: "VIPPS_CLIENT_SECRET", Value: k.ClientSecret, Origin: value.FromEnv})
	}}
	rows["process-differs"] = scenario{want: report.AllRight, rule: "other-source", input: func(in *Input) {
		in.Variables = append(in.Variables, value.Variable{Name: "VIPPS_MSN", Value: "999999", Origin: value.FromEnv})
	}}
	rows["dotenv"] = scenario{want: report.Finding, rule: "paste", input: func(in *Input) {
		in.File, in.Dotenv = "", ".env"
		in.Variables = []value.Variable{
			{Name: "VIPPS_CLIENT_ID", Value: k.ClientID, Origin: value.FromDotenv},
			{Name: "CLIENT_SECRET", Value: k.ClientSecret + " ", Origin: value.FromDotenv},
			{Name: "VIPPS_SUBSCRIPTION_KEY", Value: k.SubscriptionKey, Origin: value.FromDotenv},
			{Name: "VIPPS_MSN", Value: k.MerchantSerialNumber, Origin: value.FromDotenv},
		}
	}}
	return rows
}

func TestWhatIsSeenWithoutACall(t *testing.T) {
	for name, sc := range offlineRows() {
		t.Run(name, func(t *testing.T) {
			found := judge(t, "offline/"+name+".txt", sc)
			for _, v := range sc.set {
				if v = strings.TrimSpace(v); len(v) > 9 && !strings.Contains(v, "vipps.no") && strings.Contains(found.Verdict+found.Advice, v) {
					t.Errorf("a value is shown in %q", found.Verdict+found.Advice)
				}
			}
		})
	}
}

// Every rule of both tables has a scenario that it decides, so that none is there that cannot apply.
func TestEveryRuleIsTried(t *testing.T) {
	applied := map[string]bool{"server-error": true, "not-proved": true, "no-token": true} // TestAnotherAPI tries them
	collect := func(list map[string]scenario) {
		for _, sc := range list {
			found, _ := sc.run(t)
			for _, id := range found.Rules {
				applied[id] = true
			}
		}
	}
	for _, list := range []map[string]scenario{
		ways("2019"), ways("2023"), fixtureScenarios(t), rows(), offlineRows(), kindRows(),
	} {
		collect(list)
	}
	for _, rule := range builtin(t).Rules {
		if !applied[rule.ID] {
			t.Errorf("no scenario makes rule %s apply", rule.ID)
		}
	}
}

func TestRulesStayAsTheyAre(t *testing.T) {
	fresh, err := rule.Vipps()
	if err != nil {
		t.Fatal(err)
	}
	ways("2019")["unfilled"].run(t)
	rows()["s-crossed"].run(t)
	if !reflect.DeepEqual(builtin(t), fresh) {
		t.Error("a check has changed its rules")
	}
}
