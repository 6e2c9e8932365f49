package core

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"posthaste/internal/vipps/response"
)

// Access is checked in the order in which Vipps' layers answer: the firewall and Azure
// API Management know the path, the rate and the subscription key; then the
// access token is looked at; only then does the API itself see the sales unit.
// So a wrong subscription key hides every other mistake.

// Access says what an operation asks of its callers. The zero Access asks for nothing.
type Access struct {
	Key      bool // needs a subscription key
	Token    bool // needs an access token
	MSNArray bool // refuses a foreign MSN with an array of errors instead of an empty 403

	BareToken   bool    // takes an access token without its scheme (Invoice)
	RefuseKey   Handler // answers a call that carries a subscription key; nil lets it pass
	RefuseToken Handler // answers a call without a valid token; nil for Azure's own words
}

// refuse returns the response that stops the call, if one does.
func (s *Server) refuse(rt Route, c *Call) (response.Response, bool) {
	if wait, over := s.overLimit(rt.Limit, c); over {
		return response.RateLimited(wait), true
	}
	key := c.Header.Get("Ocp-Apim-Subscription-Key")
	switch a := rt.Access; {
	case a.Key && key == "":
		return response.Gateway(http.StatusUnauthorized, response.KeyMissing), true
	case a.Key && key != s.keys.SubscriptionKey && key != s.keys.SubscriptionKeySecondary:
		return response.Gateway(http.StatusUnauthorized, response.KeyInvalid), true
	case a.RefuseKey != nil && key != "":
		return a.RefuseKey(c), true
	case !a.Token:
		return response.Response{}, false
	case s.BearerIsValid(c), a.BareToken && s.tokenIsValid(c.Header.Get("Authorization"), c.Now):
	case a.RefuseToken != nil:
		return a.RefuseToken(c), true
	default:
		return response.Azure(http.StatusUnauthorized, response.TokenRefused), true
	}
	if msn := c.Header.Get("Merchant-Serial-Number"); msn != "" && msn != s.keys.MerchantSerialNumber {
		if rt.Access.MSNArray {
			return s.ForeignMSN(msn), true
		}
		return response.Empty(http.StatusForbidden), true
	}
	return response.Response{}, false
}

// BearerIsValid reports whether the call carries a token of ours that is still
// valid. Vipps' documents want "Bearer" as spelled here, yet its own Recurring
// collections send "bearer".
func (s *Server) BearerIsValid(c *Call) bool {
	scheme, token, _ := strings.Cut(c.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") || s.strict && scheme != "Bearer" {
		return false
	}
	return s.tokenIsValid(token, c.Now)
}

func (s *Server) tokenIsValid(token string, now time.Time) bool {
	end, issued := s.tokens[strings.TrimSpace(token)]
	return issued && now.Before(end)
}

// IsTestUser knows the test user's number with and without its country code.
func (s *Server) IsTestUser(number string) bool {
	number = strings.TrimPrefix(strings.ReplaceAll(number, " ", ""), "+")
	return number == s.keys.MobileNumber || number == s.keys.InternationalMobileNumber
}

// IsMinor knows the test user who is under 18 years old.
func (s *Server) IsMinor(number string) bool {
	return strings.HasSuffix(strings.ReplaceAll(number, " ", ""), MinorNumber)
}

// SameOrigin refuses what a web page of another origin makes a browser send.
func SameOrigin(serve Handler) Handler {
	return func(c *Call) response.Response {
		if origin := c.Header.Get("Origin"); origin != "" {
			if u, err := url.Parse(origin); err != nil || u.Host != c.Host {
				return response.Error(http.StatusForbidden, "A page of another origin cannot use this.")
			}
		}
		return serve(c)
	}
}
