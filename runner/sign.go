package runner

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"posthaste/collection"
	"posthaste/internal/auth"
	"posthaste/internal/transport"
	"posthaste/runner/event"
)

// scheme returns the scheme that signs a request, nil for none, and its parameters, resolved
// for requests of the collection. A scheme lives as long as the run: what it learns, such as
// a nonce or a token, serves every request that shares it.
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

// newScheme is nil for a scheme that is not known, which it says. The request is sent
// unsigned then, as newman sends it.
func (r *run) newScheme(x outgoing) auth.Scheme {
	scheme, err := auth.New(x.auth.Type, auth.Env{Now: r.opt.Now, Rand: r.random.wire, Compat: r.opt.Compat})
	if err != nil {
		r.authNotice(x, err)
		return nil
	}
	return scheme
}

// shownAuth is the authentication that a request went out with, which scripts and reports
// see; signing adds to it. newman: an inherited one is part of the request once a response
// has come.
func (x *outgoing) shownAuth(scheme auth.Scheme, params []collection.AuthParam) *collection.Auth {
	switch {
	case x.auth != nil && x.auth.Type != "" && (scheme != nil || !x.inherits()):
		return &collection.Auth{Type: x.auth.Type, Params: slices.Clip(params)}
	case !x.inherits():
		return &collection.Auth{Type: x.own.Type, Params: slices.Clip(x.own.Params)}
	}
	return nil
}

// inherits reports whether nothing stands on the request itself.
func (x *outgoing) inherits() bool { return x.own == nil || x.own.Type == "" }

// sender lets a scheme send requests of its own, such as those for a token, on behalf of the
// request. They are reported with the source "auth", and neither signed nor retried.
func (r *run) sender(x outgoing) func(context.Context, *collection.Request) (*auth.Answer, error) {
	return func(ctx context.Context, request *collection.Request) (*auth.Answer, error) {
		own := outgoing{step: x.step, item: x.item, source: event.FromAuth, request: *request, behavior: x.behavior, script: x.script, written: tokenURL(x.auth), url: request.URL.String(), refusals: x.refusals}
		out := r.once(ctx, own, *request, own.url, r.client.Draft(wireRequest(own, request, r.warner(own.step, own.item.Name))))
		r.report(own, out)
		if out.err != nil {
			return nil, &SendError{out.err}
		}
		return &auth.Answer{Code: out.response.Code, Header: out.response.Header, Body: out.response.Body}, nil
	}
}

// signed returns the request as the scheme changes it before its try. One that cannot be
// signed goes out unsigned, and the run says so (newman: authorizers only warn). try counts
// from 0.
func (r *run) signed(
	ctx context.Context, x outgoing, scheme auth.Scheme, params auth.Params, unsigned collection.Request, draft *transport.Draft,
	try int,
) collection.Request {
	request := &unsigned
	request.Header = slices.Clone(request.Header) // the lines of this try only
	typeJSON(ctx, request, draft)
	signing := auth.Request{
		Request: request, Try: try, Verbatim: x.behavior["disableUrlEncoding"].Truthy(),
		// Schemes sign the URL and the body as they will go out, so both are worked out by
		// the transport, and only when a scheme asks.
		Target: func() (auth.Target, error) {
			draft.SetQuery(request.URL.QueryString())
			t, err := draft.Target()
			return auth.Target{
				Scheme: t.Scheme, Host: t.Host(), Hostname: t.Hostname, Port: t.Port, Path: t.Path,
				Query: t.RawQuery, HasQuery: t.HasQuery,
			}, err
		},
		Wire: func() (*auth.Wire, error) {
			draft.Set(request.Header, request.Body)
			return wire(ctx, draft, r.opt.Compat)
		},
		Send: r.sender(x),
	}
	if err := scheme.Sign(ctx, params, &signing); err != nil {
		r.authNotice(x, err)
	}
	if request.Auth != nil { // newman: what signing found stands with the parameters
		request.Auth.Params = append(request.Auth.Params, signing.Learned...)
	}
	return *request
}

// typeJSON gives a raw JSON body its Content-Type before the request is signed, so that
// signatures of headers cover it (newman: the step that strips comments adds it to bodies
// whose language is json, and to no others).
func typeJSON(ctx context.Context, request *collection.Request, draft *transport.Draft) {
	if request.Body == nil || request.Body.Mode != collection.BodyRaw || request.Body.Language != "json" {
		return
	}
	if slices.ContainsFunc(request.Header, func(h collection.Header) bool { return !h.Disabled && strings.EqualFold(h.Key, "Content-Type") }) {
		return
	}
	body, err := draft.Content(ctx, false)
	if err != nil || body.Mode == "" || body.Type == "" {
		return // nothing is sent, or sending will say why
	}
	request.Header = append(request.Header, collection.Header{Key: "Content-Type", Value: body.Type, System: true})
}

// wire is the body as schemes sign it. newman: a body that the method keeps from being sent
// is signed nevertheless, and forms of several parts cannot be known. The error is a file
// that cannot be read.
func wire(ctx context.Context, draft *transport.Draft, compat bool) (*auth.Wire, error) {
	body, err := draft.Content(ctx, compat)
	if err != nil {
		return nil, err
	}
	w := &auth.Wire{Mode: body.Mode, Type: body.Type, Open: body.Open}
	if compat && body.Mode == collection.BodyFormData {
		w.Open = nil
	}
	return w, nil
}

// authNotice warns that a request goes out unsigned, in our words and in newman's. It is not
// an error: newman sends it.
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
