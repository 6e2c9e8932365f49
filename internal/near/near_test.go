package near

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNames(t *testing.T) {
	have := []string{"Get Access Token", "Initiate Payment", "Capture Payment", "Capture Payment", "Refund"}
	tests := map[string]struct {
		give string
		want []string
	}{
		"a letter is missing":      {"Get Acess Token", []string{"Get Access Token"}},
		"another case":             {"refund", []string{"Refund"}},
		"a part of the name":       {"Payment", []string{"Initiate Payment", "Capture Payment"}},
		"nothing looks like it":    {"zzzzzz", nil},
		"duplicates are told once": {"Capture Paymnt", []string{"Capture Payment", "Initiate Payment"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, Names(test.give, have, 2)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
