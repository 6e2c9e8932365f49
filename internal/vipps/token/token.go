package vipps

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// The two token endpoints. The first is answered by two layers: the gateway asks
// for the subscription key, and only then does Entra ID look at client id and secret.

// Tokens of the test environment live an hour and count as issued five minutes
// ago, so exp-iat is 3900 seconds.
const (
	tokenLife = time.Hour
	tokenSkew = 5 * time.Minute
	miamiLife = 15 * time.Minute
)

func (s *Server) tokenRoutes() []route {
	return []route{
		{name: "token.get", method: http.MethodPost, pattern: "/accesstoken/get", door: door{key: true}, serve: s.accessToken},
		{name: "token.miami", method: http.MethodPost, pattern: "/miami/v1/token", serve: s.miamiToken},
	}
}

func (s *Server) accessToken(c *call) reply {
	id, secret := c.header.Get("client_id"), c.header.Get("client_secret")
	switch {
	case c.header.Get("Origin") != "":
		return s.entraReply(c, 400, "invalid_request", 9002326,
			"Cross-origin token redemption is permitted only for the 'Single-Page Application' client-type.")
	case id == "":
		return s.entraReply(c, 400, "invalid_request", 900144,
			"The request body must contain the following parameter: 'client_id'.")
	case id != s.keys.ClientID:
		return s.entraReply(c, 400, "unauthorized_client", 700016, "Application with identifier '"+id+
			"' was not found in the directory 'VIPPS-TEST'. This can happen if the application has not been installed"+
			" by the administrator of the tenant or consented to by any user in the tenant."+
			" You may have sent your authentication request to the wrong tenant.")
	case secret == "":
		return s.entraReply(c, 401, "invalid_client", 7000216,
			"'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.")
	case secret != s.keys.ClientSecret:
		return s.entraReply(c, 401, "invalid_client", 7000215, "Invalid client secret provided."+
			" Ensure the secret being sent in the request is the client secret value, not the client secret ID,"+
			" for a secret added to app '"+id+"'.")
	}
	from, end := c.now.Add(-tokenSkew), c.now.Add(tokenLife)
	return jsonReply(200, mimeJSON, struct {
		Type      string `json:"token_type"`
		Expires   string `json:"expires_in"`
		Ext       string `json:"ext_expires_in"`
		On        string `json:"expires_on"`
		NotBefore string `json:"not_before"`
		Resource  string `json:"resource"`
		Token     string `json:"access_token"`
	}{
		"Bearer", seconds(tokenLife - time.Second), seconds(tokenLife - time.Second),
		strconv.FormatInt(end.Unix(), 10), strconv.FormatInt(from.Unix(), 10),
		"00000002-0000-0000-c000-000000000000", s.issue(from, end, c.now),
	})
}

func seconds(d time.Duration) string { return strconv.Itoa(int(d.Seconds())) }

// issue makes an access token and forgets those that have ended.
func (s *Server) issue(from, end, now time.Time) string {
	for token, until := range s.tokens {
		if !now.Before(until) {
			delete(s.tokens, token)
		}
	}
	issuer := "https://sts.windows.net/" + tenant + "/"
	token := s.sign(struct {
		Audience  string `json:"aud"`
		Issuer    string `json:"iss"`
		Issued    int64  `json:"iat"`
		NotBefore int64  `json:"nbf"`
		End       int64  `json:"exp"`
		AIO       string `json:"aio"`
		App       string `json:"appid"`
		AppACR    string `json:"appidacr"`
		IDP       string `json:"idp"`
		RH        string `json:"rh"`
		Region    string `json:"tenant_region_scope"`
		Tenant    string `json:"tid"`
		UTI       string `json:"uti"`
		Version   string `json:"ver"`
		TDBR      string `json:"xms_tdbr"`
	}{
		"00000002-0000-0000-c000-000000000000", issuer, from.Unix(), from.Unix(), end.Unix(),
		s.hex(12), s.keys.ClientID, "1", issuer, "0." + s.hex(8), "EU", tenant, s.hex(11), "1.0", "EU",
	})
	s.tokens[token] = end
	return token
}

// miamiToken is the standard OAuth 2 endpoint for specialised keys. It asks for
// no subscription key.
func (s *Server) miamiToken(c *call) reply {
	form, err := url.ParseQuery(string(c.body))
	if err != nil || form.Get("grant_type") != "client_credentials" {
		return oauthReply(400, "unsupported_grant_type", "The grant type must be client_credentials.")
	}
	basic, ok := strings.CutPrefix(c.header.Get("Authorization"), "Basic ")
	pair, err := base64.StdEncoding.DecodeString(basic)
	if !ok || err != nil || string(pair) != s.keys.ClientID+":"+s.keys.ClientSecret {
		return oauthReply(401, "invalid_client", clientUnknown)
	}
	return jsonReply(200, mimeJSON, struct {
		Token   string `json:"access_token"`
		Type    string `json:"token_type"`
		Expires int    `json:"expires_in"`
	}{s.issue(c.now, c.now.Add(miamiLife), c.now), "Bearer", int(miamiLife.Seconds())})
}

func oauthReply(status int, kind, text string) reply {
	return jsonReply(status, mimeJSON, struct {
		Error       string `json:"error"`
		Description string `json:"error_description"`
	}{kind, text})
}
