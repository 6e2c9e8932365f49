package collection

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// parts shows a URL's parts as the SDK's JSON does.
func parts(u URL) string {
	var j jsonWriter
	j.url(u)
	return strings.TrimSuffix(string(j.buf), `,"variable":[]}`)
}

// The parts and texts in these tables are what newman's SDK 4.4.0 gives.
func TestParseURL(t *testing.T) {
	tests := map[string]struct{ give, parts, text string }{
		"host alone":                       {"h", `{"host":["h"],"query":[]`, "h"},
		"host with dots":                   {"http://a..b/", `{"protocol":"http","path":[""],"host":["a","","b"],"query":[]`, "http://a..b/"},
		"slash at the end":                 {"h//", `{"path":["",""],"host":["h"],"query":[]`, "h//"},
		"too many slashes":                 {"http:///h/a//b/../", `{"protocol":"http","path":["a","","b","..",""],"host":["h"],"query":[]`, "http://h/a//b/../"},
		"space around":                     {"  http://h/p  ", `{"protocol":"http","path":["p  "],"host":["h"],"query":[]`, "http://h/p  "},
		"the last @ ends the user":         {"http://u:p@ss@h:80/x", `{"auth":{"user":"u","password":"p@ss"},"protocol":"http","port":"80","path":["x"],"host":["h"],"query":[]`, "http://u:p@ss@h:80/x"},
		"user without password":            {"http://u@h", `{"auth":{"user":"u"},"protocol":"http","host":["h"],"query":[]`, "http://u@h"},
		"empty user":                       {"http://@h", `{"auth":{"user":""},"protocol":"http","host":["h"],"query":[]`, "http://@h"},
		"empty password":                   {"http://u:@h", `{"auth":{"user":"u","password":""},"protocol":"http","host":["h"],"query":[]`, "http://u:@h"},
		"mail address":                     {"mailto:x@y", `{"auth":{"user":"mailto","password":"x"},"host":["y"],"query":[]`, "mailto:x@y"},
		"placeholders hide what they hold": {"http://{{h}}:{{p}}/{{a/b?c#d}}?x={{q&z}}#f", `{"protocol":"http","port":"{{p}}","path":["{{a/b?c#d}}"],"hash":"f","host":["{{h}}"],"query":[{"key":"x","value":"{{q&z}}"}]`, "http://{{h}}:{{p}}/{{a/b?c#d}}?x={{q&z}}#f"},
		"placeholder with a protocol":      {"{{a://b}}/c", `{"path":["c"],"host":["{{a://b}}"],"query":[]`, "{{a://b}}/c"},
		"placeholder with an @":            {"http://{{u@x}}:y@h", `{"auth":{"user":"{{u@x}}","password":"y"},"protocol":"http","host":["h"],"query":[]`, "http://{{u@x}}:y@h"},
		"dots in a placeholder":            {"a.b.{{c.d}}.e", `{"host":["a","b","{{c.d}}","e"],"query":[]`, "a.b.{{c.d}}.e"},
		"question mark alone":              {"h?", `{"host":["h"],"query":[{"key":"","value":null}]`, "h?"},
		"empty pair":                       {"h?a&&b", `{"host":["h"],"query":[{"key":"a","value":null},{"key":null,"value":null},{"key":"b","value":null}]`, "h?a&&b"},
		"kinds of pairs":                   {"h?a=&b&=c&=", `{"host":["h"],"query":[{"key":"a","value":""},{"key":"b","value":null},{"key":"","value":"c"},{"key":"","value":""}]`, "h?a=&b&=c&="},
		"pair at the end":                  {"h?a=b&", `{"host":["h"],"query":[{"key":"a","value":"b"},{"key":"","value":null}]`, "h?a=b&"},
		"two equal signs":                  {"http://h?x=1=2", `{"protocol":"http","host":["h"],"query":[{"key":"x","value":"1=2"}]`, "http://h?x=1=2"},
		"two question marks":               {"h?a=b?c=d", `{"host":["h"],"query":[{"key":"a","value":"b?c=d"}]`, "h?a=b?c=d"},
		"equal sign in a placeholder":      {"h?a={{x}}&{{y=z}}=3", `{"host":["h"],"query":[{"key":"a","value":"{{x}}"},{"key":"{{y","value":"z}}=3"}]`, "h?a={{x}}&{{y=z}}=3"},
		"hash alone":                       {"h#", `{"hash":"","host":["h"],"query":[]`, "h#"},
		"two hashes":                       {"h#a#b", `{"hash":"a#b","host":["h"],"query":[]`, "h#a#b"},
		"question mark in the hash":        {"h?a#b?c", `{"hash":"b?c","host":["h"],"query":[{"key":"a","value":null}]`, "h?a#b?c"},
		"backslashes":                      {`h\a\b?x\y`, `{"path":["a","b"],"host":["h"],"query":[{"key":"x\\y","value":null}]`, `h/a/b?x\y`},
		"IPv6 with port":                   {"http://[::1]:8080/p", `{"protocol":"http","port":"8080","path":["p"],"host":["[::1]"],"query":[]`, "http://[::1]:8080/p"},
		"IPv6 alone":                       {"[::1]", `{"host":["[::1]"],"query":[]`, "[::1]"},
		"port that is no number":           {"h:abc/p", `{"port":"abc","path":["p"],"host":["h"],"query":[]`, "h:abc/p"},
		"empty port":                       {"h:", `{"port":"","host":["h"],"query":[]`, "h:"},
		"two ports":                        {"h:80:90", `{"port":"90","host":["h:80"],"query":[]`, "h:80:90"},
		"empty protocol":                   {"://h", `{"protocol":"","host":["h"],"query":[]`, "h"},
		"protocol alone":                   {"http://", `{"protocol":"http","query":[]`, "http://"},
		"file without a host":              {"file:////a/b", `{"protocol":"file","path":["a","b"],"query":[]`, "file:///a/b"},
		"file with a host":                 {"file://h/b", `{"protocol":"file","path":["b"],"host":["h"],"query":[]`, "file://h/b"},
		"slashes first":                    {"//h/p", `{"path":["","h","p"],"query":[]`, "//h/p"},
		"path alone":                       {"/p", `{"path":["p"],"query":[]`, "/p"},
		"query alone":                      {"?a", `{"query":[{"key":"a","value":null}]`, "?a"},
		"port alone":                       {":80", `{"port":"80","query":[]`, ":80"},
		"one slash after the colon":        {"http:/h", `{"port":"","path":["h"],"host":["http"],"query":[]`, "http:/h"},
		"nothing":                          {"   ", `{"query":[]`, ""},
		"nothing is encoded":               {"h/a b/ü;x=1?y=%20 z", `{"path":["a b","ü;x=1"],"host":["h"],"query":[{"key":"y","value":"%20 z"}]`, "h/a b/ü;x=1?y=%20 z"},
		"path variables": {
			"{{base}}/a/:id/:id.json/x:y/:/:z:q/::w/:.v", `{"path":["a",":id",":id.json","x:y",":",":z:q","::w",":.v"],"host":["{{base}}"],"query":[],` +
				`"variable":[{"type":"any","key":"id"},{"type":"any","key":"z:q"},{"type":"any","key":":w"}]}`, "{{base}}/a/:id/:id.json/x:y/:/:z:q/::w/:.v",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			u := ParseURL(test.give)
			if got := parts(u); got != test.parts {
				t.Errorf("parts of %q\ngot  %s\nwant %s", test.give, got, test.parts)
			}
			if got := u.String(); got != test.text {
				t.Errorf("String() = %q, want %q", got, test.text)
			}
		})
	}
}

