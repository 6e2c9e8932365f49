// Package qr is the QR API: one-time codes for payments, and merchant redirect and
// merchant callback codes, which are printed.
package qr

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"posthaste/internal/vipps/core"
	"posthaste/internal/vipps/input"
	"posthaste/internal/vipps/landing"
	"posthaste/internal/vipps/response"
)

// A Service is the QR API of one simulator.
type Service struct {
	core      *core.Server
	webhooks  webhooks
	pages     *landing.Service
	links     map[string]string // where one-time codes lead, by id
	redirects []*redirectCode
	callbacks []*callbackCode
}

// webhooks tells the merchant of an event.
type webhooks interface {
	Emit(now time.Time, event string, body any)
}

// New returns the API of a server. pages shows what scanning a code leads to.
func New(server *core.Server, hooks webhooks, pages *landing.Service) *Service {
	s := &Service{core: server, webhooks: hooks, pages: pages}
	s.Reset()
	return s
}

// Reset forgets all codes.
func (s *Service) Reset() { s.links, s.redirects, s.callbacks = map[string]string{}, nil, nil }

// Routes are the operations of the QR API.
func (s *Service) Routes() []core.Route {
	d := core.Access{Key: true, Token: true}
	return slices.Concat(s.redirectRoutes(d), s.callbackRoutes(d), []core.Route{
		d.Route("qr.once", http.MethodPost, "/qr/v1", core.Limit{}, s.once),
		{Name: "qr.picture", Method: http.MethodGet, Pattern: picturePath + "{file}", Serve: s.picture},
		{Name: "qr.follow", Method: http.MethodGet, Pattern: "/qr/to/{id}", Serve: s.follow},
		{Name: "qr.image", Method: http.MethodGet, Pattern: "/qr-image/v1", Serve: s.epayment},
	})
}

const picturePath = "/qr/picture/"

// once makes a code for one payment, from the address of its landing page.
func (s *Service) once(c *core.Call) response.Response {
	root, ok := input.Object(c.Body)
	link := input.Text(root.Get("url"))
	u, err := url.Parse(link)
	if !ok || err != nil {
		return s.problem(c, 400, "url", "The body must be a JSON object with a url.")
	}
	if _, known := s.core.Landing(u.Query().Get("token")); !known {
		return s.problem(c, 400, "url", "The url must be the landing page of a payment.")
	}
	if strings.EqualFold(c.Header.Get("Accept"), "text/targetUrl") {
		return s.answer(link)
	}
	id := s.core.ShortID()
	s.links[id] = core.LandingURL("", u.Query().Get("token"))
	picture, ok := pictureURL(c, id)
	if !ok {
		return s.problem(c, 415, "Accept", "Accept must be image/svg+xml, image/png, image/* or text/targetUrl.")
	}
	return s.answer(picture)
}

func (s *Service) answer(link string) response.Response {
	return response.JSON(200, struct {
		URL     string `json:"url"`
		Expires int    `json:"expiresIn"`
	}{link, int(core.LandingLife.Seconds())})
}

// pictureURL is where the picture of a code is, in the form that the caller accepts.
func pictureURL(c *core.Call, id string) (string, bool) {
	link := c.Base + picturePath + id
	switch accept := strings.ToLower(c.Header.Get("Accept")); {
	case accept == "image/png":
		return link + ".png", true
	case accept == "text/targeturl":
		return c.Base + "/qr/to/" + id, true
	case accept == "", strings.Contains(accept, "*"), strings.Contains(accept, "svg"), strings.Contains(accept, "json"):
		return link + ".svg", true
	}
	return "", false
}

// picture draws the code that leads to /qr/to/{id}.
func (s *Service) picture(c *core.Call) response.Response {
	id, kind, _ := strings.Cut(c.Params["file"], ".")
	if _, known := s.target(id); !known {
		return response.UnknownPath()
	}
	return drawn(c.Base+"/qr/to/"+id, kind)
}

// target is where a scanned code leads.
func (s *Service) target(id string) (string, bool) {
	if link, ok := s.links[id]; ok {
		return link, true
	}
	for _, q := range s.redirects {
		if q.key == id {
			return q.Redirect, true
		}
	}
	for _, q := range s.callbacks {
		if q.key == id {
			return "", true
		}
	}
	return "", false
}

// follow stands for the app that scanned the code.
func (s *Service) follow(c *core.Call) response.Response {
	link, known := s.target(c.Params["id"])
	switch {
	case !known:
		return s.pages.Page(404, landing.View{})
	case link == "":
		return s.checkIn(c)
	}
	return response.Redirect(http.StatusFound, link)
}

// epayment is the picture that an ePayment payment with the flow QR has as its
// redirectUrl.
func (s *Service) epayment(c *core.Call) response.Response {
	d, known := s.core.Landing(c.Query.Get("token"))
	if !known {
		return response.UnknownPath()
	}
	id := d.Card().Ref
	s.links[id] = core.LandingURL("", c.Query.Get("token"))
	return drawn(c.Base+"/qr/to/"+id, "svg")
}

func (s *Service) problem(c *core.Call, status int, field, reason string) response.Response {
	return core.InvalidParam(c, status, field, reason)
}
