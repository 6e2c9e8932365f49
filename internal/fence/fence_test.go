package fence

import (
	"errors"
	"net/url"
	"strings"
	"testing"

	"posthaste/collection"
	"posthaste/internal/transport"
	"posthaste/internal/transport/target"
)

func outgoing(t *testing.T, text string) *transport.Outgoing {
	t.Helper()
	parsed, err := target.Parse(text, false)
	if err != nil {
		t.Fatal(err)
	}
	return &transport.Outgoing{Target: parsed}
}

func TestGlobsOnHosts(t *testing.T) {
	tests := map[string]struct {
		glob    string
		allowed string
		refused string
	}{
		"a name":                          {"a.test", "http://a.test/ https://a.test/ http://a.test:8080/ HTTP://A.TEST/ http://a.test./", "http://b.test/ http://a.test.b/ http://x.a.test/ http://ba.test/"},
		"a name with a port":              {"a.test:80", "http://a.test/ http://a.test:80/ http://a.test:080/", "https://a.test/ http://a.test:81/ http://a.test:800/"},
		"a name with every port":          {"a.test:*", "http://a.test/ http://a.test:1/", "http://b.test/"},
		"a dot at the end":                {"a.test.", "http://a.test/ http://a.test./", "http://b.test/"},
		"upper case":                      {"A.Test", "http://a.test/", "http://b.test/"},
		"subdomains":                      {"*.a.test", "http://b.a.test/ http://c.b.a.test/", "http://a.test/ http://ba.test/ http://b.a.test.c/"},
		"one character":                   {"a?.test", "http://ab.test/", "http://a.test/ http://abc.test/"},
		"every host":                      {"*", "http://a.test/ http://127.0.0.1/ http://[::1]:80/", "http://a%5cb/"},
		"letters beyond ASCII":            {"blåbær.test", "http://blåbær.test/ http://xn--blbr-roah.test/ http://BLÅBÆR.test/", "http://blabar.test/"},
		"an address":                      {"127.0.0.1", "http://127.0.0.1/ http://127.1/ http://2130706433/ http://0x7f000001/ http://0177.0.0.1/ http://[::ffff:127.0.0.1]/ http://[::ffff:7f00:1]/", "http://localhost/ http://127.0.0.2/ http://[::1]/"},
		"addresses":                       {"127.0.0.*", "http://127.0.0.1/ http://127.0.0.255/ http://127.255:80/", "http://127.0.0.com/ http://127.0.0.a.test/"},
		"an address in shorthand":         {"127.1:80", "http://127.0.0.1/", "http://127.0.0.1:81/"},
		"an address of IPv6":              {"::1", "http://[::1]/ http://[0:0:0:0:0:0:0:1]:80/", "http://127.0.0.1/ http://[::2]/ http://[::1%25lo]/"},
		"an address of IPv6 with a port":  {"[::1]:8080", "http://[::1]:8080/", "http://[::1]/"},
		"an address of IPv6 in brackets":  {"[::1]", "http://[::1]:8080/", "http://localhost/"},
		"a dot stands for itself":         {"a.test", "http://a.test/", "http://axtest/"},
		"this machine where no host is":   {"localhost:81", "http://:81/", "http://:82/"},
		"a port that is no port":          {"*", "http://a.test:1/", "http://a.test:0/ http://a.test:65536/ http://a.test:80x/"},
		"names that proxies read again":   {"*.a.test", "http://b.a.test/", "http://evil%23.a.test/ http://evil%5c.a.test/ http://evil%2f.a.test/ http://evil..a.test/"},
		"an address that is no address":   {"*.1", "http://127.0.0.1/", "http://1.2.3.4.1/"},
		"what looks like an address only": {"1.2.3.4", "http://1.2.3.4/", "http://1.2.3.4.test/"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			f, err := New([]string{test.glob}, true, nil)
			if err != nil {
				t.Fatal(err)
			}
			checkURLs(t, f, test.allowed, test.refused)
		})
	}
}

// checkURLs asks a fence for URLs with blanks between them.
func checkURLs(t *testing.T, f *Fence, allowed, refused string) {
	t.Helper()
	for text := range strings.FieldsSeq(allowed) {
		if err := f.Check(outgoing(t, text)); err != nil {
			t.Errorf("%s: %v", text, err)
		}
	}
	for text := range strings.FieldsSeq(refused) {
		if f.Check(outgoing(t, text)) == nil {
			t.Errorf("%s is let through", text)
		}
	}
}

func TestGlobsThatAreRefused(t *testing.T) {
	for _, glob := range []string{"", " ", "http://a.test", "a.test/x", "user@a.test", "a.test:0", "a.test:65536", "a.test:x", "a.test:", "[::1", "[a]", "a..test", ".a.test", "a b", "a\\b", "::1%lo", ":80"} {
		if _, err := New([]string{glob}, true, nil); err == nil {
			t.Errorf("%q is taken for a glob", glob)
		}
	}
}

