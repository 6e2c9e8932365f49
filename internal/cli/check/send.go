package check

import (
	"context"
	"errors"
	"time"

	"posthaste/collection"
	"posthaste/internal/check"
	"posthaste/internal/cli/input"
	"posthaste/internal/cli/option"
	"posthaste/internal/cli/process"
	"posthaste/internal/transport"
)

// sender makes what check sends its calls with: proxies from the environment, --map, no cookies, no redirects.
func (f *checkFlags) sender(p *process.Process) (check.Sender, error) {
	opt := transport.Options{
		Insecure: f.insecure, IgnoreRedirects: true, Timeout: time.Duration(f.timeout),
		UserAgent: "Posthaste/" + p.Version, Proxy: transport.ProxyFromEnvironment(p.Getenv), Now: p.Now,
		MaxResponseSize: 4 << 20,
	}
	for _, m := range f.mappings {
		from, to, err := option.Mapping(m)
		if err != nil {
			return nil, err
		}
		opt.Map = append(opt.Map, transport.Rule{From: from, To: to})
	}
	if f.extraCA != "" {
		var err error
		if opt.ExtraCAs, err = input.ReadFile(p, "certificate authorities", f.extraCA); err != nil {
			return nil, err
		}
	}
	client, err := transport.New(opt)
	if err != nil {
		return nil, process.Usage("", "%w", err)
	}
	return checkSender{client}, nil
}

// A checkSender sends through the transport.
type checkSender struct{ client *transport.Client }

// Send makes one call.
func (s checkSender) Send(ctx context.Context, r check.Request) (*check.Answer, error) {
	request := &transport.Request{
		Method: r.Method, URL: r.URL,
		Behavior: collection.Behavior{
			"disabledSystemHeaders": collection.JSONValue(`{"postman-token":true,"cache-control":true}`),
		},
	}
	for _, h := range r.Header {
		request.Header = append(request.Header, collection.Header{Key: h.Name, Value: h.Value})
	}
	prepared, err := s.client.Prepare(ctx, request)
	if err != nil {
		return nil, explained(err)
	}
	response, err := s.client.Do(ctx, prepared)
	if err != nil {
		return nil, explained(err)
	}
	answer := &check.Answer{Status: response.Code, Body: response.Body, Proto: response.Proto}
	if response.Security != nil {
		answer.TLS, answer.Issuer = response.Security.Version, response.Security.Issuer
	}
	for _, h := range response.Header {
		answer.Header = append(answer.Header, check.Field{Name: h.Key, Value: h.Value})
	}
	return answer, nil
}

// explained puts what the transport knows of an error into one line.
func explained(err error) error {
	failed := (*transport.Error)(nil)
	if !errors.As(err, &failed) {
		return err
	}
	text := failed.Message
	if failed.Hint != "" {
		text += " (" + failed.Hint + ")"
	}
	return errors.New(text)
}
