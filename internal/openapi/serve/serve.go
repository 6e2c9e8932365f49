// Package serve answers requests as the file of an API describes: by the file's examples where they fit their schemas, else by
// values made of the schemas. Requests that are not as the file says are refused, as far as it documents how.
package serve

import (
	"encoding/json"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"

	"posthaste/internal/openapi"
	"posthaste/internal/openapi/contract"
	"posthaste/internal/openapi/node"
	"posthaste/internal/openapi/schema"
	"posthaste/runner/event"
)

// A Server is an http.Handler for an API. It keeps no state: what is created is not there afterwards, and answers do not depend
// on the requests before.
type Server struct {
	doc      *openapi.Document
	contract *contract.Contract
	servers  []openapi.Server // of the file and of its operations

	mu   sync.Mutex
	rand *rand.Rand // nil: always the same answers
}

// New makes a Server. Random chooses among answers; nil takes the first.
func New(doc *openapi.Document, random *rand.Rand) *Server {
	s := &Server{doc: doc, contract: contract.New([]*openapi.Document{doc}, contract.Options{}), servers: slices.Clone(doc.Servers), rand: random}
	for _, o := range doc.Operations {
		for _, own := range o.Servers {
			if !slices.ContainsFunc(s.servers, func(known openapi.Server) bool { return known.URL == own.URL }) {
				s.servers = append(s.servers, own)
			}
		}
	}
	return s
}

// mostOfBody is how much of a request's body is read, in bytes.
const mostOfBody = 32 << 20

// ServeHTTP answers a request. The header Prefer: code=404 asks for the response of a status.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, mostOfBody))
	if err != nil {
		problem(w, http.StatusRequestEntityTooLarge, "the body is too large")
		return
	}
	request := event.Request{Method: r.Method, Body: event.Body{Data: body, Size: int64(len(body))}}
	for name, values := range r.Header {
		for _, v := range values {
			request.Header = append(request.Header, event.Header{Key: name, Value: v})
		}
	}
	verdict := s.find(&request, r.URL)
	op := verdict.Operation
	switch {
	case op == nil && verdict.Served && len(verdict.Violations) > 0 && strings.HasPrefix(verdict.Violations[0].Message, "the path has only"):
		problem(w, http.StatusMethodNotAllowed, verdict.Violations[0].Message)
	case op == nil:
		problem(w, http.StatusNotFound, "the file has no operation for "+r.Method+" "+r.URL.Path)
	case preferred(r) != 0:
		s.answer(w, r, &verdict, preferred(r), "")
	case !s.authenticated(r, op):
		s.answer(w, r, &verdict, http.StatusUnauthorized, "the request has no credentials: "+schemesOf(op))
	case len(verdict.Violations) > 0:
		s.answer(w, r, &verdict, http.StatusBadRequest, explained(verdict.Violations))
	default:
		s.answer(w, r, &verdict, 0, "")
	}
}

// Operation names the operation of a request, as "GET /items/{id}"; "" where the file has none.
func (s *Server) Operation(r *http.Request) string {
	if op := s.find(&event.Request{Method: r.Method}, r.URL).Operation; op != nil {
		return op.String()
	}
	return ""
}

// find looks for the operation under each server of the file: with its base path, and without.
func (s *Server) find(request *event.Request, u *url.URL) contract.Verdict {
	var last contract.Verdict
	for _, server := range s.servers {
		base := withDefaults(server)
		for _, prefix := range []string{pathOf(base), ""} {
			path := u.EscapedPath()
			if prefix != "" && (path == prefix || strings.HasPrefix(path, prefix+"/")) {
				path = path[len(prefix):]
			} else if prefix != "" {
				continue
			}
			request.URL = base + path
			if base == "" || strings.HasPrefix(base, "/") {
				request.URL = "http://localhost" + request.URL
			}
			if u.RawQuery != "" {
				request.URL += "?" + u.RawQuery
			}
			v := s.contract.CheckRequest(*request)
			if v.Operation != nil {
				return v
			}
			if len(last.Violations) == 0 || len(v.Violations) > 0 && strings.HasPrefix(v.Violations[0].Message, "the path has only") {
				last = v
			}
		}
	}
	return last
}

// withDefaults is the URL of a server with the defaults of its variables.
func withDefaults(s openapi.Server) string {
	text := s.URL
	for _, v := range s.Variables {
		value := v.Default
		if value == "" && len(v.Enum) > 0 {
			value = v.Enum[0]
		}
		text = strings.ReplaceAll(text, "{"+v.Name+"}", value)
	}
	return text
}

func pathOf(base string) string {
	if _, rest, ok := strings.Cut(base, "://"); ok {
		_, path, has := strings.Cut(rest, "/")
		if !has {
			return ""
		}
		return "/" + path
	}
	return base
}

// preferred is the status that a request asks for, 0 for none.
func preferred(r *http.Request) int {
	for part := range strings.SplitSeq(r.Header.Get("Prefer"), ",") {
		key, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		if code, err := strconv.Atoi(value); err == nil && (key == "code" || key == "status") {
			return code
		}
	}
	return 0
}

