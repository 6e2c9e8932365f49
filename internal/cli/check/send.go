package check

import (
	"context"
	"errors"
	"net/url"
	"time"

	"posthaste/collection"
	"posthaste/internal/check/evidence"
	"posthaste/internal/cli/input"
	"posthaste/internal/cli/option"
	"posthaste/internal/cli/process"
	"posthaste/internal/transport"
	"posthaste/internal/transport/failure"
	"posthaste/internal/transport/proxy"
)

// sender makes what check sends its calls with: proxies from the environment, --map, no
// cookies, no redirects. A redirect would carry credentials to another host, and is itself a
// finding.
func (f *checkFlags) sender(p *process.Process) (evidence.Sender, error) {
	opt := transport.Options{
		Insecure: f.insecure, IgnoreRedirects: true, Timeout: time.Duration(f.timeout),
		UserAgent: "Posthaste/" + p.Version, Proxy: proxy.FromEnvironment(p.Getenv), Now: p.Now,
		MaxResponseSize: 4 << 20, // a token response is a few KB; more is not Vipps'
	}
	var err error
	if opt.Map, err = f.rulesOfMap(); err != nil {
		return nil, err
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
	return checkSender{client, opt.Map}, nil
}

// rulesOfMap reads --map.
func (f *checkFlags) rulesOfMap() ([]transport.Rule, error) {
	var rules []transport.Rule
	for _, m := range f.mappings {
		from, to, err := option.Mapping(m)
		if err != nil {
			return nil, err
		}
		rules = append(rules, transport.Rule{From: from, To: to})
	}
	return rules, nil
}

// A checkSender sends through the transport. It implements evidence.Sender.
type checkSender struct {
	client *transport.Client
	rules  []transport.Rule
}

// Send makes one call. The headers that newman would add are left out, as far as they mean
// nothing to an API. A response of any status is an answer; errors are explained in one line.
func (s checkSender) Send(ctx context.Context, r evidence.Request) (*evidence.Answer, error) {
	request := &transport.Request{
		Method: r.Method, URL: r.URL,
		Behavior: collection.Behavior{
			"disabledSystemHeaders": collection.JSONValue(`{"postman-token":true,"cache-control":true}`),
		},
	}
	for _, h := range r.Header {
		request.Header = append(request.Header, collection.Header{Key: h.Name, Value: h.Value})
	}
	if r.Body != "" {
		request.Body = &collection.Body{Mode: collection.BodyRaw, Raw: r.Body}
	}
	prepared, err := s.client.Prepare(ctx, request)
	if err != nil {
		return nil, explained(err)
	}
	response, err := s.client.Do(ctx, prepared)
	if err != nil {
		return nil, explained(err)
	}
	answer := &evidence.Answer{Status: response.Code, Body: response.Body, Proto: response.Proto, From: s.from(r.URL)}
	if response.Security != nil {
		answer.TLS, answer.Issuer = response.Security.Version, response.Security.Issuer
	}
	for _, h := range response.Header {
		answer.Header = append(answer.Header, evidence.Field{Name: h.Key, Value: h.Value})
	}
	return answer, nil
}

// from is the host that --map asks in the place of a URL's, "" when it asks no other. The
// report says so, since a simulator's answer proves nothing about Vipps.
func (s checkSender) from(address string) string {
	asked, err := url.Parse(address)
	if err != nil {
		return ""
	}
	for _, rule := range s.rules {
		if rule.From == asked.Scheme+"://"+asked.Host || rule.From == asked.Host {
			if to, err := url.Parse(rule.To); err == nil {
				return to.Host
			}
		}
	}
	return ""
}

// throughProxy is the proxy that calls to an address go through, without user and password,
// or "".
func throughProxy(p *process.Process, address string) string {
	u, err := url.Parse(address)
	find := proxy.FromEnvironment(p.Getenv)
	if err != nil || find == nil {
		return ""
	}
	if through, err := find(u); err == nil && through != nil {
		return through.Host
	}
	return ""
}

// explained is an error with its hint in one line, as lines of a report show it.
func explained(err error) error {
	failed := (*failure.Error)(nil)
	if !errors.As(err, &failed) {
		return err
	}
	text := failed.Message
	if failed.Hint != "" {
		text += " (" + failed.Hint + ")"
	}
	return errors.New(text)
}
