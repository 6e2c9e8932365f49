package check

import (
	"net"
	"net/url"
	"slices"
	"strings"

	"posthaste/internal/check/rule"
	"posthaste/internal/check/value"
)

// checkHosts decides where calls go, and finds addresses that are wrong or of another
// environment. Which variables hold addresses is in the rules: Base always, Maybe when they
// look like one, Also for other purposes.
func (s *inspection) checkHosts() {
	for _, v := range value.Lookup(s.in.Variables, s.rules.Hosts.Production) {
		if s.in.Production && v.Value != "" {
			s.checkBase(v)
		}
	}
	for _, v := range value.Lookup(s.in.Variables, s.rules.Hosts.Base) {
		s.checkBase(v)
	}
	for _, v := range value.Lookup(s.in.Variables, s.rules.Hosts.Maybe) {
		if u, err := url.Parse(v.Value); err == nil && (s.environmentOf(v.Value) != nil || u.Path == "" && isLoopback(u.Hostname())) {
			s.checkBase(v)
		}
	}
	for _, v := range value.Lookup(s.in.Variables, s.rules.Hosts.Also) {
		s.checkAlso(v)
	}
}

// checkBase looks at an address that must be a host and nothing more. An address on this
// machine is a simulator, which calls then go to.
func (s *inspection) checkBase(v value.Variable) {
	f := finding{vars: []value.Variable{v}, words: map[string]string{}}
	text := strings.TrimSpace(v.Value)
	if text == "" || s.rules.IsPlaceholder(text) {
		f.words["what"] = "a placeholder instead of an address"
		s.find("host-form", f)
		return
	}
	u, err := url.Parse(text)
	if err != nil || u.Host == "" {
		f.words["what"] = "no scheme and host such as " + s.env.Host
		if err == nil && s.environmentOf("https://"+text) != nil {
			f.words["what"] = "no https:// in front"
		}
		s.find("host-form", f)
		return
	}
	// An unknown host is told and not called: keys must not be sent to a stranger.
	env := s.environmentOf(v.Value)
	switch {
	case env == nil && isLoopback(u.Hostname()):
		s.base, s.standIn = u.Scheme+"://"+u.Host, true
		s.find("stand-in", f)
	case env == nil:
		s.find("host-unknown", f)
	case env != s.env:
		f.words["what"], f.words["switch"] = env.Label, "with --production"
		if !env.Production {
			f.words["switch"] = "without --production"
		}
		s.find("host-other", f)
	case damagedHost(v.Value, u) != "":
		f.words["what"] = damagedHost(v.Value, u)
		s.find("host-form", f)
	}
}

// damagedHost says what an address has beside scheme and host, "" when nothing. Only the
// first thing is said.
func damagedHost(text string, u *url.URL) string {
	damages, _ := value.Damages(text, func(text string) bool { return strings.HasPrefix(text, "https://") })
	switch {
	case u.Scheme != "https":
		return "another scheme than https"
	case len(damages) > 0:
		return damages[0].What
	case u.User != nil:
		return "a user name"
	case u.Path == "/":
		return "a slash at the end"
	case u.Path != "":
		return "a path behind the host"
	case u.RawQuery != "" || u.Fragment != "":
		return "a query behind the host"
	}
	return ""
}

// checkAlso looks at an address that may have a path but must be of the same environment.
// Where the base is wrong already, it says nothing more.
func (s *inspection) checkAlso(v value.Variable) {
	env := s.environmentOf(v.Value)
	other := s.rules.BySymptom("host-other")
	isSaid := slices.ContainsFunc(s.findings, func(f finding) bool { return f.rule == other })
	if env == nil || env == s.env || s.standIn || isSaid {
		return
	}
	s.find("host-mixed", finding{vars: []value.Variable{v}, words: map[string]string{"what": env.Label}})
}

// environmentOf finds the environment whose host an address has, nil if it is not one. Case
// does not matter in a host.
func (s *subject) environmentOf(text string) *rule.Environment {
	u, err := url.Parse(strings.TrimSpace(text))
	if err != nil {
		return nil
	}
	for i := range s.rules.Environments {
		if e := &s.rules.Environments[i]; strings.EqualFold(hostOf(e.Host), u.Host) {
			return e
		}
	}
	return nil
}

// hostOf is an address without its scheme, as reports show it.
func hostOf(address string) string {
	_, host, _ := strings.Cut(address, "://")
	return host
}

// isLoopback knows this machine by name and by address.
func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
