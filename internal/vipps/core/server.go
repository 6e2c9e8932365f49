// Package core is what all simulated Vipps APIs share: it finds the operation of
// a request, asks for keys and tokens in the order in which Vipps' layers do, keeps
// the clock and what is scheduled, sends callbacks and webhooks, injects faults, and
// knows what waits for the user. It knows no API: an API is added with Add.
package core

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"errors"
	"io"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"posthaste/internal/vipps/fault"
	"posthaste/internal/vipps/jwt"
	"posthaste/internal/vipps/response"
	"posthaste/internal/vipps/vary"
)

// MaxBody is the number of bytes of a request body that are read; more is refused.
const MaxBody = 8 << 20

// Options tune a Server. The zero value works: its clock stands still at the
// start of 2026, its randomness is the system's, and nothing is limited or logged.
type Options struct {
	// Now is the clock of payments, tokens and rate windows. It is called from
	// several goroutines.
	Now func() time.Time
	// Rand yields the bytes of identifiers. A reader that ends is a programming
	// error and makes the server panic. The token signing key does not come from it.
	Rand io.Reader
	// RateLimits turns on the documented limits per minute.
	RateLimits bool
	// Strict turns on rules that Vipps documents and does not enforce in practice:
	// "Bearer" as spelled here, phone numbers with their country code on v3, no
	// unknown fields, pictures of at least 167 pixels.
	Strict bool
	// Vary gives responses, now and then, that Vipps' OpenAPI files allow besides the
	// usual ones. VarySeed makes the choices the same each time, as long as the requests
	// come in the same order. Identifiers do not depend on it.
	Vary     bool
	VarySeed uint64
	// Faults are injected into requests, see fault.Parse. The first one that fits a request counts.
	Faults []fault.Fault
	// Client sends callbacks and webhooks, over http and https, and never follows
	// redirects whatever it says. Nil sends none. Addresses that are reserved for
	// documentation, example.com and its like, are never called. Close the server
	// when it has a client.
	Client *http.Client
	// Log is called once for each request served, after the response is decided and
	// before it is sent. Calls never overlap.
	Log func(Request)
	// SigningKey signs tokens. Nil makes a key at first use, which takes a moment.
	SigningKey *rsa.PrivateKey
}

// A Request tells what one served request was and how it was answered. Its
// fields belong to the receiver.
type Request struct {
	Time      time.Time
	Method    string
	Path      string // as sent, still escaped
	Query     string // without the question mark
	Header    http.Header
	Body      []byte
	Operation string // "ecom.capture"; empty when no operation has that path
	Status    int    // 0 for a connection that was dropped on purpose
}

// An API is one of Vipps' APIs: its operations and its state.
type API interface {
	// Routes are its operations. They do not change.
	Routes() []Route
	// Reset forgets everything. The server's lock is held.
	Reset()
}

// A Server is one simulated Vipps without APIs; Add adds them. Make it with New; it
// is safe for concurrent use once all APIs are added. Its exported methods other
// than New, Add, Keys, ServeHTTP and Close are for APIs, which call them while they
// serve a request, make a scheduled change or take the response to a delivery: the
// server's lock is held then.
type Server struct {
	clock  func() time.Time // of Options
	offset atomic.Int64     // nanoseconds that Advance has added to it
	log    func(Request)
	logMu  sync.Mutex
	limits bool
	strict bool
	keys   Keys
	signer *jwt.Signer

	varies   bool // with the choices that varySeed makes
	varySeed uint64

	apis   []API
	routes []Route

	client   *http.Client
	ctx      context.Context // of everything that is sent; ends with the server
	stop     context.CancelFunc
	inFlight sync.WaitGroup // what is being sent

	mu     sync.Mutex // guards what follows, and every response is made under it
	rand   io.Reader
	faults fault.Set
	closed bool
	timer  *time.Timer // wakes the schedule when something is to be sent
	state
}

