// Package listener receives what a service under test sends by itself, callbacks and webhooks, and hands it to the
// requests of a collection.
//
// Every request that comes in is kept and answered with 204. A GET with the parameter "wait" asks for what came
// in on its path or below: {{$listener}}/callback?wait=10s waits at most so long for the first one, and with count=2
// for the second. The answer is 200 with the requests as JSON, oldest first, or 404 with those few that came. It is
// plain HTTP, so it works in Postman too.
package listener

import (
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"
)

const (
	longest  = 10 * time.Minute // that a question may wait
	maxBody  = 10 << 20         // bytes kept of a body
	maxCount = 10_000           // requests kept; the oldest go first
	maxKept  = 64 << 20         // bytes that they may take together
	around   = 512              // bytes that a request takes besides what it brings
)

// A Received is a request that came in.
type Received struct {
	Method string          `json:"method"`
	Path   string          `json:"path"`
	Query  string          `json:"query"`
	Header http.Header     `json:"headers"`
	Body   string          `json:"body"`           // as text; bytes that are no UTF-8 are replaced
	JSON   json.RawMessage `json:"json,omitempty"` // the same, when it is JSON
	Host   string          `json:"host"`
	At     time.Time       `json:"at"`
	// Dropped says that the body is not kept: it was larger than 10 MB.
	Dropped bool `json:"bodyDropped,omitempty"`

	size int // bytes that it takes
}

// measure counts what a request takes in memory. The JSON of a body shares no memory with its text.
func (r *Received) measure() {
	r.size = around + len(r.Path) + len(r.Query) + len(r.Body) + len(r.JSON) + len(r.Host)
	for name, values := range r.Header {
		r.size += around / 8
		for _, v := range values {
			r.size += len(name) + len(v)
		}
	}
}

// A Listener keeps what comes in. Make it with New; it is safe for concurrent use.
type Listener struct {
	now func() time.Time

	mu       sync.Mutex
	received []Received
	kept     int           // bytes of them
	gone     int           // how many made room for later ones
	arrived  chan struct{} // closed and replaced when something comes in
}

// New returns a listener that has received nothing.
func New(now func() time.Time) *Listener {
	return &Listener{now: now, arrived: make(chan struct{})}
}

// ServeHTTP keeps a request, or answers a question for those that came in.
func (l *Listener) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if wait := r.URL.Query().Get("wait"); r.Method == http.MethodGet && wait != "" {
		l.answer(w, r, wait)
		return
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	dropped := len(body) > maxBody
	if dropped { // half of it would be no JSON, and look like what was sent
		body = nil
		_, err = io.Copy(io.Discard, r.Body)
	}
	if err != nil {
		http.Error(w, "reading the body: "+err.Error(), http.StatusBadRequest)
		return
	}
	in := Received{
		Method: r.Method, Path: r.URL.Path, Query: r.URL.RawQuery, Header: r.Header, Host: r.Host, At: l.now().UTC(),
		Body: strings.ToValidUTF8(string(body), string(utf8.RuneError)), Dropped: dropped,
	}
	if json.Valid(body) {
		in.JSON = body
	}
	in.measure()
	l.mu.Lock()
	l.received = append(l.received, in)
	l.kept += in.size
	for len(l.received) > maxCount || l.kept > maxKept {
		l.kept -= l.received[0].size
		l.received[0] = Received{} // the list still holds its place
		l.received = l.received[1:]
		l.gone++
	}
	close(l.arrived)
	l.arrived = make(chan struct{})
	l.mu.Unlock()
	w.WriteHeader(http.StatusNoContent)
}

// answer waits until as much came in on the path as was asked for, at most as long as asked.
func (l *Listener) answer(w http.ResponseWriter, r *http.Request, text string) {
	wait, err := time.ParseDuration(text)
	if err != nil || wait < 0 || wait > longest {
		http.Error(w, `{"error":"wait takes a duration up to 10m, such as 5s"}`, http.StatusBadRequest)
		return
	}
	count := 1
	if text := r.URL.Query().Get("count"); text != "" {
		if count, err = strconv.Atoi(text); err != nil || count < 1 || count > maxCount {
			http.Error(w, `{"error":"count takes a number from 1 to 10000"}`, http.StatusBadRequest)
			return
		}
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	for {
		found, gone, arrived := l.below(r.URL.Path)
		if len(found) >= count {
			l.write(w, http.StatusOK, found, gone)
			return
		}
		select {
		case <-arrived:
		case <-timer.C:
			l.write(w, http.StatusNotFound, found, gone)
			return
		case <-r.Context().Done():
			return
		}
	}
}

// write answers with the requests that were found, and how many of older ones are not kept any more.
func (l *Listener) write(w http.ResponseWriter, code int, found []Received, gone int) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	said := map[string]any{"count": len(found), "requests": found}
	if gone > 0 {
		said["gone"] = gone // of all paths; they made room for later ones
	}
	_ = json.NewEncoder(w).Encode(said) // whoever asked has gone
}

// below returns what came in on a path or under it, how many requests are no longer kept, and what is closed when more
// comes.
func (l *Listener) below(path string) ([]Received, int, <-chan struct{}) {
	l.mu.Lock()
	defer l.mu.Unlock()
	found := []Received{}
	for _, r := range l.received {
		if r.Path == path || strings.HasPrefix(r.Path, strings.TrimSuffix(path, "/")+"/") {
			found = append(found, r)
		}
	}
	return found, l.gone, l.arrived
}
