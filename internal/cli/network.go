package cli

import (
	"bytes"
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"slices"
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
		Proxy: transport.ProxyFromEnvironment(p.env), Files: r.files(),
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
		if n.CookieJar, err = p.readFile("cookie jar", f.cookieJar); err != nil {
			return n, err
		}
	}
	if n.ExtraCAs, err = p.nodeAuthorities(); err != nil {
		p.warn("%s: %v: the authorities in it are not trusted", nodeAuthoritiesVariable, err)
	}
	if f.extraCA != "" {
		named, err := p.readFile("certificate authorities", f.extraCA)
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

// readFile reads a file that a flag names.
func (p *Process) readFile(what, name string) ([]byte, error) {
	data, err := source{process: p, what: what, text: name}.file()
	if err != nil {
		return nil, source{process: p, what: what, text: name}.explain(err)
	}
	return data, nil
}

// certificates reads the list of client certificates and the single one, which serves every other host
// (newman: lib/run/index.js). A certificate that cannot be read is said and left out, as newman does.
func (r *running) certificates() ([]runner.Certificate, error) {
	var list []runner.Certificate
	if name := r.flags.clientCertList; name != "" {
		data, err := r.process.readFile("client certificate list", name)
		if err != nil {
			return nil, err
		}
		var entries []listedCertificate
		if err := json.Unmarshal(data, &entries); err != nil {
			return nil, usage("it is a JSON array of {matches, cert: {src}, key: {src}, passphrase}",
				"reading the client certificate list: %s: %w", name, err)
		}
		for _, e := range entries {
			list = append(list, r.certificate(e))
		}
	}
	if r.flags.clientCert != "" {
		single := listedCertificate{Name: "--ssl-client-cert", Matches: []string{"<all_urls>"}, Passphrase: r.flags.clientPass}
		single.Key.Src = r.flags.clientKey
		if isPFX(r.flags.clientCert) {
			single.PFX.Src = r.flags.clientCert
		} else {
			single.Cert.Src = r.flags.clientCert
		}
		list = append(list, r.certificate(single))
	}
	return slices.DeleteFunc(list, func(c runner.Certificate) bool {
		keyless := c.Key == nil && c.PFX == nil
		if keyless && c.Cert != nil {
			r.process.warn("client certificate %s has no key and is not shown to servers", c.Name)
		}
		return keyless || c.Cert == nil && c.PFX == nil // newman: no key, no certificate
	}), nil
}

// listedCertificate is an entry of --ssl-client-cert-list.
type listedCertificate struct {
	Name           string
	Matches        []string
	Cert, Key, PFX struct{ Src string }
	Passphrase     string
}

func isPFX(name string) bool {
	ext := strings.ToLower(filepath.Ext(name))
	return ext == ".p12" || ext == ".pfx"
}

func (r *running) certificate(e listedCertificate) runner.Certificate {
	read := func(name string) []byte {
		if name == "" {
			return nil
		}
		data, err := os.ReadFile(r.process.path(name))
		if err != nil {
			r.process.warn("client certificate %s: %v", name, err)
		}
		return data
	}
	c := runner.Certificate{
		Name: e.Name, Matches: e.Matches, Cert: read(e.Cert.Src), Key: read(e.Key.Src), PFX: read(e.PFX.Src),
		Passphrase: e.Passphrase,
	}
	if e.Key.Src == "" && !r.flags.compat && bytes.Contains(c.Cert, []byte("PRIVATE KEY-----")) {
		c.Key = c.Cert // one file with both
	}
	return c
}
