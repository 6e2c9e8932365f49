package cli

import (
	"crypto/rand"
	"crypto/rsa"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"testing"

	"posthaste/collections"
	"posthaste/internal/vipps"
	"posthaste/runner/event"
)

// varySeeds is how many ways of answering each of our collections is tried against; POSTHASTE_VARY_SEEDS tries more.
const varySeeds = 9

// TestOurCollectionsTakeWhatVippsMayAnswer runs them against a simulator that gives what the OpenAPI files allow
// besides the usual, in every currency, with many seeds.
func TestOurCollectionsTakeWhatVippsMayAnswer(t *testing.T) {
	names, err := fs.Glob(collections.Files(), "*.postman_collection.json")
	if err != nil || len(names) == 0 {
		t.Fatalf("%d collections, %v", len(names), err)
	}
	key, err := rsa.GenerateKey(rand.Reader, 2048) // one for all: making it takes longest
	if err != nil {
		t.Fatal(err)
	}
	seeds := varySeeds
	if n, err := strconv.Atoi(os.Getenv("POSTHASTE_VARY_SEEDS")); err == nil {
		seeds = n
	}
	for seed := range seeds {
		currency := []string{"NOK", "DKK", "EUR"}[seed%3]
		for _, name := range names {
			t.Run(fmt.Sprintf("%d-%s/%s", seed, currency, name), func(t *testing.T) {
				t.Parallel() // they wait for what was accepted with 202
				sim := startOwnSim(t, vipps.Options{Vary: true, VarySeed: uint64(seed), SigningKey: key})
				r := sim.run(t, name, "", "currency", currency)
				if r.Summary.Failed() != 0 || len(r.left) > 0 {
					t.Errorf("%d failures; it leaves %s", r.Summary.Failed(), r.left)
				}
				for _, e := range r.events {
					if a, ok := e.(event.Assertion); ok && a.Error != nil {
						t.Errorf("%s: %s: %s", a.Item.Name, a.Name, a.Error.Message)
					}
				}
			})
		}
	}
}
