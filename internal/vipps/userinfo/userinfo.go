package vipps

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// consentLife is how long after an approval the user's profile can be fetched.
const consentLife = 168 * time.Hour

// A consent is what the test user agreed to share when approving.
type consent struct {
	scope string
	until time.Time
}

// consent records what was agreed to and returns the sub that opens it.
func (s *Server) consent(now time.Time, scope string) string {
	sub := s.guid()
	s.consents[sub] = consent{scope, now.Add(consentLife)}
	return sub
}

func (s *Server) userinfoRoutes() []route {
	return []route{
		{
			name: "userinfo.login", method: http.MethodGet, pattern: "/vipps-userinfo-api/userinfo",
			door: door{noKey: true}, serve: s.userinfoLogin,
		},
		{
			name: "userinfo.get", method: http.MethodGet, pattern: "/vipps-userinfo-api/userinfo/{sub}",
			door: door{noKey: true, token: true}, serve: s.userinfo,
		},
	}
}

// userinfoLogin is for tokens of the Login API, and a merchant's token is none.
func (s *Server) userinfoLogin(c *call) reply {
	_, token, _ := strings.Cut(c.header.Get("Authorization"), " ")
	got, ok := s.sessions[strings.TrimSpace(token)]
	if !ok || !c.now.Before(got.until) {
		return s.userinfoProblem(c, 401, "Unauthorized", "The access token was not issued by the Login API, or has expired.")
	}
	return s.profile(c, got.sub)
}

func (s *Server) userinfo(c *call) reply { return s.profile(c, c.params["sub"]) }

func (s *Server) profile(c *call, sub string) reply {
	got, ok := s.consents[sub]
	if !ok || !c.now.Before(got.until) {
		return s.userinfoProblem(c, 404, "Not Found", "No user has this sub, or the consent is too old.")
	}
	out := map[string]any{"sub": sub, "sid": sub[:8]}
	put := func(word string, fields map[string]any) {
		if wants(got.scope, word) {
			for k, v := range fields {
				out[k] = v
			}
		}
	}
	put("name", map[string]any{"name": "Ada Lovelace", "given_name": "Ada", "family_name": "Lovelace"})
	put("birthDate", map[string]any{"birthdate": "1815-12-10"})
	put("phoneNumber", map[string]any{"phone_number": s.keys.InternationalMobileNumber})
	put("email", map[string]any{"email": "user@example.com", "email_verified": true})
	put("address", map[string]any{"other_addresses": []any{}, "address": map[string]string{
		"address_type": "home", "country": "NO", "postal_code": "0154", "region": "OSLO",
		"street_address": "Robert Levins gate 5", "formatted": "Robert Levins gate 5\n0154\nOSLO\nNO",
	}})
	return jsonReply(200, mimeJSON, out)
}

func (s *Server) userinfoProblem(c *call, status int, title, detail string) reply {
	return jsonReply(status, mimeJSON, struct {
		Type     string `json:"type"`
		Title    string `json:"title"`
		Status   string `json:"status"` // text, in this API alone
		Detail   string `json:"detail"`
		Instance string `json:"instance"`
		Extra    any    `json:"extraInfo"`
	}{"about:blank", title, strconv.Itoa(status), detail, c.path, struct{}{}})
}
