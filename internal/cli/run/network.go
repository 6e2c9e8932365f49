package run

import (
	"time"

	"posthaste/internal/cli/input"
	"posthaste/internal/cli/option"
	"posthaste/internal/transport/proxy"
	"posthaste/runner"
)

// network reads what flags and the environment say of the network: certificates, proxies,
// host mappings, the cookie jar. Files are read here, before the first request, so that a
// wrong path costs nothing.
func (r *running) network() (runner.Network, error) {
	f, p := r.flags, r.process
	n := runner.Network{
		Insecure: f.insecure, IgnoreRedirects: f.ignoreRedirects, Timeout: r.requestTimeout(),
		Proxy: proxy.FromEnvironment(p.Getenv), Files: input.NewBodyFiles(p, f.workingDir, f.noInsecureFileRead),
	}
	// Some servers answer by the user agent; a comparison with newman must not differ by it.
	if f.compat {
		n.UserAgent = "PostmanRuntime/7.39.1"
	} else {
		n.UserAgent = "Posthaste/" + p.Version
	}
	n.MaxResponse = int64(f.maxResponse)
	// newman has no limit, see maxResponseSize.
	if n.MaxResponse == 0 && !f.compat {
		n.MaxResponse = maxResponseSize
	}
	for _, m := range f.mappings {
		from, to, err := option.Mapping(m)
		if err != nil {
			return n, err
		}
		n.Map = append(n.Map, runner.Mapping{From: from, To: to})
	}
	var err error
	if f.cookieJar != "" {
		if n.CookieJar, err = input.ReadFile(p, "cookie jar", f.cookieJar); err != nil {
			return n, err
		}
		if err := input.CheckCookieJar(f.cookieJar, n.CookieJar); err != nil {
			return n, err
		}
	}
	if n.ExtraCAs, err = input.NodeAuthorities(p); err != nil {
		// Node warns and goes on, and so do we: the run may not need them.
		p.Warn("%s: %v: the authorities in it are not trusted", input.NodeAuthoritiesVariable, err)
	}
	if f.extraCA != "" {
		named, err := input.ReadFile(p, "certificate authorities", f.extraCA)
		if err != nil && !f.compat { // newman does without
			return n, err
		}
		// Both: those of NODE_EXTRA_CA_CERTS and of the option.
		n.ExtraCAs = append(n.ExtraCAs, named...)
	}
	n.Certificates, err = r.certificates()
	return n, err
}

// requestTimeout is the smaller of the request's and the run's (newman: min of both). 0 means
// no limit.
func (r *running) requestTimeout() time.Duration {
	request, whole := time.Duration(r.flags.timeoutRequest), time.Duration(r.flags.timeout)
	if request == 0 || whole != 0 && whole < request {
		return whole
	}
	return request
}

// maxResponseSize is how many bytes a response body may have unless a flag says otherwise.
// newman has no such limit and runs out of memory; a gigabyte is more than a test can use.
const maxResponseSize int64 = 1e9
