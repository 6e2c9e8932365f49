// Package userinfo is the Userinfo API, and what users agreed to share.
//
// ePayment, Recurring and Login note a consent here when a user agrees; it ends by itself, and then nobody sees the
// profile.
package userinfo

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"posthaste/internal/vipps/core"
	"posthaste/internal/vipps/input"
	"posthaste/internal/vipps/response"
)

// consentLife is how long after an approval the user's profile can be fetched.
const consentLife = 168 * time.Hour

// A Service is the Userinfo API of one simulator.
type Service struct {
	core     *core.Server
	consents map[string]consent // by sub
	sessions map[string]session // by login access token
}

// A session is what a login token opens.
type session struct {
	sub   string
	until time.Time
}

// New returns the API of a server.
func New(server *core.Server) *Service {
	s := &Service{core: server}
	s.Reset()
	return s
}

// Reset forgets all consents and sessions.
func (s *Service) Reset() { s.consents, s.sessions = map[string]consent{}, map[string]session{} }

// OpenSession lets a login token open the profile of a user.
func (s *Service) OpenSession(token, sub string, until time.Time) {
	s.sessions[token] = session{sub, until}
}

// CloseSession ends what a login token opens. An unknown one is ignored.
func (s *Service) CloseSession(token string) { delete(s.sessions, token) }

// A consent is what the test user agreed to share when approving.
type consent struct {
	scope string
	until time.Time
}

// Consent records what was agreed to and returns the sub that opens it.
func (s *Service) Consent(now time.Time, scope string) string {
	sub := s.core.GUID()
	s.consents[sub] = consent{scope, now.Add(consentLife)}
	return sub
}

// Routes are the operations of the Userinfo API.
func (s *Service) Routes() []core.Route {
	refuseKey := func(c *core.Call) response.Response {
		return s.problem(c, 401, "Unauthorized", "Do not send a subscription key to this endpoint.")
	}
	return []core.Route{
		{
			Name: "userinfo.login", Method: http.MethodGet, Pattern: "/vipps-userinfo-api/userinfo",
			Access: core.Access{RefuseKey: refuseKey}, Serve: s.userinfoLogin,
		},
		{
			Name: "userinfo.get", Method: http.MethodGet, Pattern: "/vipps-userinfo-api/userinfo/{sub}",
			Access: core.Access{RefuseKey: refuseKey, Token: true}, Serve: s.userinfo,
		},
	}
}

// userinfoLogin takes tokens of the Login API only, not a merchant's.
func (s *Service) userinfoLogin(c *core.Call) response.Response {
	_, token, _ := strings.Cut(c.Header.Get("Authorization"), " ")
	got, ok := s.sessions[strings.TrimSpace(token)]
	if !ok || !c.Now.Before(got.until) {
		return s.problem(c, 401, "Unauthorized", "The access token was not issued by the Login API, or has expired.")
	}
	return s.profile(c, got.sub)
}

func (s *Service) userinfo(c *core.Call) response.Response { return s.profile(c, c.Params["sub"]) }

// profile shows what the user consented to and no more, for as long as the consent lasts.
func (s *Service) profile(c *core.Call, sub string) response.Response {
	got, ok := s.consents[sub]
	if !ok || !c.Now.Before(got.until) {
		return s.problem(c, 404, "Not Found", "No user has this sub, or the consent is too old.")
	}
	out := map[string]any{"sub": sub, "sid": sub[:8]}
	put := func(word string, fields map[string]any) {
		if input.HasScope(got.scope, word) {
			for k, v := range fields {
				out[k] = v
			}
		}
	}
	put("name", map[string]any{"name": "Ada Lovelace", "given_name": "Ada", "family_name": "Lovelace"})
	put("birthDate", map[string]any{"birthdate": "1815-12-10"})
	put("phoneNumber", map[string]any{"phone_number": s.core.Keys().InternationalMobileNumber})
	put("email", map[string]any{"email": "user@example.com", "email_verified": true})
	put("address", map[string]any{"other_addresses": []any{}, "address": map[string]string{
		"address_type": "home", "country": "NO", "postal_code": "0154", "region": "OSLO",
		"street_address": "Robert Levins gate 5", "formatted": "Robert Levins gate 5\n0154\nOSLO\nNO",
	}})
	return response.JSON(200, out)
}

func (s *Service) problem(c *core.Call, status int, title, detail string) response.Response {
	return response.JSON(status, struct {
		Type     string `json:"type"`
		Title    string `json:"title"`
		Status   string `json:"status"` // text, in this API alone
		Detail   string `json:"detail"`
		Instance string `json:"instance"`
		Extra    any    `json:"extraInfo"`
	}{"about:blank", title, strconv.Itoa(status), detail, c.Path, struct{}{}})
}
