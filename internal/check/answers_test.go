package check

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"posthaste/internal/check/report"
)

// A fixture is a documented or observed answer, as testdata/errors.json has it.
type fixture struct {
	ID         string            `json:"id"`
	Where      string            `json:"where"`
	Status     int               `json:"status"`
	Headers    map[string]string `json:"headers"`
	Blames     any               `json:"blames"`
	NotChecked []string          `json:"not_checked"`
	Body       json.RawMessage   `json:"body"`
}

func (f fixture) reply() reply {
	body := strings.Replace(string(f.Body), "<jwt>", goodToken(), 1)
	if body == "null" {
		body = ""
	}
	return reply{f.Status, body, f.Headers}
}

func readFixtures(t *testing.T, path string) []fixture {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var list []fixture
	if err := json.Unmarshal(data, &list); err != nil {
		t.Fatal(err)
	}
	return list
}

// places are the paths that answer with a fixture, by where it is known from.
func places() map[string][]string {
	return map[string][]string{
		"token": {"/accesstoken/"}, "any": {"/accesstoken/"}, "api": {"/webhooks/", "/ecomm/"}, "report": {"/webhooks/"},
		"webhooks": {"/webhooks/"}, "ecom": {"/ecomm/"}, "epayment": {"/epayment/"}, "recurring": {"/recurring/"},
		"login": {"/access-management-1.0/"},
	}
}

// fixtureScenarios let the simulator answer the call that a fixture belongs to with it.
func fixtureScenarios(t *testing.T) map[string]scenario {
	t.Helper()
	want := map[string]report.Outcome{
		"token-ok": report.AllRight, "ecom-order-not-found": report.AllRight, "ecom-payment-error": report.AllRight, "webhooks-400": report.AllRight,
		"origin-header": report.CannotSay, "client-id-missing": report.CannotSay, "rate-limited": report.CannotSay, "token-not-accepted": report.CannotSay,
		"epayment-6080": report.CannotSay, "path-not-found": report.CannotSay, "subkey-missing": report.CannotSay, "recurring-v3-validation": report.CannotSay, "recurring-v2": report.CannotSay, "login-pending": report.AllRight,
	}
	list := map[string]scenario{}
	for _, f := range readFixtures(t, filepath.Join("testdata", "errors.json")) {
		sc := scenario{want: report.Finding}
		if outcome, ok := want[f.ID]; ok {
			sc.want = outcome
		}
		switch f.Where {
		case "epayment", "recurring", "login":
			sc.input = func(in *Input) { in.Products = []string{f.Where} }
		}
		switch {
		case f.ID == "token-ok": // no error; and the token that it holds is not one that the simulator knows
			sc.serve = but(map[string]reply{"/accesstoken/": f.reply(), "/webhooks/": {200, `{"webhooks":[]}`, nil}})
		case f.Where == "ecom": // asked only where the webhooks cannot tell
			sc.serve = withoutWebhooks(faulty(t, f.ID, places()[f.Where]...))
		default: // "api" is both calls that need a token
			sc.serve = faulty(t, f.ID, places()[f.Where]...)
		}
		if f.Where == "login" { // the same address is asked first to see whether anybody is there
			sc.serve = afterToken(sc.serve)
		}
		list[f.ID] = sc
	}
	return list
}

// withoutWebhooks answers 404 where the webhooks are.
func withoutWebhooks(play http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.URL.Path, "/webhooks/") {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		play.ServeHTTP(w, r)
	})
}

// afterToken is rule.Vipps until it has given a token, and the other handler for the next call of a product.
func afterToken(then http.Handler) http.Handler {
	play, given := playVipps(), false
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Method == http.MethodPost:
			given = true
		case given && strings.Contains(r.URL.Path, ".well-known"):
			given = false
			then.ServeHTTP(w, r)
			return
		}
		play.ServeHTTP(w, r)
	})
}

func TestFixtures(t *testing.T) {
	all := fixtureScenarios(t)
	for _, f := range readFixtures(t, filepath.Join("testdata", "errors.json")) {
		t.Run(f.ID, func(t *testing.T) {
			found := judge(t, "fixtures/"+f.ID+".txt", all[f.ID])
			names := map[string]string{
				"client_id": "client_id", "client_secret": "client_secret", "subscription_key": "Ocp-Apim-Subscription-Key",
				"msn": "merchantSerialNumber", "msn|subscription_key": "merchantSerialNumber",
			}
			if name := names[fmt.Sprint(f.Blames)]; name != "" && !slices.ContainsFunc(found.Lines, func(l report.Line) bool {
				return l.Subject == name && (l.Status() == report.Fail || l.Status() == report.Unknown)
			}) {
				t.Errorf("no line blames %s", name)
			}
			for _, id := range f.NotChecked {
				if !slices.ContainsFunc(found.Lines, func(l report.Line) bool { return l.Subject == names[id] && l.Status() == report.Skip }) {
					t.Errorf("no line says that %s was not checked", names[id])
				}
			}
		})
	}
}

