package core

import (
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"posthaste/internal/vipps/response"
	"posthaste/internal/vipps/vary"
)

// Vipps' OpenAPI files allow more than one response to many calls, and a client has to
// take each. With Options.Vary the server gives the unusual ones about half of the
// time: 202 in the place of 204, after which reads show the old state for a second;
// optional fields that are missing, and others that are there; links to other hosts.

// settles is how long after a 202 reads show what was before.
const settles = time.Second

// Done is the response to a write without a body, for an operation whose file lists
// 204 and 202.
func (s *Server) Done() response.Response {
	return response.Empty(s.Either(http.StatusNoContent, http.StatusAccepted))
}

// Either is the usual status, or another that the operation's file has for the same.
func (s *Server) Either(usual, other int) int {
	if s.vary.Half() {
		return other
	}
	return usual
}

// LandingURL is the link that opens the landing page. When the server varies its
// responses, it may be another form that Vipps has: such a link opens nothing here.
func (s *Server) LandingURL(c *Call, token string) string {
	usual := LandingURL(c.Base, token)
	if !s.vary.Half() {
		return usual
	}
	return s.vary.One(
		LandingURL("https://api.vipps.no", token), "https://landing.vipps.no?token="+token,
		"https://pay.vipps.dk?token="+token, "https://pay.vipps.fi/?token="+token,
		"https://pay.mobilepay.dk/?token="+token, "https://pay.mobilepay.fi/?token="+token,
	)
}

// RegisterURL is LandingURL for agreements, whose link may also have no token.
func (s *Server) RegisterURL(c *Call, token string) string {
	if s.vary.Half() {
		return "https://api.vipps.no/v2/register/" + s.vary.One("U6JUjQXq8HQmmV", "Gx2TzKqPw4YdLr")
	}
	return s.LandingURL(c, token)
}

// OtherURL is a link, or another of Vipps' addresses for the same. It opens nothing here.
func (s *Server) OtherURL(usual, other string) string {
	if s.vary.Half() {
		return other
	}
	return usual
}

// startVarying begins the choices again, so that the same ones are made after a reset.
func (s *Server) startVarying() {
	if s.varies {
		s.vary = vary.New(s.varySeed)
	}
}

// stale is what a read showed before a write that was accepted.
type stale struct {
	response response.Response
	until    time.Time
}

// serveVaried serves a call, and varies the response as far as the server does that.
func (s *Server) serveVaried(rt Route, c *Call) response.Response {
	if s.vary == nil {
		return rt.Serve(c)
	}
	if old, ok := s.stale[readKey(rt.Name, c)]; ok && c.Method == http.MethodGet && len(c.Query) == 0 && c.Now.Before(old.until) {
		return s.otherFields(rt, old.response)
	}
	before := s.reads(rt, c)
	resp := rt.Serve(c)
	for key, r := range before {
		switch {
		case resp.Status == http.StatusAccepted && len(resp.Body) == 0:
			s.stale[key] = stale{r, c.Now.Add(settles)}
		case resp.Status < http.StatusMultipleChoices: // this write is there to be read at once
			delete(s.stale, key)
		}
	}
	return s.otherFields(rt, resp)
}

// reads are the responses of all reads that a write may change: those of its API
// that need no more variables of the path than the write has.
func (s *Server) reads(write Route, c *Call) map[string]response.Response {
	if c.Method == http.MethodGet {
		return nil
	}
	api, _, _ := strings.Cut(write.Name, ".")
	all := map[string]response.Response{}
	for _, rt := range s.routes {
		if rt.Method != http.MethodGet || !strings.HasPrefix(rt.Name, api+".") {
			continue
		}
		params, known := paramsOf(rt.Pattern, c.Params)
		if !known {
			continue
		}
		read := &Call{Method: rt.Method, Path: c.Path, Host: c.Host, Base: c.Base, Header: c.Header, Now: c.Now, Operation: rt.Name, Params: params}
		if r := rt.Serve(read); r.Status == http.StatusOK {
			all[readKey(rt.Name, read)] = r
		}
	}
	return all
}

// paramsOf takes the variables of a pattern out of others, if they are all there.
func paramsOf(pattern string, from map[string]string) (map[string]string, bool) {
	params := map[string]string{}
	for segment := range strings.SplitSeq(pattern, "/") {
		name, isParam := strings.CutPrefix(segment, "{")
		if !isParam {
			continue
		}
		name = strings.TrimSuffix(name, "}")
		value, known := from[name]
		if !known {
			return nil, false
		}
		params[name] = value
	}
	return params, true
}

// readKey names a read by its operation and the variables that its path has.
func readKey(operation string, c *Call) string {
	key := operation
	for _, name := range slices.Sorted(maps.Keys(c.Params)) {
		key += "\x00" + c.Params[name]
	}
	return key
}

// otherFields gives a successful response other fields than the usual ones.
func (s *Server) otherFields(rt Route, resp response.Response) response.Response {
	if resp.Status < http.StatusMultipleChoices && len(resp.Body) > 0 && !strings.HasPrefix(rt.Pattern, ControlPath) {
		resp.Body = s.vary.Fields(rt.Name, resp.Body)
	}
	return resp
}
