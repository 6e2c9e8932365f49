package vipps

import (
	"encoding/base64"
	"math/big"
	"net/http"
	"net/url"
	"time"
)

// The Login API: discovery, and what a login is. login_token.go gives out tokens,
// ciba.go starts logins that the merchant initiates.

const (
	loginBase = "/access-management-1.0/access"
	cibaBase  = "/vipps-login-ciba/api"
	loginLife = 10 * time.Minute
)

func (s *Server) loginRoutes() []route {
	return []route{
		{name: "login.discovery", method: http.MethodGet, pattern: loginBase + "/.well-known/openid-configuration", serve: s.discovery},
		{name: "login.jwks", method: http.MethodGet, pattern: loginBase + "/.well-known/jwks.json", serve: s.jwks},
		{name: "login.auth", method: http.MethodGet, pattern: loginBase + "/oauth2/auth", serve: s.authorize},
		{name: "login.token", method: http.MethodPost, pattern: loginBase + "/oauth2/token", serve: s.loginToken},
		{name: "login.revoke", method: http.MethodPost, pattern: loginBase + "/oauth2/revoke", serve: s.revokeToken},
		{name: "ciba.start", method: http.MethodPost, pattern: cibaBase + "/backchannel/authentication", serve: s.startCIBA},
		{name: "ciba.exists", method: http.MethodPost, pattern: cibaBase + "/v1/user-exists", serve: s.userExists},
	}
}

// discovery names the endpoints on the host that was asked: scripts follow them.
func (s *Server) discovery(c *call) reply {
	base := c.base + loginBase
	r := jsonReply(200, mimeJSON, map[string]any{
		"issuer":                                base + "/",
		"authorization_endpoint":                base + "/oauth2/auth",
		"token_endpoint":                        base + "/oauth2/token",
		"revocation_endpoint":                   base + "/oauth2/revoke",
		"jwks_uri":                              base + "/.well-known/jwks.json",
		"userinfo_endpoint":                     c.base + "/vipps-userinfo-api/userinfo",
		"backchannel_authentication_endpoint":   c.base + cibaBase + "/backchannel/authentication",
		"subject_types_supported":               []string{"public", "pairwise"},
		"response_types_supported":              []string{"code"},
		"response_modes_supported":              []string{"query", "fragment"},
		"grant_types_supported":                 []string{"authorization_code", "client_credentials", cibaGrant, cibaRedirectGrant},
		"claims_supported":                      []string{"sub"},
		"scopes_supported":                      loginScopes(),
		"token_endpoint_auth_methods_supported": []string{"client_secret_post", "client_secret_basic"},
		"id_token_signing_alg_values_supported": []string{"RS256"},
		"claims_parameter_supported":            false,
		"request_parameter_supported":           false,
		"request_uri_parameter_supported":       false,
		"require_request_uri_registration":      false,
	})
	r.header = http.Header{"Cache-Control": {"max-age=3600"}}
	return r
}

func loginScopes() []string {
	return []string{"openid", "name", "phoneNumber", "nin", "address", "birthDate", "delegatedConsents", "email", "gender"}
}

// jwks publishes the key that all of the simulator's tokens are signed with.
func (s *Server) jwks(*call) reply {
	key := s.signer()
	encode := base64.RawURLEncoding.EncodeToString
	return jsonReply(200, mimeJSON, map[string]any{"keys": []map[string]string{{
		"kty": "RSA", "use": "sig", "alg": "RS256", "kid": keyID(key), "x5t": keyID(key), "x5t#S256": keyID(key),
		"n": encode(key.N.Bytes()), "e": encode(big.NewInt(int64(key.E)).Bytes()),
	}}})
}

// A login is one user's way through it.
type login struct {
	ref                     string // auth_req_id for CIBA
	scope, redirect, state  string
	nonce, challenge, phone string // challenge is that of PKCE; phone is filled in beforehand
	ciba                    bool
	code                    string // for the merchant's redirect
	status                  string // in the words of the errors, or done, or spent
	sub                     string
	ends                    time.Time
}

const (
	loginPending = "authorization_pending"
	loginDenied  = "access_denied"
	loginExpired = "expired_token"
	loginDone    = "done"
	loginSpent   = "spent"
)

// begin lets a login wait for its user, on a page of its own.
func (s *Server) begin(c *call, l *login) string {
	l.status, l.ends = loginPending, c.now.Add(loginLife)
	token := s.landing(c, l.ref)
	s.await(l.ref, token, l)
	s.logins[l.ref] = l
	s.later(l.ends, func(time.Time) {
		if l.status == loginPending {
			l.status = loginExpired
		}
	})
	return landingURL(c.base, token)
}

func (l *login) card() card {
	return card{Kind: "Login", Ref: l.ref, Shares: l.scope, State: l.status, Open: l.status == loginPending}
}

func (l *login) agree(s *Server, now time.Time) string {
	if l.status != loginPending {
		return notWaiting
	}
	l.status, l.sub = loginDone, s.consent(now, l.scope)
	if l.redirect != "" {
		l.code = s.shortID() + s.hex(12)
		s.logins[l.code] = l
	} else {
		s.emit(now, "login.merchant-initiated.ping.v1", map[string]string{
			"msn": s.keys.MerchantSerialNumber, "auth_req_id": l.ref,
		})
	}
	return ""
}

func (l *login) refuse(_ *Server, _ time.Time) string { return l.close(loginDenied) }

func (l *login) lapse(_ *Server, _ time.Time) string { return l.close(loginExpired) }

func (l *login) close(status string) string {
	if l.status != loginPending {
		return notWaiting
	}
	l.status = status
	return ""
}

// back carries the code or the error to the merchant's redirect_uri.
func (l *login) back() string {
	if l.redirect == "" {
		return ""
	}
	u, err := url.Parse(l.redirect)
	if err != nil {
		return "" // it was parsed when the login began
	}
	q := u.Query()
	if l.code != "" {
		q.Set("code", l.code)
		q.Set("scope", l.scope)
	} else {
		q.Set("error", l.status)
	}
	if l.state != "" {
		q.Set("state", l.state)
	}
	u.RawQuery = q.Encode()
	return u.String()
}
