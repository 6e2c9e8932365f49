package cookie

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func start() time.Time { return time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC) }

// A clock is set by its test.
type clock struct{ t time.Time }

func (c *clock) now() time.Time { return c.t }

func newJar() (*Jar, *clock) {
	c := &clock{start()}
	return New(c.now), c
}

func TestHeader(t *testing.T) {
	type set struct{ url, line string }
	tests := map[string]struct {
		sets []set
		url  string
		want string
	}{
		"a cookie comes back to its host":           {[]set{{"http://a.test/", "k=v"}}, "http://a.test/x", "k=v"},
		"ports do not count":                        {[]set{{"http://a.test:81/", "k=v"}}, "https://a.test:82/", "k=v"},
		"host-only cookies skip subdomains":         {[]set{{"http://a.test/", "k=v"}}, "http://b.a.test/", ""},
		"a domain reaches subdomains":               {[]set{{"http://a.test/", "k=v; Domain=.a.test"}}, "http://b.a.test/", "k=v"},
		"a subdomain sets for its domain":           {[]set{{"http://b.a.test/", "k=v; domain=A.TEST"}}, "http://a.test/", "k=v"},
		"foreign domains are refused":               {[]set{{"http://a.test/", "k=v; Domain=b.test"}}, "http://b.test/", ""},
		"a suffix without a dot is no domain":       {[]set{{"http://xa.test/", "k=v; Domain=a.test"}}, "http://a.test/", ""},
		"a public suffix keeps to itself":           {[]set{{"http://a.co.uk/", "k=v; Domain=co.uk"}}, "http://b.co.uk/", ""},
		"a public suffix gets its own":              {[]set{{"http://a.co.uk/", "k=v; Domain=co.uk"}}, "http://co.uk/", "k=v"},
		"private suffixes keep to themselves":       {[]set{{"http://a.github.io/", "k=v; Domain=github.io"}}, "http://b.github.io/", ""},
		"domains below a suffix are shared":         {[]set{{"http://a.b.co.uk/", "k=v; Domain=b.co.uk"}}, "http://c.b.co.uk/", "k=v"},
		"single labels work":                        {[]set{{"http://host/", "k=v"}}, "http://host/", "k=v"},
		"names below localhost share":               {[]set{{"http://a.b.localhost/", "k=v; Domain=b.localhost"}}, "http://c.b.localhost/", "k=v"},
		"addresses keep to themselves":              {[]set{{"http://127.0.0.1/", "k=v; Domain=127.0.0.1"}}, "http://127.0.0.1/", "k=v"},
		"an address has no parent domain":           {[]set{{"http://127.0.0.1/", "k=v; Domain=0.0.1"}}, "http://127.0.0.1/", ""},
		"IPv6 hosts work":                           {[]set{{"http://[::1]:8080/", "k=v"}}, "http://[::1]/", "k=v"},
		"the default path is the directory":         {[]set{{"http://a.test/x/y", "k=v"}}, "http://a.test/x/z", "k=v"},
		"the default path holds others off":         {[]set{{"http://a.test/x/y", "k=v"}}, "http://a.test/z", ""},
		"a path ends at a slash":                    {[]set{{"http://a.test/", "k=v; Path=/x"}}, "http://a.test/xy", ""},
		"a path covers what is below":               {[]set{{"http://a.test/", "k=v; Path=/x"}}, "http://a.test/x/y", "k=v"},
		"a relative path is the default":            {[]set{{"http://a.test/d/e", "k=v; Path=x"}}, "http://a.test/d/", "k=v"},
		"secure cookies need https":                 {[]set{{"https://a.test/", "k=v; Secure"}}, "http://a.test/", ""},
		"secure cookies go over https":              {[]set{{"https://a.test/", "k=v; secure"}}, "https://a.test/", "k=v"},
		"HttpOnly cookies are sent":                 {[]set{{"http://a.test/", "k=v; HttpOnly"}}, "http://a.test/", "k=v"},
		"SameSite never decides":                    {[]set{{"http://a.test/", "k=v; SameSite=Strict"}}, "http://a.test/", "k=v"},
		"the longest path comes first":              {[]set{{"http://a.test/", "a=1; Path=/"}, {"http://a.test/", "b=2; Path=/x"}}, "http://a.test/x", "b=2; a=1"},
		"equal paths keep the order of creation":    {[]set{{"http://a.test/", "z=1"}, {"http://a.test/", "a=2"}, {"http://a.test/", "z=3"}}, "http://a.test/", "z=3; a=2"},
		"Max-Age of 0 removes":                      {[]set{{"http://a.test/", "k=v"}, {"http://a.test/", "k=; Max-Age=0"}}, "http://a.test/", ""},
		"a past date removes":                       {[]set{{"http://a.test/", "k=v"}, {"http://a.test/", "k=; Expires=Thu, 01 Jan 1970 00:00:00 GMT"}}, "http://a.test/", ""},
		"Max-Age wins over Expires":                 {[]set{{"http://a.test/", "k=v; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT"}}, "http://a.test/", "k=v"},
		"a Max-Age that is no number is nothing":    {[]set{{"http://a.test/", "k=v; Max-Age=soon"}}, "http://a.test/", "k=v"},
		"an invalid date is ignored":                {[]set{{"http://a.test/", "k=v; Expires=soon"}}, "http://a.test/", "k=v"},
		"a pair without = is a value":               {[]set{{"http://a.test/", "alone"}}, "http://a.test/", "alone"},
		"a leading = is dropped":                    {[]set{{"http://a.test/", "=a=b"}}, "http://a.test/", "a=b"},
		"a lone = takes the nameless one's place":   {[]set{{"http://a.test/", "alone"}, {"http://a.test/", "="}}, "http://a.test/", ""},
		"a cookie of nothing still counts":          {[]set{{"http://a.test/", "a=1"}, {"http://a.test/", "; Path=/"}}, "http://a.test/", "a=1; "},
		"an empty line is no cookie":                {[]set{{"http://a.test/", "alone"}, {"http://a.test/", ""}}, "http://a.test/", "alone"},
		"blanks around the pair go":                 {[]set{{"http://a.test/", " k = v w ; Path=/"}}, "http://a.test/", "k=v w"},
		"quotes stay":                               {[]set{{"http://a.test/", `k="v"`}}, "http://a.test/", `k="v"`},
		"control characters are refused":            {[]set{{"http://a.test/", "k=a\x01b"}}, "http://a.test/", ""},
		"__Host- without its attributes is dropped": {[]set{{"https://a.test/", "__Host-k=v"}}, "https://a.test/", ""},
		"__Host- with its attributes is kept":       {[]set{{"https://a.test/", "__Host-k=v; Secure; Path=/"}}, "https://a.test/", "__Host-k=v"},
		"a URL without scheme is http":              {[]set{{"a.test", "k=v"}}, "http://a.test/", "k=v"},
		"credentials in the URL are skipped":        {[]set{{"http://u:p@a.test/", "k=v"}}, "http://a.test/", "k=v"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			jar, _ := newJar()
			for _, s := range test.sets {
				_ = jar.Set(s.url, s.line) // some are meant to be refused
			}
			if got := jar.Header(test.url); got != test.want {
				t.Errorf("Header(%q) = %q, want %q", test.url, got, test.want)
			}
		})
	}
}

