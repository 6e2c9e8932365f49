package qr

import (
	"net/http"
	"regexp"
	"slices"
	"sync"
	"time"

	"posthaste/internal/vipps/core"
	"posthaste/internal/vipps/input"
	"posthaste/internal/vipps/response"
)

// Merchant redirect QR codes: printed once, and leading to a page that can change.

func (s *Service) redirectRoutes(d core.Access) []core.Route {
	const base = "/qr/v1/merchant-redirect"
	return []core.Route{
		d.Route("qr.redirect.create", http.MethodPost, base, core.Limit{}, s.createRedirect),
		d.Route("qr.redirect.list", http.MethodGet, base, core.Limit{}, s.listRedirects),
		d.Route("qr.redirect.get", http.MethodGet, base+"/{id}", core.Limit{}, s.onRedirect(s.getRedirect)),
		d.Route("qr.redirect.update", http.MethodPut, base+"/{id}", core.Limit{}, s.onRedirect(s.updateRedirect)),
		d.Route("qr.redirect.delete", http.MethodDelete, base+"/{id}", core.Limit{}, s.onRedirect(s.deleteRedirect)),
	}
}

// A redirectCode is one printed code.
type redirectCode struct {
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

// redirectBody shows a code with the seconds that it still has; ok is false when Accept names no kind of picture.
func (s *Service) redirectBody(c *core.Call, q *redirectCode) (redirectBody, bool) {
	picture, ok := pictureURL(c, q.key)
	b := redirectBody{q.ID, picture, q.Redirect, nil}
	if !q.ends.IsZero() {
		left := int(q.ends.Sub(c.Now).Seconds())
		b.Expires = &left
	}
	return b, ok
}

// The specification's patterns.
var (
	redirectID     = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[-_+%æøåÆØÅ\w\s]{1,128}$`) })
	redirectTarget = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^https://[\w.]+([\w#!:.?+=&%@\-/]+)?$`) })
)

// createRedirect makes a code whose target can be changed later. It may end by itself after ttl seconds.
func (s *Service) createRedirect(c *core.Call) response.Response {
	root, ok := input.Object(c.Body)
	id, target := input.Text(root.Get("id")), input.Text(root.Get("redirectUrl"))
	ttl, whole := input.Integer(root.Get("ttl"))
	switch {
	case !ok:
		return s.problem(c, 400, "body", "The body must be a JSON object.")
	case !redirectID().MatchString(id):
		return s.problem(c, 400, "id", "Needs 1 to 128 letters, digits, spaces or any of -_+%.")
	case !redirectTarget().MatchString(target):
		return s.problem(c, 400, "redirectUrl", "Must be an https URL.")
	case !input.Absent(root.Get("ttl")) && (!whole || ttl < 300):
		return s.problem(c, 400, "ttl", "Must be at least 300 seconds.")
	case slices.ContainsFunc(s.redirects, func(q *redirectCode) bool { return q.ID == id }):
		return response.JSON(http.StatusConflict, map[string]string{"id": id})
	}
	q := &redirectCode{ID: id, Redirect: target, key: s.core.ShortID()}
	body, ok := s.redirectBody(c, q)
	if !ok {
		return s.problem(c, 415, "Accept", "Accept must be image/svg+xml, image/png, image/* or text/targetUrl.")
	}
	if ttl > 0 {
		q.ends = c.Now.Add(time.Duration(min(ttl, 1<<31)) * time.Second)
		s.core.Schedule(q.ends, func(time.Time) { s.forgetRedirect(q) })
		body, _ = s.redirectBody(c, q)
	}
	s.redirects = append(s.redirects, q)
	return response.JSON(200, body)
}

func (s *Service) forgetRedirect(q *redirectCode) {
	s.redirects = slices.DeleteFunc(s.redirects, func(other *redirectCode) bool { return other == q })
}

// onRedirect finds the code that the path names.
func (s *Service) onRedirect(serve func(*core.Call, *redirectCode) response.Response) func(*core.Call) response.Response {
	return func(c *core.Call) response.Response {
		for _, q := range s.redirects {
			if q.ID == c.Params["id"] {
				return serve(c, q)
			}
		}
		return s.problem(c, 404, "id", "No QR code has this id.")
	}
}

func (s *Service) listRedirects(c *core.Call) response.Response {
	list := []redirectBody{}
	for _, q := range s.redirects {
		b, ok := s.redirectBody(c, q)
		if !ok {
			return s.problem(c, 415, "Accept", "Accept must be image/svg+xml, image/png, image/* or text/targetUrl.")
		}
		list = append(list, b)
	}
	return response.JSON(200, list)
}

func (s *Service) getRedirect(c *core.Call, q *redirectCode) response.Response {
	b, ok := s.redirectBody(c, q)
	if !ok {
		return s.problem(c, 415, "Accept", "Accept must be image/svg+xml, image/png, image/* or text/targetUrl.")
	}
	return response.JSON(200, b)
}

func (s *Service) updateRedirect(c *core.Call, q *redirectCode) response.Response {
	root, ok := input.Object(c.Body)
	target := input.Text(root.Get("redirectUrl"))
	if !ok || !redirectTarget().MatchString(target) {
		return s.problem(c, 400, "redirectUrl", "Must be an https URL.")
	}
	q.Redirect = target
	return s.getRedirect(c, q)
}

func (s *Service) deleteRedirect(_ *core.Call, q *redirectCode) response.Response {
	s.forgetRedirect(q)
	return response.Empty(200)
}