// state is what Reset empties, besides the state of the APIs.
type state struct {
	generation int    // counts resets, so that late responses are recognised
	serial     int64  // last transaction number given out
	schedule   []task // earliest first
	tokens     map[string]time.Time
	decisions  decisions
	answered   map[string]answered    // by idempotency key
	windows    map[string][]time.Time // calls of the last minute, by limit
	deliveries []DeliveryRecord       // newest last
	stale      map[string]stale       // by read, see vary.go
	vary       *vary.Source           // nil when responses do not vary
}

func newState(generation int) state {
	return state{
		generation: generation, serial: 5001420000, tokens: map[string]time.Time{}, decisions: newDecisions(),
		answered: map[string]answered{}, windows: map[string][]time.Time{}, stale: map[string]stale{},
	}
}

// New returns a server that has seen no request and has no API yet.
func New(o Options) *Server {
	s := &Server{
		clock: o.Now, log: o.Log, limits: o.RateLimits, strict: o.Strict, rand: o.Rand, keys: TestKeys(),
		faults: fault.NewSet(o.Faults), client: withoutRedirects(o.Client), signer: jwt.NewSigner(o.SigningKey), state: newState(0),
		varies: o.Vary, varySeed: o.VarySeed,
	}
	s.startVarying()
	s.ctx, s.stop = context.WithCancel(context.Background())
	if s.clock == nil {
		start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
		s.clock = func() time.Time { return start }
	}
	if s.rand == nil {
		s.rand = rand.Reader
	}
	return s
}

// Add adds APIs. No request may be served yet.
func (s *Server) Add(apis ...API) {
	for _, a := range apis {
		s.apis = append(s.apis, a)
		s.routes = append(s.routes, a.Routes()...)
	}
}

// Keys returns the test keys of the one sales unit that the server knows. They
// are the same for every server.
func (s *Server) Keys() Keys { return s.keys }

// Strict reports whether documented rules hold that Vipps does not enforce.
func (s *Server) Strict() bool { return s.strict }

// Routes returns the operations of all APIs.
func (s *Server) Routes() []Route { return s.routes }

// ServeHTTP answers one request as Vipps would.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, MaxBody))
	var resp response.Response
	var name string
	switch tooBig := (*http.MaxBytesError)(nil); {
	case errors.As(err, &tooBig):
		resp = response.Gateway(http.StatusRequestEntityTooLarge, "Request body is too large.")
	case err != nil: // the client went away: nobody is left to answer
		return
	default:
		c := newCall(r, body, s.Now().UTC())
		f, wrong := s.pickFault(c)
		if wrong && !f.Sleep(r.Context()) {
			return
		}
		if resp = f.Response(); resp.Status == 0 {
			resp, name = s.serve(c)
		}
		defer f.EndConnection(w) // last, after the log
		if f.Drop {
			resp.Status = 0
		}
	}
	if s.log != nil {
		s.record(Request{
			Time: s.Now(), Method: r.Method, Path: r.URL.EscapedPath(), Query: r.URL.RawQuery,
			Header: r.Header.Clone(), Body: body, Operation: name, Status: resp.Status,
		})
	}
	if resp.Status != 0 {
		resp.Write(w)
	}
}

// serve finds the operation, checks keys and token and serves, all under the lock.
func (s *Server) serve(c *Call) (response.Response, string) {
	rt, params, ok := match(s.routes, c.Method, c.Path)
	if !ok {
		return response.UnknownPath(), ""
	}
	c.Params, c.Operation = params, rt.Name
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.setTimer()
	s.runDue(c.Now)
	if resp, refused := s.refuse(rt, c); refused {
		return resp, rt.Name
	}
	return s.serveVaried(rt, c), rt.Name
}

func (s *Server) record(r Request) {
	s.logMu.Lock()
	defer s.logMu.Unlock()
	s.log(r)
}

// Reset forgets everything: payments, tokens, webhooks, faults that were added
// later, and how far the clock was moved. The lock is held.
func (s *Server) Reset() {
	s.state = newState(s.generation + 1)
	s.startVarying()
	s.faults.Reset()
	s.offset.Store(0)
	for _, a := range s.apis {
		a.Reset()
	}
}

// Faults are the faults that requests may meet. The lock is held.
func (s *Server) Faults() *fault.Set { return &s.faults }
