package runner

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"posthaste/collection"
	"posthaste/internal/auth"
	"posthaste/internal/transport"
	"posthaste/runner/event"
)

// scheme returns the scheme that signs a request, nil for none, and its parameters, resolved for requests of
// the collection. A scheme lives as long as the run: what it learns serves every request that shares it.
func (r *run) scheme(x outgoing) (auth.Scheme, []collection.AuthParam) {
	if x.auth == nil {
		return nil, nil
	}
	list := x.auth.Params
	if x.vars != nil {
		list = resolveAuth(x.auth, x.vars)
	}
	r.keep.auth(x.auth.Type, list, false)
	if x.script { // scripts send from goroutines of their own, and each of their requests has its own authentication
		return r.newScheme(x), list
	}
	scheme, ok := r.schemes[x.auth]
	if !ok {
		scheme = r.newScheme(x)
		r.schemes[x.auth] = scheme
	}
	return scheme, list
}

// newScheme is nil for a scheme that is not known, which it says.
func (r *run) newScheme(x outgoing) auth.Scheme {
	scheme, err := auth.New(x.auth.Type, auth.Env{Now: r.opt.Now, Rand: r.draws.wire, Compat: r.opt.Compat})
	if err != nil {
		r.authNotice(x, err)
		return nil
	}
	return scheme
}

// shownAuth is the authentication that a request went out with, which scripts and reports see; signing adds to it.
// newman: an inherited one is part of the request once an answer has come.
func (x *outgoing) shownAuth(scheme auth.Scheme, params []collection.AuthParam) *collection.Auth {
	switch {
	case x.auth != nil && x.auth.Type != "" && (scheme != nil || !x.inherits()):
		return &collection.Auth{Type: x.auth.Type, Params: slices.Clip(params)}
	case !x.inherits():
		return &collection.Auth{Type: x.own.Type, Params: slices.Clip(x.own.Params)}
	}
	return nil
}

// inherits tells whether nothing stands on the request itself.
func (x *outgoing) inherits() bool { return x.own == nil || x.own.Type == "" }

// sender lets a scheme send requests of its own, such as those for a token, on behalf of the request.
func (r *run) sender(x outgoing) func(context.Context, *collection.Request) (*auth.Answer, error) {
	return func(ctx context.Context, request *collection.Request) (*auth.Answer, error) {
		own := outgoing{step: x.step, item: x.item, source: event.FromAuth, request: *request, behavior: x.behavior}
		out := r.once(ctx, own, *request)
		r.report(own, out)
		if out.err != nil {
			return nil, &SendError{out.err}
		}
		return &auth.Answer{Code: out.response.Code, Header: out.response.Header, Body: out.response.Body}, nil
	}
}

// sign lets the scheme change the request before its try. A request that cannot be signed goes out unsigned, and the
// run says so (newman: authorizers only warn).
func (r *run) sign(
	ctx context.Context, x outgoing, scheme auth.Scheme, params auth.Params, request *collection.Request, try int,
) {
	if scheme == nil {
		return
	}
	r.typeJSON(ctx, x, request)
	signing := auth.Request{
		Request: request, Try: try, Verbatim: x.behavior["disableUrlEncoding"].Truthy(),
		Target: func() (auth.Target, error) {
			t, err := transport.EncodeURL(request.URL.String(), x.behavior)
			return auth.Target{
				Scheme: t.Scheme, Host: t.Host(), Hostname: t.Hostname, Port: t.Port, Path: t.Path,
				Query: t.RawQuery, HasQuery: t.HasQuery,
			}, err
		},
		Wire: func() (*auth.Wire, error) { return r.wire(ctx, x, request, r.opt.Compat) },
		Send: r.sender(x),
	}
	if err := scheme.Sign(ctx, params, &signing); err != nil {
		r.authNotice(x, err)
	}
	if request.Auth != nil { // newman: what signing found stands with the parameters
		request.Auth.Params = append(request.Auth.Params, signing.Learned...)
	}
}

// typeJSON gives a raw JSON body its Content-Type before the request is signed, so that signatures of headers cover it
// (newman: the step that strips comments adds it to bodies whose language is json, and to no others).
func (r *run) typeJSON(ctx context.Context, x outgoing, request *collection.Request) {
	if request.Body == nil || request.Body.Mode != collection.BodyRaw || request.Body.Language != "json" {
		return
	}
	isType := func(h collection.Header) bool { return !h.Disabled && strings.EqualFold(h.Key, "Content-Type") }
	if slices.ContainsFunc(request.Header, isType) {
		return
	}
	w, err := r.wire(ctx, x, request, false)
	if err != nil || w.Mode == "" {
		return // nothing is sent, or sending will say why
	}
	if i := slices.IndexFunc(w.Header, isType); i >= 0 {
		request.Header = append(request.Header, w.Header[i])
	}
}

// wire is what a request would be on the wire, for schemes that sign its body or headers. What there is to say
// about its files is said when it is sent. pruned shows also a body that the method keeps from being sent
// (newman: signs it nevertheless).
func (r *run) wire(ctx context.Context, x outgoing, request *collection.Request, pruned bool) (*auth.Wire, error) {
	wire := wireRequest(x, request, func(string, string) {})
	wire.Script = wire.Script || pruned && request.Body != nil && request.Body.Mode != collection.BodyFile
	p, err := r.client.Prepare(ctx, wire)
	if err != nil {
		return nil, err
	}
	w := &auth.Wire{Header: p.Header, Mode: p.BodyMode}
	switch body, inMemory := p.Body(); {
	case p.BodyMode == collection.BodyFormData:
	case inMemory:
		w.Body, w.Known = body, true
	case p.BodyMode == collection.BodyFile:
		w.Open = func() (io.ReadCloser, error) { return r.opt.Network.Files.Open(request.Body.File.Src) }
	}
	return w, nil
}

func (r *run) authNotice(x outgoing, err error) {
	n := event.Notice{Step: x.step, Level: "warn", Code: "auth"}
	if unknown := (*auth.UnknownError)(nil); errors.As(err, &unknown) {
		n.Text = fmt.Sprintf("%q goes out unsigned: %v", x.item.Name, err)
		n.Console = "runtime: could not find a handler for auth: " + unknown.Type
	} else {
		n.Console = fmt.Sprintf("runtime~%s.auth: could not sign the request: %v", x.auth.Type, err)
		n.Text = fmt.Sprintf("%q goes out unsigned: %s authentication: %v", x.item.Name, x.auth.Type, err)
	}
	r.emit.emit(n)
}
