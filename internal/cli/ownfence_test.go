package cli

import (
	"io/fs"
	"strings"
	"testing"

	"posthaste/collections"
	"posthaste/internal/cli/process"
	"posthaste/internal/vipps"
	"posthaste/runner/event"
)

// production is a base_url that our collections must not be run with by mistake.
const production = "https://api.vipps.no"

func ourCollections(t *testing.T) []string {
	t.Helper()
	names, err := fs.Glob(collections.Files(), "*.postman_collection.json")
	if err != nil || len(names) < 6 {
		t.Fatalf("%d collections: %v", len(names), err)
	}
	return names
}

// The first script keeps a collection of ours from production where nothing else does, as in Postman: these runs have no
// fence. newman 6.2.2 was tried with the QR collection: it sends nothing to a host that is not allowed.
func TestOurCollectionsGuardThemselves(t *testing.T) {
	sim := newOwnSim(t)
	for _, name := range ourCollections(t) {
		for _, base := range []string{production, "HTTPS://API.vipps.no:443/", "https://apitest.vipps.no@api.vipps.no", "https://api.vipps.no?apitest.vipps.no", `https:\\api.vipps.no`} {
			t.Run(name+" "+base, func(t *testing.T) {
				result := sim.run(t, name, "", "base_url", base)
				for _, e := range result.events {
					if sent, ok := e.(event.RequestSent); ok {
						t.Errorf("%s %s was sent", sent.Request.Method, sent.Request.URL)
					}
				}
				if result.Summary.Failed() == 0 {
					t.Error("the run does not fail")
				}
			})
		}
	}
}

// Our collections bring a fence, so that the command keeps what the script lets through, such as a redirect.
func TestOurCollectionsBringAFence(t *testing.T) {
	sim := newOwnSim(t)
	for _, name := range ourCollections(t) {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			data, err := fs.ReadFile(collections.Files(), name)
			if err != nil {
				t.Fatal(err)
			}
			write(t, dir, map[string]string{"c.json": string(data), "sim.json": string(vipps.Environment(sim.url, sim.server.Keys()))})
			production := []string{"run", "c.json", "-e", "sim.json", "--env-var", "base_url=" + production, "--map", production + "=" + sim.url, "--timeout", "60000"}
			sim.control(t, "/__sim/reset", "")
			sim.log()
			code, out, stderr := runIn(t, dir, production...)
			if served := sim.log(); code != process.ExitFailed || len(served) > 0 || !strings.Contains(out, "api.vipps.no is not among") {
				t.Errorf("production is reached by mistake: exit code %d, %d requests:\n%s%s", code, len(served), out, stderr)
			}
			_, _, stderr = runIn(t, dir, append(production, "--allow-host", "api.vipps.no")...)
			if served := sim.log(); len(served) == 0 || !strings.HasPrefix(stderr, "posthaste: warning: this run may send requests to api.vipps.no, outside the fence of ") {
				t.Errorf("production that was asked for: %d requests, standard error:\n%s", len(served), stderr)
			}
		})
	}
}
