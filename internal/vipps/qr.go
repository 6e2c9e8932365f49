package vipps

import (
	"net/http"
	"net/url"
	"strings"
)

// The one-time payment QR code of the QR API: a picture of a landing page's URL.

func (s *Server) qrRoutes() []route {
	return []route{{
		name: "qr.once", method: http.MethodPost, pattern: "/qr/v1",
		door: door{key: true, token: true}, serve: s.qrOnce,
	}}
}

func (s *Server) qrOnce(c *call) reply {
	root, ok := object(c.body)
	link := text(root.Get("url"))
	u, err := url.Parse(link)
	if !ok || err != nil {
		return s.qrProblem(c, "The body must be a JSON object with a url.")
	}
	token := u.Query().Get("token")
	if _, known := s.landings[token]; !known {
		return s.qrProblem(c, "The url must be the landing page of a payment.")
	}
	picture := c.base + "/qr/generate/ot/" + s.guid() + ".svg"
	switch accept := c.header.Get("Accept"); {
	case strings.EqualFold(accept, "text/targetUrl"):
		picture = link
	case strings.EqualFold(accept, "image/png"):
		picture = strings.TrimSuffix(picture, "svg") + "png"
	}
	return jsonReply(200, mimeJSON, struct {
		URL     string `json:"url"`
		Expires int    `json:"expiresIn"`
	}{picture, int(landingLife.Seconds())})
}

func (s *Server) qrProblem(c *call, reason string) reply {
	return jsonReply(400, mimeProblem, struct {
		Type     string       `json:"type"`
		Title    string       `json:"title"`
		Detail   string       `json:"detail"`
		Instance string       `json:"instance"`
		Invalid  []nameReason `json:"invalidParams"`
	}{"about:blank", "Bad Request", "The request is not valid.", c.path, []nameReason{{"url", reason}}})
}
