package runner

import (
	"net/http"
	"slices"
	"strings"
	"sync"

	"posthaste/collection"
	"posthaste/internal/variable"
	"posthaste/runner/cause"
	"posthaste/runner/event"
	"posthaste/script"
	scripts "posthaste/script/flow"
)

// flows is what a step's scripts did with variables, as far as it says why later steps fail.
// Package cause draws its conclusions from it.
type flows struct {
	given     []string // set to something, by name
	undefined []string
	broken    []string         // the phases in which a script threw
	auth      *collection.Auth // that signed the request; nil for none
}

// mostGiven is how many names of one step are looked at. A script may set names without end.
const mostGiven = 1000

// learn adds what a script's result says of variables.
func (f *flows) learn(result *script.Result) {
	if len(f.given) < mostGiven {
		f.given = append(f.given, result.Set...)
	}
	f.undefined = append(f.undefined, result.Undefined...)
}

// thrown notes that a script of this phase ended with an error.
func (f *flows) thrown(listen string) { f.broken = append(f.broken, listen) }

// used notes a variable that is put into a text of the request at work. Void says that its
// value is as good as none: empty, or a word that a script made of a missing value.
func (r *run) used(name string, v collection.Value, from variable.Reader) {
	r.notices.used(name, v)
	void := v.Kind() == collection.Null || v.Kind() == collection.Undefined
	if v.IsString() {
		switch v.String() {
		case "", "null", "undefined":
			void = true
		}
	}
	r.names = append(r.names, event.Name{Key: name, Scope: r.scopeName(from), Void: void})
}

// missing notes a name that no scope has, for the notices and for the request's own event.
func (r *run) missing(name string) {
	r.notices.missing(name, r.stack.Scopes, r.hasEnvironment())
	r.names = append(r.names, event.Name{Key: name})
}

// scopeName is the name of a scope as events have it; "outside" is the vault or the listener.
// Scopes are compared by pointer.
func (r *run) scopeName(s variable.Reader) string {
	switch s {
	case r.local:
		return "local"
	case r.row:
		return "data"
	case r.environment:
		return "environment"
	case r.variables:
		return "collection"
	case r.globals:
		return "globals"
	}
	return "outside"
}

// variableFlow is what the step says of variables, nil when all went well in it and it put
// nothing right. A skipped step left nothing wrong.
func (s *step) variableFlow() *event.VariableFlow {
	code, received := 0, s.answer != nil && s.answer.Received
	if received {
		code = s.answer.Code
	}
	given := s.putRight()
	wrong := s.failed || s.lost != nil || code >= http.StatusBadRequest || len(s.flows.undefined) > 0
	quiet := s.skipped || !wrong
	if quiet && len(given) == 0 { // most steps
		return nil
	}
	e := &event.VariableFlow{Step: s.host.step, Given: given}
	if quiet {
		return e
	}
	for _, name := range s.flows.undefined {
		e.Left = s.leave(e.Left, name, cause.Undefined)
	}
	if s.failed || s.lost != nil || code >= http.StatusBadRequest {
		s.leftBehind(e)
	}
	e.URL, e.Resource = s.run.namesIn(nil, s.request.URL.Resolved(), 0), s.resource()
	if received && (code == http.StatusUnauthorized || code == http.StatusForbidden) {
		e.Credentials = s.credentials()
	}
	for _, l := range e.Left {
		if s.run.left == nil {
			s.run.left = map[string]bool{}
		}
		s.run.left[l.Key] = true
	}
	return e
}

// putRight lists the variables that an earlier step left wrong and this one set, each once.
func (s *step) putRight() (list []string) {
	if len(s.run.left) == 0 {
		return nil
	}
	for _, name := range s.flows.given {
		if s.run.left[name] && !slices.Contains(s.flows.undefined, name) && !slices.Contains(list, name) {
			list = append(list, name)
		}
	}
	return list
}

// leftBehind notes what the step's scripts read, and what they would have set and did not. A
// script may set what it takes from the response, what it sets under a status, and what
// stands in it behind the place where it threw; whatever else it sets it has set.
func (s *step) leftBehind(e *event.VariableFlow) {
	look := func(events []collection.OwnedEvent, listen string) {
		broken := slices.Contains(s.flows.broken, listen)
		for _, owned := range events {
			found := s.run.opt.flowing.of(owned.Script.Source)
			for _, u := range found.Uses {
				if !u.Optional && u.Scope != "data" && !slices.Contains(e.Read, u.Name) && !slices.Contains(s.flows.given, u.Name) { // set in the same step, so what was read is its own
					e.Read = append(e.Read, u.Name)
				}
			}
			for _, set := range found.Sets {
				conditional := len(set.Codes) > 0 || len(set.Reads) > 0
				if set.Empty || !conditional && !broken || listen == event.PhasePrerequest && !broken || onlyProblems(set.Codes) {
					continue
				}
				if !slices.Contains(s.flows.given, set.Name) {
					e.Left = s.leave(e.Left, set.Name, "")
				}
			}
		}
	}
	look(s.item.prerequest, event.PhasePrerequest)
	look(s.item.test, event.PhaseTest)
}

