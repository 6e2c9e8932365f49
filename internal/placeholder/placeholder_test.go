package placeholder_test

import (
	"testing"

	"posthaste/internal/placeholder"
)

func TestIs(t *testing.T) {
	tests := map[string]struct {
		value string
		want  bool
	}{
		"a sentence in angle brackets":    {"<Provided by Vipps>", true},
		"one without its closing bracket": {"<input the mobile number for the test app", true},
		"a sentence in quotes":            {`"Add received client id"`, true},
		"an arrow inside":                 {"<Go To Portal->Keys->copy the Client Id here>", true},
		"nothing":                         {"", false},
		"a word in quotes":                {`"abc"`, false},
		"an element":                      {`<a href="x">y z</a>`, false},
		"an XML declaration":              {`<?xml version="1.0"?>`, false},
		"a key":                           {"5d1c3a8e-7b42", false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := placeholder.Is(tt.value); got != tt.want {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}
