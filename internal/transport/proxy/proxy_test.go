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