// Our copy of the bodies is the one that was researched.
func TestFixturesAreTheResearchedOnes(t *testing.T) {
	research := filepath.Join("..", "..", "..", "shared", "vipps", "error-fixtures.json")
	if _, err := os.Stat(research); err != nil {
		t.Skip("skipped: ../shared is not here")
	}
	normal := func(path string) any {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var v any
		if err := json.Unmarshal(data, &v); err != nil {
			t.Fatal(err)
		}
		return v
	}
	if diff := cmp.Diff(normal(filepath.Join("testdata", "errors.json")), normal(research)); diff != "" {
		t.Errorf("(-ours +theirs):\n%s", diff)
	}
}

// entra is an answer of Entra ID.
func entra(status, code int, kind, text string) reply {
	return reply{status, fmt.Sprintf(`{"error":%q,"error_description":"AADSTS%d: %s\r\nTrace ID: 05d8ee66-30c4-4ec0-b099-be28c4f30f00","error_codes":[%d],"trace_id":"05d8ee66-30c4-4ec0-b099-be28c4f30f00"}`, kind, code, text, code), nil}
}

// rows are those of the decision table: the step, the symptom, and what follows.
func rows() map[string]scenario {
	token := func(r reply) scenario { return scenario{serve: but(map[string]reply{"/accesstoken/": r})} }
	probe := func(path string, r reply, products ...string) scenario {
		return scenario{
			serve: but(map[string]reply{path: r}),
			input: func(in *Input) { in.Products = products },
		}
	}
	judged := func(sc scenario, want report.Outcome, rule string) scenario {
		sc.want, sc.rule = want, rule
		return sc
	}
	const sub = `{ "statusCode": 401, "message": "Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription." }`
	const wrong = `{"responseInfo":{"responseCode":401,"responseMessage":"Something went wrong, please try again later."},"result":{"message":"Something went wrong, please try again later."}}`
	const msn99 = `[{"errorGroup":"VippsError","errorCode":"99","errorMessage":"Internal error"}]`
	msn := func(number, text string) string {
		return `[{"errorCode":"Unauthorized","errorMessage":"Invalid MSN: ` + number + `. ` + text + `","errorGroup":"Merchant"}]`
	}
	noMSN := msn("", "Check your API keys on portal.vipps.no and see the eCom FAQ for tips.")
	list := map[string]scenario{
		"t-no-such-name":          {err: errors.New("getaddrinfo ENOTFOUND apitest.vipps.no"), want: report.CannotSay, rule: "no-name"},
		"t-refused":               {err: errors.New("connect ECONNREFUSED 192.0.2.1:443 (nothing listens there)"), want: report.CannotSay, rule: "no-answer"},
		"t-timeout":               {err: errors.New("ETIMEDOUT"), want: report.CannotSay, rule: "timeout"},
		"t-inspecting-proxy":      {err: errors.New("self-signed certificate in certificate chain"), want: report.CannotSay, rule: "certificate"},
		"t-blocked-before":        judged(probe("/.well-known/", reply{403, "<html>This site is blocked</html>", nil}), report.CannotSay, "in-between"),
		"t-client-id-of-2017":     judged(token(entra(400, 70001, "unauthorized_client", "Application with identifier 'e9b6c99d-2442-4a5d-84a2-c53a807fe0c4' was not found in the directory testapivipps.no")), report.Finding, "client-id-unknown"),
		"t-secret-of-2018":        judged(token(entra(401, 70002, "invalid_client", "Error validating credentials. AADSTS50012: Invalid client secret is provided.")), report.Finding, "client-secret-wrong"),
		"t-secret-not-sent":       judged(token(entra(401, 7000216, "invalid_client", "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.")), report.CannotSay, "header-lost-secret"),
		"t-id-not-sent-old":       judged(token(entra(400, 90014, "invalid_request", "The required field 'client_id' is missing.")), report.CannotSay, "header-lost-id"),
		"t-firewall-html":         judged(token(reply{403, "<html><head><title>403 Forbidden</title></head></html>", nil}), report.CannotSay, "firewall"),
		"t-firewall-empty":        judged(token(reply{422, "", nil}), report.CannotSay, "firewall"),
		"t-wrong-path":            judged(token(reply{404, `{ "statusCode": 404, "message": "Resource not found" }`, nil}), report.CannotSay, "path"),
		"t-too-many-calls":        judged(token(reply{429, `{"statusCode":429,"message":"Rate limit is exceeded."}`, map[string]string{"Retry-After": "17"}}), report.CannotSay, "rate-limited"),
		"t-outage":                judged(token(reply{503, "<html>Service Unavailable</html>", nil}), report.CannotSay, "outage"),
		"t-token-of-another":      judged(token(reply{200, tokenAnswer(jwt(map[string]any{"appid": "99999999-0000-0000-0000-000000000000", "exp": clock().Unix() + 3600})), nil}), report.CannotSay, "token-of-other"),
		"t-token-from-elsewhere":  judged(token(reply{200, tokenAnswer(jwt(map[string]any{"appid": keys().ClientID, "tid": "88888888-0000-0000-0000-000000000000"})), nil}), report.CannotSay, "token-elsewhere"),
		"t-token-has-expired":     judged(token(reply{200, tokenAnswer(jwt(map[string]any{"appid": keys().ClientID, "exp": clock().Unix() - 60})), nil}), report.CannotSay, "token-expired"),
		"t-no-token-in-it":        judged(token(reply{200, `<html>Welcome</html>`, nil}), report.CannotSay, "not-believed"),
		"t-token-is-no-jwt":       judged(token(reply{200, tokenAnswer("opaque"), nil}), report.CannotSay, "token-unread"),
		"t-token-not-valid-yet":   judged(token(reply{200, tokenAnswer(jwt(map[string]any{"appid": keys().ClientID, "tid": "e5116526-51dc-4c14-b086-a5cb4716bc4b", "exp": clock().Unix() + 9000, "nbf": clock().Unix() + 3600})), nil}), report.CannotSay, "token-early"),
		"p1-list-of-texts":        judged(scenario{serve: but(map[string]reply{"/webhooks/": {200, `{"webhooks":["x"]}`, nil}, "/ecomm/": {200, `[]`, nil}})}, report.CannotSay, "not-believed"),
		"t-token-names-nobody":    judged(token(reply{200, tokenAnswer(jwt(map[string]any{"exp": clock().Unix() + 3600})), nil}), report.CannotSay, "token-unread"),
		"t-quota":                 judged(token(reply{403, `{"statusCode":403,"message":"Out of call volume quota. Quota will be replenished in 01:23:45."}`, nil}), report.CannotSay, "quota"),
		"t-entra-says-other":      judged(token(entra(401, 7000229, "invalid_client", "The client application is missing service principal in the tenant.")), report.CannotSay, "entra-refused"),
		"t-other-content-type":    judged(token(reply{200, tokenAnswer(goodToken()), map[string]string{"Content-Type": "text/plain"}}), report.CannotSay, "not-believed"),
		"t-from-a-cache":          judged(token(reply{200, tokenAnswer(goodToken()), map[string]string{"Age": "120"}}), report.CannotSay, "old-answer"),
		"t-dated":                 judged(token(reply{200, tokenAnswer(goodToken()), map[string]string{"Date": "Sun, 22 Nov 2026 06:00:00 GMT"}}), report.CannotSay, "old-answer"),
		"t-error-as-a-page":       judged(token(reply{401, "<html>Access denied due to invalid subscription key</html>", nil}), report.CannotSay, "not-believed"),
		"t-proxy-asks":            {err: errors.New("tunneling socket could not be established, statusCode=407"), want: report.CannotSay, rule: "proxy-asks"},
		"t-proxy-refuses":         {err: errors.New("tunneling socket could not be established, statusCode=403"), want: report.CannotSay, rule: "proxy-refuses"},
		"reach-portal":            judged(scenario{serve: but(map[string]reply{"/.well-known/": {200, "<html>Log in to the network</html>", nil}})}, report.CannotSay, "not-believed"),
		"reach-other-host":        judged(scenario{serve: but(map[string]reply{"/.well-known/": {200, `{"issuer":"https://login.example/","token_endpoint":"https://login.example/x"}`, nil}})}, report.CannotSay, "not-believed"),
		"reach-not-there":         judged(scenario{serve: but(map[string]reply{"/.well-known/": {404, "", nil}})}, report.AllRight, "reached-elsewhere"),
		"p1-pages":                judged(scenario{serve: but(map[string]reply{"/webhooks/": {200, "<html>Log in</html>", nil}, "/ecomm/": {200, "<html>Log in</html>", nil}})}, report.CannotSay, "not-believed"),
		"p1-other-json":           judged(scenario{serve: but(map[string]reply{"/webhooks/": {200, `{"error":"unauthorized"}`, nil}, "/ecomm/": {200, `{"error":"unauthorized"}`, nil}})}, report.CannotSay, "not-believed"),
		"p1-refused-p2-a-page":    judged(scenario{serve: but(map[string]reply{"/webhooks/": {403, "", nil}, "/ecomm/": {403, "<html>Blocked</html>", nil}})}, report.CannotSay, "unit-refused"),
		"t-redirect":              judged(token(reply{302, "", map[string]string{"Location": "http://portal.example/"}}), report.CannotSay, "redirected"),
		"t-proxy-login":           judged(token(reply{407, "", nil}), report.CannotSay, "proxy-login"),
		"t-never-seen":            judged(token(reply{418, `{"title":"I am a teapot"}`, nil}), report.CannotSay, "unknown-answer"),
		"p1-all-fit":              {want: report.AllRight, rule: "together"},
		"p1-key-lost-its-product": judged(probe("/webhooks/", reply{401, sub, nil}), report.Finding, "subkey-lost"),
		"p1-token-not-accepted":   judged(scenario{serve: but(map[string]reply{"/webhooks/": {401, wrong, nil}, "/ecomm/": {401, wrong, nil}})}, report.CannotSay, "token-refused"),
		"p1-bad-jwt":              judged(scenario{serve: but(map[string]reply{"/webhooks/": {401, `{"message":"IDX10503: Signature validation failed"}`, nil}, "/ecomm/": {401, wrong, nil}})}, report.CannotSay, "token-refused"),
		"p1-msn-and-key":          judged(scenario{serve: but(map[string]reply{"/webhooks/": {403, "", nil}, "/ecomm/": {403, "", nil}})}, report.Finding, "unit-and-key"),
		"p1-supermerchant":        judged(probe("/webhooks/", reply{400, `[{"errorCode":"Unauthorized","errorMessage":"Invalid MSN: 740117. Check your API keys on portal.vipps.no and see the eCom FAQ for tips.","contextId":"b829cb3f-2abd-4eb4-a425-68a173fd630a"}]`, nil}), report.Finding, "msn-refused"),
		"p1-msn-of-a-psp":         judged(probe("/webhooks/", reply{401, msn("654321", "This MSN is not valid for the provided PSP ID."), nil}), report.Finding, "msn-of-psp"),
		"p1-no-msn-in-the-text":   judged(scenario{serve: but(map[string]reply{"/webhooks/": {401, noMSN, nil}, "/ecomm/": {401, noMSN, nil}})}, report.CannotSay, "header-lost-msn"),
		"p1-partner-keys":         judged(scenario{serve: but(map[string]reply{"/webhooks/": {403, "{}", nil}, "/ecomm/": {403, "{}", nil}})}, report.Finding, "unit-and-key"),
		"p1-locked":               judged(scenario{serve: but(map[string]reply{"/webhooks/": {423, "", nil}, "/ecomm/": {423, "", nil}})}, report.CannotSay, "locked"),
		"p1-wrong-json-types":     judged(scenario{serve: but(map[string]reply{"/webhooks/": {500, msn99, nil}, "/ecomm/": {500, msn99, nil}})}, report.CannotSay, "outage"),
		"p1-login-only":           judged(probe("/webhooks/", reply{403, `{"message":"Merchant Not Allowed for Ecommerce Payment"}`, nil}), report.Finding, "no-ecommerce"),
		"p1-blocked-unit":         judged(probe("/webhooks/", reply{400, `[{"errorGroup":"Merchant","errorCode":"37","errorMessage":"Merchant is blocked"}]`, nil}), report.Finding, "unit-blocked"),
		"p1-not-there-p2-fits":    judged(probe("/webhooks/", reply{404, "", nil}), report.AllRight, "no-such-order"),
		"p1-nor-p2":               judged(scenario{serve: but(map[string]reply{"/webhooks/": {404, "", nil}, "/ecomm/": {404, "", nil}})}, report.CannotSay, "unknown-answer"),
		"p1-outage-then-p2-fits":  judged(probe("/webhooks/", reply{500, "", nil}), report.AllRight, "no-such-order"),
		"p2-epayment-on":          judged(probe("/none", reply{}, "epayment"), report.AllRight, "epayment-on"),
		"p2-epayment-off":         judged(probe("/epayment/v1/payments/check", reply{403, "", nil}, "epayment"), report.Finding, "epayment-off"),
		"p3-recurring-on":         judged(probe("/none", reply{}, "recurring"), report.AllRight, "recurring-on"),
		"p3-recurring-off":        judged(probe("/recurring/", reply{400, `{"title":"Bad Request","status":400,"detail":"invalid-sale-unit"}`, nil}, "recurring"), report.Finding, "recurring-off"),
		"p3-recurring-forbidden":  judged(probe("/recurring/", reply{403, "", nil}, "recurring"), report.Finding, "recurring-forbidden"),
		"p4-login":                judged(probe("/none", reply{}, "login"), report.AllRight, "login-there"),
		"p-all-products":          judged(probe("/none", reply{}, "epayment", "recurring", "login"), report.AllRight, "recurring-on"),
	}
	maps.Copy(list, keyRows())
	return list
}

func TestDecisionTable(t *testing.T) {
	for name, sc := range rows() {
		t.Run(name, func(t *testing.T) { judge(t, "rows/"+name+".txt", sc) })
	}
}
