package core

import (
	"net/http"
	"strconv"
	"strings"

	"posthaste/internal/vipps/response"
)

// Bodies of errors that several APIs share and that name the call.

// PlainProblem is RFC 7807 with no more than its own fields.
func PlainProblem(c *Call, status int, title, detail string) response.Response {
	return response.JSON(status, struct {
		Type     string `json:"type"`
		Title    string `json:"title"`
		Status   int    `json:"status"`
		Detail   string `json:"detail"`
		Instance string `json:"instance"`
	}{"https://httpstatuses.io/" + strconv.Itoa(status), title, status, detail, strings.TrimSuffix(c.Path, "/")})
}

// InvalidParam is the problem of the QR, order management and check-in APIs.
func InvalidParam(c *Call, status int, name, reason string) response.Response {
	return response.JSON(status, struct {
		Type     string                `json:"type"`
		Title    string                `json:"title"`
		Detail   string                `json:"detail"`
		Instance string                `json:"instance"`
		Invalid  []response.NameReason `json:"invalidParams"`
	}{"about:blank", http.StatusText(status), "The request is not valid.", c.Path, []response.NameReason{{Name: name, Reason: reason}}})
}

// RequireMSN asks for the Merchant-Serial-Number header, as the APIs with InvalidParam do.
func RequireMSN(serve Handler) Handler {
	return func(c *Call) response.Response {
		if c.Header.Get("Merchant-Serial-Number") == "" {
			return InvalidParam(c, http.StatusBadRequest, "Merchant-Serial-Number", "The header is required.")
		}
		return serve(c)
	}
}

// GroupedError is the array that the eCommerce API answers with, and that the
// layer in front of it shares with Recurring and PSP.
func (s *Server) GroupedError(status int, group, code, text string) response.Response {
	return response.JSON(status, []struct {
		Group   string `json:"errorGroup"`
		Code    string `json:"errorCode"`
		Text    string `json:"errorMessage"`
		Context string `json:"contextId"`
	}{{group, code, text, s.GUID()}})
}

// ForeignMSN refuses a sales unit that the keys do not belong to. It names the sales
// unit as it was sent; Vipps' text has no number when the header was missing.
func (s *Server) ForeignMSN(msn string) response.Response {
	return s.GroupedError(http.StatusUnauthorized, "Merchant", "Unauthorized", ForeignMSNText(msn))
}

// ForeignMSNText is what ForeignMSN says.
func ForeignMSNText(msn string) string {
	return "Invalid MSN: " + msn + ". This MSN is not valid for the provided supermerchant id." +
		" Check that you are using the correct credentials for the right environment."
}
