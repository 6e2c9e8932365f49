package vipps

import (
	"html"
	"net/http"
)

// The landing page, where a user would go on to the app. Here it only says what
// it stands for; payments are approved with the force-approve operations.

func (s *Server) landingRoutes() []route {
	return []route{{
		name: "landing", method: http.MethodGet,
		pattern: "/dwo-api-application/v1/deeplink/vippsgateway", serve: s.landingPage,
	}}
}

func (s *Server) landingPage(c *call) reply {
	opens, ok := s.landings[c.query.Get("token")]
	status, words := 200, "This page stands for the app's payment "+opens+"."
	if !ok {
		status, words = 404, "This link opens nothing."
	}
	return reply{
		status: status, mime: "text/html; charset=utf-8",
		body: []byte("<!doctype html><title>Simulated landing page</title><p>" + html.EscapeString(words) + "</p>\n"),
	}
}
