package vipps

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"sync"
)

// The landing page, where a user goes from the shop to decide. Vipps' own opens
// the app; this one asks a person, or a browser test, in its place, and sends the
// browser back to the shop. It needs no script.

//go:embed landing.html
var landingHTML string

const landingPath = "/dwo-api-application/v1/deeplink/vippsgateway"

// pages are the templates, parsed at first use.
type pages struct{ parsed func() *template.Template }

func newPages() *pages {
	return &pages{sync.OnceValue(func() *template.Template {
		return template.Must(template.New("landing").Parse(landingHTML))
	})}
}

// A view is what a page shows. The zero view says that a link opens nothing.
type view struct {
	Merchant string
	Card     *card
	Problem  string // why a decision failed
	Back     string // where the browser came from, once nothing is to be decided; only of the web
	Login    bool   // the user logs in
	Phone    string // filled in beforehand
	Done     bool   // decided, and there is nowhere to go back to
	List     []listed
	IsList   bool
}

// A listed decision has a link to its page.
type listed struct {
	Card card
	Link string
}

func (s *Server) page(status int, v view) reply {
	v.Merchant = "Sales unit " + s.keys.MerchantSerialNumber
	var b bytes.Buffer
	if err := s.pages.parsed().Execute(&b, v); err != nil {
		panic(fmt.Errorf("writing a page: %w", err)) // the template is our own
	}
	return reply{status: status, mime: "text/html; charset=utf-8", body: b.Bytes(), header: http.Header{
		"Cache-Control": {"no-store"},
		// form-action stays open: the browser is sent back to the shop from here.
		"Content-Security-Policy": {"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"},
	}}
}

func (s *Server) landingRoutes() []route {
	return []route{
		{name: "landing", method: http.MethodGet, pattern: landingPath, serve: s.landingPage},
		{name: "landing.decide", method: http.MethodPost, pattern: landingPath, serve: s.sameOrigin(s.landingDecide)},
	}
}

func (s *Server) landingPage(c *call) reply {
	d, ok := s.landings[c.query.Get("token")]
	if !ok {
		return s.page(404, view{})
	}
	return s.page(200, viewOf(d, ""))
}

func viewOf(d decision, problem string) view {
	shown := d.card()
	v := view{Card: &shown, Problem: problem}
	if u, err := url.Parse(d.back()); err == nil && (u.Scheme == "https" || u.Scheme == "http") {
		v.Back = u.String()
	}
	if l, ok := d.(*login); ok {
		v.Login, v.Phone = true, l.phone
	}
	return v
}

// landingDecide takes the form of the page: decision is approve or reject.
func (s *Server) landingDecide(c *call) reply {
	d, ok := s.landings[c.query.Get("token")]
	if !ok {
		return s.page(404, view{})
	}
	form, err := url.ParseQuery(string(c.body))
	var problem string
	switch {
	case err == nil && form.Get("decision") == "approve" && isLogin(d) && !s.isTestUser(form.Get("phone")):
		problem = "No test user has this phone number. The simulator's is " + s.keys.MobileNumber + "."
	case err == nil && form.Get("decision") == "approve":
		problem = d.agree(s, c.now)
	case err == nil && form.Get("decision") == "reject":
		problem = d.refuse(s, c.now)
	default:
		problem = "Choose to approve or to reject."
	}
	if problem != "" {
		return s.page(http.StatusConflict, viewOf(d, problem))
	}
	return s.goBack(d)
}

func isLogin(d decision) bool {
	_, is := d.(*login)
	return is
}

// goBack sends the browser to the shop, or says that it may be closed.
func (s *Server) goBack(d decision) reply {
	if to := d.back(); to != "" {
		return reply{status: http.StatusSeeOther, header: http.Header{"Location": {to}, "Cache-Control": {"no-store"}}}
	}
	v := viewOf(d, "")
	v.Done = true
	return s.page(200, v)
}

// phonePage lists what waits for the test user, as the app would: also what has no
// landing page, such as a payment by push message.
func (s *Server) phonePage(c *call) reply {
	links := map[decision]string{}
	for token, d := range s.landings {
		links[d] = landingURL(c.base, token)
	}
	v := view{IsList: true}
	for _, d := range s.open {
		if shown := d.card(); shown.Open {
			v.List = append(v.List, listed{shown, links[d]})
		}
	}
	return s.page(200, v)
}
