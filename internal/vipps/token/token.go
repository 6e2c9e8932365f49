// Package token is the token endpoints. The usual one is answered by two layers: the
// gateway asks for the subscription key, and only then does Entra ID look at client id
// and secret.
package token

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"posthaste/internal/vipps/core"
	"posthaste/internal/vipps/input"
	"posthaste/internal/vipps/response"
)

// Tokens of the test environment count as issued five minutes ago, so exp-iat is
// 3900 seconds.
const (
	tokenSkew = 5 * time.Minute
	miamiLife = 15 * time.Minute // of specialised keys
)

// A Service is the token endpoints of one simulator.
type Service struct{ core *core.Server }

// New returns the token endpoints of a server.
func New(server *core.Server) *Service { return &Service{server} }

// Reset does nothing: the server holds the tokens, which it checks.
func (s *Service) Reset() {}

// Routes are the token endpoints.
func (s *Service) Routes() []core.Route {
	key := core.Access{Key: true}
	return []core.Route{
		key.Route("token.get", http.MethodPost, "/accesstoken/get", core.Limit{}, s.accessToken),
		key.Route("token.jwt", http.MethodPost, "/api/access-token/jwt-token", core.Limit{}, s.accessToken2018),
		{Name: "token.miami", Method: http.MethodPost, Pattern: "/miami/v1/token", Serve: s.miamiToken},
	}
}

// accessToken answers as Microsoft Entra does, which stands behind Vipps: the codes and texts are what check
// recognises.
func (s *Service) accessToken(c *core.Call) response.Response {
	id, secret := c.Header.Get("client_id"), c.Header.Get("client_secret")
	switch {
	case c.Header.Get("Origin") != "":
		return s.entra(c, 400, "invalid_request", 9002326,
			"Cross-origin token redemption is permitted only for the 'Single-Page Application' client-type.")
	case id == "":
		return s.entra(c, 400, "invalid_request", 900144,
			"The request body must contain the following parameter: 'client_id'.")
	case id != s.core.Keys().ClientID:
		return s.entra(c, 400, "unauthorized_client", 700016, "Application with identifier '"+id+
			"' was not found in the directory 'VIPPS-TEST'. This can happen if the application has not been installed"+
			" by the administrator of the tenant or consented to by any user in the tenant."+
			" You may have sent your authentication request to the wrong tenant.")
	case secret == "":
		return s.entra(c, 401, "invalid_client", 7000216,
			"'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.")
	case secret != s.core.Keys().ClientSecret:
		return s.entra(c, 401, "invalid_client", 7000215, "Invalid client secret provided."+
			" Ensure the secret being sent in the request is the client secret value, not the client secret ID,"+
			" for a secret added to app '"+id+"'.")
	}
	from, end := c.Now.Add(-tokenSkew), c.Now.Add(core.TokenLife)
	return response.JSON(200, struct {
		Type      string `json:"token_type"`
		Expires   string `json:"expires_in"`
		Ext       string `json:"ext_expires_in"`
		On        string `json:"expires_on"`
		NotBefore string `json:"not_before"`
		Resource  string `json:"resource"`
		Token     string `json:"access_token"`
	}{
		"Bearer", seconds(core.TokenLife - time.Second), seconds(core.TokenLife - time.Second),
		strconv.FormatInt(end.Unix(), 10), strconv.FormatInt(from.Unix(), 10),
		"00000002-0000-0000-c000-000000000000", s.core.IssueToken(from, end, c.Now),
	})
}

func seconds(d time.Duration) string { return strconv.Itoa(int(d.Seconds())) }

// accessToken2018 is the token endpoint of 2018, gone at Vipps: it takes client id and
// secret from the body, and gives what its successor gives.
func (s *Service) accessToken2018(c *core.Call) response.Response {
	root, ok := input.Object(c.Body)
	if !ok {
		return response.OAuth(400, "invalid_request", "The body must be a JSON object.")
	}
	c.Header = c.Header.Clone()
	c.Header.Set("client_id", input.Text(root.Get("client_id")))
	c.Header.Set("client_secret", input.Text(root.Get("client_secret")))
	return s.accessToken(c)
}

// miamiToken is the standard OAuth 2 endpoint for specialised keys. It asks for
// no subscription key.
func (s *Service) miamiToken(c *core.Call) response.Response {
	form, err := url.ParseQuery(string(c.Body))
	if err != nil || form.Get("grant_type") != "client_credentials" {
		return response.OAuth(400, "unsupported_grant_type", "The grant type must be client_credentials.")
	}
	basic, ok := strings.CutPrefix(c.Header.Get("Authorization"), "Basic ")
	pair, err := base64.StdEncoding.DecodeString(basic)
	if !ok || err != nil || string(pair) != s.core.Keys().ClientID+":"+s.core.Keys().ClientSecret {
		return response.OAuth(401, "invalid_client", response.ClientUnknown)
	}
	return response.JSON(200, struct {
		Token   string `json:"access_token"`
		Type    string `json:"token_type"`
		Expires int    `json:"expires_in"`
	}{s.core.IssueToken(c.Now, c.Now.Add(miamiLife), c.Now), "Bearer", int(miamiLife.Seconds())})
}

// entra is what Entra ID (formerly Azure AD) says about client id and secret.
func (s *Service) entra(c *core.Call, status int, kind string, code int, text string) response.Response {
	stamp, trace, correlation := c.Now.Format("2006-01-02 15:04:05Z"), s.core.GUID(), s.core.GUID()
	return response.JSON(status, struct {
		Error       string `json:"error"`
		Description string `json:"error_description"`
		Codes       []int  `json:"error_codes"`
		Timestamp   string `json:"timestamp"`
		Trace       string `json:"trace_id"`
		Correlation string `json:"correlation_id"`
		URI         string `json:"error_uri"`
	}{
		kind,
		fmt.Sprintf("AADSTS%d: %s\r\nTrace ID: %s\r\nCorrelation ID: %s\r\nTimestamp: %s", code, text, trace, correlation, stamp),
		[]int{code},
		stamp, trace, correlation,
		fmt.Sprintf("https://login.windows.net/error?code=%d", code),
	})
}