func readURL(t *testing.T, object string) URL {
	t.Helper()
	c, err := Parse("c.json", []byte(`{"item":[{"request":{"url":`+object+`}}]}`), Options{})
	if err != nil {
		t.Fatal(err)
	}
	return c.Items[0].Request.URL
}

func TestURLObjects(t *testing.T) {
	tests := map[string]struct{ give, want string }{
		"host as text":                {`{"host":"a.{{b.c}}"}`, "a.{{b.c}}"},
		"empty host part":             {`{"host":["a","","b"],"path":["","x",""]}`, "a..b//x/"},
		"empty path list":             {`{"path":[]}`, "/"},
		"empty path text":             {`{"path":""}`, ""},
		"slash":                       {`{"path":"/"}`, "/"},
		"one leading slash is lost":   {`{"path":"//x"}`, "//x"},
		"slash in a segment":          {`{"host":["h"],"path":["a/b","c"]}`, "h/a/b/c"},
		"empty query":                 {`{"host":["h"],"query":[]}`, "h"},
		"only disabled":               {`{"host":["h"],"query":[{"key":"z","value":"q","disabled":true}]}`, "h"},
		"disabled between":            {`{"host":["h"],"query":[{"key":"a","value":"1"},{"key":"z","disabled":true},{"key":"b","value":"2"}]}`, "h?a=1&b=2"},
		"literal separators":          {`{"host":["h"],"query":[{"key":"a","value":"b&c=d#e"},{"key":"k&=#","value":null}]}`, "h?a=b%26c=d%23e&k%26%3D%23"},
		"separators in placeholders":  {`{"host":["h"],"query":[{"key":"a","value":"{{x&y}}&"},{"key":"{{a}}=","value":"{{b}}#{{c#d}}"}]}`, "h?a={{x&y}}%26&{{a}}%3D={{b}}%23{{c#d}}"},
		"null key, no value, no key":  {`{"host":["h"],"query":[{"key":null,"value":"v"},{"key":"x"},{"value":"y"},{"key":"","value":""}]}`, "h?=v&x&=y&="},
		"values that are no text":     {`{"host":["h"],"query":[{"key":"p","value":5},{"key":"b","value":true},{"key":"l","value":[1,2]}]}`, "h?p&b&l"},
		"query as map":                {`{"host":"h","query":{"a":"b","c":null}}`, "h?a=b&c"},
		"query as text":               {`{"host":"h","query":"?a=b"}`, "h??a=b"},
		"query as list of texts":      {`{"host":"h","query":["a=b","c",null]}`, "h?a=b&c"},
		"empty hash":                  {`{"protocol":"http","host":["h"],"hash":""}`, "http://h#"},
		"hash that is no text":        {`{"host":"h","hash":5}`, "h"},
		"protocol with slashes":       {`{"protocol":"http://","host":"h","hash":"x"}`, "http://h#x"},
		"protocol with colon":         {`{"protocol":"https:","host":"h"}`, "https:://h"},
		"port as number":              {`{"port":0,"host":"h"}`, "h:0"},
		"empty port":                  {`{"port":"","host":"h"}`, "h:"},
		"user":                        {`{"host":"h","auth":{"user":"u"}}`, "u@h"},
		"password":                    {`{"host":"h","auth":{"password":"p"}}`, ":p@h"},
		"empty auth":                  {`{"host":"h","auth":{}}`, "h"},
		"auth of empty texts":         {`{"host":"h","auth":{"user":"","password":""}}`, ":@h"},
		"auth as text":                {`{"host":"h","auth":"x:y"}`, "h"},
		"no host":                     {`{"protocol":"http","path":["p"]}`, "http:///p"},
		"segments that are no text":   {`{"host":"h","path":[":a",null,5,true]}`, "h/:a//5/true"},
		"segments as objects":         {`{"host":"h","path":[{"type":"string","value":"v"}]}`, "h/v"},
		"nulls":                       {`{"host":"h","port":null,"protocol":null,"hash":null,"auth":null,"query":null,"variable":null}`, "h"},
		"path with a question mark":   {`{"host":"h","path":"x/:y?z"}`, "h/x/:y?z"},
		"placeholder in path as text": {`{"host":"h","path":"{{a/b}}/c"}`, "h/{{a/b}}/c"},
		"raw is not read":             {`{"raw":"http://h"}`, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := readURL(t, test.give).String(); got != test.want {
				t.Errorf("%s gives %q, want %q", test.give, got, test.want)
			}
		})
	}
}

