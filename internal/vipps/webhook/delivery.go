package vipps

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/url"
	"slices"
	"time"
)

// Sending webhooks. Each registration has a queue of its own and is served in
// order: while one event is tried again, the next ones wait.

// A hook is a registration.
type hook struct {
	ID     string   `json:"id"`
	URL    string   `json:"url"`
	Events []string `json:"events"`

	secret   string
	queue    [][]byte
	busy     bool      // one is being sent
	tried    int       // attempts of the first in the queue
	since    time.Time // its first attempt
	lastGood time.Time // when the merchant last answered well; the registration until then
	gone     bool
}

const (
	hookTime  = 10 * time.Second
	giveUp    = 7 * 24 * time.Hour  // for one event
	forsaken  = 14 * 24 * time.Hour // for the registration
	quickFire = 2 * time.Second
)

func (s *Server) hookSecret() string { return base64.StdEncoding.EncodeToString(s.bytes(64)) }

// pause is how long after attempt n, counted from 1, the next one is made: quickly
// at first, every hour up to attempt 29, then every day.
func pause(n int) time.Duration {
	switch {
	case n <= 4:
		return quickFire
	case n == 5:
		return time.Minute
	case n == 6:
		return 2 * time.Minute
	case n < 29:
		return time.Hour
	}
	return 24 * time.Hour
}

// emit queues an event for everyone who registered for it. The caller holds the lock.
func (s *Server) emit(now time.Time, event string, body any) {
	if s.client == nil || s.closed {
		return
	}
	for _, h := range s.hooks {
		if slices.Contains(h.Events, event) && !reserved(h.URL) {
			h.queue = append(h.queue, marshal(body))
			s.pump(h, now)
		}
	}
}

// pump sends the first of the queue, unless one is on its way or waits for its
// next attempt.
func (s *Server) pump(h *hook, now time.Time) {
	if h.busy || h.gone || len(h.queue) == 0 {
		return
	}
	if h.tried == 0 {
		h.since = now
	}
	if h.lastGood.IsZero() {
		h.lastGood = now
	}
	body := h.queue[0]
	h.tried++
	h.busy = s.dispatch(parcel{
		kind: "webhook", method: http.MethodPost, url: h.URL, body: body, timeout: hookTime,
		header: signHook(h.secret, h.URL, now.UTC().Format(http.TimeFormat), body),
		done:   func(now time.Time, status int, _ []byte) { s.arrived(h, now, status) },
	})
}

// arrived takes the merchant's answer to the first of the queue.
func (s *Server) arrived(h *hook, now time.Time, status int) {
	h.busy = false
	switch {
	case status >= 200 && status < 300:
		h.lastGood = now
		h.queue, h.tried = h.queue[1:], 0
		s.pump(h, now)
	case now.Sub(h.lastGood) > forsaken:
		s.hooks = slices.DeleteFunc(s.hooks, func(other *hook) bool { return other == h })
		h.gone = true
	case now.Sub(h.since) > giveUp:
		h.queue, h.tried = h.queue[1:], 0
		s.pump(h, now)
	default:
		h.busy = true // nothing overtakes
		s.later(now.Add(pause(h.tried)), func(now time.Time) {
			h.busy = false
			s.pump(h, now)
		})
	}
}

// signHook makes the headers that let a merchant see that a webhook is Vipps' own:
// the date, the hash of the body, and a signature over both, the path and the host.
func signHook(secret, link, date string, body []byte) http.Header {
	u, err := url.Parse(link)
	if err != nil {
		return nil // it was parsed when it was registered
	}
	sum := sha256.Sum256(body)
	hash := base64.StdEncoding.EncodeToString(sum[:])
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte("POST\n" + u.RequestURI() + "\n" + date + ";" + u.Host + ";" + hash))
	return http.Header{
		"X-Ms-Date":           {date},
		"X-Ms-Content-Sha256": {hash},
		"Authorization": {"HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=" +
			base64.StdEncoding.EncodeToString(mac.Sum(nil))},
	}
}
