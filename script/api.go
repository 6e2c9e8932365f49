package script

import (
	"io"
	"io/fs"
	"time"

	"posthaste/script/engine"
	"posthaste/script/host"
	"posthaste/script/quota"
)

// Options is what a Sandbox needs from outside. The zero Options works: real time, real randomness, no
// libraries, memory limited to 1 GiB a script.
type Options struct {
	Now    func() time.Time // what Date shows; nil is time.Now
	Rand   io.Reader        // nil is crypto/rand
	Compat bool             // newman's results: errors in timers do not fail, async tests are not awaited

	Cache *Cache // compiled scripts, to be shared by the sandboxes of a process; nil makes one
	Clock Clock  // what timers wait by; the zero Clock is the machine's
	// Memory is how many bytes the heap may grow while a script runs; 0 is 1 GiB, below 0 is no limit.
	Memory int64
	// Watch looks after that, for all sandboxes whose scripts may run side by side; nil makes one.
	Watch *quota.Watch
	// Packages is the folder where pm.require looks, laid out as package packages says; nil has none.
	Packages fs.FS
	// HangGrace is how long a script may run on after it was told to stop; 0 is five seconds.
	HangGrace time.Duration
	// Abandoned counts the scripts that could not be stopped, for all sandboxes of a run; nil makes one.
	Abandoned *Abandoned
	// Vault answers pm.vault; nil denies access.
	Vault Vault

	lazy int // engine.Options.Lazy, for tests
}

// A Clock is what setTimeout and its kin wait by. What is nil is the machine's own.
type Clock struct {
	Now   func() time.Time
	After func(d time.Duration) (fired <-chan time.Time, stop func())
}

// A Cache holds compiled scripts. It is safe for concurrent use; NewCache makes one.
type Cache struct{ programs *engine.Cache }

// NewCache returns an empty cache.
func NewCache() *Cache { return &Cache{programs: engine.NewCache()} }

// What scripts are run with and what they leave behind, see package host.
type (
	// Host is what scripts may reach outside their realm.
	Host = host.Host
	// RequestRunner is a Host that can run a request of the collection for a script.
	RequestRunner = host.RequestRunner
	// NestedRequest is a request that a script has asked to be run.
	NestedRequest = host.NestedRequest
	// Jar is the cookie jar as scripts see it.
	Jar = host.Jar
	// Cookie is one cookie of a jar.
	Cookie = host.Cookie
	// Scope is a variable scope that a script reads and writes.
	Scope = host.Scope
	// Vault holds secrets for pm.vault.
	Vault = host.Vault
	// Call is one script and what it may see.
	Call = host.Call
	// Request is a request as scripts see and change it.
	Request = host.Request
	// Response is a response as scripts see it.
	Response = host.Response
	// Result is what a script left behind beside its emitted events.
	Result = host.Result
)
