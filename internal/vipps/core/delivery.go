package core

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Sending to the merchant: callbacks, webhooks, questions about shipping. No
// response of an API waits for it.

const (
	keptDeliveries = 200
	maxResponse    = 1 << 20 // bytes of the merchant's response that are read
)

// A Delivery is one request to the merchant.
type Delivery struct {
	Kind, Method, URL string
	Header            http.Header
	Body              []byte
	Timeout           time.Duration
	// Done is called under the lock with the response; status 0 when no response came. May be nil.
	Done func(now time.Time, status int, body []byte)
}

// A DeliveryRecord is what became of a delivery.
type DeliveryRecord struct {
	Time   string `json:"time"`
	Kind   string `json:"kind"`
	Method string `json:"method"`
	URL    string `json:"url"`
	Body   string `json:"body"`
	Status int    `json:"status"`          // 0 when there was no response
	Error  string `json:"error,omitempty"` // why no response came
}

// withoutRedirects is the client without redirects, which Vipps does not follow.
func withoutRedirects(c *http.Client) *http.Client {
	if c == nil {
		return nil
	}
	plain := *c
	plain.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &plain
}

// IsReserved reports whether a URL is one of documentation (RFC 2606 and 6761),
// where nobody waits for a call. The official environments are full of them.
func IsReserved(link string) bool {
	u, err := url.Parse(link)
	if err != nil || u.Host == "" {
		return true
	}
	host := "." + strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
	for _, end := range []string{".example.com", ".example.org", ".example.net", ".example", ".test", ".invalid"} {
		if strings.HasSuffix(host, end) {
			return true
		}
	}
	return u.Scheme != "http" && u.Scheme != "https"
}

// CanSend reports whether the server has a client and is not closed.
func (s *Server) CanSend() bool { return s.client != nil && !s.closed }

// Send sends in the background; it returns false when nothing will be sent.
func (s *Server) Send(d Delivery) bool {
	if !s.CanSend() || IsReserved(d.URL) {
		return false
	}
	s.inFlight.Add(1)
	generation := s.generation
	go func() {
		defer s.inFlight.Done()
		status, body, err := s.do(d)
		s.mu.Lock()
		defer s.mu.Unlock()
		if generation != s.generation {
			return // reset meanwhile: the payment that it is about is gone
		}
		now := s.Now().UTC()
		r := DeliveryRecord{Time: Timestamp(now), Kind: d.Kind, Method: d.Method, URL: d.URL, Body: string(d.Body), Status: status}
		if err != nil {
			r.Error = err.Error()
		}
		s.deliveries = append(s.deliveries, r)
		if len(s.deliveries) > keptDeliveries {
			s.deliveries = s.deliveries[1:]
		}
		if d.Done != nil {
			d.Done(now, status, body)
		}
		s.setTimer()
	}()
	return true
}

// do makes one call to the merchant. Its answer is read up to a bound, since the merchant's server is not ours.
func (s *Server) do(d Delivery) (int, []byte, error) {
	ctx, cancel := context.WithTimeout(s.ctx, d.Timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, d.Method, d.URL, bytes.NewReader(d.Body))
	if err != nil {
		return 0, nil, err
	}
	for name, values := range d.Header {
		req.Header[name] = values
	}
	if len(d.Body) > 0 && req.Header.Get("Content-Type") == "" {
		req.Header.Set("Content-Type", "application/json")
	}
	resp, err := s.client.Do(req)
	if err != nil {
		return 0, nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxResponse))
	if err != nil {
		return 0, nil, err
	}
	return resp.StatusCode, body, nil
}

// Deliveries returns what became of the last deliveries, newest last.
func (s *Server) Deliveries() []DeliveryRecord { return append([]DeliveryRecord{}, s.deliveries...) }
