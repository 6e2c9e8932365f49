package transport

import (
	"net/url"
	"strings"

	"github.com/tidwall/gjson"

	"posthaste/collection"
)

// CodeBehavior is the code of a warning that a part of protocolProfileBehavior is not
// supported here, such as a cipher. newman has no such warnings.
const CodeBehavior = "behavior"

// settings are protocolProfileBehavior, read once a request, and the request's own proxy. The
// names of the fields' comments are Postman's.
type settings struct {
	verify         bool // check certificates
	follow         bool // follow redirects
	maxRedirects   int
	keepMethod     bool // followOriginalHttpMethod
	keepAuth       bool // followAuthorizationHeader
	noReferer      bool
	keepBody       bool              // disableBodyPruning
	verbatimURL    bool              // disableUrlEncoding
	noCookies      bool              // disableCookies
	lenient        bool              // insecureHTTPParser
	protocol       string            // "http1", "http2" or "auto"; see Options.Protocol
	disabledSystem map[string]bool   // lower case names; nil disables none
	tlsDisabled    string            // tlsDisabledProtocols, joined by " "
	tlsCiphers     string            // tlsCipherSelection, joined by ":"
	proxy          *url.URL          // nil: as the options say
	tunnel         bool              // http goes through a tunnel of the proxy too
	sent           func()            // called when a request has been written; may be nil
	hold           func(int64) error // as Request.Hold
	client         *Client           // that the request goes through
	request        *Request          // whose settings these are
}

// say reports what of a request's behavior is not supported, if anybody listens.
func (s *settings) say(text string) {
	if s.client != nil {
		s.client.say(s.request, CodeBehavior, text)
	}
}

// settingsOf reads b over what the client's options say. Behaviors of the request win over
// options. Values of the wrong type are read as JavaScript would (truthy), as newman does.
func (c *Client) settingsOf(b collection.Behavior) settings {
	s := settings{verify: !c.opts.Insecure, follow: !c.opts.IgnoreRedirects, maxRedirects: 10, protocol: c.opts.Protocol} // newman: ten redirects
	if len(b) == 0 {
		return s
	}
	flag := func(key string, into *bool) {
		if v := b[key]; v.Kind() != collection.Undefined {
			*into = v.Truthy()
		}
	}
	flag("strictSSL", &s.verify)
	s.verify = s.verify || b["strictSSL"].Kind() == collection.Null // newman: only false is not strict
	flag("followRedirects", &s.follow)
	flag("followOriginalHttpMethod", &s.keepMethod)
	flag("followAuthorizationHeader", &s.keepAuth)
	flag("removeRefererHeaderOnRedirect", &s.noReferer)
	flag("disableBodyPruning", &s.keepBody)
	flag("disableUrlEncoding", &s.verbatimURL)
	flag("disableCookies", &s.noCookies)
	flag("insecureHTTPParser", &s.lenient)
	if n, ok := b["maxRedirects"].Float(); ok {
		s.maxRedirects = int(n)
	}
	if v := b["protocolVersion"]; v.IsString() {
		s.protocol = v.String()
	}
	// An object from header names to booleans: {"user-agent": true}.
	if v := b["disabledSystemHeaders"]; v.Kind() == collection.JSON {
		s.disabledSystem = map[string]bool{}
		gjson.Parse(v.JSONText()).ForEach(func(name, on gjson.Result) bool {
			if on.Bool() {
				s.disabledSystem[strings.ToLower(name.String())] = true
			}
			return true
		})
	}
	s.tlsDisabled = joined(b["tlsDisabledProtocols"], " ")
	s.tlsCiphers = joined(b["tlsCipherSelection"], ":")
	return s
}

// joined returns the strings of a JSON list, joined by sep, or a lone string as it is. Both
// forms occur in collections.
func joined(v collection.Value, sep string) string {
	if v.Kind() != collection.JSON {
		return v.String()
	}
	var all []string
	for _, e := range gjson.Parse(v.JSONText()).Array() {
		all = append(all, e.String())
	}
	return strings.Join(all, sep)
}
