// Package landing is the landing page, where a user goes from the shop to decide.
// Vipps' own opens the app; this one asks a person, or a browser test, in its place,
// and sends the browser back to the shop. It needs no script.
package landing

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"sync"

	"posthaste/internal/vipps/core"
	"posthaste/internal/vipps/response"
)

//go:embed landing.html
var landingHTML string

// A Service is the pages of one simulator.
type Service struct {
	core     *core.Server
	template func() *template.Template // parsed at first use
}

// New returns the pages of a server.
func New(server *core.Server) *Service {
	return &Service{server, sync.OnceValue(func() *template.Template {
		return template.Must(template.New("landing").Parse(landingHTML))
	})}
}

// Reset does nothing: the server knows what waits for the user.
func (s *Service) Reset() {}

// A View is what a page shows. The zero View says that a link opens nothing.
type View struct {
	Merchant string
	Card     *core.Card
	Problem  string // why a decision failed
	Back     string // where the browser came from, once nothing is to be decided; only of the web
	Login    bool   // the user logs in
	Phone    string // filled in beforehand
	Done     bool   // decided, and there is nowhere to go back to
	List     []listed
	IsList   bool
}

// A listed core.Decision has a link to its page.
type listed struct {
	Card core.Card
	Link string
}

// Page returns a page as a response.
func (s *Service) Page(status int, v View) response.Response {
	v.Merchant = "Sales unit " + s.core.Keys().MerchantSerialNumber
	var b bytes.Buffer
	if err := s.template().Execute(&b, v); err != nil {
		panic(fmt.Errorf("writing a page: %w", err)) // the template is our own
	}
	return response.Response{Status: status, Type: "text/html; charset=utf-8", Body: b.Bytes(), Header: http.Header{
		"Cache-Control": {"no-store"},
		// form-action stays open: the browser is sent back to the shop from here.
		"Content-Security-Policy": {"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"},
	}}
}

// Routes are the pages.
func (s *Service) Routes() []core.Route {
	return []core.Route{
		{Name: "landing", Method: http.MethodGet, Pattern: core.LandingPath, Serve: s.landingPage},
		{Name: "landing.decide", Method: http.MethodPost, Pattern: core.LandingPath, Serve: core.SameOrigin(s.landingDecide)},
		{Name: "sim.phone", Method: http.MethodGet, Pattern: core.ControlPath + "phone", Serve: s.phonePage},
	}
}

func (s *Service) landingPage(c *core.Call) response.Response {
	d, ok := s.core.Landing(c.Query.Get("token"))
	if !ok {
		return s.Page(404, View{})
	}
	return s.Page(200, viewOf(d, ""))
}

// viewOf shows a decision. The way back is shown only if it is a web address: apps' own schemes open nothing in a
// browser.
func viewOf(d core.Decision, problem string) View {
	shown := d.Card()
	v := View{Card: &shown, Problem: problem, Login: shown.Login, Phone: shown.Phone}
	if u, err := url.Parse(d.ReturnURL()); err == nil && (u.Scheme == "https" || u.Scheme == "http") {
		v.Back = u.String()
	}
	return v
}

// landingDecide takes the form of the page: decision is approve or reject.
func (s *Service) landingDecide(c *core.Call) response.Response {
	d, ok := s.core.Landing(c.Query.Get("token"))
	if !ok {
		return s.Page(404, View{})
	}
	form, err := url.ParseQuery(string(c.Body))
	var problem string
	switch {
	case err == nil && form.Get("decision") == "approve" && d.Card().Login && !s.core.IsTestUser(form.Get("phone")):
		problem = "No test user has this phone number. The simulator's is " + s.core.Keys().MobileNumber + "."
	case err == nil && form.Get("decision") == "approve":
		problem = d.Approve(c.Now)
	case err == nil && form.Get("decision") == "reject":
		problem = d.Reject(c.Now)
	default:
		problem = "Choose to approve or to reject."
	}
	if problem != "" {
		return s.Page(http.StatusConflict, viewOf(d, problem))
	}
	return s.goBack(d)
}

// goBack sends the browser to the shop, or says that it may be closed.
func (s *Service) goBack(d core.Decision) response.Response {
	if to := d.ReturnURL(); to != "" {
		return response.Redirect(http.StatusSeeOther, to)
	}
	v := viewOf(d, "")
	v.Done = true
	return s.Page(200, v)
}

// phonePage lists what waits for the test user, as the app would: also what has no
// landing page, such as a payment by push message.
func (s *Service) phonePage(c *core.Call) response.Response {
	tokens := s.core.LandingTokens()
	v := View{IsList: true}
	for _, d := range s.core.Decisions() {
		if shown := d.Card(); shown.Open {
			l := listed{Card: shown}
			if token, ok := tokens[d]; ok {
				l.Link = core.LandingURL(c.Base, token)
			}
			v.List = append(v.List, l)
		}
	}
	return s.Page(200, v)
}
