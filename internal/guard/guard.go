// Package guard stands before the servers that run on a user's machine. It keeps out what a foreign web page makes a
// browser send, also under a name that its owner lets point to this machine (DNS rebinding), and does not wait for
// bodies that never come.
package guard

import (
	"io"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"
)

// A Guard is what a server lets in.
type Guard struct {
	Hosts []string // further names of the server, without a port, in lower case
	// Only limits the check of hosts and origins to some requests; nil checks all.
	Only func(*http.Request) bool
	Now  func() time.Time // of the system's clock
	Body time.Duration    // that a request's body may take; 0 is any time
}

// Before puts the guard before a handler.
func (g *Guard) Before(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if g.Only == nil || g.Only(r) {
			if refused := g.refused(r); refused != "" {
				http.Error(w, refused, http.StatusForbidden)
				return
			}
		}
		if g.Body > 0 && r.Body != nil && r.Body != http.NoBody {
			control := http.NewResponseController(w)
			if control.SetReadDeadline(g.Now().Add(g.Body)) == nil {
				r.Body = &timed{ReadCloser: r.Body, control: control}
			}
		}
		next.ServeHTTP(w, r)
	})
}

// refused says why a request is not let in, "" when it is.
func (g *Guard) refused(r *http.Request) string {
	if !g.knows(r.Host) {
		return "This server does not answer under the name " + r.Host + "."
	}
	origin := r.Header.Get("Origin")
	if origin == "" {
		return ""
	}
	if u, err := url.Parse(origin); err != nil || u.Host == "" || !strings.EqualFold(u.Host, r.Host) {
		return "A page of another origin cannot use this."
	}
	return ""
}

// knows reports whether a Host header names this machine in a way that nobody outside decides about: by an address, by a
// name without a dot, as containers have, by one below localhost, local or internal, or as the server was told.
func (g *Guard) knows(host string) bool {
	name := host
	if i := strings.LastIndexByte(name, ':'); i >= 0 && !strings.Contains(name[i:], "]") {
		name = name[:i]
	}
	name = strings.ToLower(strings.TrimSuffix(name, "."))
	if _, err := netip.ParseAddr(strings.Trim(name, "[]")); err == nil {
		return true
	}
	top := name[strings.LastIndexByte(name, '.')+1:]
	return name != "" && (top == name || top == "localhost" || top == "local" || top == "internal" || slices.Contains(g.Hosts, name))
}

// timed is a body that has to come within a time. The connection waits for as long as before once it has come.
type timed struct {
	io.ReadCloser
	control *http.ResponseController
}

// Read reads, and ends the time at the end of the body.
func (t *timed) Read(p []byte) (int, error) {
	n, err := t.ReadCloser.Read(p)
	if err == io.EOF {
		_ = t.control.SetReadDeadline(time.Time{}) // it could be set, so it can be taken back
	}
	return n, err
}
