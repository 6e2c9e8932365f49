package target

import "testing"

// The right sides are newman's (testdata/confirm/redirect-odd.json has most of them on the wire).
func TestResolve(t *testing.T) {
	for name, test := range map[string]struct{ location, want string }{
		"a path":                          {"/x", "http://a.test:81/x"},
		"a relative path":                 {"x", "http://a.test:81/d/x"},
		"dots stay":                       {"../x", "http://a.test:81/d/../x"},
		"a query":                         {"?x", "http://a.test:81/d/e?x"},
		"a fragment":                      {"#x", "http://a.test:81/d/e?q=1"},
		"another host":                    {"//b.test/x", "http://b.test/x"},
		"a URL":                           {"https://b.test", "https://b.test/"},
		"another scheme":                  {"ftp://b.test/x", "ftp://b.test/x"},
		"a scheme in upper case":          {"HTTP://b.test/x", "http://b.test/x"},
		"http without slashes is a host":  {"http:81", "http://http:81/"},
		"a colon in a path":               {"a:b", "http://a.test:81/d/a:b"},
		"a URL in a query":                {"x?u=http://b.test/", "http://a.test:81/d/x?u=http://b.test/"},
		"a path of backslashes":           {`\x\y`, "http://a.test:81/x/y"},
		"another host behind backslashes": {`\\b.test\x`, "http://b.test/x"},
		"a URL of backslashes":            {`http:\\b.test\x`, "http://b.test/x"},
		"a backslash in a relative path":  {`x\y`, "http://a.test:81/d/x/y"},
		"UTF-8 as header lines carry it":  {"/\u00c3\u0085", "http://a.test:81/%C3%83%C2%85"},
		"what only looks like a blank":    {"/x\u00a0", "http://a.test:81/x%C2%A0"},
	} {
		t.Run(name, func(t *testing.T) {
			base, err := Parse("http://u:p@a.test:81/d/e?q=1#h", false)
			if err != nil {
				t.Fatal(err)
			}
			got, err := Resolve(&base, test.location, false)
			if err != nil || got.String() != test.want {
				t.Errorf("%q leads to %q, %v, want %q", test.location, got.String(), err, test.want)
			}
		})
	}
}
