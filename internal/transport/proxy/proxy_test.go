package proxy

import (
	"net/url"
	"strings"
	"testing"
)

func TestFromEnvironment(t *testing.T) {
	tests := map[string]struct {
		env  map[string]string
		url  string
		want string
	}{
		"http has its own":                  {map[string]string{"HTTP_PROXY": "http://p:1", "HTTPS_PROXY": "http://q:2"}, "http://a.test:80", "http://p:1"},
		"https has its own":                 {map[string]string{"HTTP_PROXY": "http://p:1", "HTTPS_PROXY": "http://q:2"}, "https://a.test:443", "http://q:2"},
		"https falls back":                  {map[string]string{"http_proxy": "http://p:1"}, "https://a.test:443", "http://p:1"},
		"http does not fall back":           {map[string]string{"https_proxy": "http://p:1"}, "http://a.test:80", ""},
		"a scheme is http":                  {map[string]string{"HTTP_PROXY": "p:1"}, "http://a.test:80", "http://p:1"},
		"localhost is no exception":         {map[string]string{"HTTP_PROXY": "http://p:1"}, "http://localhost:80", "http://p:1"},
		"addresses of this machine neither": {map[string]string{"HTTP_PROXY": "http://p:1"}, "http://127.0.0.1:80", "http://p:1"},
		"a star excepts all":                {map[string]string{"HTTP_PROXY": "http://p:1", "NO_PROXY": "*"}, "http://a.test:80", ""},
		"a name excepts itself":             {map[string]string{"HTTP_PROXY": "http://p:1", "NO_PROXY": "b, A.test"}, "http://a.TEST:80", ""},
		"a name excepts subdomains":         {map[string]string{"HTTP_PROXY": "http://p:1", "no_proxy": "a.test"}, "http://b.a.test:80", ""},
		"a dot changes nothing":             {map[string]string{"HTTP_PROXY": "http://p:1", "no_proxy": ".a.test"}, "http://a.test:80", ""},
		"a star and dot change nothing":     {map[string]string{"HTTP_PROXY": "http://p:1", "no_proxy": "*.a.test"}, "http://b.a.test:80", ""},
		"names end at dots":                 {map[string]string{"HTTP_PROXY": "http://p:1", "NO_PROXY": "a.test"}, "http://ba.test:80", "http://p:1"},
		"a port must be the same":           {map[string]string{"HTTP_PROXY": "http://p:1", "NO_PROXY": "a.test:81"}, "http://a.test:80", "http://p:1"},
		"a port that is the same excepts":   {map[string]string{"HTTP_PROXY": "http://p:1", "NO_PROXY": "a.test:80"}, "http://a.test:80", ""},
		"a block of addresses excepts":      {map[string]string{"HTTP_PROXY": "http://p:1", "NO_PROXY": "10.0.0.0/8"}, "http://10.9.8.7:80", ""},
		"a block leaves other addresses":    {map[string]string{"HTTP_PROXY": "http://p:1", "NO_PROXY": "10.0.0.0/8"}, "http://11.9.8.7:80", "http://p:1"},
		"IPv6 excepts":                      {map[string]string{"HTTP_PROXY": "http://p:1", "NO_PROXY": "::1"}, "http://[::1]:80", ""},
		"IPv6 with port excepts":            {map[string]string{"HTTP_PROXY": "http://p:1", "NO_PROXY": "[::1]:80"}, "http://[::1]:80", ""},
		"SOCKS is a proxy":                  {map[string]string{"HTTP_PROXY": "socks5://u:p@s:1080"}, "http://a.test:80", "socks5://u:p@s:1080"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			u, err := url.Parse(test.url)
			if err != nil {
				t.Fatal(err)
			}
			p, err := FromEnvironment(func(k string) string { return test.env[k] })(u)
			got := ""
			if p != nil {
				got = p.String()
			}
			if err != nil || got != test.want {
				t.Errorf("the proxy is %q, %v, want %q", got, err, test.want)
			}
		})
	}
	if FromEnvironment(func(string) string { return "" }) != nil {
		t.Error("an empty environment gives a proxy")
	}
	for _, bad := range []string{"ftp://p:1", "http://", "http://u:secret@a b:1"} {
		_, err := FromEnvironment(func(string) string { return bad })(&url.URL{Scheme: "http", Host: "a.test"})
		if err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("%q gives %v", bad, err)
		}
	}
}

