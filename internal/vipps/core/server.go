// Package vipps plays the Vipps MobilePay test environment as an http.Handler.
//
// A Server knows one sales unit, whose test keys Keys returns, and answers any
// other key as Vipps does. Payments, agreements and tokens live in memory, per
// server, and die with it. A request passes the gate first (gate.go), in the
// order in which Vipps' layers answer, and then the API that its path names:
// each API has its own file, and its state machine another one.
//
// The behaviour is written from Vipps' public documentation; docs/vipps.md
// lists what was chosen where that is silent.
package vipps

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// maxBody is the number of bytes of a request body that are read; more is refused.
const maxBody = 8 << 20

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
	// Faults go wrong on purpose, see ParseFault. The first one that fits a request counts.
	Faults []Fault
	// Client sends callbacks and webhooks, over http and https, and never follows
	// redirects whatever it says. Nil sends none. Addresses that are reserved for
	// documentation, example.com and its like, are never called. Close the server
	// when it has a client.
	Client *http.Client
	// Log is called once for each request served, after the answer is decided and
	// before it is sent. Calls never overlap.
	Log func(Request)
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

// A Server is one simulated Vipps. Make it with New; it is safe for concurrent use.
type Server struct {
	clock  func() time.Time // of Options
	offset atomic.Int64     // nanoseconds that the control endpoint has added to it
	log    func(Request)
	logMu  sync.Mutex
	limits bool
	strict bool
	keys   Keys
	routes []route
	signer func() *rsa.PrivateKey // made at first use: it takes a while
	pages  *pages
	client *http.Client
	ctx    context.Context // of everything that is sent; ends with the server
	stop   context.CancelFunc
	flight sync.WaitGroup // what is being sent

	mu     sync.Mutex // guards what follows, and every answer is made under it
	rand   io.Reader
	faults []Fault // the given ones and those of the control endpoint

	givenFaults []Fault
	closed      bool
	timer       *time.Timer // wakes the agenda when something is to be sent
	memory
}

// New returns a server that has seen no request yet.
func New(o Options) *Server {
	s := &Server{
		clock: o.Now, log: o.Log, limits: o.RateLimits, strict: o.Strict, rand: o.Rand,
		keys: testKeys(), faults: slices.Clone(o.Faults), givenFaults: slices.Clone(o.Faults), client: plainClient(o.Client),
		signer: sync.OnceValue(newSigner), pages: newPages(),
	}
	s.memory = newMemory(s.keys)
	s.ctx, s.stop = context.WithCancel(context.Background())
	if s.clock == nil {
		start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
		s.clock = func() time.Time { return start }
	}
	if s.rand == nil {
		s.rand = rand.Reader
	}
	s.routes = slices.Concat(
		s.tokenRoutes(), s.ecomRoutes(), s.epaymentRoutes(), s.recurringRoutes(), s.recurring2Routes(), s.recurring1Routes(),
		s.userinfoRoutes(), s.loginRoutes(), s.qrRoutes(), s.qrRedirectRoutes(), s.qrCallbackRoutes(), s.orderManagementRoutes(),
		s.webhookRoutes(), s.pspRoutes(), s.pspSignupRoutes(), s.checkoutRoutes(), s.managementRoutes(), s.partnerRoutes(),
		s.reportRoutes(), s.checkInRoutes(), s.invoiceRoutes(), s.landingRoutes(), s.controlRoutes(),
	)
	return s
}

// Keys returns the test keys of the one sales unit that the server knows. They
// are the same for every server.
func (s *Server) Keys() Keys { return s.keys }

// ServeHTTP answers one request as Vipps would.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	var rep reply
	var c *call
	var name string
	switch tooBig := (*http.MaxBytesError)(nil); {
	case errors.As(err, &tooBig):
		rep = apimReply(http.StatusRequestEntityTooLarge, "Request body is too large.")
	case err != nil: // the client went away: nobody is left to answer
		return
	default:
		c = newCall(r, body, s.now().UTC())
		f, wrong := s.pickFault(c)
		if wrong && !f.wait(r.Context()) {
			return
		}
		if rep = f.reply(); rep.status == 0 {
			rep, name = s.answer(c)
		}
		defer f.drop() // last, after the log: it ends the connection
		if f.Drop {
			rep.status = 0
		}
	}
	if s.log != nil {
		s.record(Request{
			Time: s.now(), Method: r.Method, Path: r.URL.EscapedPath(), Query: r.URL.RawQuery,
			Header: r.Header.Clone(), Body: body, Operation: name, Status: rep.status,
		})
	}
	if rep.status != 0 {
		rep.write(w)
	}
}

// now is the time of the simulation.
func (s *Server) now() time.Time { return s.clock().Add(time.Duration(s.offset.Load())) }

// answer finds the operation, passes the gate and serves, all under the lock.
func (s *Server) answer(c *call) (reply, string) {
	rt, params, ok := match(s.routes, c.method, c.path)
	if !ok {
		return apimNotFound(), ""
	}
	c.params, c.operation = params, rt.name
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.arm()
	s.tick(c.now)
	if rep, refused := s.refuse(rt, c); refused {
		return rep, rt.name
	}
	return rt.serve(c), rt.name
}

func (s *Server) record(r Request) {
	s.logMu.Lock()
	defer s.logMu.Unlock()
	s.log(r)
}

// bytes returns n random bytes. The caller holds the lock.
func (s *Server) bytes(n int) []byte {
	b := make([]byte, n)
	if _, err := io.ReadFull(s.rand, b); err != nil {
		panic(fmt.Errorf("reading random bytes: %w", err))
	}
	return b
}
