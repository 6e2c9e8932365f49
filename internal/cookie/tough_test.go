package cookie_test

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"posthaste/internal/cookie"
	"posthaste/internal/transport/target"
)

// A toughCase is what newman's copy of tough-cookie did with some Set-Cookie lines (testdata/record.mjs writes them). Lines are Latin-1.
type toughCase struct {
	Sets    [][2]string       `json:"sets"`    // URLs and lines
	Gets    []string          `json:"gets"`    // URLs that are asked then
	Advance int               `json:"advance"` // seconds between
	Headers map[string]string `json:"headers"` // what the Cookie header to each holds; those without one are left out
	All     []map[string]any  `json:"all"`     // the jar as a file has it
}

func (c *toughCase) run(t *testing.T) (headers map[string]string, all []map[string]any) {
	t.Helper()
	start := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	now := start
	jar := cookie.New(func() time.Time { return now })
	for _, set := range c.Sets {
		_ = jar.Set(encoded(t, set[0]), set[1]) // some are meant to be refused
		now = now.Add(time.Millisecond)
	}
	now = start.Add(time.Duration(c.Advance) * time.Second)
	headers = map[string]string{}
	for _, url := range c.Gets {
		if header := jar.Header(encoded(t, url)); header != "" {
			headers[url] = header
		}
	}
	now = start
	var file strings.Builder
	if err := jar.Save(&file); err != nil {
		t.Fatal(err)
	}
	var saved struct{ Cookies []map[string]any }
	if err := json.Unmarshal([]byte(file.String()), &saved); err != nil {
		t.Fatal(err)
	}
	for _, c := range saved.Cookies {
		delete(c, "creation")
		delete(c, "lastAccessed")
	}
	return headers, saved.Cookies
}

func encoded(t *testing.T, url string) string {
	t.Helper()
	to, err := target.Parse(url, false)
	if err != nil {
		t.Fatal(err)
	}
	return to.String()
}

func TestCookiesAreKeptAndSentAsToughCookieDoes(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("testdata", "tough.json"))
	if err != nil {
		t.Fatal(err)
	}
	var table struct {
		Gets  []string // where a case names none
		Cases []toughCase
	}
	if err := json.Unmarshal(data, &table); err != nil {
		t.Fatal(err)
	}
	text := func(v any) string {
		b, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	wrong := 0
	for _, c := range table.Cases {
		if c.Gets == nil {
			c.Gets = table.Gets
		}
		headers, all := c.run(t)
		if !maps.Equal(headers, c.Headers) {
			wrong++
			t.Errorf("headers after %q\ngot  %q\nwant %q", c.Sets, headers, c.Headers)
		} else if text(all) != text(c.All) && len(all)+len(c.All) > 0 {
			wrong++
			t.Errorf("file after %q\ngot  %s\nwant %s", c.Sets, text(all), text(c.All))
		}
	}
	if wrong > 0 {
		t.Errorf("%d of %d differ", wrong, len(table.Cases))
	}
}

// Where tough-cookie drops cookies that RFC 6265 keeps, they are kept.
func TestCookiesThatToughCookieLoses(t *testing.T) {
	for name, test := range map[string]struct{ set, line, get, want string }{
		"a domain in UTF-8":             {"http://bücher.example/", "k=v; Domain=b\u00c3\u00bccher.example", "http://x.bücher.example/", "k=v"},
		"a domain in UTF-8, upper case": {"http://bücher.example/", "k=v; Domain=.B\u00c3\u009cCHER.example", "http://xn--bcher-kva.example/", "k=v"},
		"a domain from a script":        {"http://bücher.example/", "k=v; Domain=bücher.example", "http://bücher.example/", "k=v"},
		"a foreign domain in UTF-8":     {"http://bücher.example/", "k=v; Domain=\u00c3\u00a5.example", "http://bücher.example/", ""},
		"a host with a dot at its end":  {"http://a.test./", "k=v", "http://a.test./", "k=v"},
		"an IPv6 address as domain":     {"http://[::1]/", "k=v; Domain=[::1]", "http://[::1]:81/", "k=v"},
	} {
		t.Run(name, func(t *testing.T) {
			jar := cookie.New(func() time.Time { return time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC) })
			err := jar.Set(encoded(t, test.set), test.line)
			if got := jar.Header(encoded(t, test.get)); got != test.want || (err == nil) != (test.want != "") {
				t.Errorf("the header is %q after %v, want %q", got, err, test.want)
			}
		})
	}
}
