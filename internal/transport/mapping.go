package transport

import (
	"errors"
	"strings"

	"posthaste/internal/transport/failure"
	"posthaste/internal/transport/target"
)

// A Rule sends requests for one host to another: what begins with From goes to To. From is a scheme and a host,
// perhaps a port and a path; without a scheme it is both http and https. Once a host is in a rule, no request
// reaches its real address: what no rule covers, such as another port, fails before it is sent. Names and
// addresses of this machine are exempt, since such a request does not leave it.
type Rule struct {
	From string // "https://apitest.vipps.no" or "apitest.vipps.no"
	To   string // "http://127.0.0.1:8080"
}

// A rule is a Rule whose sides are parsed. Paths have no slash at the end.
type rule struct {
	Rule
	from, to  target.Target
	anyScheme bool // From names none
}

// parseRule checks a Rule. Without a scheme From stands for http and https, with the usual
// port of each; To must be a URL that can be sent to.
func parseRule(r Rule) (rule, error) {
	text := r.From
	anyScheme := !strings.Contains(text, "://")
	if anyScheme {
		text = "https://" + text // any scheme, to parse it
	}
	from, err := target.Parse(text, false)
	if err == nil {
		err = from.CheckSendable()
	}
	if err != nil {
		return rule{}, errors.New("reading map rule: " + r.From + ": " + err.Error())
	}
	to, err := target.Parse(r.To, false)
	if err == nil {
		err = errors.Join(to.CheckSendable(), to.CheckPort())
	}
	if err != nil {
		return rule{}, errors.New("reading map rule: " + r.To + ": " + err.Error())
	}
	from.Path, to.Path = strings.TrimSuffix(from.Path, "/"), strings.TrimSuffix(to.Path, "/")
	return rule{r, from, to, anyScheme}, nil
}

// apply returns where t goes, and whether the rule covers it. A path in From covers itself
// and what is below it, not its siblings: "/api" covers "/api/x" and not "/apis".
func (r *rule) apply(t target.Target) (target.Target, bool) {
	from := r.from
	if r.anyScheme {
		from.Scheme = t.Scheme
	}
	if from.Scheme != t.Scheme || !sameHost(from.Hostname, t.Hostname) || from.DialPort() != t.DialPort() {
		return t, false
	}
	rest, ok := strings.CutPrefix(t.Path, from.Path)
	if !ok || rest != "" && rest[0] != '/' {
		return t, false
	}
	t.Scheme, t.Hostname, t.Port, t.HasPort, t.Path = r.to.Scheme, r.to.Hostname, r.to.Port, r.to.HasPort, r.to.Path+rest
	if t.Path == "" {
		t.Path = "/"
	}
	return t, true
}

// sameHost compares host names, which are in lower case. A dot at the end does not change who
// answers, so it must not lead past a rule.
func sameHost(a, b string) bool {
	return strings.TrimSuffix(a, ".") == strings.TrimSuffix(b, ".")
}

// mapped returns where t is answered from, and whether a rule says so. A target whose host is
// in a rule that does not cover it is a *failure.Error: it would reach the real address,
// which is what the user wanted to avoid.
func (c *Client) mapped(t target.Target) (target.Target, bool, error) {
	for i := range c.rules {
		if via, ok := c.rules[i].apply(t); ok {
			return via, true, nil
		}
	}
	// Requests that name the simulator directly are what the user wrote.
	if r := c.ruleOf(t); r != nil && !isLocal(t.Hostname) && !c.isDestination(t) {
		return t, false, r.missed(&t)
	}
	return t, false, nil
}

// MapURL returns the URL that rules put in the place of an address, which is the address
// itself where no rule is about its host. The error says that the address would reach a
// mapped host past its rule, or that it cannot be read. Inputs that are URLs are mapped by
// it.
func MapURL(rules []Rule, address string) (string, error) {
	c := &Client{}
	for _, r := range rules {
		parsed, err := parseRule(r)
		if err != nil {
			return "", err
		}
		c.rules = append(c.rules, parsed)
	}
	t, err := target.Parse(address, true)
	if err != nil {
		return "", err
	}
	via, isMapped, err := c.mapped(t)
	if err != nil || !isMapped {
		return address, err
	}
	return via.Shown(), nil
}

// ruleOf returns the first rule about t's host, whether or not it covers t, or nil.
func (c *Client) ruleOf(t target.Target) *rule {
	for i := range c.rules {
		if r := &c.rules[i]; sameHost(r.from.Hostname, t.Hostname) {
			return r
		}
	}
	return nil
}

// isDestination reports whether a rule sends requests to t's scheme, host and port.
func (c *Client) isDestination(t target.Target) bool {
	for i := range c.rules {
		if to := &c.rules[i].to; to.Scheme == t.Scheme && to.Hostname == t.Hostname && to.DialPort() == t.DialPort() {
			return true
		}
	}
	return false
}

// missed is the error of a request to a mapped host that no rule covers, with the option that
// would cover it as its hint.
func (r *rule) missed(t *target.Target) *failure.Error {
	origin := t.Scheme + "://" + t.Host()
	e := &failure.Error{
		Message: "not sent: " + origin + " would be reached past --map " + r.From + "=" + r.To,
		Hint:    "if the simulator should answer it too, add --map " + origin + "=" + r.To,
	}
	switch {
	case r.from.Path != "":
		e.Hint = "the rule covers " + r.from.Path + " only; for all paths, give --map " + origin + "=SCHEME://HOST:PORT"
	case !r.anyScheme && r.from.Scheme != t.Scheme && r.from.Port == "" && t.Port == "":
		e.Hint = "to cover http and https, leave the scheme out: --map " + r.from.Hostname + "=" + r.To
	}
	return e
}

// forwarded tells the server that answers a mapped request what the request asked for, as a
// reverse proxy does. Header lines of the user's own stay as they are. It is nil for requests
// that are not mapped.
func (h *hop) forwarded() []headerLine {
	if !h.mapped {
		return nil
	}
	var lines []headerLine
	for _, line := range []headerLine{{"X-Forwarded-Proto", h.target.Scheme}, {"X-Forwarded-Host", h.target.Host()}} {
		if find(h.header, line.name) < 0 {
			lines = append(lines, line)
		}
	}
	return lines
}

// A headerLine is added to a request on the wire and appears in no report.
type headerLine struct{ name, value string }
