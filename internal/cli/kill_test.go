//go:build unix

package cli

import (
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/tidwall/gjson"

	"posthaste/collections"
	"posthaste/internal/cli/process"
	"posthaste/internal/vipps"
)

// everyKill makes TestNothingIsOpenAfterAKill go through every request of every collection in every way; else it takes
// a few of them.
const everyKill = "KILL_EVERY_REQUEST"

// A killer stands before a simulator and holds the answer to one request, which the simulator has carried out, or the
// request itself before that.
type killer struct {
	*httptest.Server
	sim     *vipps.Server
	at      int    // which request is held, from 1; 0 for none
	path    string // of the held one
	before  bool   // it is held before the simulator gets it
	lost    bool   // the simulator never gets the held one
	mu      sync.Mutex
	seen    int
	arrived chan struct{} // closed when it is there
	release chan struct{} // closed when it may go on
}

// hold says which request is held.
func (k *killer) hold(at int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.at = at
}

func newKiller(t *testing.T) *killer {
	t.Helper()
	k := &killer{arrived: make(chan struct{}), release: make(chan struct{})}
	k.sim = vipps.New(vipps.Options{Now: time.Now, Client: &http.Client{}})
	k.Server = httptest.NewServer(k)
	t.Cleanup(func() { k.Close(); k.sim.Close() })
	return k
}

// ServeHTTP counts the requests that are the collection's own.
func (k *killer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	k.mu.Lock()
	k.seen++
	held, before, lost := k.seen == k.at, k.before, k.lost
	arrived, release := k.arrived, k.release
	if held {
		k.path = r.URL.Path
	}
	k.mu.Unlock()
	if held && before {
		close(arrived)
		<-release
		if lost {
			return
		}
	}
	answer := httptest.NewRecorder()
	k.sim.ServeHTTP(answer, r.Clone(r.Context()))
	if held && !before {
		close(arrived)
		<-release
	}
	for key, values := range answer.Header() {
		w.Header()[key] = values
	}
	w.WriteHeader(answer.Code)
	_, _ = w.Write(answer.Body.Bytes()) // nobody may read it any more
}

// open lists what the simulator still holds, asked as a merchant asks.
func (k *killer) open(t *testing.T) []string {
	t.Helper()
	keys := k.sim.Keys()
	ask := func(method, path, authorization string) gjson.Result {
		r := httptest.NewRequestWithContext(t.Context(), method, path, http.NoBody)
		for name, value := range map[string]string{
			"Authorization": authorization, "Ocp-Apim-Subscription-Key": keys.SubscriptionKey, "Merchant-Serial-Number": keys.MerchantSerialNumber,
			"client_id": keys.ClientID, "client_secret": keys.ClientSecret,
		} {
			r.Header.Set(name, value)
		}
		w := httptest.NewRecorder()
		k.sim.ServeHTTP(w, r)
		if w.Code != http.StatusOK {
			t.Errorf("%s %s answers %d: %s", method, path, w.Code, w.Body)
		}
		return gjson.ParseBytes(w.Body.Bytes())
	}
	token := "Bearer " + ask(http.MethodPost, "/accesstoken/get", "").Get("access_token").Str
	var left []string
	for _, h := range ask(http.MethodGet, "/__sim/payments", "").Array() {
		holds := h.Get("reserved").Int() != 0 || h.Get("kept").Int() != 0 || h.Get("state").Str == "ACTIVE"
		waits := h.Get("open").Bool() && h.Get("kind").Str != "Agreement" && h.Get("kind").Str != "Login"
		if holds || waits { // an agreement or a login that nobody has accepted holds nothing and expires
			left = append(left, h.Raw)
		}
	}
	for _, list := range []gjson.Result{
		ask(http.MethodGet, "/webhooks/v1/webhooks", token).Get("webhooks"),
		ask(http.MethodGet, "/qr/v1/merchant-redirect", token), ask(http.MethodGet, "/qr/v1/merchant-callback", token),
	} {
		for _, one := range list.Array() {
			left = append(left, one.Raw)
		}
	}
	return left
}

