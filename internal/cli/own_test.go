package cli

import (
	"io/fs"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"posthaste/collection"
	"posthaste/collections"
	"posthaste/internal/vipps"
	"posthaste/runner"
	"posthaste/runner/event"
)

// ownRun runs one of our collections against a simulator of its own.
func ownRun(t *testing.T, name string) (*runner.Result, []vipps.Request, []event.Event) {
	t.Helper()
	var served []vipps.Request
	server := vipps.New(vipps.Options{Now: time.Now, Client: &http.Client{}, Log: func(r vipps.Request) { served = append(served, r) }})
	sim := httptest.NewServer(server)
	defer server.Close()
	defer sim.Close()
	data, err := fs.ReadFile(collections.Files(), name)
	if err != nil {
		t.Fatal(err)
	}
	c, err := collection.Parse(name, data, collection.Options{})
	if err != nil {
		t.Fatal(err)
	}
	env, err := collection.ParseEnvironment("sim", vipps.Environment(sim.URL, server.Keys()), collection.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var events []event.Event
	result, err := runner.Run(t.Context(), runner.Options{
		Collection: c, Environment: env,
		Network: runner.Network{Map: []runner.Mapping{{From: "https://apitest.vipps.no", To: sim.URL}}},
		Sink:    func(e event.Event) error { events = append(events, e); return nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	return result, served, events
}

// TestOurCollectionsAreGreen runs every collection of ours against the simulator: all that they assert holds.
func TestOurCollectionsAreGreen(t *testing.T) {
	entries, err := fs.ReadDir(collections.Files(), ".")
	if err != nil {
		t.Fatal(err)
	}
	ran := 0
	for _, entry := range entries {
		if !strings.HasSuffix(entry.Name(), ".postman_collection.json") {
			continue
		}
		ran++
		t.Run(entry.Name(), func(t *testing.T) {
			result, _, events := ownRun(t, entry.Name())
			if s := result.Summary; s.Failed() != 0 || s.Assertions.Total == 0 {
				t.Errorf("%d failures in %d assertions", s.Failed(), s.Assertions.Total)
			}
			for _, e := range events {
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

// TestTheTokenReachesAuthorization is the main job: what Get Access Token got stands in the environment variable
// Authorization, and the next request carried exactly that.
func TestTheTokenReachesAuthorization(t *testing.T) {
	result, served, _ := ownRun(t, collections.Ecom)
	authorization := ""
	for _, v := range result.Environment {
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
