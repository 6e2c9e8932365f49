package vipps

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// Login's authorization and token endpoints.

const (
	cibaGrant         = "urn:openid:params:grant-type:ciba"
	cibaRedirectGrant = "urn:vipps:params:grant-type:ciba-redirect"
	sessionLife       = time.Hour
)

// A session is what a login token opens.
type session struct {
	sub   string
	until time.Time
}

// authorize begins a login in the browser and sends it to the page.
func (s *Server) authorize(c *call) reply {
	q := c.query
	to, err := url.Parse(q.Get("redirect_uri"))
	switch {
	case q.Get("client_id") != s.keys.ClientID:
		return oauthReply(401, "invalid_client", clientUnknown)
	case err != nil || !to.IsAbs():
		return oauthReply(400, "invalid_request", "The redirect_uri must be an absolute URL.")
	case q.Get("response_type") != "code":
		return oauthReply(400, "unsupported_response_type", "The response_type must be code.")
	case !wants(q.Get("scope"), "openid") || !scopesKnown(q.Get("scope")):
		return oauthReply(400, "invalid_scope", "The scope must have openid, and known words only.")
	case len(q.Get("state")) < 8:
		return oauthReply(400, "invalid_state", "The state must have at least 8 characters.")
	}
	l := &login{
		ref: s.guid(), scope: q.Get("scope"), redirect: q.Get("redirect_uri"),
		state: q.Get("state"), nonce: q.Get("nonce"), challenge: q.Get("code_challenge"),
	}
	return reply{status: http.StatusFound, header: http.Header{"Location": {s.begin(c, l)}, "Cache-Control": {"no-store"}}}
}

func scopesKnown(scope string) bool {
	for word := range strings.FieldsSeq(scope) {
		if !slices.Contains(append(loginScopes(), "api_version_2"), word) {
			return false
		}
	}
	return true
}

const clientUnknown = "Client authentication failed (e.g., unknown client," +
	" no client authentication included, or unsupported authentication method)."

// isClient reports whether the call carries client id and secret, as Basic or in
// the form, or as a partner does a merchant's token.
func (s *Server) isClient(c *call, form url.Values) bool {
	id, secret := form.Get("client_id"), form.Get("client_secret")
	scheme, value, _ := strings.Cut(c.header.Get("Authorization"), " ")
	switch strings.ToLower(scheme) {
	case "basic":
		pair, err := base64.StdEncoding.DecodeString(strings.TrimSpace(value))
		if err != nil {
			return false
		}
		id, secret, _ = strings.Cut(string(pair), ":")
	case "bearer":
		return s.bearerIsGood(c)
	}
	return id == s.keys.ClientID && secret == s.keys.ClientSecret
}

func (s *Server) loginToken(c *call) reply {
	form, err := url.ParseQuery(string(c.body))
	if err != nil {
		return oauthReply(400, "invalid_request", "The body is not a form.")
	}
	if !s.isClient(c, form) {
		return oauthReply(401, "invalid_client", clientUnknown)
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
		return jsonReply(200, mimeJSON, map[string]any{
			"access_token": s.issue(c.now, c.now.Add(tokenLife), c.now), "expires_in": 3599, "scope": "", "token_type": "bearer",
		})
	}
	return oauthReply(400, "unsupported_grant_type", "The grant_type is not supported.")
}

func invalidGrant() reply {
	return oauthReply(400, "invalid_grant", "The provided authorization grant (e.g., authorization code, resource owner credentials)"+
		" or refresh token is invalid, expired, revoked, does not match the redirection URI used in the authorization request,"+
		" or was issued to another client.")
}

// proves checks PKCE's verifier, when the login began with a challenge.
func (l *login) proves(verifier string) bool {
	sum := sha256.Sum256([]byte(verifier))
	return l.challenge == "" || l.challenge == base64.RawURLEncoding.EncodeToString(sum[:])
}

// grant answers with tokens once, and before that with what is missing.
func (s *Server) grant(c *call, l *login) reply {
	switch l.status {
	case loginPending:
		return oauthReply(400, loginPending, "The authorization request is still pending")
	case loginDenied:
		return oauthReply(400, loginDenied, "The resource owner or authorization server denied the request.")
	case loginExpired:
		return oauthReply(400, loginExpired, "The auth_req_id has expired.")
	case loginSpent:
		return invalidGrant()
	}
	l.status = loginSpent
	token := s.hex(32)
	s.sessions[token] = session{l.sub, c.now.Add(sessionLife)}
	return jsonReply(200, mimeJSON, map[string]any{
		"access_token": token, "expires_in": 3599, "scope": l.scope, "token_type": "bearer",
		"id_token": s.sign(struct {
			Issuer   string `json:"iss"`
			Subject  string `json:"sub"`
			Audience string `json:"aud"`
			End      int64  `json:"exp"`
			Issued   int64  `json:"iat"`
			At       int64  `json:"auth_time"`
			Nonce    string `json:"nonce,omitempty"`
			SID      string `json:"sid"`
		}{
			c.base + loginBase + "/", l.sub, s.keys.ClientID, c.now.Add(sessionLife).Unix(), c.now.Unix(), c.now.Unix(),
			l.nonce, l.ref,
		}),
	})
}

// revokeToken forgets a login token. As in OAuth 2, an unknown one is no error.
func (s *Server) revokeToken(c *call) reply {
	form, err := url.ParseQuery(string(c.body))
	if err != nil || !s.isClient(c, form) {
		return oauthReply(401, "invalid_client", clientUnknown)
	}
	delete(s.sessions, form.Get("token"))
	return reply{status: 200}
}
