package vipps

import (
	"net/url"
	"strings"
)

// Logins that the merchant initiates (CIBA): the user is asked on the phone, and
// the merchant asks for the token until it is there.

func (s *Server) startCIBA(c *call) reply {
	form, err := url.ParseQuery(string(c.body))
	if err != nil {
		return oauthReply(400, "invalid_request", "The body is not a form.")
	}
	message, redirect := form.Get("binding_message"), form.Get("redirect_uri")
	to, err := url.Parse(redirect)
	switch {
	case !s.isClient(c, form):
		return oauthReply(401, "invalid_client", clientUnknown)
	case !wants(form.Get("scope"), "openid") || !scopesKnown(form.Get("scope")):
		return oauthReply(400, "invalid_scope", "The scope must have openid, and known words only.")
	case !s.isTestUser(hinted(form.Get("login_hint"))):
		return oauthReply(400, "invalid_user", "The user was not found, or cannot log in.")
	case message != "" && (len(message) < 5 || len(message) > 8 || strings.Trim(message, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") != ""):
		return oauthReply(400, "invalid_binding_message", "The binding_message must match ^[A-Z0-9\\-]{5,8}$.")
	case redirect != "" && (err != nil || !to.IsAbs()):
		return oauthReply(400, "invalid_request", "The redirect_uri must be an absolute URL.")
	case form.Get("requested_flow") == "login_to_webpage" && redirect == "":
		return oauthReply(400, "invalid_request", "The requested_flow login_to_webpage needs a redirect_uri.")
	}
	l := &login{
		ref: s.shortID() + s.hex(10), scope: form.Get("scope"), redirect: redirect, state: form.Get("state"),
		phone: s.keys.MobileNumber, ciba: true,
	}
	s.begin(c, l)
	return jsonReply(200, mimeJSON, struct {
		ID       string `json:"auth_req_id"`
		Expires  int    `json:"expires_in"`
		Interval int    `json:"interval"`
	}{l.ref, int(loginLife.Seconds()), 5})
}

// hinted takes the number out of urn:msisdn:47… and its predecessor urn:mobilenumber:….
func hinted(hint string) string {
	for _, prefix := range []string{"urn:msisdn:", "urn:mobilenumber:"} {
		if number, ok := strings.CutPrefix(hint, prefix); ok {
			return number
		}
	}
	return ""
}

// isTestUser knows the test user's number with and without its country code.
func (s *Server) isTestUser(number string) bool {
	number = strings.TrimPrefix(strings.ReplaceAll(number, " ", ""), "+")
	return number == s.keys.MobileNumber || number == s.keys.InternationalMobileNumber
}

func (s *Server) userExists(c *call) reply {
	form, err := url.ParseQuery(string(c.body))
	hint := form.Get("login_hint")
	if root, ok := object(c.body); ok {
		hint, err = text(root.Get("loginHint")), nil
		if hint == "" {
			hint = text(root.Get("login_hint"))
		}
		form = nil
	}
	if err != nil || !s.isClient(c, form) {
		return oauthReply(401, "invalid_client", clientUnknown)
	}
	return jsonReply(200, mimeJSON, struct {
		Exists bool `json:"exists"`
	}{s.isTestUser(hinted(hint))})
}