func TestCookiesExpireWithTheClock(t *testing.T) {
	jar, clock := newJar()
	for _, line := range []string{"a=1; Max-Age=10", "b=2; Expires=Sun, 01 Mar 2026 12:00:20 GMT", "c=3"} {
		if err := jar.Set("http://a.test/", line); err != nil {
			t.Fatal(err)
		}
	}
	for _, step := range []struct {
		after time.Duration
		want  string
	}{{9 * time.Second, "a=1; b=2; c=3"}, {10 * time.Second, "b=2; c=3"}, {21 * time.Second, "c=3"}} {
		clock.t = start().Add(step.after)
		if got := jar.Header("http://a.test/"); got != step.want {
			t.Errorf("after %v the header is %q, want %q", step.after, got, step.want)
		}
	}
}

func TestRenewedMaxAgeCountsFromTheRenewal(t *testing.T) {
	jar, clock := newJar()
	_ = jar.Set("http://a.test/", "a=1; Max-Age=10")
	clock.t = start().Add(8 * time.Second)
	_ = jar.Set("http://a.test/", "a=2; Max-Age=10")
	clock.t = start().Add(15 * time.Second)
	if got := jar.Header("http://a.test/"); got != "a=2" {
		t.Errorf("Header = %q, want %q", got, "a=2")
	}
}

func TestUnsetAndClear(t *testing.T) {
	jar, _ := newJar()
	for _, line := range []string{"a=1", "b=2", "c=3; Path=/other"} {
		_ = jar.Set("http://a.test/", line)
	}
	jar.Unset("http://a.test/", "a")
	if got := jar.Header("http://a.test/"); got != "b=2" {
		t.Errorf("after Unset the header is %q", got)
	}
	jar.Clear("http://a.test/")
	if got := jar.All(); len(got) != 1 || got[0].Name != "c" {
		t.Errorf("after Clear there are %v, want only c, which belongs to another path", got)
	}
}