// ways are those in which the collections run.
func ways() map[string][]string {
	return map[string][]string{
		"alone": nil, "-n 5": {"-n", "5"}, "--parallel 3": {"-n", "3", "--parallel", "3", "--parallel-by", "iteration"},
		"--parallel 3 by folder": {"--parallel", "3", "--setup", "Get*"}, "a shard": {"-n", "4", "--shard", "2/2", "--shard-by", "row"},
	}
}

// TestNothingIsOpenAfterAKill ends runs of our collections at their requests, in the three ways in which runs are ended.
func TestNothingIsOpenAfterAKill(t *testing.T) {
	t.Parallel()
	names, err := fs.Glob(collections.Files(), "*.postman_collection.json")
	if err != nil || len(names) == 0 {
		t.Fatalf("%d collections, %v", len(names), err)
	}
	few := make(chan struct{}, 4) // processes at a time
	all := slices.Sorted(maps.Keys(ways()))
	for i, name := range names {
		for j, way := range all {
			options, requests := ways()[way], 0
			for k, signal := range []os.Signal{os.Interrupt, syscall.SIGTERM, os.Kill} {
				if os.Getenv(everyKill) == "" && (i+k)%len(all) != j {
					continue // a collection is ended once by each signal, and goes another way each time
				}
				t.Run(fmt.Sprintf("%s/%s/%v", strings.TrimSuffix(name, ".postman_collection.json"), way, signal), func(t *testing.T) {
					if requests == 0 {
						requests = countRequests(t, name, options)
					}
					for _, at := range places(t, requests) {
						t.Run(fmt.Sprint(at), func(t *testing.T) {
							t.Parallel()
							few <- struct{}{}
							defer func() { <-few }()
							killAt(t, name, options, signal, at)
						})
					}
				})
			}
		}
	}
}

// places are the requests at which a run is ended: all of them, or one, which is the same in every run of the suite.
func places(t *testing.T, requests int) []int {
	t.Helper()
	if os.Getenv(everyKill) == "" {
		chosen := fnv.New32()
		_, _ = io.WriteString(chosen, t.Name()) // it never fails
		return []int{1 + int(chosen.Sum32()%uint32(requests))}
	}
	list := make([]int, requests)
	for i := range list {
		list[i] = i + 1
	}
	return list
}

// prepared writes a collection of ours and its environment, and returns the options that run it.
func (k *killer) prepared(t *testing.T, name string, options []string) (dir string, args []string) {
	t.Helper()
	dir = t.TempDir()
	data, err := fs.ReadFile(collections.Files(), name)
	if err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(dir, "c.json"), string(data))
	put(t, filepath.Join(dir, "env.json"), string(vipps.Environment(k.URL, k.sim.Keys())))
	return dir, append([]string{"run", "c.json", "-e", "env.json", "--map", "https://apitest.vipps.no=" + k.URL}, options...)
}

func countRequests(t *testing.T, name string, options []string) int {
	t.Helper()
	k := newKiller(t)
	dir, args := k.prepared(t, name, options)
	c := start(t, dir, args...)
	if code := c.code(); code != 0 && !slices.Contains(options, "--setup") { // some folders need what others made
		t.Fatalf("undisturbed it ends with %d:\n%s", code, &c.stdout)
	}
	if left := k.open(t); len(left) > 0 {
		t.Fatalf("undisturbed it leaves %s", left)
	}
	return k.seen
}

// killAt ends a run at one of its requests. Every second one is held before the simulator has carried it out.
func killAt(t *testing.T, name string, options []string, signal os.Signal, at int) {
	t.Helper()
	k := newKiller(t)
	k.hold(at)
	k.mu.Lock()
	k.before = at%2 == 0
	k.mu.Unlock()
	dir, args := k.prepared(t, name, options)
	c := start(t, dir, args...)
	ended := make(chan int, 1)
	select {
	case <-k.arrived:
	case <-time.After(time.Minute):
		t.Fatalf("request %d never came:\n%s", at, &c.stdout)
	}
	c.signal(signal)
	if signal != os.Kill {
		c.says("interrupted: ")
	}
	go func() { ended <- c.code() }()
	if signal == os.Kill {
		<-ended // what it has asked for is carried out all the same
	}
	close(k.release)
	if signal != os.Kill {
		if code := <-ended; code != process.ExitInterrupted && code != 0 { // 0: the last request was over
			t.Errorf("exit code %d:\n%s", code, &c.stdout)
		}
	} else {
		k.giveBack(t, dir)
	}
	if left := k.open(t); len(left) > 0 {
		t.Errorf("ended at request %d it leaves\n%s\n%s", at, strings.Join(left, "\n"), &c.stdout)
	}
}

