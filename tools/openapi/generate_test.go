package openapi

import (
	"cmp"
	crand "crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
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

// fixedClock is the time of all generated requests.
func fixedClock() time.Time { return time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC) }

var signingKey = sync.OnceValues(func() (*rsa.PrivateKey, error) { return rsa.GenerateKey(crand.Reader, 2048) })

// key signs the tokens of all simulators: making one takes long.
func key(t *testing.T) *rsa.PrivateKey {
	t.Helper()
	k, err := signingKey()
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// A generator makes requests of what the files say, right ones and damaged ones.
type generator struct {
	*rand.Rand
	server *vipps.Server
	token  string
	known  []string            // ids of what exists
	ids    map[string][]string // the same, by the beginning of a path and a variable
	calm   bool                // this request is not damaged
	serial int
}

// An operation is one that the simulator plays.
type operation struct {
	spec         spec
	prefix, path string
	method       string
	op           *openapi3.Operation
}

// TestGeneratedRequests holds the responses to generated requests against the files: status, content type and body. It
// prints how many differ and why; one that differs without a reason in exceptions_test.go fails. docs/vipps.md has the
// count. A second round does the same with the responses that --vary gives.
func TestGeneratedRequests(t *testing.T) {
	if _, err := os.Stat(shared); err != nil {
		t.Skip("skipped: ../shared is not here")
	}
	specs := load(t, filepath.Join(shared, "specs"))
	for name, opt := range map[string]vipps.Options{
		"usual": {}, "varied": {Vary: true, VarySeed: generatorSeed},
	} {
		t.Run(name, func(t *testing.T) {
			r := generate(t, specs, opt)
			r.compared.end(t)
			r.compared.allMet(t)
			t.Log("\n" + r.table())
			for _, e := range generatedExceptions() {
				if r.reasons[e.why] == 0 {
					t.Errorf("the exception is not needed any more: %s %s: %s", e.file, e.says, e.why)
				}
			}
			for key, body := range r.failures {
				t.Errorf("%s\n%.300s", key, body)
			}
			doc, err := os.ReadFile(filepath.Join("..", "..", "docs", "vipps.md"))
			if err != nil {
				t.Fatal(err)
			}
			if name == "usual" && !strings.Contains(string(doc), r.table()) {
				t.Error("docs/vipps.md has another table of generated requests")
			}
		})
	}
}

// generated is what came of the requests.
type generated struct {
	operations int
	differ     int
	reasons    map[string]int
	failures   map[string]string
	shapes     seenShapes
	compared   comparison
}

// table is the count as docs/vipps.md shows it.
func (r generated) table() string {
	why := slices.Collect(maps.Keys(r.reasons))
	slices.SortFunc(why, func(a, b string) int {
		return cmp.Or(r.reasons[b]-r.reasons[a], strings.Compare(a, b))
	})
	var lines []string
	for _, w := range why {
		lines = append(lines, fmt.Sprintf("| %d | %s |", r.reasons[w], w))
	}
	return fmt.Sprintf("| of %d to %d operations differ | why |\n| --- | --- |\n| %d | in all, with seed %d |\n%s\n",
		generatedRequests, r.operations, r.differ, generatorSeed, strings.Join(lines, "\n"))
}

// generate makes the requests and holds each response against the file of its operation.
func generate(t *testing.T, specs []spec, opt vipps.Options) generated {
	t.Helper()
	opt.Now, opt.SigningKey = fixedClock, key(t)
	server := vipps.New(opt)
	var ops []operation
	for _, s := range specs {
		ops = append(ops, s.played(server)...)
	}
	slices.SortFunc(ops, func(a, b operation) int {
		return strings.Compare(a.spec.name+a.method+a.path, b.spec.name+b.method+b.path)
	})
	g := &generator{Rand: rand.New(rand.NewPCG(generatorSeed, 1)), server: server}
	g.login(t)
	r := generated{operations: len(ops), reasons: map[string]int{}, failures: map[string]string{}, shapes: seenShapes{}}
	damage := rand.New(rand.NewPCG(generatorSeed, 2))
	for i := range generatedRequests {
		if i%250 == 0 { // begin again, so that there is not ever more to list, and something to change
			g.begin(t)
		}
		o := ops[g.IntN(len(ops))]
		a := g.send(o)
		route, params := o.spec.operation(a.method, a.path)
		if route == nil || route.Path != o.path {
			continue // the text of a variable made another operation of it
		}
		r.shapes.add(routeName(server, o.method, o.prefix+o.path), a)
		why := check(route, params, a)
		r.compared.add(t, o.spec, route, params, a, why)
		if bad, ok := damaged(damage, a); ok {
			r.compared.add(t, o.spec, route, params, bad, check(route, params, bad))
		}
		if why == "" {
			continue
		}
		r.differ++
		if e := excuse(o.spec.name, a, why); e != "" {
			r.reasons[e]++
			continue
		}
		key := fmt.Sprintf("%s: %s %s %d: %s", o.spec.name, o.method, o.path, a.status, firstLine(why))
		r.failures[key] = string(a.body)
	}
	return r
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
	msn := g.server.Keys().MerchantSerialNumber
	g.known = []string{g.server.Keys().MerchantSerialNumber, "918130047", "302321", "till-1"}
	g.ids = map[string][]string{
		"/vipps-i {invoiceId}": {"orgno-no.918130047.2562032543412545"}, "/qr/v1 {merchantQrId}": {"till-1"},
		"/report {ledgerId}": {"302321"}, "/management {msn}": {msn}, "/management {id}": {"918130047"}, "/partner-api {msn}": {msn},
		"/partner-api {orgno}": {"918130047"}, "/merchant-management {merchantSerialNumber}": {msn},
	}
	for i := range 4 { // one of them stays as it is made
		g.beginOne(t, fmt.Sprint(i+1), i > 0)
	}
	for _, k := range slices.Sorted(maps.Keys(g.ids)) {
		g.known = append(g.known, g.ids[k]...)
	}
}

// beginOne makes one of each kind, and approves it.
func (g *generator) beginOne(t *testing.T, n string, approved bool) {
	t.Helper()
	for _, made := range []struct{ path, body, id, variable string }{
		{"/ecomm/v2/payments", `{"merchantInfo":{"merchantSerialNumber":"740117","callbackPrefix":"https://example.com/cb","fallBack":"https://example.com/done"},
			"customerInfo":{},"transaction":{"orderId":"order-N","amount":49900,"transactionText":"Socks","scope":"name email phoneNumber address"}}`, "order-N", "/ecomm {orderId}"},
		{"/epayment/v1/payments", `{"amount":{"currency":"NOK","value":49900},"paymentMethod":{"type":"WALLET"},"reference":"reference-N",
			"userFlow":"WEB_REDIRECT","returnUrl":"https://example.com/back","profile":{"scope":"name email phoneNumber address birthDate"}}`, "reference-N", "/epayment {reference}"},
		{"/recurring/v3/agreements", `{"interval":{"unit":"WEEK","count":2},"pricing":{"amount":1000,"currency":"NOK"},"initialCharge":{"amount":500,
			"description":"First","transactionType":"RESERVE_CAPTURE","orderId":"charge-N"},"merchantRedirectUrl":"https://example.com/back",
			"merchantAgreementUrl":"https://example.com/manage","productName":"Socks"}`, "charge-N", "/recurring {chargeId}"},
		{"/qr/v1/merchant-redirect", `{"id":"menu-N","redirectUrl":"https://example.com/a"}`, "menu-N", "/qr/v1 {id}"},
		{"/webhooks/v1/webhooks", `{"url":"https://example.com/hook","events":["epayments.payment.created.v1"]}`, "id", "/webhooks {id}"},
		{"/psp/v3/psppayments/init", `{"pspTransactionId":"TXN","merchantOrderId":"ORDERN","customerMobileNumber":"91234567","amount":"49900","currency":"NOK",
			"pspRedirectUrl":"https://example.com/back","makePaymentUrl":"https://example.com/pay","makePaymentToken":"t0k3n","paymentText":"Socks"}`, "TXN", "/psp {pspTransactionId}"},
		{"/checkout/v3/session", `{"merchantInfo":{"callbackUrl":"https://example.com/cb","returnUrl":"https://example.com/back","callbackAuthorizationToken":"t0k3n-of-ours"},
			"transaction":{"amount":{"currency":"NOK","value":49900},"reference":"session-N","paymentDescription":"Socks"}}`, "session-N", "/checkout {reference}"},
	} {
		a := g.serve(g.request(http.MethodPost, made.path, strings.ReplaceAll(made.body, "N\"", n+"\""), "begin"+n))
		var response struct {
			Agreement string `json:"agreementId"`
			ID        string `json:"id"`
		}
		if a.status > 299 || json.Unmarshal(a.body, &response) != nil {
			t.Fatalf("%s: %d %s", made.path, a.status, a.body)
		}
		id := strings.Replace(made.id, "N", n, 1)
		if id == "id" {
			id = response.ID
		}
		g.ids[made.variable] = append(g.ids[made.variable], id)
		if made.variable == "/ecomm {orderId}" {
			g.ids["/order-management {orderId}"] = g.ids[made.variable]
		}
		if response.Agreement != "" {
			g.ids["/recurring {agreementId}"] = append(g.ids["/recurring {agreementId}"], response.Agreement)
			id = response.Agreement
		}
		if approved {
			g.serve(httptest.NewRequestWithContext(t.Context(), http.MethodPost, "http://sim.test/__sim/payments/"+id+"/approve", http.NoBody))
		}
	}
	if !approved {
		return
	}
	var payment struct{ Profile, Sub struct{ Sub string } }
	if json.Unmarshal(g.serve(g.request(http.MethodGet, "/epayment/v1/payments/reference-"+n, "", "")).body, &payment) == nil && payment.Profile.Sub != "" {
		g.ids["/vipps-userinfo-api {sub}"] = append(g.ids["/vipps-userinfo-api {sub}"], payment.Profile.Sub)
	}
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
	g.calm = g.IntN(2) == 0
	pair := g.IntN(4) // ids that belong together have one number
	segments := strings.Split(o.prefix+o.path, "/")
	for i, s := range segments {
		if strings.HasPrefix(s, "{") {
			segments[i] = g.pathValue(o.prefix+o.path, s, pair)
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
	if !g.calm && g.IntN(10) == 0 {
		body = []string{"", "{", "[]", "null", `"x"`}[g.IntN(5)]
	}
	r := g.request(o.method, strings.Join(segments, "/"), body, fmt.Sprint("key-", g.IntN(1_000_000)))
	if !g.calm && g.IntN(8) == 0 {
		r.Header.Del([]string{"Authorization", "Ocp-Apim-Subscription-Key", "Merchant-Serial-Number", "Idempotency-Key", "PSP-ID"}[g.IntN(5)])
	}
	return g.serve(r)
}

func (g *generator) serve(r *http.Request) answer {
	w := httptest.NewRecorder()
	g.server.ServeHTTP(w, r)
	return answer{r.Method, r.URL.Path, w.Code, w.Header(), w.Body.Bytes()}
}

func (g *generator) pathValue(path, name string, pair int) string {
	for of, list := range g.ids {
		if start, variable, _ := strings.Cut(of, " "); strings.HasPrefix(path, start) && variable == name && (g.calm || g.IntN(2) == 0) {
			return list[pair%len(list)]
		}
	}
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
	if !g.calm && g.IntN(12) == 0 {
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
		if optional && g.IntN(2) == 0 || !optional && !g.calm && g.IntN(15) == 0 {
			continue
		}
		if m[name] = g.value(s.Properties[name], depth+1); g.calm {
			g.fill(m, name)
		}
	}
	return m
}

// fill gives a field that has to fit the simulator's one sales unit, or to be new, such a value.
func (g *generator) fill(m map[string]any, name string) {
	g.serial++
	switch strings.ToLower(name) {
	case "merchantserialnumber", "msn":
		m[name] = g.server.Keys().MerchantSerialNumber
	case "orderid", "reference", "psptransactionid", "merchantorderid", "id":
		m[name] = fmt.Sprint("generated-", g.serial)
	case "mobilenumber", "customerphonenumber", "customermobilenumber":
		m[name] = g.server.Keys().MobileNumber
	case "phonenumber":
		m[name] = g.server.Keys().InternationalMobileNumber
	case "due", "duedate":
		m[name] = "2026-03-09"
	case "orgno":
		m[name] = "918130047"
	}
}
