package login

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"posthaste/internal/vipps/core"
	"posthaste/internal/vipps/input"
	"posthaste/internal/vipps/response"
)

// Login's authorization and token endpoints.

const (
	cibaGrant         = "urn:openid:params:grant-type:ciba"
	cibaRedirectGrant = "urn:vipps:params:grant-type:ciba-redirect"
	sessionLife       = time.Hour
)

// authorize begins a login in the browser and sends it to the page.
func (s *Service) authorize(c *core.Call) response.Response {
	q := c.Query
	to, err := url.Parse(q.Get("redirect_uri"))
	switch {
	case q.Get("client_id") != s.core.Keys().ClientID:
		return response.OAuth(401, "invalid_client", response.ClientUnknown)
	case err != nil || !to.IsAbs():
		return response.OAuth(400, "invalid_request", "The redirect_uri must be an absolute URL.")
	case q.Get("response_type") != "code":
		return response.OAuth(400, "unsupported_response_type", "The response_type must be code.")
	case !input.HasScope(q.Get("scope"), "openid") || !scopesKnown(q.Get("scope")):
		return response.OAuth(400, "invalid_scope", "The scope must have openid, and known words only.")
	case len(q.Get("state")) < 8:
		return response.OAuth(400, "invalid_state", "The state must have at least 8 characters.")
	}
	l := &login{
		ref: s.core.GUID(), scope: q.Get("scope"), redirect: q.Get("redirect_uri"),
		state: q.Get("state"), nonce: q.Get("nonce"), challenge: q.Get("code_challenge"),
	}
	if input.HasScope(q.Get("acr_values"), appAuth) {
		l.acr = appAuth
	}
	return response.Redirect(http.StatusFound, s.begin(c, l))
}

func scopesKnown(scope string) bool {
	for word := range strings.FieldsSeq(scope) {
		if !slices.Contains(append(knownScopes(), "api_version_2"), word) {
			return false
		}
	}
	return true
}

// isClient reports whether the call carries client id and secret, as Basic or in
// the form, or as a partner does a merchant's token.
func (s *Service) isClient(c *core.Call, form url.Values) bool {
	id, secret := form.Get("client_id"), form.Get("client_secret")
	scheme, value, _ := strings.Cut(c.Header.Get("Authorization"), " ")
	switch strings.ToLower(scheme) {
	case "basic":
		pair, err := base64.StdEncoding.DecodeString(strings.TrimSpace(value))
		if err != nil {
			return false
		}
		id, secret, _ = strings.Cut(string(pair), ":")
	case "bearer":
		return s.core.BearerIsValid(c)
	}
	return id == s.core.Keys().ClientID && secret == s.core.Keys().ClientSecret
}

// token answers the grants. A code works only for the client, the redirect and the PKCE verifier that it was made
// for.
func (s *Service) token(c *core.Call) response.Response {
	form, err := url.ParseQuery(string(c.Body))
	if err != nil {
		return response.OAuth(400, "invalid_request", "The body is not a form.")
	}
	if !s.isClient(c, form) {
		return response.OAuth(401, "invalid_client", response.ClientUnknown)
	}
	switch form.Get("grant_type") {
	case "authorization_code":
		l, ok := s.logins[form.Get("code")]
		if !ok || l.code == "" || l.code != form.Get("code") || l.ciba || l.redirect != form.Get("redirect_uri") || !l.proves(form.Get("code_verifier")) {
			return invalidGrant()
		}
		return s.grant(c, l)
	case cibaRedirectGrant:
		l, ok := s.logins[form.Get("code")]
		if !ok || !l.ciba || l.code == "" || l.code != form.Get("code") {
			return invalidGrant()
		}
		return s.grant(c, l)
	case cibaGrant:
		l, ok := s.logins[form.Get("auth_req_id")]
		if !ok || !l.ciba || l.redirect != "" {
			return invalidGrant()
		}
		return s.grant(c, l)
	case "client_credentials":
		return response.JSON(200, map[string]any{
			"access_token": s.core.IssueToken(c.Now, c.Now.Add(core.TokenLife), c.Now), "expires_in": 3599, "scope": "", "token_type": "bearer",
		})
	}
	return response.OAuth(400, "unsupported_grant_type", "The grant_type is not supported.")
}

func invalidGrant() response.Response {
	return response.OAuth(400, "invalid_grant", "The provided authorization grant (e.g., authorization code, resource owner credentials)"+
		" or refresh token is invalid, expired, revoked, does not match the redirection URI used in the authorization request,"+
		" or was issued to another client.")
}

// proves checks PKCE's verifier, when the login began with a challenge.
func (l *login) proves(verifier string) bool {
	sum := sha256.Sum256([]byte(verifier))
	return l.challenge == "" || l.challenge == base64.RawURLEncoding.EncodeToString(sum[:])
}

// grant answers with tokens once, and before that with what is missing.
func (s *Service) grant(c *core.Call, l *login) response.Response {
	switch l.status {
	case statusPending:
		return response.OAuth(400, statusPending, "The authorization request is still pending")
	case statusDenied:
		return response.OAuth(400, statusDenied, "The resource owner or authorization server denied the request.")
	case statusExpired:
		return response.OAuth(400, statusExpired, "The auth_req_id has expired.")
	case statusSpent:
		return invalidGrant()
	}
	l.status = statusSpent
	token := s.core.Hex(32)
	s.users.OpenSession(token, l.sub, c.Now.Add(sessionLife))
	return response.JSON(200, map[string]any{
		"access_token": token, "expires_in": 3599, "scope": l.scope, "token_type": "bearer",
		"id_token": s.core.Sign(struct {
			Issuer   string `json:"iss"`
			Subject  string `json:"sub"`
			Audience string `json:"aud"`
			End      int64  `json:"exp"`
			Issued   int64  `json:"iat"`
			At       int64  `json:"auth_time"`
			Nonce    string `json:"nonce,omitempty"`
			SID      string `json:"sid"`
			ACR      string `json:"acr,omitempty"`
		}{
			c.Base + basePath + "/", l.sub, s.core.Keys().ClientID, c.Now.Add(sessionLife).Unix(), c.Now.Unix(), c.Now.Unix(),
			l.nonce, l.ref, l.acr,
		}),
	})
}

// revokeToken forgets a login token. As in OAuth 2, an unknown one is no error.
func (s *Service) revokeToken(c *core.Call) response.Response {
	form, err := url.ParseQuery(string(c.Body))
	if err != nil || !s.isClient(c, form) {
		return response.OAuth(401, "invalid_client", response.ClientUnknown)
	}
	s.users.CloseSession(form.Get("token"))
	return response.Empty(200)
}