// giveBack runs what gives back what a killed run has left.
func (k *killer) giveBack(t *testing.T, dir string) {
	t.Helper()
	journals, err := filepath.Glob(filepath.Join(dir, "posthaste", "teardown", "*.ndjson"))
	if err != nil || len(journals) > 1 {
		t.Fatalf("journals: %v, %v", journals, err)
	}
	for _, journal := range journals {
		later := start(t, dir, "teardown", journal, "-e", "env.json", "--map", "https://apitest.vipps.no="+k.URL)
		if code := later.code(); code != 0 {
			data, _ := os.ReadFile(journal)
			t.Errorf("posthaste teardown ends with %d:\n%s\n%s", code, &later.stdout, data)
		}
	}
}

// lostWebhook is a collection whose teardown knows only what an answer has told it.
const lostWebhook = `{"info":{"name":"hooks","schema":"https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
"variable":[{"key":"posthaste.teardown","value":"undo"}],"item":[
{"name":"token","request":{"method":"POST","url":"{{base_url}}/accesstoken/get","header":[{"key":"client_id","value":"{{client_id}}"},{"key":"client_secret","value":"{{client_secret}}"},{"key":"Ocp-Apim-Subscription-Key","value":"{{Ocp-Apim-Subscription-Key}}"},{"key":"Merchant-Serial-Number","value":"{{merchantSerialNumber}}"}]},
 "event":[{"listen":"test","script":{"exec":["pm.environment.set('Authorization', 'Bearer ' + pm.response.json().access_token)"]}}]},
{"name":"register","request":{"method":"POST","url":"{{base_url}}/webhooks/v1/webhooks","header":[{"key":"Authorization","value":"{{Authorization}}"},{"key":"Ocp-Apim-Subscription-Key","value":"{{Ocp-Apim-Subscription-Key}}"},{"key":"Merchant-Serial-Number","value":"{{merchantSerialNumber}}"},{"key":"Content-Type","value":"application/json"}],
 "body":{"mode":"raw","raw":"{\"url\":\"https://example.com/PLACE\",\"events\":[\"epayments.payment.captured.v1\"]}"}},
 "event":[{"listen":"test","script":{"exec":["pm.environment.set('webhook_id', pm.response.json().id)"]}}]},
{"name":"undo","request":{"method":"DELETE","url":"{{base_url}}/webhooks/v1/webhooks/{{webhook_id}}","header":[{"key":"Authorization","value":"{{Authorization}}"},{"key":"Ocp-Apim-Subscription-Key","value":"{{Ocp-Apim-Subscription-Key}}"},{"key":"Merchant-Serial-Number","value":"{{merchantSerialNumber}}"}]},
 "event":[{"listen":"prerequest","script":{"exec":["if (!pm.environment.get('webhook_id')) pm.execution.skipRequest()"]}},{"listen":"test","script":{"exec":["pm.test('it is deleted', () => pm.expect(pm.response.code).to.be.oneOf([204, 404]))"]}}]}]}`

