// Package value finds the credentials among a user's variables, and says what the values themselves show: whether they
// are filled in, how they were damaged in copying, and where a shape breaks.
package value

import "slices"

// A Variable is a value under a name of the user's, with its placeholders resolved as a run resolves them.
type Variable struct {
	Name     string
	Value    string
	Disabled bool
	Origin   Origin
	Line     int    // in the file, 0 when it is not known
	Written  string // what stands in the file where that is a placeholder that was resolved, else ""
}

// An Origin says where a variable came from.
type Origin int

// The origins. The zero Origin is the environment file.
const (
	FromFile       Origin = iota
	FromDotenv            // a file of NAME=value lines
	FromFlag              // --env-var
	FromCollection        // the variables of a collection
	FromGlobals           // the globals
	FromEnv               // the process's environment
	FromPrompt
)

// Origins lists them in the order in which they win: that of a run, then what a run does not have.
func Origins() []Origin {
	return []Origin{FromDotenv, FromFlag, FromFile, FromCollection, FromGlobals, FromEnv, FromPrompt}
}

// order is an origin's place in Origins.
func (o Origin) order() int { return slices.Index(Origins(), o) }

// isRun reports whether a run of a collection has the variable too.
func (o Origin) isRun() bool { return o.order() < FromEnv.order() }

// scope is what a run calls the scope: --env-var and --env-file belong to the environment.
func (o Origin) scope() int { return max(o.order(), FromFile.order()) }
