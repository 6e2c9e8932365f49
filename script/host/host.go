// Package host is what scripts are run with and what they leave behind: the calls, and the parts of the program that they
// reach through them.
package host

import (
	"context"
	"time"

	"posthaste/collection"
	"posthaste/runner/event"
)

// A Host is what scripts may reach outside their realm. Its methods are called one at a time while Run runs,
// except Send, which is called from goroutines of its own.
type Host interface {
	// Send carries out pm.sendRequest. The request's placeholders stay as they are (newman: no resolution).
	Send(ctx context.Context, req *Request) (*Response, error)
	// Emit reports an assertion, a console line or an exception as it happens. The host fills in step and script.
	Emit(e event.Event)
	// Jar is the run's cookie jar.
	Jar() Jar
	// Expand resolves {{…}} in text, dynamic variables included, for replaceIn. The scopes are those of the call. The
	// error says that the variables make a text without end.
	Expand(text string, scopes ...Scope) (string, error)
}

// A RequestRunner is a Host that can run a request of the collection for pm.execution.runRequest, with its
// scripts and these variables before all others. PlanRequest is called like the Host's other methods, so it may read
// the script's scopes; its error rejects the script's promise.
type RequestRunner interface {
	PlanRequest(idOrName string, variables []collection.Variable) (NestedRequest, error)
}

// A NestedRequest is a request that a script has asked to be run.
type NestedRequest interface {
	// Run runs it. It is called once, from a goroutine of its own while the script that asked still runs, and so must
	// not touch that script's scopes or Sandbox. A request whose script skipped it gives nil.
	Run(ctx context.Context) (*Response, error)
	// Settle applies what the request's scripts changed. It is called after Run, at a moment when the script that
	// asked waits, unless that script ended first.
	Settle()
}

// A Jar is the cookie jar as scripts see it.
type Jar interface {
	Cookies(url string) []Cookie
	Cookie(url, name string) (Cookie, bool) // the first of that name
	SetCookie(url, line string) error       // as a Set-Cookie line
	SetValue(url, line, value string) error // the same, but for the value, which is any text
	Unset(url, name string) error
	Clear(url string) error
}

// A Cookie is one cookie of a jar.
type Cookie struct {
	Name, Value, Domain, Path           string
	Expires                             time.Time // zero for a session cookie
	MaxAge                              int       // seconds; 0 is not given
	HostOnly, HTTPOnly, Secure, Session bool
	SameSite                            string
	Extensions                          []string
}

// A Scope is a variable scope that a script reads and writes, in place.
// *variable.Scope implements it.
type Scope interface {
	Lookup(key string) (collection.Value, bool)
	Set(key string, v collection.Value, typ string)
	Unset(key string)
	Clear()
	Variables() []collection.Variable // in order, disabled ones included
}

// A Call is one script and what it may see.
type Call struct {
	Source                    string // the script's text
	Name                      string // where it stands, for errors: "Folder › Request › test"
	Listen                    string // "prerequest" or "test"
	Iteration, IterationCount int
	RequestName, RequestID    string
	RequestDescription        string
	Location                  []string // names: collection, folders, request
	Current                   string   // name of the collection, folder or request that holds the script

	Environment, Globals, CollectionVariables, Local Scope
	EnvironmentName, EnvironmentID                   string
	GlobalsName, GlobalsID                           string // the name is "globals" when empty
	Data                                             Scope  // the iteration's row; changes last for the script only
	DataList                                         bool   // the row is a list, its keys are indexes

	Request  *Request      // prerequest: as written, changes are applied; test: as sent
	Response *Response     // nil in prerequest; a Response without Code when the request got no response
	Cookies  []Cookie      // of the response's URL; empty in prerequest
	Timeout  time.Duration // 0 is no limit
}

// A Request is a request as scripts see and change it.
type Request struct {
	collection.Request
	ID, Name string
	Sent     func() // of sendRequest: to be called when it is on its way; may be called again
	// Hold is to be asked before so many bytes more are held for the response of sendRequest. Its error ends the request:
	// they are more than the script may hold. It may be nil.
	Hold func(bytes int64) error
}

// A Response is a response as scripts see it. Received is false when the request got none.
type Response struct {
	Received             bool
	ID                   string
	Code                 int
	Reason               string
	Header               []collection.Header
	Body                 []byte // after decompression; not changed by scripts, and must not change after Run began
	Time                 time.Duration
	WireSize, HeaderSize int64    // bytes
	Cookies              []Cookie // set by sendRequest: those of the response's URL
}

// MostSet is how many names Result.Set holds at most.
const MostSet = 1000

// A Result is what a script left behind beside its emitted events.
type Result struct {
	Error     *event.Error // nil: it ran to its end
	Next      *event.Next  // the last setNextRequest, nil without one
	Skip      bool         // skipRequest was called
	Request   *Request     // prerequest: the request as the script left it; nil when untouched
	Failed    int          // assertions that failed
	TimedOut  bool
	Renewed   bool     // later scripts begin in a new realm, without what earlier ones left on the global object
	Hung      bool     // too many scripts could not be stopped: no further one will run
	Undefined []string // variables that were set to undefined
	Set       []string // variables that were set to something else, in that order; at most MostSet
}

// A SizedScope is a Scope that knows about how many bytes its variables take.
type SizedScope interface{ Size() int64 }

// A TypedScope is a Scope that knows the types that a file declares for its variables.
type TypedScope interface{ TypeOf(key string) string }

// A Vault holds secrets for pm.vault. It must be safe for concurrent use and is called from goroutines of its
// own. Masking its values in reports is its owner's business. *vault.Vault is one.
type Vault interface {
	Lookup(ctx context.Context, key string) (value string, ok bool, err error)
	Set(key, value string) error
	Unset(key string) error
}
