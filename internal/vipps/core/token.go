package core

import (
	"time"
)

// Tenant is the directory of Vipps' test environment, as its tokens show it.
const Tenant = "e5116526-51dc-4c14-b086-a5cb4716bc4b"

// TokenLife is how long an access token of the test environment works.
const TokenLife = time.Hour

// graphAPI is the audience of Vipps' access tokens: the identifier of Microsoft's directory API.
const graphAPI = "00000002-0000-0000-c000-000000000000"

// IssueToken makes an access token and forgets those that have ended.
func (s *Server) IssueToken(from, end, now time.Time) string {
	for token, until := range s.tokens {
		if !now.Before(until) {
			delete(s.tokens, token)
		}
	}
	issuer := "https://sts.windows.net/" + Tenant + "/"
	token := s.Sign(struct {
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
		graphAPI, issuer, from.Unix(), from.Unix(), end.Unix(),
		s.Hex(12), s.keys.ClientID, "1", issuer, "0." + s.Hex(8), "EU", Tenant, s.Hex(11), "1.0", "EU",
	})
	s.tokens[token] = end
	return token
}

// Sign returns claims as a signed JWT.
func (s *Server) Sign(claims any) string { return s.signer.Sign(claims) }

// PublicKeys is the key set that all of the simulator's tokens are verified with.
func (s *Server) PublicKeys() any { return s.signer.PublicKeys() }

// LandingToken makes the token that opens one payment or agreement on the landing page.
func (s *Server) LandingToken(c *Call, opens string) string {
	return s.Sign(struct {
		App      string `json:"appType"`
		Audience string `json:"aud"`
		Party    string `json:"azp"`
		End      int64  `json:"exp"`
		Issued   int64  `json:"iat"`
		Issuer   string `json:"iss"`
		ID       string `json:"jti"`
		MSN      string `json:"merchantSerialNumber"`
		Subject  string `json:"sub"`
		Type     string `json:"tokenType"`
		UUID     string `json:"uuid"`
	}{
		"LANDING", "DWO", s.keys.ClientID, c.Now.Add(LandingLife).Unix(), c.Now.Unix(), "vipps",
		s.GUID(), s.keys.MerchantSerialNumber, opens, "LANDING_PAGE", s.GUID(),
	})
}

// LandingPath is where the landing page is.
const LandingPath = "/dwo-api-application/v1/deeplink/vippsgateway"

// LandingURL has exactly two "=" before the token, as the official scripts expect.
func LandingURL(base, token string) string {
	return base + LandingPath + "?v=2&token=" + token
}
