package cli

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"posthaste/internal/vipps"
)

// A toldCause is a cause as explain --format json has it.
type toldCause struct {
	Item struct {
		ID   string
		Path []string
		Name string
	}
	Why, Todo    string
	Consequences []struct {
		Item          struct{ Name string }
		Name, Message string
	}
}

// injured is one row: an official collection, what is wrong, the cause that is to be found, and how many failures follow.
type injured struct {
	collection string
	fault      string            // of the simulator
	tamper     bool              // the token is left out of its response
	env        map[string]string // changed in the environment
	args       []string          // of the run
	cause      string            // the item
	why        string            // a part of the sentence
	follow     int
}

// TestTheRightCauseIsFound runs Vipps' own collections with one thing wrong, and a test in each that wants a status below
// 400. Requests that fail without any fault are left out of the run.
func TestTheRightCauseIsFound(t *testing.T) {
	const epayment, ecom, recurring = "epayment-api-postman-collection.json", "vipps-ecom-api-postman-collection.json", "recurring-v3-api-postman-collection.json"
	rows := map[string]injured{
		"a wrong secret":            {collection: epayment, env: map[string]string{"client_secret": "wrong"}, cause: "Get Access Token", why: "the client_secret is wrong", follow: 7},
		"a wrong secret, eCommerce": {collection: ecom, env: map[string]string{"client_secret": "wrong"}, cause: "Get Access Token", why: "the client_secret is wrong", follow: 4},
		"a wrong subscription key":  {collection: ecom, env: map[string]string{"Ocp-Apim-Subscription-Key": "wrong"}, cause: "Get Access Token", why: "the subscription key is", follow: 4},
		"a wrong client id":         {collection: recurring, env: map[string]string{"client_id": "wrong"}, args: []string{"--include", "Access Token/*", "--include", "**/Draft Agreement - Legacy*", "--include", "**/Get Agreement"}, cause: "Get Access Token", why: "client_id", follow: 4},
		"500 on initiate":           {collection: ecom, fault: "POST /ecomm/v2/payments 500", args: []string{"--exclude", "Initiate Payment - *"}, cause: "Initiate Payment", why: "answered 500", follow: 1},
		"an agreement is refused": {collection: recurring, fault: "POST /recurring/v3/agreements 400", args: []string{
			"--include", "Access Token/*", "--include", "**/Draft Agreement - Legacy pricing", "--include", "**/Get Agreement",
		}, cause: "Draft Agreement - Legacy pricing", why: "answered 400", follow: 1},
		"a capture is refused":            {collection: "vipps-epayment-v1.postman_collection.json", fault: "POST */capture 409", args: []string{"--include", "Pay, capture, refund/*", "--include", "Get Access Token", "--exclude", "**/Get the refunded payment"}, cause: "Capture", why: "answered 409", follow: 2},
		"a time-out at details":           {collection: ecom, fault: "GET */details delay=20s", args: []string{"--timeout-request", "2000", "--exclude", "Get Userinfo"}, cause: "Get Payment Details", why: "got no response", follow: 2},
		"a response without access_token": {collection: epayment, tamper: true, cause: "Get Access Token", why: "set access_token to undefined", follow: 7},
		"an expired token in the middle":  {collection: epayment, fault: "* /epayment/v1/payments/* 401", cause: "Cancel payment", why: "answered 401", follow: 1},
		"a name that no server knows":     {collection: epayment, env: map[string]string{"base_url": "http://nowhere.invalid"}, cause: "Get Access Token", why: "got no response", follow: 16},
		"an environment without base_url": {collection: epayment, env: map[string]string{"base_url": ""}, cause: "Get Access Token", why: "base_url is not set", follow: 16},
	}
	official := filepath.Join("..", "..", "..", "shared", "vipps", "official")
	if _, err := os.Stat(official); err != nil {
		t.Skip("skipped: ../shared is not here")
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			got := injure(t, official, row)
			t.Logf("%d causes: %+v", len(got), got)
			if len(got) != 1 {
				t.Fatalf("there are %d causes, want one", len(got))
			}
			if c := got[0]; c.Item.Name != row.cause || !strings.Contains(c.Why, row.why) || len(c.Consequences) != row.follow {
				t.Errorf("the cause is %q (%s) with %d consequences, want %q (…%s…) with %d",
					c.Item.Name, c.Why, len(c.Consequences), row.cause, row.why, row.follow)
			}
		})
	}
}

