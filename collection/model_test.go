package collection

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func readRequest(t *testing.T, request string) *Request {
	t.Helper()
	c, err := Parse("c.json", []byte(`{"item":[{"request":`+request+`}]}`), Options{})
	if err != nil {
		t.Fatal(err)
	}
	return c.Items[0].Request
}

func TestFormData(t *testing.T) {
	tests := map[string]struct {
		give string
		want []FormParam
	}{
		"one object is a list of one": {`{"key":"a","value":"1"}`, []FormParam{{Key: "a", Value: Text("1")}}},
		"a map":                       {`{"a":"1","b":2}`, []FormParam{{Key: "a", Value: Text("1")}, {Key: "b", Value: NumberValue(2)}}},
		"text is nothing":             {`"a=1"`, nil},
		"null":                        {`null`, nil},
		"file as text":                {`[{"key":"a","type":"file","src":"x"}]`, []FormParam{{Key: "a", Type: "file", Src: []string{"x"}}}},
		"files as list":               {`[{"key":"a","type":"file","src":["x",5,"y"]}]`, []FormParam{{Key: "a", Type: "file", Src: []string{"x", "y"}, SrcList: true}}},
		"no file":                     {`[{"key":"a","type":"file","src":[]}]`, []FormParam{{Key: "a", Type: "file", Src: []string{}, SrcList: true}}},
		"further keys are kept":       {`[{"key":"a","x":[1, 2]}]`, []FormParam{{Key: "a", Extra: []byte(`{"x":[1,2]}`)}}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			q := readRequest(t, `{"url":"h","body":{"mode":"formdata","formdata":`+test.give+`}}`)
			if d := cmp.Diff(q.Body.FormData, test.want, compareValues()); d != "" {
				t.Errorf("got -, want +:\n%s", d)
			}
		})
	}
}

func TestVariables(t *testing.T) {
	tests := map[string]struct {
		give string
		want []Variable
	}{
		"enabled true":        {`[{"key":"a","enabled":true}]`, []Variable{{Key: "a", HasEnabled: true}}},
		"enabled false":       {`[{"key":"a","enabled":false}]`, []Variable{{Key: "a", Disabled: true, EnabledFalse: true, HasEnabled: true}}},
		"disabled":            {`[{"key":"a","disabled":true}]`, []Variable{{Key: "a", Disabled: true}}},
		"disabled both ways":  {`[{"key":"a","disabled":true,"enabled":false}]`, []Variable{{Key: "a", Disabled: true, HasEnabled: true}}},
		"disabled by a text":  {`[{"key":"a","disabled":"true"}]`, []Variable{{Key: "a"}}},
		"one object":          {`{"key":"a","value":1}`, []Variable{{Key: "a", Value: NumberValue(1)}}},
		"a map is nothing":    {`{"a":1}`, nil},
		"null is not missing": {`[{"key":"a","value":null},{"key":"b"}]`, []Variable{{Key: "a", Value: NullValue()}, {Key: "b"}}},
		"twice":               {`[{"key":"a","value":"1"},{"key":"a","value":"2"}]`, []Variable{{Key: "a", Value: Text("1")}, {Key: "a", Value: Text("2")}}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c, err := Parse("c.json", []byte(`{"item":[],"variable":`+test.give+`}`), Options{})
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(c.Variables, test.want, compareValues()); d != "" {
				t.Errorf("got -, want +:\n%s", d)
			}
		})
	}
}

// What reports show of one item is the part that the whole document has of it.
func TestDocumentsOfParts(t *testing.T) {
	c := tree(t)
	whole := string(c.Document())
	for _, it := range c.Requests() {
		for what, part := range map[string][]byte{"item": it.Document(), "request": RequestDocument(it.Request)} {
			if !json.Valid(part) || !strings.Contains(whole, string(part)) {
				t.Errorf("%s %s is not in the document: %s", what, it.Name, part)
			}
		}
		if a := it.Request.Auth; a != nil && !strings.Contains(whole, `"auth":`+string(AuthDocument(a))) {
			t.Errorf("auth of %s is not in the document", it.Name)
		}
		if it.IsFolder() {
			t.Errorf("%s is no folder", it.Name)
		}
	}
	if got := string(AuthDocument(nil)); got != "{}" {
		t.Errorf("no auth is %s", got)
	}
	if !json.Valid(RequestDocument(nil)) {
		t.Error("no request is no JSON")
	}
}

func TestEnvironmentClone(t *testing.T) {
	env, err := ParseEnvironment("e", []byte(`[{"key":"a","value":"1"}]`), Options{})
	if err != nil {
		t.Fatal(err)
	}
	c := env.Clone()
	c.Values[0].Value = Text("2")
	if env.Values[0].Value != Text("1") || (*Environment)(nil).Clone() != nil {
		t.Error("the clone shares its variables")
	}
	h := []Header{{Key: "a"}}
	CloneHeaders(h)[0].Key = "b"
	if h[0].Key != "a" {
		t.Error("the clone shares its headers")
	}
}

func TestParseErrorUnwraps(t *testing.T) {
	cause := errors.New("cause")
	err := error(&ParseError{File: "f", Pos: Pos{Line: 2, Col: 3}, Err: cause})
	if !errors.Is(err, cause) || err.Error() != "f:2:3: cause" {
		t.Errorf("got %v", err)
	}
}

func TestValueJSON(t *testing.T) {
	for _, text := range []string{`null`, `true`, `1.5`, `"x"`, `[1,{"a":null}]`} {
		var v Value
		if err := json.Unmarshal([]byte(text), &v); err != nil {
			t.Fatal(err)
		}
		if back, err := json.Marshal(v); err != nil || string(back) != text {
			t.Errorf("%s comes back as %s, %v", text, back, err)
		}
	}
	if f, ok := NumberValue(1.5).Float(); !ok || f != 1.5 {
		t.Errorf("Float() = %v, %v", f, ok)
	}
	if _, ok := Text("1").Float(); ok {
		t.Error("text is no number")
	}
}

func TestRequestNamesAProxy(t *testing.T) {
	tests := map[string]struct {
		give string
		want *Proxy
	}{
		"all of it": {
			`{"match": "http://*/*", "host": "http://p.test/x", "port": "81", "tunnel": true, "authenticate": true, "username": "u", "password": "{{p}}"}`,
			&Proxy{Host: "p.test", Port: 81, Tunnel: true, HasUser: true, User: "u", Password: "{{p}}"},
		},
		"port 8080 by default": {`{"host": "p"}`, &Proxy{Host: "p", Port: 8080}},
		"no number as port":    {`{"host": "p", "port": "x"}`, &Proxy{Host: "p", Port: 8080}},
		"a text is no proxy":   {`"http://p"`, nil},
		"null is no proxy":     {`null`, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := readRequest(t, `{"url": "http://h", "proxy": `+test.give+`}`).Proxy
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("want -, got +\n%s", diff)
			}
		})
	}
}