// authenticated reports whether a request has what one of the operation's requirements asks for. Values are not looked at.
func (s *Server) authenticated(r *http.Request, op *openapi.Operation) bool {
	if len(op.Security) == 0 || op.Response(http.StatusUnauthorized) == nil {
		return true
	}
	return slices.ContainsFunc(op.Security, func(all openapi.Requirement) bool {
		for _, name := range all {
			i := slices.IndexFunc(s.doc.Schemes, func(one openapi.Scheme) bool { return one.Name == name })
			if i >= 0 && !hasCredentials(r, s.doc.Schemes[i]) {
				return false
			}
		}
		return true
	})
}

func hasCredentials(r *http.Request, s openapi.Scheme) bool {
	switch {
	case s.Type == "apiKey" && s.In == "query":
		return r.URL.Query().Has(s.Key)
	case s.Type == "apiKey" && s.In == "cookie":
		_, err := r.Cookie(s.Key)
		return err == nil
	case s.Type == "apiKey":
		return r.Header.Get(s.Key) != ""
	case s.Type == "mutualTLS":
		return true
	}
	return r.Header.Get("Authorization") != ""
}

func schemesOf(op *openapi.Operation) string {
	var list []string
	for _, all := range op.Security {
		list = append(list, strings.Join(all, " and "))
	}
	return strings.Join(list, ", or ")
}

func explained(list []contract.Violation) string {
	var lines []string
	for _, v := range list {
		lines = append(lines, v.Where+": "+v.Message)
	}
	return strings.Join(lines, "; ")
}

// answer writes the response of a status, 0 for the usual one. Where the file does not document a refusal, another of 4xx that it has is taken,
// else a problem of our own that says why.
func (s *Server) answer(w http.ResponseWriter, r *http.Request, about *contract.Verdict, code int, why string) {
	op := about.Operation
	var res *openapi.Response
	if code == 0 {
		res, code = op.Usual()
	} else {
		res = op.Response(code)
		for _, other := range []int{422, 400, 409, 404} {
			if res == nil && why != "" {
				if res = op.Response(other); res != nil {
					code = other
				}
			}
		}
	}
	if why != "" {
		w.Header().Set("X-Refused", strings.ToValidUTF8(strings.Map(printable, why), ""))
	}
	if res == nil {
		if why != "" {
			problem(w, code, why)
			return
		}
		w.WriteHeader(code)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.write(w, r, about, res, code)
}

func printable(r rune) rune {
	if r < ' ' || r > '~' {
		return ' '
	}
	return r
}

// write sends a documented response.
func (s *Server) write(w http.ResponseWriter, r *http.Request, about *contract.Verdict, res *openapi.Response, code int) {
	made := schema.Example{Rand: s.rand}
	for _, h := range res.Headers {
		if transported(h.Name) || !h.Required && h.Schema == nil {
			continue
		}
		w.Header().Set(h.Name, strings.Map(printable, plain(exampleOf(made, h.Schema, h.Examples))))
	}
	m := media(res.Content, r.Header.Get("Accept"))
	if m == nil || code == http.StatusNoContent || code == http.StatusNotModified {
		w.WriteHeader(code)
		return
	}
	v := echoed(made, m.Schema, exampleOf(made, m.Schema, m.Examples), about.Path)
	if why := made.Misfit(m.Schema, v); why != "" {
		w.Header().Set("X-Misfit", strings.Map(printable, why))
	}
	kind, body := written(m, v)
	w.Header().Set("Content-Type", kind)
	w.WriteHeader(code)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // the client may have gone
	}
}

// transported reports whether a header says how the body is sent, which is not the file's to say.
func transported(name string) bool {
	return slices.Contains([]string{"content-type", "content-length", "content-encoding", "transfer-encoding", "connection"}, strings.ToLower(name))
}

// exampleOf is the first example of the file that fits, or else a value made of the schema.
func exampleOf(made schema.Example, s *schema.Schema, given []*node.Node) *node.Node {
	for _, v := range given {
		if made.Fits(s, v) {
			return v
		}
	}
	return made.Value(s)
}

// echoed puts the values of path parameters into fields of the same name, where they fit.
func echoed(made schema.Example, s *schema.Schema, v *node.Node, path []openapi.PathValue) *node.Node {
	if v.Kind != node.Object {
		return v
	}
	for _, p := range path {
		i := v.Index(p.Name)
		if i < 0 {
			continue
		}
		values := slices.Clone(v.Items)
		values[i] = node.Text(p.Value)
		if values[i].Kind != v.Items[i].Kind {
			continue
		}
		if changed := node.Map(nil, v.Keys, values); made.Fits(s, changed) {
			v = changed
		}
	}
	return v
}

// plain is a value as the text of a header.
func plain(v *node.Node) string {
	switch v.Kind {
	case node.Array:
		var list []string
		for _, item := range v.Items {
			list = append(list, plain(item))
		}
		return strings.Join(list, ",")
	case node.Object:
		return v.JSON()
	case node.Null:
		return ""
	default:
		return v.Text
	}
}

// problem answers what no file documents, by RFC 9457.
func problem(w http.ResponseWriter, code int, detail string) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(code)
	_ = json.NewEncoder(w).Encode(map[string]any{"title": http.StatusText(code), "status": code, "detail": detail}) // the client may have gone
}
