// Package login is the Login API: OpenID Connect in the browser, and logins that the
// merchant initiates (CIBA).
package login

import (
	"net/http"
	"net/url"
	"time"

	"posthaste/internal/vipps/core"
	"posthaste/internal/vipps/response"
)

const (
	basePath    = "/access-management-1.0/access"
	cibaPath    = "/vipps-login-ciba/api"
	requestLife = 10 * time.Minute
)

// A Service is the Login API of one simulator.
type Service struct {
	core     *core.Server
	users    users
	webhooks webhooks
	logins   map[string]*login // by auth_req_id and by code
}

// users remembers what users agreed to share, and which login tokens open it.
type users interface {
	Consent(now time.Time, scope string) (sub string)
	OpenSession(token, sub string, until time.Time)
	CloseSession(token string)
}

// webhooks tells the merchant of an event.
type webhooks interface {
	Emit(now time.Time, event string, body any)
}

// New returns the API of a server.
func New(server *core.Server, u users, hooks webhooks) *Service {
	s := &Service{core: server, users: u, webhooks: hooks}
	s.Reset()
	return s
}

// Reset forgets all logins.
func (s *Service) Reset() { s.logins = map[string]*login{} }

// Routes are the operations of the Login API.
func (s *Service) Routes() []core.Route {
	return []core.Route{
		{Name: "login.discovery", Method: http.MethodGet, Pattern: basePath + "/.well-known/openid-configuration", Serve: s.discovery},
		{Name: "login.jwks", Method: http.MethodGet, Pattern: basePath + "/.well-known/jwks.json", Serve: s.jwks},
		{Name: "login.auth", Method: http.MethodGet, Pattern: basePath + "/oauth2/auth", Serve: s.authorize},
		{Name: "login.token", Method: http.MethodPost, Pattern: basePath + "/oauth2/token", Serve: s.token},
		{Name: "login.revoke", Method: http.MethodPost, Pattern: basePath + "/oauth2/revoke", Serve: s.revokeToken},
		{Name: "ciba.start", Method: http.MethodPost, Pattern: cibaPath + "/backchannel/authentication", Serve: s.startCIBA},
		{Name: "ciba.exists", Method: http.MethodPost, Pattern: cibaPath + "/v1/user-exists", Serve: s.userExists},
	}
}

// discovery names the endpoints on the host that was asked: scripts follow them.
func (s *Service) discovery(c *core.Call) response.Response {
	base := c.Base + basePath
	r := response.JSON(200, map[string]any{
		"issuer":                                base + "/",
		"authorization_endpoint":                base + "/oauth2/auth",
		"token_endpoint":                        base + "/oauth2/token",
		"revocation_endpoint":                   base + "/oauth2/revoke",
		"jwks_uri":                              base + "/.well-known/jwks.json",
		"userinfo_endpoint":                     c.Base + "/vipps-userinfo-api/userinfo",
		"backchannel_authentication_endpoint":   c.Base + cibaPath + "/backchannel/authentication",
		"subject_types_supported":               []string{"public", "pairwise"},
		"response_types_supported":              []string{"code"},
		"response_modes_supported":              []string{"query", "fragment"},
		"grant_types_supported":                 []string{"authorization_code", "client_credentials", cibaGrant, cibaRedirectGrant},
		"claims_supported":                      []string{"sub"},
		"scopes_supported":                      knownScopes(),
		"token_endpoint_auth_methods_supported": []string{"client_secret_post", "client_secret_basic"},
		"id_token_signing_alg_values_supported": []string{"RS256"},
		"claims_parameter_supported":            false,
		"request_parameter_supported":           false,
		"request_uri_parameter_supported":       false,
		"require_request_uri_registration":      false,
	})
	r.Header = http.Header{"Cache-Control": {"max-age=3600"}}
	return r
}

func knownScopes() []string {
	return []string{"openid", "name", "phoneNumber", "nin", "address", "birthDate", "delegatedConsents", "email", "gender", "customFlow"}
}

// jwks publishes the key that all of the simulator's tokens are signed with.
func (s *Service) jwks(*core.Call) response.Response {
	return response.JSON(200, s.core.PublicKeys())
}

// A login is one user's way through it.
type login struct {
	ref                     string // auth_req_id for CIBA
	scope, redirect, state  string
	nonce, challenge, phone string // challenge is that of PKCE; phone is filled in beforehand
	ciba                    bool
	code                    string // for the merchant's redirect
	status                  string // in the words of the errors, or done, or spent
	acr                     string // of acr_values, as far as it is known
	sub                     string
	ends                    time.Time
}

// appAuth asks for a confirmation in the app, also from a user whom the browser remembers.
const appAuth = "urn:vipps:acr:app_auth"

const (
	statusPending = "authorization_pending"
	statusDenied  = "access_denied"
	statusExpired = "expired_token"
	statusDone    = "done"
	statusSpent   = "spent"
)

// begin lets a login wait for its user, on a page of its own.
func (s *Service) begin(c *core.Call, l *login) string {
	l.status, l.ends = statusPending, c.Now.Add(requestLife)
	token := s.core.LandingToken(c, l.ref)
	s.core.Await(l.ref, token, decision{l, s})
	s.logins[l.ref] = l
	s.core.Schedule(l.ends, func(time.Time) {
		if l.status == statusPending {
			l.status = statusExpired
		}
	})
	return core.LandingURL(c.Base, token)
}

// A decision lets the user, or time, decide about a login.
type decision struct {
	*login
	api *Service
}

func (d decision) Card() core.Card {
	return core.Card{Kind: "Login", Ref: d.ref, Shares: d.scope, State: d.status, Open: d.status == statusPending, Login: true, Phone: d.phone}
}

// With a redirect the user comes back with a code; without one the merchant asks for the token, and is told by
// webhook that it is there.
func (d decision) Approve(now time.Time) string {
	if d.status != statusPending {
		return core.NotWaiting
	}
	d.status, d.sub = statusDone, d.api.users.Consent(now, d.scope)
	if d.redirect != "" {
		d.code = d.api.core.ShortID() + d.api.core.Hex(12)
		d.api.logins[d.code] = d.login
	} else {
		d.api.webhooks.Emit(now, "login.merchant-initiated.ping.v1", map[string]string{
			"msn": d.api.core.Keys().MerchantSerialNumber, "auth_req_id": d.ref,
		})
	}
	return ""
}

func (d decision) Reject(_ time.Time) string { return d.end(statusDenied) }

func (d decision) Expire(_ time.Time) string { return d.end(statusExpired) }

func (l *login) end(status string) string {
	if l.status != statusPending {
		return core.NotWaiting
	}
	l.status = status
	return ""
}

// ReturnURL carries the code or the error to the merchant's redirect_uri.
func (d decision) ReturnURL() string {
	if d.redirect == "" {
		return ""
	}
	u, err := url.Parse(d.redirect)
	if err != nil {
		return "" // it was parsed when the login began
	}
	q := u.Query()
	if d.code != "" {
		q.Set("code", d.code)
		q.Set("scope", d.scope)
	} else {
		q.Set("error", d.status)
	}
	if d.state != "" {
		q.Set("state", d.state)
	}
	u.RawQuery = q.Encode()
	return u.String()
}