func TestTheFenceOfACollection(t *testing.T) {
	brought := []string{"test.example", "127.0.0.1"}
	tests := map[string]struct {
		options []string
		typed   bool
		allowed string
		refused string
		beyond  string
	}{
		"holds alone":                             {nil, false, "http://test.example/", "http://live.example/", ""},
		"is left for a host that is written out":  {[]string{"live.example"}, true, "http://live.example/", "http://test.example/ http://other.example/", "live.example"},
		"is not left by a glob":                   {[]string{"*.example"}, true, "http://test.example/", "http://live.example/", ""},
		"is not left by a file":                   {[]string{"live.example", "test.example"}, false, "http://test.example/", "http://live.example/", ""},
		"is narrowed by an option":                {[]string{"127.0.0.1"}, true, "http://127.0.0.1/", "http://test.example/", ""},
		"counts a port":                           {[]string{"live.example:8443", "127.0.0.1"}, true, "https://live.example:8443/ http://127.0.0.1/", "https://live.example/", "live.example:8443"},
		"says what leads out in another spelling": {[]string{"LIVE.example."}, true, "http://live.example/", "http://test.example/", "LIVE.example."},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			f, err := New(test.options, test.typed, brought)
			if err != nil {
				t.Fatal(err)
			}
			checkURLs(t, f, test.allowed, test.refused)
			if got := strings.Join(f.Beyond(), " "); got != test.beyond {
				t.Errorf("Beyond() = %q, want %q", got, test.beyond)
			}
		})
	}
}

func TestHostsBesideTheURL(t *testing.T) {
	f, err := New([]string{"a.test"}, true, nil)
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct {
		give func(*transport.Outgoing)
		want string // "" lets it through
	}{
		"a Host header of the same host":  {func(d *transport.Outgoing) { d.Header = host1("A.test:80") }, ""},
		"a Host header of another":        {func(d *transport.Outgoing) { d.Header = host1("b.test") }, "its Host header b.test"},
		"a Host header of nobody":         {func(d *transport.Outgoing) { d.Header = host1("") }, "its Host header"},
		"two Host headers":                {func(d *transport.Outgoing) { d.Header = append(host1("a.test"), host1("b.test")...) }, "its Host header b.test"},
		"a Host header with a user":       {func(d *transport.Outgoing) { d.Header = host1("a.test@b.test") }, "its Host header"},
		"a proxy of the request":          {func(d *transport.Outgoing) { d.Proxy = &url.URL{Scheme: "http", Host: "b.test:3128"} }, "its proxy b.test:3128"},
		"a proxy of the request, allowed": {func(d *transport.Outgoing) { d.Proxy = &url.URL{Scheme: "http", Host: "a.test:3128"} }, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			d := outgoing(t, "http://a.test/")
			test.give(d)
			err := f.Check(d)
			if (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
}

func host1(value string) []collection.Header { return []collection.Header{{Key: "Host", Value: value}} }

func TestNamesOfVariablesInTheHost(t *testing.T) {
	for text, want := range map[string]string{
		"{{base}}/x/{{id}}":            "base",
		"https://{{host}}:{{port}}/x":  "host port",
		"{{scheme}}://{{host}}/{{id}}": "host",
		"<<base>>/x":                   "base",
		"https://a.test/{{id}}":        "",
		"https://a.test?{{q}}":         "",
		"{{a}}{{b}}":                   "a b",
		"{{a/b}}/c":                    "a/b",
	} {
		if got := strings.Join(hostNames(text), " "); got != want {
			t.Errorf("hostNames(%q) = %q, want %q", text, got, want)
		}
	}
}

// Whatever a glob is, it does not let through what it does not name, and a plain name lets itself through.
func FuzzGlob(f *testing.F) {
	for _, seed := range []string{"a.test", "*.a.test:80", "[::1]:8080", "127.0.0.*", "blåbær.test", "0x7f.1", "a.test."} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, glob string) {
		fence, err := New([]string{glob}, true, nil)
		if err != nil {
			return
		}
		p := &fence.own[0]
		if p.literal {
			if !fence.allows(p.example()) {
				t.Errorf("%q does not allow the host that it names", glob)
			}
			other := host{name: p.name + "x", port: 80, valid: true}
			if fence.allows(other) {
				t.Errorf("%q allows %s", glob, other.name)
			}
		}
		var refusal *Refusal
		if err := fence.Check(&transport.Outgoing{Target: target.Target{Scheme: "http", Hostname: "a b"}}); !errors.As(err, &refusal) {
			t.Errorf("%q allows what is no host", glob)
		}
	})
}