func TestSaveAndLoad(t *testing.T) {
	jar, _ := newJar()
	for _, line := range []string{"a=1; Secure; HttpOnly; SameSite=Lax; Priority=High", "b=2; Max-Age=60; Domain=a.test; Path=/", "c=3; Expires=Sun, 01 Mar 2027 12:00:20 GMT"} {
		if err := jar.Set("https://a.test/d/e", line); err != nil {
			t.Fatal(err)
		}
	}
	var file bytes.Buffer
	if err := jar.Save(&file); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"storeType": "MemoryCookieStore"`, `"enableLooseMode": true`, `"rejectPublicSuffixes": false`, `"key": "a"`, `"maxAge": 60`, `"expires": "2027-03-01T12:00:20.000Z"`, `"hostOnly": true`, `"creation": "2026-03-01T12:00:00.000Z"`} {
		if !strings.Contains(file.String(), want) {
			t.Errorf("the file lacks %s:\n%s", want, file.String())
		}
	}
	other, _ := newJar()
	if err := other.Load(&file); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(jar.All(), other.All()); diff != "" {
		t.Errorf("a loaded jar differs (-saved +loaded):\n%s", diff)
	}
}

func TestLoad(t *testing.T) {
	tests := map[string]struct{ give, want, err string }{
		"unknown keys are skipped":       {`{"x":1,"cookies":[{"key":"k","value":"v","domain":"a.test","path":"/","zz":{}}]}`, "k=v", ""},
		"infinite ages are sessions":     {`{"cookies":[{"key":"k","value":"v","domain":"a.test","path":"/","maxAge":"Infinity","expires":"Infinity"}]}`, "k=v", ""},
		"minus infinity has expired":     {`{"cookies":[{"key":"k","value":"v","domain":"a.test","path":"/","maxAge":"-Infinity"}]}`, "", ""},
		"a file without list is refused": {`{}`, "", "cookies"},
		"broken JSON is an error":        {`{"cookies":[`, "", "a cookie jar is a JSON object"},
		"a cookie of a wrong type is":    {`{"cookies":[{"key":1}]}`, "", "a cookie jar is a JSON object"},
		"no cookies stay no cookies":     {`{"cookies":[]}`, "", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			jar, _ := newJar()
			err := jar.Load(strings.NewReader(test.give))
			if (err != nil) != (test.err != "") || err != nil && !strings.Contains(err.Error(), test.err) {
				t.Errorf("Load = %v, want an error with %q", err, test.err)
			}
			if got := jar.Header("http://a.test/"); got != test.want {
				t.Errorf("Header = %q, want %q", got, test.want)
			}
		})
	}
}

func TestParseDate(t *testing.T) {
	want := time.Date(1994, 11, 6, 8, 49, 37, 0, time.UTC)
	for name, give := range map[string]string{
		"RFC 1123": "Sun, 06 Nov 1994 08:49:37 GMT", "RFC 850": "Sunday, 06-Nov-94 08:49:37 GMT", "asctime": "Sun Nov  6 08:49:37 1994",
		"any order": "1994 6 november 8:49:37",
	} {
		if got, ok := ParseDate(give); !ok || !got.Equal(want) {
			t.Errorf("%s: ParseDate(%q) = %v, %v", name, give, got, ok)
		}
	}
	for name, give := range map[string]string{
		"no time": "06 Nov 1994", "no month": "06 1994 08:49:37", "hour 24": "6 Nov 1994 24:00:00", "year 1600": "6 Nov 1600 00:00:00", "day 32": "32 Nov 1994 00:00:00", "nothing": "",
	} {
		if got, ok := ParseDate(give); ok {
			t.Errorf("%s: ParseDate(%q) = %v, want none", name, give, got)
		}
	}
}

func FuzzCookieHeader(f *testing.F) {
	for _, line := range []string{"k=v", "k=v; Domain=.a.test; Path=/x; Secure; HttpOnly", "=a=b", "alone", "k=v; Max-Age=-1", "k=\"v\"; Expires=Sunday, 06-Nov-94 08:49:37 GMT", ";;;", "k=\x00", " k = v ; path"} {
		f.Add("http://a.test/x/y", line)
	}
	f.Add("http://[::1]:80/", "k=v")
	f.Add("://", "k=v")
	f.Fuzz(func(t *testing.T, url, line string) {
		jar, _ := newJar()
		if jar.Set(url, line) != nil {
			return
		}
		for _, c := range jar.All() {
			if strings.ContainsAny(c.String(), "\r\n\x00") {
				t.Fatalf("%q set the cookie %q, which would break a header", line, c.String())
			}
			if again, err := Parse(c.String()); c.Name != "" && (err != nil || again.Name != c.Name || again.Value != c.Value) {
				t.Fatalf("%q became %q, which is read as %+v, %v", line, c.String(), again, err)
			}
		}
	})
}
