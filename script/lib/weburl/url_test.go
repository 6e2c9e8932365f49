package weburl

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/nlnwa/whatwg-url/url"
)

// A record is what Node answers: testdata/record.js makes them.
type record struct {
	URL    string  `json:"url"`
	Base   *string `json:"base"`
	Set    string  `json:"set"` // the property that is set, "" for parsing alone
	To     string  `json:"to"`
	Href   *string `json:"href"` // nil where Node throws
	Origin string  `json:"origin"`
}

// wrong lists what Node 20 itself does against the standard, which the library follows.
var wrong = map[string]bool{
	"foo://C:/..": true, "mailto://C:/..": true, "data://C:/..": true, "javascript://C:/..": true,
	"foo://h:5/x host ::1": true, "foo:/a host x:90": true, "foo:/a host x:443": true, "foo:/a host ": true, "foo:/a host [::2]:8": true, "foo:/a hostname ": true,
}

func TestURLsAreReadAndChangedAsInNode(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("testdata/node.json")
	if err != nil {
		t.Fatal(err)
	}
	var records []record
	if err := json.Unmarshal(data, &records); err != nil || len(records) < 1000 {
		t.Fatalf("%d records: %v", len(records), err)
	}
	set := map[string]func(u *url.Url, v string){
		"protocol": (*url.Url).SetProtocol, "username": (*url.Url).SetUsername, "password": (*url.Url).SetPassword, "host": (*url.Url).SetHost,
		"hostname": (*url.Url).SetHostname, "port": (*url.Url).SetPort, "pathname": (*url.Url).SetPathname, "search": (*url.Url).SetSearch, "hash": (*url.Url).SetHash,
	}
	for _, r := range records {
		name := r.URL
		if r.Set != "" {
			name += " " + r.Set + " " + r.To
		}
		if wrong[name] {
			continue
		}
		var base *url.Url
		if r.Base != nil {
			if base, err = url.Parse(*r.Base); err != nil {
				t.Fatal(err)
			}
		}
		u, err := parse(r.URL, base)
		if err != nil || r.Href == nil {
			if err == nil || r.Href != nil {
				t.Errorf("%q: got %v, want %v", name, err, r.Href)
			}
			continue
		}
		if r.Set != "" {
			set[r.Set](u, r.To)
		}
		if got := u.Href(false); got != *r.Href {
			t.Errorf("%q: got %q, want %q", name, got, *r.Href)
		}
		if got := origin(u); r.Origin != "" && got != r.Origin {
			t.Errorf("%q: origin %q, want %q", name, got, r.Origin)
		}
	}
}
