// Package environment writes the Postman environment that points at the simulator.
//
// It has all the names that Vipps' own collections use for one value, so that they run without being edited.
package environment

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"posthaste/internal/vipps/core"
)

// New returns a Postman environment, ready to import, that fills every
// variable which an official Vipps collection or one of ours needs, under each
// name that was ever used for it. baseURL is the simulator's address without a
// path; every host points there. Values that are credentials have type secret.
//
// What scripts set during a run is left empty or out, so that a collection
// behaves as it does in Postman with a fresh environment. Further variables, each a
// name and a value, come last, and take the place of one that has the same name.
func New(baseURL string, keys core.Keys, further ...[2]string) []byte {
	base := strings.TrimRight(baseURL, "/")
	type value struct {
		Key     string `json:"key"`
		Value   string `json:"value"`
		Type    string `json:"type"`
		Enabled bool   `json:"enabled"`
	}
	values := []value{}
	add := func(kind, pairs string) {
		for line := range strings.Lines(pairs) {
			key, val, _ := strings.Cut(strings.TrimSpace(line), " ")
			if key != "" {
				values = append(values, value{key, val, kind, true})
			}
		}
	}
	add("default", hostValues(base))
	add("default", merchantValues(keys))
	add("secret", secretValues(keys))
	add("default", paymentValues)
	add("default", recurringValues)
	add("default", otherValues)
	add("default", madeValues)
	for _, pair := range further {
		values = slices.DeleteFunc(values, func(v value) bool { return v.Key == pair[0] }) // check warns of a name that stands there twice
		values = append(values, value{pair[0], pair[1], "default", true})
	}
	b, err := json.MarshalIndent(struct {
		ID     string  `json:"id"`
		Name   string  `json:"name"`
		Values []value `json:"values"`
		Scope  string  `json:"_postman_variable_scope"`
	}{"0c5f7e3a-6b1d-4a92-8e47-d1f03b9c6a25", "Vipps simulator", values, "environment"}, "", "\t")
	if err != nil {
		panic(fmt.Errorf("encoding the environment: %w", err)) // strings always encode
	}
	return append(b, '\n')
}
