package runner

import (
	"errors"
	"fmt"
	"strings"

	"posthaste/collection"
	"posthaste/internal/cookie"
	"posthaste/internal/fence"
	"posthaste/internal/limit"
	"posthaste/internal/transport"
	"posthaste/internal/transport/certificate"
	"posthaste/internal/variable"
	"posthaste/runner/event"
)

// newClient makes a client: the one of a run, or that of one worker. Errors are certificates
// and authorities that cannot be read.
func newClient(n Network, r *run, jar *cookie.Jar, d *randomness) (*transport.Client, error) {
	opt := transport.Options{
		Insecure: n.Insecure, IgnoreRedirects: n.IgnoreRedirects, Timeout: n.Timeout, UserAgent: n.UserAgent,
		Jar: jar, Proxy: n.Proxy, ExtraCAs: n.ExtraCAs, MaxResponseSize: n.MaxResponse, Protocol: n.Protocol,
		Now: r.opt.Now, Rand: d.wire, TimeoutIdle: r.opt.Compat, KeepCookies: r.opt.Compat, Admit: r.opt.admitted(), // newman: its timeout is of silence, not of the whole request, and its jar keeps what the server expires
		RoundTripper: n.RoundTripper, Visited: n.Visited,
	}
	// A nil interface must stay nil, which an assignment of another interface type does not
	// promise.
	if n.Files != nil {
		opt.Files = n.Files
	}
	for _, c := range n.Certificates {
		opt.Certificates = append(opt.Certificates, certificate.Certificate(c))
	}
	for _, m := range n.Map {
		opt.Map = append(opt.Map, transport.Rule(m))
	}
	client, err := transport.New(opt)
	if err != nil {
		return nil, fmt.Errorf("setting up the network: %w", err)
	}
	return client, nil
}

// warner reports what does not keep a request from being sent, such as a missing file. The
// text is newman's, which its console shows as it is.
func (r *run) warner(step event.Step, item string) func(code, text string) {
	return func(code, text string) {
		n := event.Notice{Step: step, Level: "warn", Code: code, Text: fmt.Sprintf("%q: %s", item, text), Console: text}
		if code == transport.CodeBehavior {
			n.Console = "" // newman's console has no such line
		}
		r.emit.emit(n)
	}
}

// admitted returns what the network asks before each hop leaves, nil where every hop may.
// Redirects are hops of their own, so a server cannot lead a run out of the fence.
func (o *Options) admitted() func(*transport.Outgoing) error {
	if o.Fence == nil && o.Budget == nil {
		return nil
	}
	return func(d *transport.Outgoing) error {
		if err := o.Fence.Check(d); err != nil {
			return err
		}
		// The budget comes second: a hop that the fence refuses must not be charged.
		return o.Budget.Spend(&limit.Request{Method: d.Method, Path: d.Target.Path, Header: d.Header, Body: d.Body})
	}
}

// fenced returns why a request must not leave as it is written, before anything is sent for
// its sake, such as a request for a token. The network asks once more for each hop. nil says
// that it may.
func (r *run) fenced(x outgoing, wire *transport.Request, draft *transport.Draft) error {
	t, err := draft.Target()
	if err != nil {
		return nil //nolint:nilerr // sending will say why
	}
	if err := r.opt.Fence.Check(&transport.Outgoing{Target: t, Proxy: wire.Proxy}); err != nil {
		return r.explained(x, err)
	}
	return nil
}

// explained adds to a refusal where the host came from. Other errors stay as they are.
func (r *run) explained(x outgoing, err error) error {
	if refusal := (*fence.Refusal)(nil); errors.As(err, &refusal) {
		refusal.Origin = r.origin(x, refusal)
	}
	return err
}

// blame says which variable has no value, where a host could not be found because of that:
// "getaddrinfo ENOTFOUND {{host}}" alone sends people to their DNS.
func (r *run) blame(x outgoing, failed *event.Error) {
	if x.vars == nil || !strings.Contains(failed.Address, "{{") {
		return
	}
	for _, n := range r.names {
		if n.Scope == "" && strings.Contains(failed.Address, strings.ToLower("{{"+n.Key+"}}")) { // the address is in lower case
			failed.Detail = n.Key + " is not set: " + unsetHint(n.Key, r.hasEnvironment())
			return
		}
	}
}

// origin is what gave a request the host that it is refused for. Scripts send beside the
// script at work, which may be changing variables: of their requests only what the run began
// with is looked at.
func (r *run) origin(x outgoing, refusal *fence.Refusal) string {
	if !x.script {
		return refusal.From(x.written, r.levels())
	}
	if text := refusal.From(x.written, r.levelsAtFirst()); text != "" {
		return "pm.sendRequest, which has it from " + text
	}
	return "pm.sendRequest"
}

// levels lists the scopes in the order in which a placeholder is looked up, for messages of
// the fence. The words follow the name of a variable.
func (r *run) levels() []fence.Level {
	return []fence.Level{
		{Scope: r.local, Words: ", which a script set"},
		{Scope: r.row.Scope, Words: " of the data row"},
		{Scope: r.environment, Words: " of the environment"},
		{Scope: r.variables, Words: " of the collection"},
		{Scope: r.globals, Words: " of the globals"},
	}
}

// levelsAtFirst are the scopes that the run began with, and its row of data. Nobody changes
// them.
func (r *run) levelsAtFirst() []fence.Level {
	list := []fence.Level{{Scope: r.row.Scope, Words: " of the data row"}}
	if e := r.opt.Environment; e != nil {
		list = append(list, fence.Level{Scope: variable.NewScope("", e.Values), Words: " of the environment"})
	}
	list = append(list, fence.Level{Scope: variable.NewScope("", r.opt.Collection.Variables), Words: " of the collection"})
	if g := r.opt.Globals; g != nil {
		list = append(list, fence.Level{Scope: variable.NewScope("", g.Values), Words: " of the globals"})
	}
	return list
}

// tokenURL is the URL of a request for a token as its authentication has it, with its
// placeholders, for the same messages.
func tokenURL(a *collection.Auth) string {
	if a == nil {
		return ""
	}
	for _, p := range a.Params {
		if p.Key == "accessTokenUrl" || p.Key == "refreshTokenUrl" {
			return p.Value.String()
		}
	}
	return ""
}

// refused notes on a step that one of its requests was not sent because it must not be: the
// step is not tried again then, so that nobody's failure is taken back.
func (x *outgoing) refused(e *event.Error) {
	if e.Refused() && x.refusals != nil {
		x.refusals.Add(1)
	}
}
