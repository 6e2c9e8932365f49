package transport

import (
	"crypto/rand"
	"crypto/x509"
	"errors"
	"io"
	"net/http"
	"net/url"
	"sync"
	"time"

	"posthaste/internal/cookie"
	"posthaste/internal/transport/certificate"
	"posthaste/internal/transport/content"
)

// The limits that hold where Options name none.
const (
	defaultMaxHeader = 128 << 10 // newman: maxHeaderSize of the newest runtime
	defaultAgent     = "PostmanRuntime/7.39.1"
)

// Options are what holds for all requests of a run. The zero value works: it verifies
// certificates, follows redirects, waits without limit, keeps no cookies and uses no proxy.
// Functions may be called from several goroutines.
type Options struct {
	Insecure        bool          // certificates are not checked
	IgnoreRedirects bool          // 3xx is a response like others
	Timeout         time.Duration // for connecting, and then for the whole response; 0 waits
	KeepCookies     bool          // newman: after a redirect, cookies of one host go to the next that has none; and see Prepared.noJar
	TimeoutIdle     bool          // newman: after connecting, Timeout limits silence only
	UserAgent       string        // default "PostmanRuntime/7.39.1", which newman 6.2 sends
	Protocol        string        // "http1" (default), "http2", "auto"; a request's protocolVersion wins

	Jar          *cookie.Jar                      // nil keeps no cookies
	Proxy        func(*url.URL) (*url.URL, error) // nil asks none; see proxy.FromEnvironment
	Certificates []certificate.Certificate        // client certificates; the first that matches is used
	ExtraCAs     []byte                           // PEM, trusted besides the system's authorities
	Map          []Rule                           // where hosts are answered from; the first that matches is used
	Admit        func(*Outgoing) error            // asked before each hop leaves, its error is the request's; nil admits all
	Visited      func(host string)                // told of each hop's host, before Map and Admit; nil is not told
	Files        content.FileOpener               // nil: bodies cannot name files
	Warn         func(code, text string)          // what does not stop a request: a missing file; nil drops it

	// RoundTripper sends every hop in place of connections of ours; nil is the network. It is not closed. Redirects,
	// cookies, Map and Admit are dealt with here all the same.
	RoundTripper http.RoundTripper

	MaxResponseSize int64 // of a body, before or after decompression; 0 is no limit
	MaxHeaderSize   int   // of a response, in bytes; 0 is 128 KiB

	Now  func() time.Time // for the timings of a response; nil measures nothing
	Rand io.Reader        // for boundaries and Postman-Token; nil is crypto/rand
}

// A Client sends requests over pooled connections. It is safe for concurrent use. CloseIdle
// should be called when it is not needed any more.
type Client struct {
	opts  Options
	roots func() *x509.CertPool // nil is the system's; reading all authorities takes longer than a request
	rules []rule
	certs []certificate.Client
	pool  pool
	tls   tlsConfigs
	h2    h2Pool
	book  addressBook

	counts Counts
}

// New checks the options that can be wrong: extra authorities, certificate patterns, rules.
// Client certificates are read when a host first needs one.
func New(o Options) (*Client, error) {
	if o.UserAgent == "" {
		o.UserAgent = defaultAgent
	}
	if o.MaxHeaderSize == 0 {
		o.MaxHeaderSize = defaultMaxHeader
	}
	if o.Rand == nil {
		o.Rand = rand.Reader
	}
	if o.Now == nil {
		o.Now = func() time.Time { return time.Time{} }
	}
	c := &Client{opts: o}
	if len(o.ExtraCAs) > 0 {
		if !certificate.HasPEM(o.ExtraCAs) {
			return nil, errors.New("reading extra CA certificates: no PEM certificate in them")
		}
		// Parsed at the first https request.
		c.roots = sync.OnceValue(func() *x509.CertPool { return certificate.Roots(o.ExtraCAs) })
	}
	for _, r := range o.Map {
		parsed, err := parseRule(r)
		if err != nil {
			return nil, err
		}
		c.rules = append(c.rules, parsed)
	}
	for _, cert := range o.Certificates {
		c.certs = append(c.certs, certificate.New(cert))
	}
	return c, nil
}

// CloseIdle closes connections that no request uses. The client stays usable and opens new
// ones.
func (c *Client) CloseIdle() {
	c.pool.closeIdle()
	c.h2.close()
}

// warn reports a problem with a file that does not stop r.
func (c *Client) warn(r *Request, text string) { c.say(r, "file", text) }

// say reports what does not stop r, under a code, to the request's own Warn or to the
// client's.
func (c *Client) say(r *Request, code, text string) {
	switch {
	case r.Warn != nil:
		r.Warn(code, text)
	case c.opts.Warn != nil:
		c.opts.Warn(code, text)
	}
}
