package transport

import (
	"errors"
	"strings"
	"testing"

	"posthaste/collection"
	"posthaste/internal/transport/failure"
)

// TestMappedHostIsNotReachedPastTheMap holds that no request goes to a mapped host's real address. Were one sent, it
// would fail with another error: .test has no addresses.
func TestMappedHostIsNotReachedPastTheMap(t *testing.T) {
	tests := map[string]struct{ from, url, hint string }{
		"another scheme":            {"https://api.test", "http://api.test/a", "leave the scheme out: --map api.test=TO"},
		"the scheme that is secure": {"http://api.test", "https://api.test/a", "leave the scheme out: --map api.test=TO"},
		"another port":              {"https://api.test", "https://api.test:8443/a", "--map https://api.test:8443=TO"},
		"the port of the scheme":    {"https://api.test:8443", "https://api.test/a", "--map https://api.test=TO"},
		"a port of a bare host":     {"api.test", "http://api.test:8080", "--map http://api.test:8080=TO"},
		"another path":              {"https://api.test/v1", "https://api.test/v2", "covers /v1 only"},
		"a path that only begins":   {"https://api.test/v1", "https://api.test/v10", "covers /v1 only"},
		"a dot at the end":          {"https://api.test", "http://api.test./a", "leave the scheme out"},
		"another case":              {"https://api.test", "HTTP://API.TEST/a", "leave the scheme out"},
		"a user in the URL":         {"https://api.test", "http://a:b@api.test/a", "leave the scheme out"},
		"full stops of other kinds": {"https://api.test", "http://api。test/a", "leave the scheme out"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			srv := answering(t, okAnswer)
			c := client(t, Options{Map: []Rule{{test.from, srv.url()}}})
			_, err := do(t, c, &Request{URL: test.url})
			var e *failure.Error
			if !errors.As(err, &e) || !strings.HasPrefix(e.Message, "not sent: ") || !strings.Contains(e.Message, "--map "+test.from+"="+srv.url()) {
				t.Fatalf("the error is %v, want one that names the map", err)
			}
			if want := strings.ReplaceAll(test.hint, "TO", srv.url()); !strings.Contains(e.Hint, want) {
				t.Errorf("the hint is %q, want %q", e.Hint, want)
			}
			if got := srv.requests(); len(got) > 0 {
				t.Errorf("%d requests were sent", len(got))
			}
		})
	}
}

func TestRedirectDoesNotLeadPastTheMap(t *testing.T) {
	srv := answering(t, "HTTP/1.1 307 Temporary Redirect\r\nLocation: http://api.test:81/elsewhere\r\nContent-Length: 0\r\n\r\n")
	c := client(t, Options{Map: []Rule{{"https://api.test", srv.url()}}})
	for _, url := range []string{"https://api.test/a", srv.url() + "/a"} {
		if _, err := do(t, c, &Request{URL: url}); err == nil || !strings.HasPrefix(err.Error(), "not sent: http://api.test:81 ") {
			t.Errorf("%s: the error is %v", url, err)
		}
	}
}

func TestMapAllowsWhatStaysOrWasMeant(t *testing.T) {
	srv := answering(t, okAnswer)
	port := srv.url()[strings.LastIndex(srv.url(), ":"):]
	tests := map[string]struct {
		rules []Rule
		url   string
	}{
		"a bare host over http":        {[]Rule{{"api.test", srv.url()}}, "http://api.test/a"},
		"a bare host over https":       {[]Rule{{"api.test", srv.url()}}, "https://api.test/a"},
		"a bare host with a port":      {[]Rule{{"api.test:8443", srv.url()}}, "https://api.test:8443/a"},
		"a dot at the end":             {[]Rule{{"https://api.test", srv.url()}}, "https://api.test./a"},
		"a second rule":                {[]Rule{{"https://api.test", "http://127.0.0.1:1"}, {"http://api.test", srv.url()}}, "http://api.test/a"},
		"this machine by name":         {[]Rule{{"http://localhost:1", "http://127.0.0.1:1"}}, "http://localhost" + port},
		"this machine by address":      {[]Rule{{"http://127.0.0.1:1", "http://127.0.0.1:2"}}, srv.url()},
		"what a rule itself points to": {[]Rule{{"https://127.0.0.1", srv.url()}}, srv.url()},
		"a host of another name":       {[]Rule{{"https://api.test", "http://127.0.0.1:1"}}, srv.url()},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if _, err := do(t, client(t, Options{Map: test.rules}), &Request{URL: test.url}); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestMappedRequestSaysWhatItAskedFor(t *testing.T) {
	tests := map[string]struct {
		from, url, want string
		header          []collection.Header
	}{
		"https":           {"https://api.test", "https://api.test/a", "|X-Forwarded-Proto: https|X-Forwarded-Host: api.test", nil},
		"http and a port": {"http://api.test:81", "http://api.test:81/a", "|X-Forwarded-Proto: http|X-Forwarded-Host: api.test:81", nil},
		"the user's own line": {
			"https://api.test", "https://api.test/a", "|x-forwarded-host: mine|X-Forwarded-Proto: https",
			[]collection.Header{{Key: "x-forwarded-host", Value: "mine"}},
		},
		"a request that is not mapped": {"https://api.test", "BASE/a", "", nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			srv := answering(t, okAnswer)
			c := client(t, Options{Map: []Rule{{test.from, srv.url()}}})
			r, err := do(t, c, &Request{URL: strings.ReplaceAll(test.url, "BASE", srv.url()), Header: test.header})
			if err != nil {
				t.Fatal(err)
			}
			if _, got, _ := strings.Cut(lines(srv.requests()[0], "X-Forwarded-Proto", "X-Forwarded-Host"), "|"); "|"+got != "|"+strings.TrimPrefix(test.want, "|") {
				t.Errorf("the server got %q, want %q", got, test.want)
			}
			for _, line := range r.Sent {
				if line.Key == "X-Forwarded-Proto" || line.Key == "X-Forwarded-Host" {
					t.Errorf("%s is told as the user's request", line.Key)
				}
			}
		})
	}
}

// Who wants to know which rules of a map were of use hears of each hop by the name that it was asked for, redirects too.
func TestVisitedHearsOfRedirects(t *testing.T) {
	last := answering(t, okAnswer)
	first := answering(t, "HTTP/1.1 302 Found\r\nLocation: http://second.test/b\r\nContent-Length: 0\r\n\r\n")
	var hosts []string
	c := client(t, Options{
		Map:     []Rule{{"http://first.test", first.url()}, {"http://second.test", last.url()}},
		Visited: func(host string) { hosts = append(hosts, host) },
	})
	if _, err := do(t, c, &Request{URL: "http://first.test/a"}); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(hosts, " "); got != "first.test second.test" {
		t.Errorf("it heard of %q", got)
	}
}
