// Package facts is what Vipps' documentation says and several parts of the program need: what its APIs answer when all
// is well, and which of its hosts get another name. What only the simulator plays stands with the API it belongs to;
// what only `check` asks for stands in its rules.
package facts

import (
	_ "embed" // answers.json and the tables of vippsfacts
	"strings"
)

// answers is a JSON array of what the Vipps MobilePay APIs answer when all is well, from their OpenAPI files: "why" names
// the file and what is to be known. An {id} is one segment of a path. Without "fields" only the status is judged. Answers
// of 4xx and 5xx are not in it: who tests for one means to.
//
//go:embed answers.json
var answers []byte

// Answers returns the table of responses. The caller must not change it.
func Answers() []byte { return answers }

// RenameDay is when MobilePay becomes Vipps. The hosts and keys of the APIs stay as they are.
const RenameDay = "12 January 2027"

// A Rename is a host that gets another name on RenameDay.
type Rename struct{ From, To string }

// Renames returns the hosts of the landing page that get another name. (Vipps: technical update of October 2026)
func Renames() []Rename {
	return []Rename{{"pay.mobilepay.dk", "pay.vipps.dk"}, {"pay.mobilepay.fi", "pay.vipps.fi"}}
}

//go:embed variables.txt
var variables string

//go:embed examples.txt
var examples string

// VariableNames returns the names of variables in the environments and collections that Vipps has published.
// tools/vippsfacts collects them.
func VariableNames() []string { return strings.Fields(variables) }

// Examples returns the values that Vipps' documentation, specifications and collections print as credentials. They open
// nothing. tools/vippsfacts collects them.
func Examples() []string { return strings.Fields(examples) }
