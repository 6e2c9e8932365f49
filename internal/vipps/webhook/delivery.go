package webhook

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/url"
	"slices"
	"time"

	"posthaste/internal/vipps/core"
)

// Sending webhooks. Each registration has a queue of its own and is served in
// order: while one event is tried again, the next ones wait.

// A registration is a URL of the merchant and the events that it is told of.
type registration struct {
	ID     string   `json:"id"`
	URL    string   `json:"url"`
	Events []string `json:"events"`

	secret   string
	queue    [][]byte
	busy     bool      // one is being sent
	tried    int       // attempts of the first in the queue
	since    time.Time // its first attempt
	lastGood time.Time // when the merchant last answered well; the first attempt until then
	gone     bool
}

const (
	deliveryTimeout  = 10 * time.Second
	eventLife        = 7 * 24 * time.Hour  // for one event
	registrationLife = 14 * 24 * time.Hour // for the registration
	firstPause       = 2 * time.Second
)

func (s *Service) newSecret() string { return base64.StdEncoding.EncodeToString(s.core.Bytes(64)) }

// pause is how long after attempt n, counted from 1, the next one is made: quickly
// at first, every hour up to attempt 29, then every day.
func pause(n int) time.Duration {
	switch {
	case n <= 4:
		return firstPause
	case n == 5:
		return time.Minute
	case n == 6:
		return 2 * time.Minute
	case n < 29:
		return time.Hour
	}
	return 24 * time.Hour
}

// Emit queues an event for everyone who registered for it.
func (s *Service) Emit(now time.Time, event string, body any) {
	if !s.core.CanSend() {
		return
	}
	for _, h := range s.registrations {
		if slices.Contains(h.Events, event) && !core.IsReserved(h.URL) {
			h.queue = append(h.queue, core.Marshal(body))
			s.sendNext(h, now)
		}
	}
}

// sendNext sends the first of the queue, unless one is on its way or waits for its
// next attempt.
func (s *Service) sendNext(h *registration, now time.Time) {
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
	h.busy = s.core.Send(core.Delivery{
		Kind: "webhook", Method: http.MethodPost, URL: h.URL, Body: body, Timeout: deliveryTimeout,
		Header: Sign(h.secret, h.URL, now.UTC().Format(http.TimeFormat), body),
		Done:   func(now time.Time, status int, _ []byte) { s.answered(h, now, status) },
	})
}

// answered takes the merchant's response to the first of the queue.
func (s *Service) answered(h *registration, now time.Time, status int) {
	h.busy = false
	switch {
	case status >= 200 && status < 300:
		h.lastGood = now
		h.queue, h.tried = h.queue[1:], 0
		s.sendNext(h, now)
	case now.Sub(h.lastGood) > registrationLife:
		s.registrations = slices.DeleteFunc(s.registrations, func(other *registration) bool { return other == h })
		h.gone = true
	case now.Sub(h.since) > eventLife:
		h.queue, h.tried = h.queue[1:], 0
		s.sendNext(h, now)
	default:
		h.busy = true // later events wait
		s.core.Schedule(now.Add(pause(h.tried)), func(now time.Time) {
			h.busy = false
			s.sendNext(h, now)
		})
	}
}

// Sign makes the headers that let a merchant see that a webhook is Vipps' own:
// the date, the hash of the body, and a signature over both, the path and the host.
func Sign(secret, link, date string, body []byte) http.Header {
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
