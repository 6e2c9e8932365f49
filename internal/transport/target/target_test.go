package target

import (
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	tests := map[string]struct{ give, want string }{
		"a name alone is http":             {"localhost:9002", "http://localhost:9002/"},
		"an address of mail is http":       {"mailto:x@y", "http://y/"},
		"schemes are lowered":              {"HTTPS://A.test/B", "https://a.test/B"},
		"slashes after the scheme go":      {"http:////a.test//b", "http://a.test//b"},
		"the last @ ends credentials":      {"http://u:p@ss@a.test/@", "http://a.test/@"},
		"a port of the scheme stays":       {"http://a.test:80/", "http://a.test:80/"},
		"an empty port stays":              {"http://a.test:/x", "http://a.test:/x"},
		"IDN becomes punycode":             {"http://Bücher.example/", "http://xn--bcher-kva.example/"},
		"punycode stays":                   {"http://xn--bcher-kva.example/", "http://xn--bcher-kva.example/"},
		"IPv4 in short":                    {"http://127.1/", "http://127.0.0.1/"},
		"IPv4 in hexadecimal":              {"http://0x7f000001/", "http://127.0.0.1/"},
		"IPv4 in octal":                    {"http://0177.0.0.1:81/", "http://127.0.0.1:81/"},
		"IPv4 as a number":                 {"http://2130706433/", "http://127.0.0.1/"},
		"IPv4 with escapes":                {"http://%31/", "http://0.0.0.1/"},
		"too large for IPv4 stays":         {"http://256.256.256.256/", "http://256.256.256.256/"},
		"too many parts for IPv4 stay":     {"http://1.2.3.4.5/", "http://1.2.3.4.5/"},
		"a label of digits in front stays": {"http://1.a/", "http://1.a/"},
		"IPv6 stays":                       {"http://[::1]:80/", "http://[::1]:80/"},
		"underscores stay":                 {"http://a_b.test/", "http://a_b.test/"},
		"what is no name stays":            {"http://exa mple.invalid/", "http://exa mple.invalid/"},
		"placeholders stay whole":          {"http://{{a?b/c#d:e@f}}/{{p?q}}?{{x#y}}", "http://{{a?b/c#d:e@f}}/%7B%7Bp%3Fq%7D%7D?{{x%23y}}"},
		"braces alone are no placeholder":  {"http://a.test/{{b?c", "http://a.test/%7B%7Bb?c"},
		"fragments are no part of it":      {"http://a.test/?a#b?c", "http://a.test/?a"},
		"a question in the query":          {"http://a.test/?a?b", "http://a.test/?a?b"},
		"a query straight after the host":  {"http://a.test?x=http://b/", "http://a.test/?x=http://b/"},
		"bytes that are no UTF-8":          {"http://a.test/\xff", "http://a.test/%EF%BF%BD"},
		"control characters":               {"http://a.test/a\tb\x7f?\n", "http://a.test/a%09b%7F?%0A"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := Parse(test.give, false)
			if err != nil || got.String() != test.want {
				t.Errorf("Parse(%q) = %q, %v, want %q", test.give, got.String(), err, test.want)
			}
		})
	}
}

func TestParseVerbatim(t *testing.T) {
	got, err := Parse("http://Bücher.example/a b?c d", true)
	if want := "http://xn--bcher-kva.example/a b?c d"; err != nil || got.String() != want {
		t.Errorf("Parse = %q, %v, want %q", got.String(), err, want)
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"localhost:9002", "mailto:x@y", "http://u:p@ss@a.test/@?a&&b=#x", "http://[::1]:80/", "http://Bücher.example/ü?ł", "http://{{a?b}}/{{c}}?{{d#e}}", "http://0x7f.1/", "https://", `http:\\a\b`, "//a//b", "http://%31/%zz%", "http://1.2.3.4.5/", "http://a:b:c/"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := Parse(text, false)
		if err != nil {
			return
		}
		for _, c := range []byte(got.Path) {
			if inPath(c) {
				t.Fatalf("the path %q of %q holds %q", got.Path, text, c)
			}
		}
		for _, c := range []byte(got.RawQuery) {
			if inQuery(c) {
				t.Fatalf("the query %q of %q holds %q", got.RawQuery, text, c)
			}
		}
		if strings.Contains(got.Hostname, "{{") || strings.ContainsAny(got.Hostname+got.Port, "/?#@: \\[]%") || !isASCII(got.Hostname+got.Port) {
			return // no host that could be asked
		}
		again, err := Parse(got.String(), false)
		if err != nil || again.Path != got.Path || again.RawQuery != got.RawQuery || again.Hostname != got.Hostname {
			t.Fatalf("%q became %q, which becomes %q, %v", text, got.String(), again.String(), err)
		}
	})
}
