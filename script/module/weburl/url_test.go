package weburl

import "testing"

// The table of package module holds what Node answers; here only what has no need
// of a script.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"http://user:pass@host:80/a/../b?x=1#y", "file:///C|/x", "mailto:a@b", "foo:/a/../b", "http://[::1]:8080/", "//x/y", "http://0x7f.1/",
		"http://ü.de/é", "javascript:x", "https:\\\\a\\b", "data:text/plain,x y", "http://a/%2e%2e/b", "web+demo:/.//not-a-host/",
	} {
		f.Add(seed)
	}
	base, ok := Parse("http://base.org/d/e?q", nil)
	if !ok {
		f.Fatal("the base does not parse")
	}
	f.Fuzz(func(t *testing.T, text string) {
		u, ok := Parse(text, base)
		if !ok {
			return
		}
		href := u.Href()
		again, ok := Parse(href, nil)
		if !ok {
			t.Fatalf("%q gives %q, which does not parse", text, href)
		}
		if got := again.Href(); got != href {
			t.Errorf("%q gives %q, which gives %q", text, href, got)
		}
	})
}
