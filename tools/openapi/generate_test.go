package openapi

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"

	"posthaste/internal/vipps"
)

// generatedRequests is how many requests are made; generatorSeed makes them the same each time.
const (
	generatedRequests = 10_000
	generatorSeed     = 20261130
)

// A generator makes requests of what the files say, right ones and damaged ones.
type generator struct {
	*rand.Rand
	server *vipps.Server
	token  string
	known  []string // ids of what exists
}

// An operation is one that the simulator plays.
type operation struct {
	spec         spec
	prefix, path string
	method       string
	op           *openapi3.Operation
}

// TestGeneratedRequests holds the responses to generated requests against the files: status, content type and body. It
// prints how many differ and why; one that differs without a reason in exceptions_test.go fails.
func TestGeneratedRequests(t *testing.T) {
	if _, err := os.Stat(shared); err != nil {
		t.Skip("skipped: ../shared is not here")
	}
	specs := load(t, filepath.Join(shared, "specs"))
	server := vipps.New(vipps.Options{Now: time.Now})
	var ops []operation
	for _, s := range specs {
		ops = append(ops, s.played(server)...)
	}
	slices.SortFunc(ops, func(a, b operation) int {
		return strings.Compare(a.spec.name+a.method+a.path, b.spec.name+b.method+b.path)
	})
	g := &generator{Rand: rand.New(rand.NewPCG(generatorSeed, 1)), server: server}
	g.login(t)
	reasons, failures := map[string]int{}, map[string]string{}
	differ := 0
	for i := range generatedRequests {
		if i%500 == 0 { // begin again, so that there is not ever more to list
			g.begin(t)
		}
		o := ops[i%len(ops)]
		a := g.send(o)
		route, params := o.spec.operation(a.method, a.path)
		if route == nil || route.Path != o.path {
			continue // the text of a variable made another operation of it
		}
		why := check(route, params, a)
		if why == "" {
			continue
		}
		differ++
		if e := excuse(o.spec.name, a, why); e != "" {
			reasons[e]++
			continue
		}
		key := fmt.Sprintf("%s: %s %s %d: %s", o.spec.name, o.method, o.path, a.status, firstLine(why))
		failures[key] = string(a.body)
	}
	var lines []string
	for why, n := range reasons {
		lines = append(lines, fmt.Sprintf("%5d %s", n, why))
	}
	slices.Sort(lines)
	t.Logf("%d requests to %d operations with seed %d: %d responses differ\n%s", generatedRequests, len(ops), generatorSeed, differ, strings.Join(lines, "\n"))
	for _, e := range generatedExceptions() {
		if reasons[e.why] == 0 {
			t.Errorf("the exception is not needed any more: %s %s: %s", e.file, e.says, e.why)
		}
	}
	for key, body := range failures {
		t.Errorf("%s\n%.300s", key, body)
	}
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}

// played lists the operations of a file that the simulator has a route for.
func (s spec) played(server *vipps.Server) []operation {
	var list []operation
	for path, item := range s.doc.Paths.Map() {
		for method, op := range item.Operations() {
			for _, prefix := range s.prefix {
				if hasRoute(server, method, prefix+path) {
					list = append(list, operation{s, prefix, path, method, op})
					break
				}
			}
		}
	}
	return list
}

func (g *generator) login(t *testing.T) {
	t.Helper()
	k := g.server.Keys()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "http://sim.test/accesstoken/get", http.NoBody)
	r.Header.Set("client_id", k.ClientID)
	r.Header.Set("client_secret", k.ClientSecret)
	r.Header.Set("Ocp-Apim-Subscription-Key", k.SubscriptionKey)
	var body struct {
		Token string `json:"access_token"`
	}
	if err := json.Unmarshal(g.serve(r).body, &body); err != nil || body.Token == "" {
		t.Fatalf("no token: %v", err)
	}
	g.token = body.Token
}

// begin forgets everything and makes one of each: an order, a payment, an agreement.
func (g *generator) begin(t *testing.T) {
	t.Helper()
	g.serve(httptest.NewRequestWithContext(t.Context(), http.MethodPost, "http://sim.test/__sim/reset", http.NoBody))
	g.login(t)
	g.known = []string{"order-1", "reference-1", g.server.Keys().MerchantSerialNumber, "918130047", "orgno-no.918130047.2562032543412545", "302321", "till-1", "menu"}
	for _, made := range [][2]string{
		{"/ecomm/v2/payments", `{"merchantInfo":{"merchantSerialNumber":"740117","callbackPrefix":"https://example.com/cb","fallBack":"https://example.com/done"},
			"customerInfo":{},"transaction":{"orderId":"order-1","amount":49900,"transactionText":"Socks"}}`},
		{"/epayment/v1/payments", `{"amount":{"currency":"NOK","value":49900},"paymentMethod":{"type":"WALLET"},"reference":"reference-1",
			"userFlow":"WEB_REDIRECT","returnUrl":"https://example.com/back"}`},
		{"/recurring/v3/agreements", `{"interval":{"unit":"WEEK","count":2},"pricing":{"amount":1000,"currency":"NOK"},"initialCharge":{"amount":500,
			"description":"First","transactionType":"RESERVE_CAPTURE","orderId":"charge-1"},"merchantRedirectUrl":"https://example.com/back",
			"merchantAgreementUrl":"https://example.com/manage","productName":"Socks"}`},
		{"/qr/v1/merchant-redirect", `{"id":"menu","redirectUrl":"https://example.com/a"}`},
	} {
		path, body := made[0], made[1]
		a := g.serve(g.request(http.MethodPost, path, body, "begin"))
		var response struct {
			Agreement string `json:"agreementId"`
		}
		if a.status > 299 || json.Unmarshal(a.body, &response) != nil {
			t.Fatalf("%s: %d %s", path, a.status, a.body)
		}
		if response.Agreement != "" {
			g.known = append(g.known, response.Agreement, "charge-1")
			g.serve(g.request(http.MethodPatch, path+"/"+response.Agreement+"/accept", `{"phoneNumber":"4791234567"}`, "accept"))
		}
	}
	g.serve(g.request(http.MethodPost, "/ecomm/v2/integration-test/payments/order-1/approve", `{"customerPhoneNumber":"91234567","token":""}`, "a1"))
	g.serve(g.request(http.MethodPost, "/epayment/v1/test/payments/reference-1/approve", `{"customer":{"phoneNumber":"4791234567"}}`, "a2"))
}

