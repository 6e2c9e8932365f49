package runner

import (
	"context"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"sync"
	"time"

	"posthaste/collection"
	"posthaste/collection/data"
	"posthaste/internal/fence"
	"posthaste/internal/limit"
	"posthaste/runner/deviation"
	"posthaste/runner/event"
	"posthaste/script"
	"posthaste/script/quota"
)

// Options says what to run and how. Only Collection must be given.
type Options struct {
	Collection  *collection.Collection
	Environment *collection.Environment // nil: an empty one
	Globals     *collection.Environment // nil: none
	Data        Rows                    // nil: no iteration data
	Iterations  int                     // 0: one for each row of data, else one
	Folders     []string                // ids or names of what to run; none is everything
	Bail        Bail
	Network     Network
	Fence       *fence.Fence  // hosts that requests may go to; nil is every host
	Budget      *limit.Budget // amounts that requests may have, which several collections may share; nil is every amount

	Delay         time.Duration // before each request, the first one included
	Timeout       time.Duration // of the whole run; 0 means no limit
	ScriptTimeout time.Duration // of each script; 0 means no limit
	MaxJumps      int           // how often an iteration may jump by setNextRequest; 0 is 10,000
	Retry         Retry
	Parallel      Parallel
	Shard         event.Shard // which part of a run that was spread over machines this is
	// FirstIteration is the number of the first iteration, for a part of a run; 0 is the first.
	FirstIteration int
	// IterationsInAll is how many iterations the whole run has that this one is a part of, as scripts are told; 0 is as
	// many as this run has.
	IterationsInAll int
	// Place is where the collection stands in a run of several. The zero Place stands alone.
	Place Place

	// Select leaves out the requests for which it is false. Nil leaves out none.
	Select func(*collection.Item) bool
	// Teardown selects the requests that give back what an iteration has made. They run at the end of each iteration, or
	// of each unit's part of it, whatever Folders and Select say, and also when the run ends early. Nil selects none.
	Teardown func(*collection.Item) bool
	// TeardownGlobs are the words of Teardown, for recordings.
	TeardownGlobs []string
	// TeardownLimit is how long a teardown may still take when the run has ended early; 0 is 30 s.
	TeardownLimit time.Duration
	// Journal gets each event.Checkpoint and event.TornDown at once, before the request of the checkpoint leaves, beside the
	// order of the others; its error keeps the request from being sent. It may be nil.
	Journal func(event.Masked) error

	// Contract judges every exchange; nil does not.
	Contract deviation.Contract

	// Pace is called before each request goes out and may wait. Nil does not.
	Pace func(ctx context.Context)

	Compat    bool // newman's results and counts where ours differ on purpose
	Strict    bool // notices of a run that only looks green are failures
	Documents bool // events carry the collection's and the items' JSON
	Bodies    int  // bytes of each body that events carry; 0 leaves bodies out

	// Sink receives the events, one at a time. Its first error ends the run with event.RunFinished's Reason "error"; it
	// gets also what is told until then, so that what else it writes to is whole.
	//
	// What happens in a step comes when the step is over, masked by what is known by then; that it begins comes at once.
	Sink func(event.Masked) error
	// Settle returns when everything that Sink was given is dealt with, and the first error of that: for a Sink that only
	// takes events. The run calls it before it says how it ended. Nil is for one that deals with each at once.
	Settle func() error
	// Observe gets every event as it happened, at once, with the secrets in it: for what judges a run by the real names and
	// values and shows none. It may be nil.
	Observe func(event.Event)
	// Announce gets the requests of a step as they are sent, and its end, for those who watch; Sink gets them again, in the
	// order of the reports. It may be nil.
	Announce func(event.Masked)
	// Secrets masks what the events hold and learns the secrets that the run comes across. Nil masks nothing.
	Secrets Secrets
	// SecretNames are variables whose values are secrets whatever their names say.
	SecretNames []string
	// Stop, when closed, ends the run after the request in flight. Cancelling Run's context ends it at once.
	Stop <-chan struct{}
	// Waiting is called from a goroutine of its own, after Stop was closed, for each script that is still at work: the text
	// says which, with secrets masked. The script is ended after the patience. May be nil.
	Waiting func(script string, patience time.Duration)

	// Vault answers pm.vault. Nil denies access.
	Vault script.Vault
	// Placeholders answers the names of placeholders before every scope, such as those of a vault. Nil has none.
	Placeholders Placeholders
	// Packages is the folder that pm.require looks into. Nil has none.
	Packages fs.FS
	Version  string           // of the program, for reports and exports
	Now      func() time.Time // nil is the system's clock
	Rand     io.Reader        // nil is the system's source
	// RandomFor, where it is given, makes a source of randomness for a label, the same one each time. Each execution of an
	// item draws from sources of its own then, so that its values are the same however the run is spread. Nil: Rand
	// serves all.
	RandomFor func(label string) io.Reader
	Today     func() time.Time // what scripts and dynamic variables take for now; nil is Now
	// Sleep waits for d or until ctx ends. Nil really waits.
	Sleep func(ctx context.Context, d time.Duration)

	cache     *script.Cache     // of compiled scripts
	flowing   *flowCache        // what scripts of failed steps do with variables
	abandoned *script.Abandoned // scripts that could not be stopped
	watch     *quota.Watch      // of what scripts hold
	renewed   *sync.Once        // it was said that a realm had to be replaced
	atWork    *atWork           // the scripts that run
	scripts   context.Context   // ends when scripts have to, some time after Stop; nil for never
	outer     context.Context   // of all, without a timeout: it ends teardowns, too
	running   context.Context   // of the run itself, without its teardowns and what scripts run
	shared    context.Context   // ends with running and with scripts, for all scripts that run under it
	whole     func() *plan      // everything in Collection, for pm.execution.runRequest
	halt      <-chan struct{}   // closed when another collection of the run has ended it; nil elsewhere
}