// onlyProblems says whether all statuses that a script asks for are those of problems (400
// and up): what it sets then is of no use to later steps.
func onlyProblems(codes []scripts.Code) bool {
	return len(codes) > 0 && !slices.ContainsFunc(codes, func(c scripts.Code) bool { return c.Status < http.StatusBadRequest })
}

// leave adds a variable to those that the step left without a proper value, with what it is
// now. A variable is added once; state "" is looked up.
func (s *step) leave(list []event.LeftVariable, name, state string) []event.LeftVariable {
	if slices.ContainsFunc(list, func(l event.LeftVariable) bool { return l.Key == name }) {
		return list
	}
	if state == "" {
		state = s.run.stateOf(name)
	}
	return append(list, event.LeftVariable{Key: name, State: state})
}

// stateOf says what a variable is that should have been set: missing, still what the files
// gave, or a value of an earlier step.
func (r *run) stateOf(name string) string {
	v, ok := r.stack.Lookup(name)
	switch {
	case !ok:
		return cause.Missing
	case v.Kind() == collection.Undefined || v.Kind() == collection.Null || v.String() == "":
		return cause.Missing
	}
	given := [][]collection.Variable{r.opt.Collection.Variables}
	for _, scope := range []*collection.Environment{r.opt.Environment, r.opt.Globals} {
		if scope != nil {
			given = append(given, scope.Values)
		}
	}
	for _, list := range given {
		for _, g := range list {
			if g.Key == name && !g.Disabled && g.Value.String() == v.String() {
				return cause.Initial
			}
		}
	}
	if _, ok := r.row.Lookup(name); ok {
		return cause.Initial
	}
	return cause.Stale
}

// credentials are the names of the variables that the request's authentication was made of,
// which a 401 or 403 puts under suspicion.
func (s *step) credentials() []string {
	var list []string
	for _, h := range s.request.Header {
		if !h.Disabled && isCredential(h.Key) {
			list = s.run.namesIn(list, h.Value, 0)
		}
	}
	if s.flows.auth != nil {
		for _, p := range s.flows.auth.Params {
			if p.Value.IsString() {
				list = s.run.namesIn(list, p.Value.String(), 0)
			}
		}
	}
	return list
}

// resource is the URL as far as the last variable in its path, which names what the request
// is about: "https://a/orders/17" of "{{base}}/orders/{{id}}/lines". "" when there is none.
func (s *step) resource() string {
	text, _, _ := strings.Cut(s.request.URL.Resolved(), "?")
	at := strings.LastIndex(text, "/{{")
	if at <= 0 || strings.HasSuffix(text[:at], "/") {
		return ""
	}
	end := strings.Index(text[at:], "}}")
	if end < 0 {
		return ""
	}
	stack := &variable.Stack{Scopes: s.run.stack.Scopes, Lenient: true}
	expanded, err := stack.Expand(text[:at+end+2])
	if err != nil {
		return ""
	}
	return expanded
}

// namesIn adds the variables that a text is made of, also by way of others, up to four deep.
// A circle ends because no name is added twice.
func (r *run) namesIn(list []string, text string, depth int) []string {
	const deepest = 4
	for name := range placeholdersIn(text) {
		if slices.Contains(list, name) || depth > deepest {
			continue
		}
		list = append(list, name)
		if v, ok := r.stack.Lookup(name); ok && v.IsString() {
			list = r.namesIn(list, v.String(), depth+1)
		}
	}
	return list
}

// isCredential knows headers by which a server tells who asks. Parts of names are enough:
// X-Api-Key, Ocp-Apim-Subscription-Key.
func isCredential(header string) bool {
	header = strings.ToLower(header)
	for _, part := range []string{"authorization", "key", "token", "secret", "client_id", "client-id", "cookie"} {
		if strings.Contains(header, part) {
			return true
		}
	}
	return false
}

// placeholdersIn yields the names between braces, as written, each as often as it stands
// there.
func placeholdersIn(text string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for {
			_, rest, ok := strings.Cut(text, "{{")
			name, after, closed := strings.Cut(rest, "}}")
			if !ok || !closed || !yield(name) {
				return
			}
			text = after
		}
	}
}

// A flowCache keeps what was found in scripts, by their source. It is safe for concurrent use.
type flowCache struct {
	mu    sync.Mutex
	known map[string]*scripts.Script
}

// mostFlows is how many scripts are kept; a larger collection is looked at again. Each is
// some kilobytes.
const mostFlows = 2000

// of analyses each text once. The cache is bounded and simply begins again when it is full.
// The result is shared and must not be changed.
func (c *flowCache) of(source string) *scripts.Script {
	c.mu.Lock()
	defer c.mu.Unlock()
	if s, ok := c.known[source]; ok {
		return s
	}
	if c.known == nil || len(c.known) >= mostFlows {
		c.known = map[string]*scripts.Script{}
	}
	s := scripts.Analyse(source)
	c.known[source] = s
	return s
}