// The right sides are newman's, but for users and passwords with what ends a URL's host: there it takes them for the host.
func TestProxiesOfAnyLetters(t *testing.T) {
	for name, test := range map[string]struct{ give, user, password, addr string }{
		"letters beyond ASCII":           {"http://kåre:blåbær@p.test:81", "kåre", "blåbær", "p.test:81"},
		"the same encoded":               {"http://k%C3%A5re:bl%C3%A5b%C3%A6r@p.test:81", "kåre", "blåbær", "p.test:81"},
		"an emoji":                       {"http://u:😀@p.test:81", "u", "😀", "p.test:81"},
		"an @":                           {"http://u:p@ss@p.test:81", "u", "p@ss", "p.test:81"},
		"an encoded @":                   {"http://u:p%40ss@p.test:81", "u", "p@ss", "p.test:81"},
		"a colon":                        {"http://u:p:w@p.test:81", "u", "p:w", "p.test:81"},
		"a slash":                        {"http://u:p/w@p.test:81", "u", "p/w", "p.test:81"},
		"a hash and a question":          {"http://u:p#w?@p.test:81", "u", "p#w?", "p.test:81"},
		"a percent that encodes nothing": {"http://u:p%w@p.test:81", "u", "p%w", "p.test:81"},
		"blanks":                         {"http://u r:p w@p.test:81", "u r", "p w", "p.test:81"},
		"signs":                          {"http://u:\"<>^`{|}[]$&+,;=!@p.test:81", "u", "\"<>^`{|}[]$&+,;=!", "p.test:81"},
		"a domain":                       {`http://dom\user:pw@p.test:81`, `dom\user`, "pw", "p.test:81"},
		"no password":                    {"http://u:@p.test:81", "u", "", "p.test:81"},
		"no user":                        {"http://:p@p.test:81", "", "p", "p.test:81"},
		"an empty one":                   {"http://@p.test:81", "", "", "p.test:81"},
		"no scheme":                      {"u:p@p.test:81", "u", "p", "p.test:81"},
		"a scheme in upper case":         {"HTTP://p.test", "", "", "p.test:80"},
		"a path":                         {"http://p.test:81/x?y#z", "", "", "p.test:81"},
		"blanks around":                  {" http://p.test:81 ", "", "", "p.test:81"},
		"backslashes":                    {`http:\\p.test:81`, "", "", "p.test:81"},
		"slashes only":                   {"//p.test:81", "", "", "p.test:81"},
		"IPv6":                           {"http://[::1]:81", "", "", "[::1]:81"},
		"IPv6 without a port":            {"socks5://[::1]", "", "", "[::1]:1080"},
		"IPv4 in short":                  {"http://0x7f.1:81", "", "", "127.0.0.1:81"},
		"a name beyond ASCII":            {"https://bücher.example", "", "", "xn--bcher-kva.example:443"},
	} {
		t.Run(name, func(t *testing.T) {
			u, err := FromEnvironment(func(k string) string { return map[string]string{"HTTP_PROXY": test.give}[k] })(&url.URL{Scheme: "http", Host: "a.test"})
			if err != nil {
				t.Fatal(err)
			}
			var user, password string
			if u.User != nil {
				user = u.User.Username()
				password, _ = u.User.Password()
			}
			if user != test.user || password != test.password || Addr(u) != test.addr {
				t.Errorf("%q is user %q, password %q at %s, want %q, %q, %s", test.give, user, password, Addr(u), test.user, test.password, test.addr)
			}
			if name == "an empty one" && Auth(u) != "" {
				t.Errorf("without a user it is %q", Auth(u))
			}
		})
	}
}

func TestBadProxiesDoNotShowTheirPassword(t *testing.T) {
	for _, give := range []string{"http://u:geheim@p.test:99999", "http://u:geheim@p.test:x", "http://u:geheim@", "u:geheim@", "ftp://u:geheim@p", "http://u:ge/heim@a b"} {
		_, err := FromEnvironment(func(string) string { return give })(&url.URL{Scheme: "http", Host: "a.test"})
		if err == nil || strings.Contains(err.Error(), "heim") {
			t.Errorf("%q gives %v", give, err)
		}
	}
}

func TestNamesBeyondASCIIAreExcepted(t *testing.T) {
	ask := FromEnvironment(func(k string) string { return map[string]string{"HTTP_PROXY": "p:1", "NO_PROXY": "bücher.example"}[k] })
	for host, want := range map[string]bool{"xn--bcher-kva.example": true, "x.xn--bcher-kva.example": true, "example": false} {
		if u, err := ask(&url.URL{Scheme: "http", Host: host}); err != nil || (u == nil) != want {
			t.Errorf("%s: proxy %v, %v", host, u, err)
		}
	}
}
