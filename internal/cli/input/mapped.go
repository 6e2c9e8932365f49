package input

import (
	"net/http"
	"net/url"

	"posthaste/internal/transport"
)

// A mapped sends requests where rules of --map lead, redirects too, as a run does. Without
// it, a collection at a mapped host would come from the real one.
type mapped struct {
	http.RoundTripper
	rules []transport.Rule
}

// RoundTrip sends one request. A request that would reach a mapped host past its rule is not
// sent.
func (m mapped) RoundTrip(r *http.Request) (*http.Response, error) {
	via, err := transport.MapURL(m.rules, r.URL.String())
	if err != nil {
		return nil, err
	}
	if via != r.URL.String() {
		to, err := url.Parse(via)
		if err != nil {
			return nil, err
		}
		original := r.URL
		// A RoundTripper must not change its request.
		r = r.Clone(r.Context())
		r.URL, r.Host = to, to.Host
		r.Header.Set("X-Forwarded-Proto", original.Scheme)
		r.Header.Set("X-Forwarded-Host", original.Host)
	}
	return m.RoundTripper.RoundTrip(r)
}