// request has every header that some operation asks for.
func (g *generator) request(method, path, body, key string) *http.Request {
	k := g.server.Keys()
	r := httptest.NewRequest(method, "http://sim.test"+path, strings.NewReader(body)) //nolint:noctx // it goes nowhere
	for name, value := range map[string]string{
		"Authorization": "Bearer " + g.token, "Ocp-Apim-Subscription-Key": k.SubscriptionKey, "Merchant-Serial-Number": k.MerchantSerialNumber,
		"Idempotency-Key": key, "X-Request-Id": key, "Idempotent-Key": key, "PSP-ID": "407112", "client_id": k.ClientID,
		"client_secret": k.ClientSecret, "Content-Type": "application/json",
	} {
		r.Header.Set(name, value)
	}
	if strings.HasPrefix(path, "/vipps-userinfo-api") {
		r.Header.Del("Ocp-Apim-Subscription-Key")
	}
	return r
}

// send makes a request of an operation: mostly right, else with a part missing, of another kind, or too long.
func (g *generator) send(o operation) answer {
	segments := strings.Split(o.prefix+o.path, "/")
	for i, s := range segments {
		if strings.HasPrefix(s, "{") {
			segments[i] = g.pathValue(s)
		}
	}
	body := ""
	if o.op.RequestBody != nil && o.op.RequestBody.Value != nil {
		if media := o.op.RequestBody.Value.Content.Get("application/json"); media != nil {
			b, err := json.Marshal(g.value(media.Schema, 0))
			if err == nil {
				body = string(b)
			}
		}
	}
	if g.IntN(20) == 0 {
		body = []string{"", "{", "[]", "null", `"x"`}[g.IntN(5)]
	}
	r := g.request(o.method, strings.Join(segments, "/"), body, fmt.Sprint("key-", g.IntN(1_000_000)))
	if g.IntN(15) == 0 {
		r.Header.Del([]string{"Authorization", "Ocp-Apim-Subscription-Key", "Merchant-Serial-Number", "Idempotency-Key", "PSP-ID"}[g.IntN(5)])
	}
	return g.serve(r)
}

func (g *generator) serve(r *http.Request) answer {
	w := httptest.NewRecorder()
	g.server.ServeHTTP(w, r)
	return answer{r.Method, r.URL.Path, w.Code, w.Header(), w.Body.Bytes()}
}

func (g *generator) pathValue(name string) string {
	switch {
	case strings.EqualFold(name, "{scheme}"):
		return "business:NO:ORG"
	case strings.EqualFold(name, "{paymentType}"):
		return "ecom"
	case strings.EqualFold(name, "{topic}"):
		return "funds"
	case strings.Contains(strings.ToLower(name), "date"):
		return "2026-01-02"
	case g.IntN(4) > 0:
		return g.known[g.IntN(len(g.known))]
	}
	return fmt.Sprint("unknown-", g.IntN(1000))
}

// value makes a value of a schema, and now and then damages it.
func (g *generator) value(ref *openapi3.SchemaRef, depth int) any {
	if ref == nil || ref.Value == nil || depth > 8 {
		return nil
	}
	s := ref.Value
	if g.IntN(25) == 0 {
		return []any{nil, "", -1, 1e9, true, []any{}, map[string]any{}, strings.Repeat("x", 300)}[g.IntN(8)]
	}
	for _, group := range []openapi3.SchemaRefs{s.OneOf, s.AnyOf} {
		if len(group) > 0 {
			return g.value(group[g.IntN(len(group))], depth+1)
		}
	}
	if len(s.Properties) > 0 || len(s.AllOf) > 0 {
		return g.object(s, depth)
	}
	switch {
	case len(s.Enum) > 0:
		return s.Enum[g.IntN(len(s.Enum))]
	case s.Example != nil:
		return s.Example
	case s.Type.Is("array"):
		return []any{g.value(s.Items, depth+1)}
	case s.Type.Is("integer"), s.Type.Is("number"):
		return 100 + g.IntN(1000)
	case s.Type.Is("boolean"):
		return g.IntN(2) == 0
	}
	return "text"
}

func (g *generator) object(s *openapi3.Schema, depth int) map[string]any {
	m := map[string]any{}
	for _, part := range s.AllOf {
		if inner, ok := g.value(part, depth+1).(map[string]any); ok {
			for k, v := range inner {
				m[k] = v
			}
		}
	}
	var names []string
	for name := range s.Properties {
		names = append(names, name)
	}
	slices.Sort(names) // so that a seed makes the same each time
	for _, name := range names {
		optional := !slices.Contains(s.Required, name)
		if optional && g.IntN(2) == 0 || !optional && g.IntN(30) == 0 {
			continue
		}
		m[name] = g.value(s.Properties[name], depth+1)
	}
	return m
}