// What only the server knows, since the run was killed before its answer came, is looked for by listing, and named.
func TestTheTeardownListsWhatOnlyTheServerKnows(t *testing.T) {
	t.Parallel()
	for name, recorded := range map[string]bool{"by the journal": false, "by a recording": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := newKiller(t)
			dir, args := k.prepared(t, collections.Webhooks, nil)
			put(t, filepath.Join(dir, "c.json"), strings.ReplaceAll(lostWebhook, "PLACE", "mine"))
			args = args[:len(args)-2] // without --map
			var recording string
			if recorded {
				recording = filepath.Join(dir, "r.ndjson")
				args = append(args, "-r", "events", "--reporter-events-export", recording)
			}
			k.hold(2) // its answer
			c := start(t, dir, args...)
			<-k.arrived
			c.signal(os.Kill)
			c.code()
			close(k.release)
			left := k.open(t)
			if len(left) != 1 {
				t.Fatalf("it leaves %s, so that this proves nothing", left)
			}
			id := gjson.Get(left[0], "id").Str
			if !recorded {
				journals, err := filepath.Glob(filepath.Join(dir, "posthaste", "teardown", "*.ndjson"))
				if err != nil || len(journals) != 1 {
					t.Fatalf("journals: %v, %v", journals, err)
				}
				recording = journals[0]
			}
			later := start(t, dir, "teardown", recording, "-e", "env.json")
			if code := later.code(); code != process.ExitFailed {
				t.Errorf("it ends with %d:\n%s", code, &later.stdout)
			}
			if said := strings.Join(strings.Fields(later.stdout.String()), " "); !strings.Contains(said, id) || !strings.Contains(said, "no webhook is left that only the server knows") {
				t.Errorf("it does not name %s:\n%s", id, &later.stdout)
			}
			again := k.open(t) // nothing is deleted by itself
			if len(again) != 1 {
				t.Errorf("it leaves %s", again)
			}
			// Another one, at another address, is not like it.
			put(t, filepath.Join(dir, "c.json"), strings.ReplaceAll(lostWebhook, "PLACE", "other"))
			data, err := os.ReadFile(recording)
			if err != nil {
				t.Fatal(err)
			}
			put(t, recording, strings.ReplaceAll(string(data), "example.com/mine", "example.com/other"))
			if code := start(t, dir, "teardown", recording, "-e", "env.json").code(); code != process.ExitPassed {
				t.Errorf("with another webhook it ends with %d", code)
			}
		})
	}
}

// What another killed run has made looks the same, and its own teardown gives it back: the search comes behind all teardowns.
func TestTheTeardownSearchesWhenEverythingElseIsGivenBack(t *testing.T) {
	t.Parallel()
	k := newKiller(t)
	dir, args := k.prepared(t, collections.Webhooks, nil)
	put(t, filepath.Join(dir, "c.json"), strings.ReplaceAll(lostWebhook, "PLACE", "mine"))
	args = args[:len(args)-2] // without --map
	killed := func(recording string, at int) {
		k.mu.Lock()
		k.arrived, k.release, k.at, k.seen = make(chan struct{}), make(chan struct{}), at, 0
		k.mu.Unlock()
		c := start(t, dir, append(args, "-r", "events", "--reporter-events-export", filepath.Join(dir, recording))...)
		<-k.arrived
		c.signal(os.Kill)
		c.code()
		close(k.release)
	}
	killed("lost.ndjson", 2) // the answer to the registration
	lost := gjson.Get(strings.Join(k.open(t), ""), "id").Str
	k.mu.Lock()
	k.before, k.lost = true, true
	k.mu.Unlock()
	killed("known.ndjson", 3) // the deletion, which gets lost
	if left := k.open(t); len(left) != 2 {
		t.Fatalf("the two runs leave %s, so that this proves nothing", left)
	}
	later := start(t, dir, "teardown", "lost.ndjson", "known.ndjson", "-e", "env.json")
	if code := later.code(); code != process.ExitFailed {
		t.Errorf("it ends with %d:\n%s", code, &later.stdout)
	}
	if said := strings.Join(strings.Fields(later.stdout.String()), " "); !strings.Contains(said, "expected '"+lost+"' to equal ''") {
		t.Errorf("it does not name %s alone:\n%s", lost, &later.stdout)
	}
	if left := k.open(t); len(left) != 1 || gjson.Get(left[0], "id").Str != lost {
		t.Errorf("it leaves %s", left)
	}
}

// The list is asked for at the path that was sent, though the teardown empties the variable that stands in it: the
// collection gives back what it has made, and nothing is left that is like the charge.
func TestTheListingGoesWhereTheRequestWent(t *testing.T) {
	t.Parallel()
	k := newKiller(t)
	k.hold(8)
	dir, args := k.prepared(t, collections.Recurring, nil)
	c := start(t, dir, args...)
	<-k.arrived
	c.signal(os.Kill)
	c.code()
	close(k.release)
	if !strings.HasSuffix(k.path, "/charges") {
		t.Fatalf("request %d is %s now, and no charge", k.at, k.path)
	}
	k.giveBack(t, dir)
	if left := k.open(t); len(left) > 0 {
		t.Errorf("it leaves %s", left)
	}
}
