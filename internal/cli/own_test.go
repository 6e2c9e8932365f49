package cli

import (
	"io/fs"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tidwall/gjson"

	"posthaste/collection"
	"posthaste/collections"
	"posthaste/internal/vipps"
	"posthaste/runner"
	"posthaste/runner/event"
)

// An ownResult is what a run of one of our collections came to.
type ownResult struct {
	*runner.Result
	served []vipps.Request
	events []event.Event
	left   []string // what the simulator still holds for it
}

// An ownSim is a simulator that our collections run against, one after the other.
type ownSim struct {
	server *vipps.Server
	url    string
	busy   sync.WaitGroup // requests that are being served
	mu     sync.Mutex
	served []vipps.Request // of the last run
}

func newOwnSim(t *testing.T) *ownSim {
	t.Helper()
	return startOwnSim(t, vipps.Options{})
}

func startOwnSim(t *testing.T, opt vipps.Options) *ownSim {
	t.Helper()
	o := &ownSim{}
	opt.Now, opt.Client, opt.Log = time.Now, &http.Client{}, o.note
	o.server = vipps.New(opt)
	sim := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		o.busy.Add(1)
		defer o.busy.Done()
		o.server.ServeHTTP(w, r)
	}))
	t.Cleanup(func() { sim.Close(); o.server.Close() })
	o.url = sim.URL
	return o
}

func (o *ownSim) note(r vipps.Request) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.served = append(o.served, r)
}

// log returns what was served since it was last called. A request whose answer was dropped may still be under way.
func (o *ownSim) log() []vipps.Request {
	o.busy.Wait()
	o.mu.Lock()
	defer o.mu.Unlock()
	served := o.served
	o.served = nil
	return served
}

// control uses a path of the simulator's own.
func (o *ownSim) control(t *testing.T, path, body string) {
	t.Helper()
	w := httptest.NewRecorder()
	o.server.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodPost, path, strings.NewReader(body)))
	if w.Code >= http.StatusBadRequest {
		t.Fatalf("%s: %d %s", path, w.Code, w.Body)
	}
}

