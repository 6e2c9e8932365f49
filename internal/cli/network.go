package cli

import (
	"net/url"
	"strings"
	"time"

	"posthaste/internal/transport"
	"posthaste/runner"
)

// network reads what flags say of the network: certificates, proxies, host mappings, the cookie jar.
func (r *running) network() (runner.Network, error) {
	f, p := r.flags, r.process
	n := runner.Network{
		Insecure: f.insecure, IgnoreRedirects: f.ignoreRedirects, Timeout: r.requestTimeout(),
		Proxy: transport.ProxyFromEnvironment(p.env), Files: newBodyFiles(p, f.workingDir, f.noInsecureFileRead),
	}
	if f.compat {
		n.UserAgent = "PostmanRuntime/7.39.1"
	} else {
		n.UserAgent = "Posthaste/" + p.Version
	}
	n.MaxResponse = int64(f.maxResponse)
	if n.MaxResponse == 0 && !f.compat {
		n.MaxResponse = int64(maxResponseSize)
	}
	for _, m := range f.mappings {
		rule, err := mapping(m)
		if err != nil {
			return n, err
		}
		n.Map = append(n.Map, rule)
	}
	var err error
	if f.cookieJar != "" {
		if n.CookieJar, err = readFile(p, "cookie jar", f.cookieJar); err != nil {
			return n, err
		}
	}
	if n.ExtraCAs, err = nodeAuthorities(p); err != nil {
		p.warn("%s: %v: the authorities in it are not trusted", nodeAuthoritiesVariable, err)
	}
	if f.extraCA != "" {
		named, err := readFile(p, "certificate authorities", f.extraCA)
		if err != nil && !f.compat { // newman does without
			return n, err
		}
		n.ExtraCAs = append(n.ExtraCAs, named...)
	}
	n.Certificates, err = r.certificates()
	return n, err
}

// requestTimeout is the smaller of the request's and the run's (newman: min of both).
func (r *running) requestTimeout() time.Duration {
	request, whole := time.Duration(r.flags.timeoutRequest), time.Duration(r.flags.timeout)
	if request == 0 || whole != 0 && whole < request {
		return whole
	}
	return request
}

// mapping reads --map from=to.
func mapping(text string) (runner.Mapping, error) {
	from, to, ok := strings.Cut(text, "=")
	m := runner.Mapping{From: strings.TrimSuffix(from, "/"), To: strings.TrimSuffix(to, "/")}
	for _, side := range []string{m.From, m.To} {
		u, err := url.Parse(side)
		if !ok || err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.RawQuery != "" {
			return m, usage("for example --map https://apitest.vipps.no=http://127.0.0.1:8080",
				"--map %s: it takes from=to, each scheme://host[:port]", text)
		}
	}
	return m, nil
}
