package runner

import (
	"context"
	"errors"
	"fmt"

	"posthaste/collection"
	"posthaste/internal/auth"
	"posthaste/internal/transport"
	"posthaste/runner/event"
)

// scheme returns the scheme that signs an exchange, nil for none, and its parameters, resolved for requests of
// the collection. A scheme lives as long as the run: what it learns serves every request that shares it.
func (r *run) scheme(x exchange) (auth.Scheme, auth.Params) {
	if x.auth == nil {
		return nil, auth.Params{}
	}
	list := x.auth.Params
	if !x.script {
		list = resolveAuth(x.auth, r.stack)
	}
	r.keep.auth(list)
	scheme, ok := r.schemes[x.auth]
	if !ok {
		var err error
		scheme, err = auth.New(x.auth.Type, r.authEnv(x))
		if err != nil {
			r.authNotice(x, err)
			scheme = nil
		}
		r.schemes[x.auth] = scheme
	}
	return scheme, auth.NewParams(list)
}

// authEnv lets a scheme send requests of its own, such as those for a token.
func (r *run) authEnv(x exchange) auth.Env {
	return auth.Env{
		Now: r.opt.Now, Rand: r.opt.Rand,
		Send: func(ctx context.Context, request *collection.Request) (*auth.Answer, error) {
			own := exchange{step: x.step, item: x.item, source: event.FromAuth, request: *request, behavior: x.behavior}
			out := r.once(ctx, own, *request)
			r.report(own, out)
			if out.err != nil {
				return nil, &SendError{out.err}
			}
			return &auth.Answer{Code: out.response.Code, Header: out.response.Header, Body: out.response.Body}, nil
		},
	}
}

// sign lets the scheme change the request. A request that cannot be signed goes out unsigned, and the run says
// so (newman: authorizers only warn).
func (r *run) sign(ctx context.Context, x exchange, scheme auth.Scheme, params auth.Params, request *collection.Request) {
	if scheme == nil {
		return
	}
	err := scheme.Sign(ctx, params, &auth.Request{
		Request: request,
		Target: func() (auth.Target, error) {
			t, err := transport.EncodeURL(request.URL.String(), x.behavior)
			return auth.Target{
				Scheme: t.Scheme, Host: t.Host(), Hostname: t.Hostname, Port: t.Port, Path: t.Path,
				Query: t.RawQuery, HasQuery: t.HasQuery,
			}, err
		},
		Payload: func() ([]byte, bool) { return transport.BodyBytes(request.Body, request.Header) },
	})
	if err != nil {
		r.authNotice(x, err)
	}
}

func (r *run) authNotice(x exchange, err error) {
	n := event.Notice{Step: x.step, Level: "warn", Code: "auth"}
	if unknown := (*auth.UnknownError)(nil); errors.As(err, &unknown) {
		n.Text = fmt.Sprintf("%q goes out unsigned: %v", x.item.Name, err)
	} else {
		n.Text = fmt.Sprintf("%q goes out unsigned: %s authentication: %v", x.item.Name, x.auth.Type, err)
	}
	r.emit.emit(n)
}
