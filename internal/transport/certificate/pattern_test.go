package certificate

import (
	"testing"

	"posthaste/internal/transport/target"
)

func TestMatchPattern(t *testing.T) {
	tests := map[string]struct {
		pattern, url string
		want         bool
	}{
		"all URLs":                   {"<all_urls>", "https://a.test/x", true},
		"all URLs of https only":     {"<all_urls>", "http://a.test/x", false},
		"the host":                   {"https://a.test/*", "https://a.test/x", true},
		"another host":               {"https://a.test/*", "https://b.test/x", false},
		"any host":                   {"https://*/*", "https://b.test/x", true},
		"below a host":               {"https://*.a.test/*", "https://b.a.test/", true},
		"the host of a suffix":       {"https://*.a.test/*", "https://a.test/", true},
		"not a host that ends alike": {"https://*.a.test/*", "https://ba.test/", false},
		"without path":               {"https://a.test", "https://a.test/", false},
		"the path":                   {"https://a.test/x/?", "https://a.test/x/y", true},
		"another path":               {"https://a.test/x/?", "https://a.test/x/yz", false},
		"a port that is missing":     {"https://a.test/*", "https://a.test:8443/", false},
		"a port":                     {"https://a.test:8443/*", "https://a.test:8443/", true},
		"any port":                   {"https://a.test:*/*", "https://a.test:8443/", true},
		"the port of the scheme":     {"https://a.test:443/*", "https://a.test/", true},
		"several protocols":          {"http+https://a.test/*", "https://a.test/", true},
		"any protocol":               {"*://a.test/*", "https://a.test/", true},
		"another protocol":           {"http://a.test/*", "https://a.test/", false},
		"characters of regexps":      {"https://a.test/(x", "https://a.test/(x", true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			to, err := target.Parse(test.url, false)
			if err != nil {
				t.Fatal(err)
			}
			p, ok := parsePattern(test.pattern)
			if got := ok && p.match(&to); got != test.want {
				t.Errorf("%q matches %q: %v, want %v", test.pattern, test.url, got, test.want)
			}
		})
	}
}
