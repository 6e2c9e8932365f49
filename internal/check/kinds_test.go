package check

import (
	"net/http"
	"strings"
	"testing"

	"posthaste/internal/check/report"
	"posthaste/internal/check/value"
)

// vars are variables of the file, as name and value in turns.
func vars(pairs ...string) []value.Variable {
	var list []value.Variable
	for i := 0; i < len(pairs); i += 2 {
		list = append(list, value.Variable{Name: pairs[i], Value: pairs[i+1]})
	}
	return list
}

// otherPSP is Vipps for a PSP with another number.
func otherPSP(status int, body string) http.Handler {
	return but(map[string]reply{"/psp/": {status, body, nil}})
}

// kindRows are the kinds of keys beside those of a sales unit: right, and wrong in the ways that are theirs.
func kindRows() map[string]scenario {
	k := keys()
	of := func(production bool, serve http.Handler, want report.Outcome, rule string, list []value.Variable) scenario {
		return scenario{serve: serve, want: want, rule: rule, input: func(in *Input) {
			in.Variables, in.Production = list, production
			if production {
				in.Version = "test"
			}
		}}
	}
	psp := func(pairs ...string) []value.Variable {
		return vars(append([]string{
			"client_id", k.ClientID, "client_secret", k.ClientSecret, "Ocp-Apim-Subscription-Key-PSP", k.SubscriptionKey,
			"base_url", "https://apitest.vipps.no",
		}, pairs...)...)
	}
	partner := func(pairs ...string) []value.Variable {
		return vars(append([]string{
			"client_id", k.ClientID, "client_secret", k.ClientSecret, "Ocp-Apim-Subscription-Key", k.SubscriptionKey, "orgno", "918130047",
			"base_url_production", "https://api.vipps.no",
		}, pairs...)...)
	}
	pair := vars("client_id", k.ClientID, "client_secret", k.ClientSecret)
	accounting := vars("accounting_client_id", k.ClientID, "accounting_client_secret", k.ClientSecret)
	merchant := vars("merchant_level_client_id", k.ClientID, "merchant_level_client_secret", k.ClientSecret)
	closed := reply{401, `{"code":"Unauthorized","message":"Please check your API keys"}`, nil}
	donations := reply{200, `{"from":"2020-01-01T00:00:00Z","to":"2020-01-01T00:00:01Z","payments":[]}`, nil}
	refused := reply{401, `{"error":"invalid_client","error_description":"Client authentication failed"}`, nil}
	const noMSN = `[{"errorCode":"Unauthorized","errorMessage":"Invalid MSN: . Check your API keys on portal.vipps.no and see the eCom FAQ for tips."}]`
	const noPSP = `[{"errorCode":"Unauthorized","errorMessage":"Invalid MSN: 740117. This MSN is not valid for the provided PSP ID. Check that you are using the correct credentials for the right environment."}]`
	return map[string]scenario{
		"psp-right":               of(false, nil, report.AllRight, "psp-payment-unknown", psp("PSP-ID", "407112")),
		"psp-right-with-merchant": of(false, nil, report.AllRight, "psp-merchant-known", psp("PSP-ID", "407112", "merchantSerialNumber", k.MerchantSerialNumber)),
		"psp-new-name-of-key":     of(false, nil, report.AllRight, "psp-known", vars("client_id", k.ClientID, "client_secret", k.ClientSecret, "Ocp-Apim-Subscription-Key", k.SubscriptionKey, "Psp-Id", "407112")),
		"psp-no-number":           of(false, nil, report.Finding, "placeholder", psp("PSP-ID", "<Provided by Vipps>")),
		"psp-other-number":        of(false, otherPSP(401, noPSP), report.Finding, "psp-id-refused", psp("PSP-ID", "999999")),
		"psp-refused":             of(false, otherPSP(403, ""), report.Finding, "psp-refused", psp("PSP-ID", "999999")),
		"psp-merchant-of-another": of(false, nil, report.Finding, "psp-merchant-unknown", psp("PSP-ID", "407112", "merchantSerialNumber", "204816")),
		"psp-wrong-secret":        of(false, nil, report.Finding, "client-secret-wrong", psp("PSP-ID", "407112", "client_secret", "bm90LXRoZS1yaWdodC1vbg==")),
		"psp-page-in-between":     of(false, otherPSP(200, "<html>Log in</html>"), report.CannotSay, "not-believed", psp("PSP-ID", "407112")),

		"partner-right":               of(true, productionVipps(), report.AllRight, "partner-wide", partner()),
		"partner-right-with-merchant": of(true, productionVipps(), report.AllRight, "together", partner("merchantSerialNumber", k.MerchantSerialNumber)),
		"partner-no-sales-unit-named": of(true, productionVipps(), report.AllRight, "partner-wide", vars("client_id", k.ClientID, "client_secret", k.ClientSecret, "Ocp-Apim-Subscription-Key", k.SubscriptionKey)),
		"partner-in-test":             of(false, nil, report.AllRight, "kind-elsewhere", vars("partner_client_id", k.ClientID, "partner_client_secret", k.ClientSecret, "Ocp-Apim-Subscription-Key", k.SubscriptionKey)),
		"partner-keys-of-a-unit":      of(true, butProduction(map[string]reply{"/webhooks/": {400, noMSN, nil}}), report.Finding, "no-partner", partner()),
		"partner-other-merchant":      of(true, productionVipps(), report.Finding, "msn-refused", partner("merchantSerialNumber", "204816")),
		"partner-not-told":            of(true, butProduction(map[string]reply{"/webhooks/": {200, `{"error":"unauthorized"}`, nil}}), report.CannotSay, "not-believed", partner()),

		"accounting-right":      of(true, nil, report.AllRight, "ledgers-open", accounting),
		"accounting-refused":    of(true, but(map[string]reply{"/miami/": refused}), report.Finding, "pair-refused", accounting),
		"accounting-no-access":  of(true, but(map[string]reply{"/settlement/": closed}), report.Finding, "ledgers-closed", accounting),
		"accounting-not-filled": of(true, nil, report.Finding, "placeholder", vars("accounting_client_id", "<id>", "accounting_client_secret", k.ClientSecret)),
		"accounting-page":       of(true, but(map[string]reply{"/miami/": {200, "<html>Log in</html>", nil}}), report.CannotSay, "not-believed", accounting),
		"accounting-no-token":   of(true, but(map[string]reply{"/miami/": {200, `{"access_token":"","token_type":"Bearer","expires_in":900}`, nil}}), report.CannotSay, "not-believed", accounting),

		"merchant-right":      of(true, but(map[string]reply{"/donations/": donations}), report.AllRight, "donations-open", merchant),
		"merchant-no-product": of(true, but(map[string]reply{"/donations/": {403, `{"title":"Forbidden","status":403}`, nil}}), report.Finding, "donations-closed", merchant),
		"merchant-damaged":    of(true, nil, report.Finding, "paste", vars("merchant_level_client_id", k.ClientID+" ", "merchant_level_client_secret", k.ClientSecret)),

		"pair-of-accounting":     of(true, but(map[string]reply{"/donations/": {403, `{"title":"Forbidden"}`, nil}}), report.AllRight, "pair-closed", pair),
		"pair-of-a-merchant":     of(true, but(map[string]reply{"/donations/": donations}), report.AllRight, "donations-open", pair),
		"pair-in-test-forgotten": of(false, but(map[string]reply{"/miami/": refused}), report.Finding, "pair-refused", pair),
	}
}

// productionVipps is the simulator as the production environment: its tokens are of another directory.
func productionVipps() http.Handler { return butProduction(nil) }

func butProduction(replies map[string]reply) http.Handler {
	all := map[string]reply{"/accesstoken/": {200, tokenAnswer(goodTokenOf("88888888-0000-0000-0000-000000000000")), nil}}
	for path, r := range replies {
		all[path] = r
	}
	inner := but(all)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.Header.Get("Authorization"), "Bearer ") { // the simulator knows only its own tokens
			r.Header.Set("Authorization", "Bearer "+simulatorToken())
		}
		inner.ServeHTTP(w, r)
	})
}

func TestKindsOfKeys(t *testing.T) {
	for name, sc := range kindRows() {
		t.Run(name, func(t *testing.T) {
			found := judge(t, "kinds/"+name+".txt", sc)
			if kind, _, _ := strings.Cut(name, "-"); found.Kind == "" || !strings.Contains(found.Kind, map[string]string{
				"psp": "PSP", "partner": "partner", "accounting": "accounting", "merchant": "merchant-level", "pair": "accounting or merchant-level",
			}[kind]) {
				t.Errorf("the kind is %q", found.Kind)
			}
		})
	}
}