// run runs one of our collections against a simulator that knows of nothing, and in which one request goes wrong.
// Values are set in the environment: name and value in turn.
func (o *ownSim) run(t *testing.T, name, fault string, values ...string) ownResult {
	t.Helper()
	o.control(t, "/__sim/reset", "")
	o.control(t, "/__sim/fault", fault)
	o.log()
	var r ownResult
	data, err := fs.ReadFile(collections.Files(), name)
	if err != nil {
		t.Fatal(err)
	}
	c, err := collection.Parse(name, data, collection.Options{})
	if err != nil {
		t.Fatal(err)
	}
	env, err := collection.ParseEnvironment("sim", vipps.Environment(o.url, o.server.Keys()), collection.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(values); i += 2 {
		at := slices.IndexFunc(env.Values, func(v collection.Variable) bool { return v.Key == values[i] })
		env.Values[at].Value = collection.Text(values[i+1])
	}
	r.Result, err = runner.Run(t.Context(), runner.Options{
		Collection: c, Environment: env,
		Network: runner.Network{Map: []runner.Mapping{{From: "https://apitest.vipps.no", To: o.url}}},
		Sink:    func(e event.Masked) error { r.events = append(r.events, e.Event()); return nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	r.served = o.log()
	r.left = leftIn(t, o.server, r.Result)
	return r
}

// leftIn lists what a simulator still holds: money, agreements, codes and webhooks. It asks as a merchant does, with
// the token of the run, where the simulator has no page of its own for it.
func leftIn(t *testing.T, server *vipps.Server, result *runner.Result) []string {
	t.Helper()
	authorization := ""
	for _, v := range result.Environment {
		if v.Key == "Authorization" {
			authorization = v.Value.String()
		}
	}
	ask := func(path string) gjson.Result {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, http.NoBody)
		r.Header.Set("Authorization", authorization)
		r.Header.Set("Ocp-Apim-Subscription-Key", server.Keys().SubscriptionKey)
		r.Header.Set("Merchant-Serial-Number", server.Keys().MerchantSerialNumber)
		w := httptest.NewRecorder()
		server.ServeHTTP(w, r)
		if w.Code != http.StatusOK && authorization != "" {
			t.Errorf("%s answers %d: %s", path, w.Code, w.Body)
		}
		return gjson.ParseBytes(w.Body.Bytes())
	}
	var left []string
	for _, h := range ask("/__sim/payments").Array() {
		isOver := h.Get("reserved").Int() == 0 && h.Get("kept").Int() == 0 && h.Get("state").Str != "ACTIVE"
		// A draft that nobody accepted cannot be taken back; it holds nothing and expires.
		if h.Get("open").Bool() && h.Get("kind").Str != "Agreement" || !isOver {
			left = append(left, h.Raw)
		}
	}
	if authorization != "" {
		for _, list := range []gjson.Result{
			ask("/webhooks/v1/webhooks").Get("webhooks"), ask("/qr/v1/merchant-redirect"), ask("/qr/v1/merchant-callback"),
		} {
			for _, one := range list.Array() {
				left = append(left, one.Raw)
			}
		}
	}
	return left
}

// TestOurCollectionsAreGreen runs every collection of ours against the simulator: all that they assert holds.
func TestOurCollectionsAreGreen(t *testing.T) {
	entries, err := fs.ReadDir(collections.Files(), ".")
	if err != nil {
		t.Fatal(err)
	}
	ran, sim := 0, newOwnSim(t)
	for _, entry := range entries {
		if !strings.HasSuffix(entry.Name(), ".postman_collection.json") {
			continue
		}
		ran++
		t.Run(entry.Name(), func(t *testing.T) {
			r := sim.run(t, entry.Name(), "")
			if s := r.Summary; s.Failed() != 0 || s.Assertions.Total == 0 {
				t.Errorf("%d failures in %d assertions", s.Failed(), s.Assertions.Total)
			}
			if len(r.left) > 0 {
				t.Errorf("it leaves %s", r.left)
			}
			for _, e := range r.events {
				if a, ok := e.(event.Assertion); ok && a.Error != nil {
					t.Errorf("%s: %s: %s", a.Item.Name, a.Name, a.Error.Message)
				}
			}
		})
	}
	if ran < 2 {
		t.Errorf("there are %d collections", ran)
	}
}

// TestWrongKeysAreExplained holds that the first failure says what to do, in every collection that asks for a token.
func TestWrongKeysAreExplained(t *testing.T) {
	sim := newOwnSim(t)
	for _, name := range []string{collections.Ecom, collections.EPayment, collections.Recurring, collections.QR, collections.Webhooks, collections.Checkout, collections.PSP, collections.CheckIn} {
		t.Run(name, func(t *testing.T) {
			r := sim.run(t, name, "", "client_secret", "bm90LXRoZS1yaWdodC1vbmU=")
			for _, e := range r.events {
				a, ok := e.(event.Assertion)
				if !ok || a.Error == nil {
					continue
				}
				for _, want := range []string{"Vipps refuses these keys: AADSTS7000215", "posthaste check -e"} {
					if !strings.Contains(a.Error.Message, want) {
						t.Errorf("the first failure says %q, want %q in it", a.Error.Message, want)
					}
				}
				return
			}
			t.Error("nothing failed")
		})
	}
}

// TestTheTokenReachesAuthorization is the main job: what Get Access Token got stands in the environment variable
// Authorization, and the next request carried exactly that.
func TestTheTokenReachesAuthorization(t *testing.T) {
	r := newOwnSim(t).run(t, collections.Ecom, "")
	authorization, served := "", r.served
	for _, v := range r.Environment {
		if v.Key == "Authorization" {
			authorization = v.Value.String()
		}
	}
	if !strings.HasPrefix(authorization, "Bearer ey") {
		t.Fatalf("Authorization was left as %.12q…", authorization)
	}
	if len(served) < 2 || served[1].Header.Get("Authorization") != authorization {
		t.Errorf("the second request carried another Authorization than the environment holds")
	}
}

// TestTeardownAfterFailures makes one request after the other go wrong, before the API has done it and after, and
// looks at what the simulator holds when the run has ended.
func TestTeardownAfterFailures(t *testing.T) {
	const token = "POST /accesstoken/get"
	tests := map[string][]string{
		collections.Ecom: {
			token, "POST */payments", "POST */approve", "GET */details", "POST */capture", "POST */refund", "PUT */cancel",
		},
		collections.EPayment: {
			token, "POST */payments", "POST */approve", "GET */payments/*", "GET */events", "POST */capture", "POST */refund", "POST */cancel",
		},
		collections.Recurring: {
			token, "POST */agreements", "PATCH */accept", "GET */agreements/*", "POST */charges/*/capture", "POST */charges/*/refund",
			"POST */charges", "GET */charges", "GET */charges/*", "DELETE */charges/*", "PATCH */agreements/*",
		},
		collections.QR: {
			token, "POST */merchant-redirect", "GET */merchant-redirect", "DELETE */merchant-redirect/*", "PUT */merchant-callback/*",
			"DELETE */merchant-callback/*", "GET */merchant-callback/*", "GET */merchant-redirect/*", "PUT */merchant-redirect/*",
			"POST /qr/v1", "GET */picture/*", "POST */payments", "POST */cancel",
		},
		collections.Webhooks: {token, "POST */webhooks", "POST */payments", "POST */cancel", "GET */webhooks", "DELETE */webhooks/*"},
		collections.Login: {
			"GET */openid-configuration", "GET */jwks.json", "POST */token", "POST */authentication", "GET */userinfo", "POST */revoke",
			"GET */oauth2/auth", "POST */user-exists", "POST /dwo-api-application/*",
		},
		collections.Checkout: {
			token, "POST */session", "GET */session/*", "GET */payments/*", "POST */capture", "POST */refund", "POST */cancel",
		},
		collections.PSP: {token, "POST */init", "POST */approve", "POST */updatestatus", "GET */details"},
	}
	sim := newOwnSim(t)
	for name, places := range tests {
		for _, place := range places {
			for _, fault := range []string{place + " 503 x1", place + " 503 x2", place + " drop x1"} {
				t.Run(name+"/"+strings.ReplaceAll(fault, "/", "_"), func(t *testing.T) {
					r := sim.run(t, name, fault)
					if r.Summary.Failed() == 0 {
						t.Error("the run does not fail: the fault has not met a request")
					}
					if len(r.left) > 0 {
						t.Errorf("it leaves\n%s", strings.Join(r.left, "\n"))
					}
				})
			}
		}
	}
}
