package runner

import (
	"fmt"

	"posthaste/internal/cookie"
	"posthaste/internal/transport"
	"posthaste/internal/transport/certificate"
	"posthaste/runner/event"
)

// newClient makes a client: the one of a run, or that of one worker.
func newClient(n Network, r *run, jar *cookie.Jar, d *randomness) (*transport.Client, error) {
	opt := transport.Options{
		Insecure: n.Insecure, IgnoreRedirects: n.IgnoreRedirects, Timeout: n.Timeout, UserAgent: n.UserAgent,
		Jar: jar, Proxy: n.Proxy, ExtraCAs: n.ExtraCAs, MaxResponseSize: n.MaxResponse, Protocol: n.Protocol,
		Now: r.opt.Now, Rand: d.wire, TimeoutIdle: r.opt.Compat, KeepCookies: r.opt.Compat,
	}
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

// warner reports what does not keep a request from being sent, such as a missing file.
func (r *run) warner(x outgoing) func(code, text string) {
	return func(code, text string) {
		n := event.Notice{Step: x.step, Level: "warn", Code: code, Text: fmt.Sprintf("%q: %s", x.item.Name, text), Console: text}
		if code == transport.CodeBehavior {
			n.Console = "" // newman's console has no such line
		}
		r.emit.emit(n)
	}
}
