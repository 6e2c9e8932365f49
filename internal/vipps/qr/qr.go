package vipps

import (
	"net/http"
	"net/url"
	"strings"
)

// The one-time payment QR code of the QR API: a picture of a landing page's URL.
// qr_redirect.go and qr_callback.go have the codes that are printed.

func (s *Server) qrRoutes() []route {
	d := door{key: true, token: true}
	return []route{
		{name: "qr.once", method: http.MethodPost, pattern: "/qr/v1", door: d, serve: s.qrOnce},
		{name: "qr.picture", method: http.MethodGet, pattern: qrPictures + "{file}", serve: s.qrPicture},
		{name: "qr.follow", method: http.MethodGet, pattern: "/qr/to/{id}", serve: s.qrFollow},
		{name: "qr.image", method: http.MethodGet, pattern: "/qr-image/v1", serve: s.qrEpayment},
	}
}

const qrPictures = "/qr/picture/"

func (s *Server) qrOnce(c *call) reply {
	root, ok := object(c.body)
	link := text(root.Get("url"))
	u, err := url.Parse(link)
	if !ok || err != nil {
		return s.qrProblem(c, 400, "url", "The body must be a JSON object with a url.")
	}
	if _, known := s.landings[u.Query().Get("token")]; !known {
		return s.qrProblem(c, 400, "url", "The url must be the landing page of a payment.")
	}
	if strings.EqualFold(c.header.Get("Accept"), "text/targetUrl") {
		return s.qrAnswer(link)
	}
	id := s.shortID()
	s.qrLinks[id] = landingURL("", u.Query().Get("token"))
	picture, ok := pictureURL(c, id)
	if !ok {
		return s.qrProblem(c, 415, "Accept", "Accept must be image/svg+xml, image/png, image/* or text/targetUrl.")
	}
	return s.qrAnswer(picture)
}

func (s *Server) qrAnswer(link string) reply {
	return jsonReply(200, mimeJSON, struct {
		URL     string `json:"url"`
		Expires int    `json:"expiresIn"`
	}{link, int(landingLife.Seconds())})
}

// pictureURL is where the picture of a code is, in the form that the caller accepts.
func pictureURL(c *call, id string) (string, bool) {
	link := c.base + qrPictures + id
	switch accept := strings.ToLower(c.header.Get("Accept")); {
	case accept == "image/png":
		return link + ".png", true
	case accept == "text/targeturl":
		return c.base + "/qr/to/" + id, true
	case accept == "", strings.Contains(accept, "*"), strings.Contains(accept, "svg"), strings.Contains(accept, "json"):
		return link + ".svg", true
	}
	return "", false
}

// qrPicture draws the code that leads to /qr/to/{id}.
func (s *Server) qrPicture(c *call) reply {
	id, kind, _ := strings.Cut(c.params["file"], ".")
	if _, known := s.qrTarget(id); !known {
		return apimNotFound()
	}
	return drawn(c.base+"/qr/to/"+id, kind)
}

// drawn is a picture as an answer.
func drawn(content, kind string) reply {
	code, fits := newQRCode(content)
	switch {
	case !fits:
		return apimNotFound() // the simulator's own address is too long for the code
	case kind == "png":
		return reply{status: 200, mime: "image/png", body: code.png()}
	case kind == "svg":
		return reply{status: 200, mime: "image/svg+xml", body: code.svg()}
	}
	return apimNotFound()
}

// qrTarget is where a scanned code leads.
func (s *Server) qrTarget(id string) (string, bool) {
	if link, ok := s.qrLinks[id]; ok {
		return link, true
	}
	for _, q := range s.qrs {
		if q.key == id {
			return q.Redirect, true
		}
	}
	for _, q := range s.spots {
		if q.key == id {
			return "", true
		}
	}
	return "", false
}

// qrFollow stands for the app that scanned the code.
func (s *Server) qrFollow(c *call) reply {
	link, known := s.qrTarget(c.params["id"])
	switch {
	case !known:
		return s.page(404, view{})
	case link == "":
		return s.qrCheckIn(c)
	}
	return reply{status: http.StatusFound, header: http.Header{"Location": {link}, "Cache-Control": {"no-store"}}}
}

// qrEpayment is the picture that an ePayment payment with the flow QR has as its
// redirectUrl.
func (s *Server) qrEpayment(c *call) reply {
	d, known := s.landings[c.query.Get("token")]
	if !known {
		return apimNotFound()
	}
	id := d.card().Ref
	s.qrLinks[id] = landingURL("", c.query.Get("token"))
	return drawn(c.base+"/qr/to/"+id, "svg")
}

func (s *Server) qrProblem(c *call, status int, field, reason string) reply {
	r := invalidParam(c, status, field, reason)
	r.mime = mimeProblem
	return r
}