func TestURLResolved(t *testing.T) {
	tests := map[string]struct{ path, variables, want string }{
		"values go in as they stand":         {"/:a/:b.json", `[{"key":"a","value":"1/2"},{"key":"b","value":"x"}]`, "h/1/2/x.json"},
		"numbers do not go in":               {"/:c", `[{"key":"c","value":5}]`, "h/:c"},
		"numbers of type string do":          {"/:a", `[{"key":"a","value":5,"type":"string"}]`, "h/5"},
		"id where there is no key":           {"/:a", `[{"id":"a","value":"z"}]`, "h/z"},
		"key before id":                      {"/:a", `[{"id":"a","key":"i","value":"z"}]`, "h/:a"},
		"the last one counts":                {"/:a", `[{"key":"a","value":"1"},{"key":"a","value":"2"}]`, "h/2"},
		"even when it is empty":              {"/:a", `[{"key":"a","value":"x"},{"key":"a","value":""}]`, "h/:a"},
		"the suffix stays":                   {"/:a/:a.b.c/x:a", `[{"key":"a","value":"{{v}}"}]`, "h/{{v}}/{{v}}.b.c/x:a"},
		"disabled ones count":                {"/:a", `[{"key":"a","value":"x","disabled":true}]`, "h/x"},
		"placeholder as name":                {"/:{{x}}", `[{"key":"{{x}}","value":"q"}]`, "h/q"},
		"a value with what ends a path":      {"/{{p}}/:a", `[{"key":"a","value":"?x#y"}]`, "h/{{p}}/?x#y"},
		"a map of names and values works":    {"/:a", `{"a":"1"}`, "h/1"},
		"a colon without name is no surplus": {"/:", `[{"key":"","value":"x"}]`, "h/:"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			u := readURL(t, `{"host":"h","path":`+Quote(test.path)+`,"variable":`+test.variables+`}`)
			before := u.Clone()
			if got := u.Resolved(); got != test.want {
				t.Errorf("Resolved() = %q, want %q", got, test.want)
			}
			if d := cmp.Diff(before, u, compareValues()); d != "" {
				t.Errorf("Resolved changed the URL: %s", d)
			}
		})
	}
}

func compareValues() cmp.Option { return cmp.Comparer(func(a, b Value) bool { return a == b }) }

func FuzzParseURL(f *testing.F) {
	for _, seed := range []string{
		"http://u:p@h.x:80/a/:b/c?d=e&&f#g", "{{base}}/{{a/b}}?{{q}}={{v&w}}", `http:\\h\x`, "[::1]:1", "://", "h?#", "{{{a}}}", "{{a{{b}}c}}", "a@b@c:d:e",
		"{{a}b}}/{{", "%zz", "\u00a0x",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		u := ParseURL(text)
		once := u.String()
		again := ParseURL(once)
		if twice := again.String(); twice != once && (u.Protocol != "" || !u.HasProtocol) { // "://" with nothing before it is lost
			t.Errorf("%q becomes %q, then %q", text, once, twice)
		}
		if u.Resolved() != once {
			t.Errorf("%q: variables without values change it to %q", text, u.Resolved())
		}
		if len(shield(text)) != len(text) {
			t.Errorf("shield changes the length of %q", text)
		}
	})
}
