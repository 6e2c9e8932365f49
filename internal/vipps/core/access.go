package vipps

import (
	"strings"
	"time"
)

// The gate asks in the order in which Vipps' layers answer: the firewall and Azure
// API Management know the path, the rate and the subscription key; then the
// access token is looked at; only then does the API itself see the sales unit.
// So a wrong subscription key hides every other mistake.

// A door says what an operation asks of its callers. The zero door is open.
type door struct {
	key      bool // needs a subscription key
	noKey    bool // refuses one (userinfo)
	token    bool // needs an access token
	msnArray bool // refuses a foreign MSN with eCom's array instead of an empty 403

	bareToken bool // takes an access token without its scheme (Invoice)
	report    bool // refuses a token in the Report API's own words
}

// refuse returns the answer that stops the call, if one does.
func (s *Server) refuse(rt route, c *call) (reply, bool) {
	if wait, over := s.overLimit(rt.limit, c); over {
		return rateReply(wait), true
	}
	key := c.header.Get("Ocp-Apim-Subscription-Key")
	switch {
	case rt.door.key && key == "":
		return apimReply(401, subKeyMissing), true
	case rt.door.key && !s.knowsSubscription(key):
		return apimReply(401, subKeyInvalid), true
	case rt.door.noKey && key != "":
		return s.userinfoProblem(c, 401, "Unauthorized", "Do not send a subscription key to this endpoint."), true
	}
	if !rt.door.token {
		return reply{}, false
	}
	switch {
	case s.bearerIsGood(c), rt.door.bareToken && s.tokenIsGood(c.header.Get("Authorization"), c.now):
	case rt.door.report:
		return jsonReply(401, mimeJSON, map[string]string{"code": "Unauthorized", "message": "Please check your API keys"}), true
	default:
		return azureReply(401, tokenRefused), true
	}
	if msn := c.header.Get("Merchant-Serial-Number"); msn != "" && msn != s.keys.MerchantSerialNumber {
		return s.msnReply(rt.door, msn), true
	}
	return reply{}, false
}

func (s *Server) knowsSubscription(key string) bool {
	return key == s.keys.SubscriptionKey || key == s.keys.SubscriptionKeySecondary
}

// bearerIsGood reports whether the call carries a token of ours that is still
// valid. Vipps' documents want "Bearer" as spelled here, yet its own Recurring
// collections send "bearer".
func (s *Server) bearerIsGood(c *call) bool {
	scheme, token, _ := strings.Cut(c.header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") || s.strict && scheme != "Bearer" {
		return false
	}
	return s.tokenIsGood(token, c.now)
}

func (s *Server) tokenIsGood(token string, now time.Time) bool {
	end, issued := s.tokens[strings.TrimSpace(token)]
	return issued && now.Before(end)
}

func (s *Server) msnReply(d door, msn string) reply {
	if d.msnArray {
		return s.ecomReply(invalidMSN(msn))
	}
	return reply{status: 403}
}
