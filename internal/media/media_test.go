package media

import "testing"

func TestOf(t *testing.T) {
	tests := map[string]struct {
		contentType, body string
		want              Info
	}{
		"JSON":                        {"application/json; charset=utf-8", "", Info{"application/json", "text", "json", "utf8", false}},
		"a problem in JSON":           {"application/problem+json", "", Info{"application/problem+json", "text", "json", "utf8", false}},
		"a form":                      {"application/x-www-form-urlencoded", "", Info{"application/x-www-form-urlencoded", "text", "plain", "utf8", false}},
		"a page in another charset":   {"Text/HTML; Charset=\"ISO-8859-1\"", "", Info{"text/html", "text", "html", "iso-8859-1", false}},
		"a picture":                   {"image/png", "", Info{"image/png", "image", "image", "utf8", false}},
		"bytes":                       {"application/octet-stream", "", Info{"application/octet-stream", "application", "raw", "utf8", false}},
		"a type of nobody's":          {"random/abc", "", Info{"random/abc", "unknown", "raw", "utf8", false}},
		"no type, a picture's bytes":  {"", "\x89PNG\r\n\x1a\n", Info{"image/png", "image", "image", "utf8", true}},
		"no type, text":               {"", "plain", Info{"text/plain", "text", "plain", "utf8", false}},
		"no type, nothing in it":      {"", "", Info{"text/plain", "text", "plain", "utf8", false}},
		"a document that is embedded": {"application/pdf", "", Info{"application/pdf", "embed", "pdf", "utf8", false}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := Of(test.contentType, []byte(test.body)); got != test.want {
				t.Errorf("Of(%q, %q) is %+v, want %+v", test.contentType, test.body, got, test.want)
			}
		})
	}
}

func TestCharset(t *testing.T) {
	for contentType, want := range map[string]string{
		"text/plain; charset=cp850": "cp850", "text/plain; CHARSET = 'ISO8859_1'": "iso8859_1", "text/plain;charset=\"UTF-8\"": "utf8", "text/plain; charset": "",
		"text/plain; xcharset; charset=koi8-r": "koi8-r", "text/xml; encoding=utf-16": "utf-16", "text/plain; charset=ISO_8859-1:1987": "iso_8859-1",
		"text/plain; charset=;": "", "text/plain; charset=a; encoding=b": "a", "": "",
	} {
		if got := Charset(contentType); got != want {
			t.Errorf("Charset(%q) is %q, want %q", contentType, got, want)
		}
	}
}
