package login

import (
	"net/url"
	"strings"

	"posthaste/internal/vipps/core"
	"posthaste/internal/vipps/input"
	"posthaste/internal/vipps/response"
)

// Logins that the merchant initiates (CIBA): the user is asked on the phone, and
// the merchant asks for the token until it is there.

// startCIBA begins a login by phone (OpenID CIBA). Checks come in the order in which Vipps makes them.
func (s *Service) startCIBA(c *core.Call) response.Response {
	form, err := url.ParseQuery(string(c.Body))
	if err != nil {
		return response.OAuth(400, "invalid_request", "The body is not a form.")
	}
	message, redirect := form.Get("binding_message"), form.Get("redirect_uri")
	to, err := url.Parse(redirect)
	switch {
	case !s.isClient(c, form):
		return response.OAuth(401, "invalid_client", response.ClientUnknown)
	case !input.HasScope(form.Get("scope"), "openid") || !scopesKnown(form.Get("scope")):
		return response.OAuth(400, "invalid_scope", "The scope must have openid, and known words only.")
	case !s.core.IsTestUser(hinted(form.Get("login_hint"))):
		return response.OAuth(400, "invalid_user", "The user was not found, or cannot log in.")
	case message != "" && (len(message) < 5 || len(message) > 8 || strings.Trim(message, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") != ""):
		return response.OAuth(400, "invalid_binding_message", "The binding_message must match ^[A-Z0-9\\-]{5,8}$.")
	case redirect != "" && (err != nil || !to.IsAbs()):
		return response.OAuth(400, "invalid_request", "The redirect_uri must be an absolute URL.")
	case form.Get("requested_flow") == "login_to_webpage" && redirect == "":
		return response.OAuth(400, "invalid_request", "The requested_flow login_to_webpage needs a redirect_uri.")
	}
	l := &login{
		ref: s.core.ShortID() + s.core.Hex(10), scope: form.Get("scope"), redirect: redirect, state: form.Get("state"),
		phone: s.core.Keys().MobileNumber, ciba: true,
	}
	s.begin(c, l)
	return response.JSON(200, struct {
		ID       string `json:"auth_req_id"`
		Expires  int    `json:"expires_in"`
		Interval int    `json:"interval"`
	}{l.ref, int(requestLife.Seconds()), 5})
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

// userExists takes a form or JSON, with either spelling of the hint.
func (s *Service) userExists(c *core.Call) response.Response {
	form, err := url.ParseQuery(string(c.Body))
	hint := form.Get("login_hint")
	if root, ok := input.Object(c.Body); ok {
		hint, err = input.Text(root.Get("loginHint")), nil
		if hint == "" {
			hint = input.Text(root.Get("login_hint"))
		}
		form = nil
	}
	if err != nil || !s.isClient(c, form) {
		return response.OAuth(401, "invalid_client", response.ClientUnknown)
	}
	return response.JSON(200, struct {
		Exists bool `json:"exists"`
	}{s.core.IsTestUser(hinted(hint))})
}
