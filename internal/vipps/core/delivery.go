package vipps

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Sending to the merchant: callbacks, webhooks, questions about shipping. Nothing
// here makes an answer wait.

const (
	keptDeliveries = 200
	maxAnswer      = 1 << 20 // bytes of the merchant's answer that are read
)

// A parcel is one request to the merchant.
type parcel struct {
	kind, method, url string
	header            http.Header
	body              []byte
	timeout           time.Duration
	// done is called under the lock with the answer; status 0 when there was none. Nil for nothing.
	done func(now time.Time, status int, body []byte)
}

// A delivery is what became of a parcel, for the control endpoint.
type delivery struct {
	Time   string `json:"time"`
	Kind   string `json:"kind"`
	Method string `json:"method"`
	URL    string `json:"url"`
	Body   string `json:"body"`
	Status int    `json:"status"`          // 0 when there was no answer
	Error  string `json:"error,omitempty"` // why there was none
}

// plainClient is the client without redirects, which Vipps does not follow.
func plainClient(c *http.Client) *http.Client {
	if c == nil {
		return nil
	}
	plain := *c
	plain.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &plain
}

// reserved reports whether a URL is one of documentation (RFC 2606 and 6761),
// where nobody waits for a call. The official environments are full of them.
func reserved(link string) bool {
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

// dispatch sends in the background; false when nothing will be sent. The caller
// holds the lock.
func (s *Server) dispatch(p parcel) bool {
	if s.client == nil || s.closed || reserved(p.url) {
		return false
	}
	s.flight.Add(1)
	home := s.era
	go func() {
		defer s.flight.Done()
		status, body, err := s.carry(p)
		s.mu.Lock()
		defer s.mu.Unlock()
		if home != s.era {
			return // reset meanwhile: the parcel belongs to a world that is gone
		}
		now := s.now().UTC()
		d := delivery{Time: at(now), Kind: p.kind, Method: p.method, URL: p.url, Body: string(p.body), Status: status}
		if err != nil {
			d.Error = err.Error()
		}
		s.deliveries = append(s.deliveries, d)
		if len(s.deliveries) > keptDeliveries {
			s.deliveries = s.deliveries[1:]
		}
		if p.done != nil {
			p.done(now, status, body)
		}
		s.arm()
	}()
	return true
}

func (s *Server) carry(p parcel) (int, []byte, error) {
	ctx, cancel := context.WithTimeout(s.ctx, p.timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, p.method, p.url, bytes.NewReader(p.body))
	if err != nil {
		return 0, nil, err
	}
	for name, values := range p.header {
		req.Header[name] = values
	}
	if len(p.body) > 0 && req.Header.Get("Content-Type") == "" {
		req.Header.Set("Content-Type", "application/json")
	}
	resp, err := s.client.Do(req)
	if err != nil {
		return 0, nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if err != nil {
		return 0, nil, err
	}
	return resp.StatusCode, body, nil
}