// Rows is iteration data, row by row.
type Rows interface {
	// Next returns the next row, and false after the last.
	Next() (data.Row, bool, error)
	// Count returns how many rows there are, when that is known.
	Count() (n int, known bool)
}

// Secrets masks texts and learns what to mask. *redact.Set implements it.
type Secrets interface {
	// Pin makes known what the user declared, for as long as the run goes on.
	Pin(name, value string) bool
	// Add makes known what the run has met. It may be forgotten when it was not added again for long.
	Add(name, value string) bool
	// Mask masks one whole value, Text a text that is not a whole value, so that short secrets stay in it. Bytes is Text for bytes.
	// JSON masks the values of a document: see redact.Set.
	Mask(value string) string
	Text(s string) string
	Bytes(b []byte) []byte
	JSON(doc []byte, kept, whole []string) []byte
	// Learned is how many secrets have become known so far.
	Learned() int64
	// Alike is a number above 0 that tells a text from others, and nobody what it is.
	Alike(text string) int64
}

// Placeholders gives values to names that no scope holds.
//
// Where it also has a method Problems() []string, what that says at the end of the run becomes notices.
type Placeholders interface {
	Lookup(name string) (collection.Value, bool)
}

// Bail says what ends a run early. The zero Bail runs to the end.
type Bail struct {
	Failure bool // a failed assertion, script or request ends the run
	Error   bool // a failed script or request is fatal (newman: --bail folder)
}

// Network says how requests go out. The zero Network follows redirects, verifies TLS and uses no proxy.
type Network struct {
	Insecure        bool
	IgnoreRedirects bool
	Timeout         time.Duration // of each request; 0 means no limit
	UserAgent       string        // "" is Posthaste's own
	Proxy           func(*url.URL) (*url.URL, error)
	Certificates    []Certificate
	ExtraCAs        []byte // PEM
	Map             []Mapping
	Visited         func(host string) // hears of the host that each hop is for, before Map; from several goroutines
	MaxResponse     int64             // bytes of a response's body, packed and unpacked; 0 is no limit
	CookieJar       []byte            // a jar to begin with, in tough-cookie's JSON; nil is empty
	Files           Files             // nil: request bodies cannot read files
	Protocol        string            // "http1", "http2" or "auto"; "" is http1
	// RoundTripper sends the requests in place of the network, such as one that answers from an http.Handler. Proxies,
	// certificates and authorities have no say then. Nil is the network.
	RoundTripper http.RoundTripper
}

// A Mapping answers requests to one host from another, after everything else was resolved.
// Reports show the original URL.
type Mapping struct {
	From, To string // scheme://host[:port]
}

// A Certificate is a client certificate and where to show it.
type Certificate struct {
	Name       string
	Matches    []string // URL patterns; "<all_urls>" is every https URL
	Cert, Key  []byte   // PEM
	PFX        []byte   // PKCS#12, instead of Cert and Key
	Passphrase string
}

// Files opens what request bodies name.
type Files interface {
	// Open returns the file of that name as written. Errors say what to tell the user.
	Open(name string) (fs.File, error)
}

// A Result is what a run left.
type Result struct {
	Summary             event.Summary
	Environment         []collection.Variable
	Globals             []collection.Variable
	CollectionVariables []collection.Variable
	CookieJar           []byte // in tough-cookie's JSON
}
