package vipps

import (
	"net/http"
	"regexp"
	"slices"
	"time"
)

// Merchant redirect QR codes: printed once, and leading to a page that can change.

func (s *Server) qrRedirectRoutes() []route {
	d := door{key: true, token: true}
	const base = "/qr/v1/merchant-redirect"
	return []route{
		{"qr.redirect.create", http.MethodPost, base, d, limit{}, s.createRedirect},
		{"qr.redirect.list", http.MethodGet, base, d, limit{}, s.listRedirects},
		{"qr.redirect.get", http.MethodGet, base + "/{id}", d, limit{}, s.onRedirect(s.getRedirect)},
		{"qr.redirect.update", http.MethodPut, base + "/{id}", d, limit{}, s.onRedirect(s.updateRedirect)},
		{"qr.redirect.delete", http.MethodDelete, base + "/{id}", d, limit{}, s.onRedirect(s.deleteRedirect)},
	}
}

// A redirectQR is one printed code.
type redirectQR struct {
	ID, Redirect string
	key          string    // what the code leads to
	ends         time.Time // zero for never
}

type redirectBody struct {
	ID       string `json:"id"`
	URL      string `json:"url"` // of the picture
	Redirect string `json:"redirectUrl"`
	Expires  *int   `json:"expiresIn,omitempty"` // seconds
}

func (s *Server) redirectBody(c *call, q *redirectQR) (redirectBody, bool) {
	picture, ok := pictureURL(c, q.key)
	b := redirectBody{q.ID, picture, q.Redirect, nil}
	if !q.ends.IsZero() {
		left := int(q.ends.Sub(c.now).Seconds())
		b.Expires = &left
	}
	return b, ok
}

// redirectID and redirectTarget are the specification's patterns.
func redirectID() *regexp.Regexp { return regexp.MustCompile(`^[-_+%æøåÆØÅ\w\s]{1,128}$`) }

func redirectTarget() *regexp.Regexp {
	return regexp.MustCompile(`^https://[\w.]+([\w#!:.?+=&%@\-/]+)?$`)
}

func (s *Server) createRedirect(c *call) reply {
	root, ok := object(c.body)
	id, target := text(root.Get("id")), text(root.Get("redirectUrl"))
	ttl, whole := integer(root.Get("ttl"))
	switch {
	case !ok:
		return s.qrProblem(c, 400, "body", "The body must be a JSON object.")
	case !redirectID().MatchString(id):
		return s.qrProblem(c, 400, "id", "Needs 1 to 128 letters, digits, spaces or any of -_+%.")
	case !redirectTarget().MatchString(target):
		return s.qrProblem(c, 400, "redirectUrl", "Must be an https URL.")
	case !absent(root.Get("ttl")) && (!whole || ttl < 300):
		return s.qrProblem(c, 400, "ttl", "Must be at least 300 seconds.")
	case slices.ContainsFunc(s.qrs, func(q *redirectQR) bool { return q.ID == id }):
		return jsonReply(http.StatusConflict, mimeJSON, map[string]string{"id": id})
	}
	q := &redirectQR{ID: id, Redirect: target, key: s.shortID()}
	body, ok := s.redirectBody(c, q)
	if !ok {
		return s.qrProblem(c, 415, "Accept", "Accept must be image/svg+xml, image/png, image/* or text/targetUrl.")
	}
	if ttl > 0 {
		q.ends = c.now.Add(time.Duration(min(ttl, 1<<31)) * time.Second)
		s.later(q.ends, func(time.Time) { s.forgetRedirect(q) })
		body, _ = s.redirectBody(c, q)
	}
	s.qrs = append(s.qrs, q)
	return jsonReply(200, mimeJSON, body)
}

func (s *Server) forgetRedirect(q *redirectQR) {
	s.qrs = slices.DeleteFunc(s.qrs, func(other *redirectQR) bool { return other == q })
}

func (s *Server) onRedirect(serve func(*call, *redirectQR) reply) func(*call) reply {
	return func(c *call) reply {
		for _, q := range s.qrs {
			if q.ID == c.params["id"] {
				return serve(c, q)
			}
		}
		return s.qrProblem(c, 404, "id", "No QR code has this id.")
	}
}

func (s *Server) listRedirects(c *call) reply {
	list := []redirectBody{}
	for _, q := range s.qrs {
		b, ok := s.redirectBody(c, q)
		if !ok {
			return s.qrProblem(c, 415, "Accept", "Accept must be image/svg+xml, image/png, image/* or text/targetUrl.")
		}
		list = append(list, b)
	}
	return jsonReply(200, mimeJSON, list)
}

func (s *Server) getRedirect(c *call, q *redirectQR) reply {
	b, ok := s.redirectBody(c, q)
	if !ok {
		return s.qrProblem(c, 415, "Accept", "Accept must be image/svg+xml, image/png, image/* or text/targetUrl.")
	}
	return jsonReply(200, mimeJSON, b)
}

func (s *Server) updateRedirect(c *call, q *redirectQR) reply {
	root, ok := object(c.body)
	target := text(root.Get("redirectUrl"))
	if !ok || !redirectTarget().MatchString(target) {
		return s.qrProblem(c, 400, "redirectUrl", "Must be an https URL.")
	}
	q.Redirect = target
	return s.getRedirect(c, q)
}

func (s *Server) deleteRedirect(_ *call, q *redirectQR) reply {
	s.forgetRedirect(q)
	return reply{status: 200}
}