// injure runs a row twice, without its fault and with it, and returns the causes of the second run.
func injure(t *testing.T, official string, row injured) []toldCause {
	t.Helper()
	dir := t.TempDir()
	paths, err := filepath.Glob(filepath.Join(official, "*", row.collection))
	if strings.HasSuffix(row.collection, ".postman_collection.json") {
		paths, err = filepath.Glob(filepath.Join("..", "..", "collections", row.collection))
	}
	if err != nil || len(paths) != 1 {
		t.Fatalf("%s: found %v, %v", row.collection, paths, err)
	}
	demanding(t, paths[0], filepath.Join(dir, "c.json"))
	healthy := row
	healthy.fault, healthy.env, healthy.tamper, healthy.args = "", nil, false, nil
	args := row.args
	for range 10 { // what fails without a fault, and then what failed behind it
		causes := runInjured(t, dir, healthy, args)
		if len(causes) == 0 {
			return runInjured(t, dir, row, args)
		}
		for _, c := range causes {
			name := globless(c.Item.Name)
			args = append(args, "--exclude", name, "--exclude", "**/"+name)
		}
	}
	t.Fatal("requests fail without any fault")
	return nil
}

// globless is a name in which nothing is a pattern.
func globless(name string) string {
	return strings.NewReplacer("[", "?", "]", "?", "*", "?", "{", "?", "}", "?").Replace(name)
}

// demanding copies a collection, with a test for each request that wants a status below 400.
func demanding(t *testing.T, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	var c map[string]any
	if err := json.Unmarshal(data, &c); err != nil {
		t.Fatal(err)
	}
	events, _ := c["event"].([]any)
	c["event"] = append(events, map[string]any{"listen": "test", "script": map[string]any{
		"exec": []string{"pm.test('status is below 400', () => pm.expect(pm.response.code).to.be.below(400));"},
	}})
	if data, err = json.Marshal(c); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func runInjured(t *testing.T, dir string, row injured, args []string) []toldCause {
	t.Helper()
	server := vipps.New(vipps.Options{Now: time.Now})
	sim := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if row.tamper && strings.HasPrefix(strings.ToLower(r.URL.Path), "/accesstoken/") {
			w.Header().Set("Content-Type", "application/json")
			_, _ = w.Write([]byte(`{"token_type":"Bearer"}`))
			return
		}
		server.ServeHTTP(w, r)
	}))
	defer sim.Close()
	if row.fault != "" {
		request, err := sim.Client().Post(sim.URL+"/__sim/fault", "text/plain", strings.NewReader(row.fault))
		if err != nil {
			t.Fatal(err)
		}
		_ = request.Body.Close()
		if request.StatusCode >= 300 {
			t.Fatalf("the fault %q is not taken: %s", row.fault, request.Status)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "e.json"), changedEnvironment(t, vipps.Environment(sim.URL, server.Keys()), row.env), 0o600); err != nil {
		t.Fatal(err)
	}
	line := append([]string{
		"run", "c.json", "-e", "e.json", "-r", "events", "--reporter-events-export", "run.ndjson", "--delay-request", "2",
		"--map", "https://apitest.vipps.no=" + sim.URL, "--map", "https://api.vipps.no=" + sim.URL,
	}, args...)
	code, _, errs := runIn(t, dir, line...)
	if code > 4 || strings.Contains(errs, "error:") {
		t.Fatalf("the run ended with %d: %s", code, errs)
	}
	code, out, errs := runIn(t, dir, "explain", "run.ndjson", "--format", "json")
	if code == 2 && strings.Contains(errs, "nothing failed") {
		return nil
	}
	if code != 0 {
		t.Fatalf("explain ended with %d: %s", code, errs)
	}
	var story struct{ Causes []toldCause }
	if err := json.Unmarshal([]byte(out), &story); err != nil {
		t.Fatal(err)
	}
	return story.Causes
}

// changedEnvironment gives variables of an environment other values; "" takes one out.
func changedEnvironment(t *testing.T, data []byte, change map[string]string) []byte {
	t.Helper()
	var env map[string]any
	if err := json.Unmarshal(data, &env); err != nil {
		t.Fatal(err)
	}
	values, _ := env["values"].([]any)
	env["values"] = slices.DeleteFunc(values, func(v any) bool {
		entry, _ := v.(map[string]any)
		value, changed := change[fmt.Sprint(entry["key"])]
		if changed {
			entry["value"] = value
		}
		return changed && value == ""
	})
	data, err := json.Marshal(env)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
