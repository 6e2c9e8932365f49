package report

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"posthaste/runner/event"
)

func body(s string) event.Body { return event.Body{Data: []byte(s), Size: int64(len(s))} }

// jsonType is the header line of most bodies.
func jsonType() []event.Header {
	return []event.Header{{Key: "Content-Type", Value: "application/json"}}
}

func TestCurlReproducesTheRequest(t *testing.T) {
	added := []event.Header{
		{Key: "User-Agent", Value: "Posthaste/1", System: true},
		{Key: "Accept", Value: "*/*", System: true},
		{Key: "Cache-Control", Value: "no-cache", System: true},
		{Key: "Postman-Token", Value: "5d1c3a8e", System: true},
		{Key: "Host", Value: "a.test", System: true},
		{Key: "Accept-Encoding", Value: "gzip, deflate, br", System: true},
		{Key: "Connection", Value: "keep-alive", System: true},
		{Key: "Content-Length", Value: "7", System: true},
	}
	tests := map[string]struct {
		give event.Request
		want string
	}{
		"a GET":                            {event.Request{Method: "GET", URL: "https://a.test/b"}, "curl https://a.test/b"},
		"what every client adds":           {event.Request{Method: "GET", URL: "https://a.test/b", Header: added}, "curl https://a.test/b"},
		"a query and headers":              {event.Request{Method: "GET", URL: "https://a.test/?a=1&b=2", Header: []event.Header{{Key: "X-It's", Value: "a b"}}}, `curl 'https://a.test/?a=1&b=2'` + " \\\n" + `  -H 'X-It'\''s: a b'`},
		"what the user wrote":              {event.Request{Method: "GET", URL: "u", Header: []event.Header{{Key: "Accept", Value: "a/b"}, {Key: "user-agent", Value: "mine"}, {Key: "Host", Value: "b.test"}}}, "curl u \\\n  -H 'Accept: a/b' \\\n  -H 'user-agent: mine' \\\n  -H 'Host: b.test'"},
		"an encoding that the user wrote":  {event.Request{Method: "GET", URL: "u", Header: []event.Header{{Key: "Accept-Encoding", Value: "gzip"}}}, "curl u \\\n  -H 'Accept-Encoding: gzip' \\\n  --compressed"},
		"what the runner signed":           {event.Request{Method: "GET", URL: "u", Header: []event.Header{{Key: "Authorization", Value: "Bearer a", System: true}, {Key: "Cookie", Value: "a=1", System: true}}}, "curl u \\\n  -H 'Authorization: Bearer a' \\\n  -H 'Cookie: a=1'"},
		"a header without a value":         {event.Request{Method: "GET", URL: "u", Header: []event.Header{{Key: "X-Empty"}}}, "curl u \\\n  -H 'X-Empty;'"},
		"a HEAD":                           {event.Request{Method: "HEAD", URL: "u"}, "curl --head u"},
		"a GET with a body":                {event.Request{Method: "GET", URL: "u", Header: jsonType(), Body: body(`{}`)}, "curl -X GET u \\\n  -H 'Content-Type: application/json' \\\n  --data-raw '{}'"},
		"brackets in a URL":                {event.Request{Method: "GET", URL: "https://a.test/?id[]=1&x={{y}}"}, "curl --globoff 'https://a.test/?id[]=1&x={{y}}'"},
		"dots in a path":                   {event.Request{Method: "GET", URL: "https://a.test/a/../b"}, "curl --path-as-is https://a.test/a/../b"},
		"a body":                           {event.Request{Method: "POST", URL: "u", Header: jsonType(), Body: body(`{"a":1}`)}, "curl -X POST u \\\n  -H 'Content-Type: application/json' \\\n  --data-raw '{\"a\":1}'"},
		"a body without a type":            {event.Request{Method: "POST", URL: "u", Body: body(`a`)}, "curl -X POST u \\\n  -H Content-Type: \\\n  --data-raw a"},
		"a body of lines":                  {event.Request{Method: "PUT", URL: "u", Header: jsonType(), Body: body("a'\\\n\tb")}, "curl -X PUT u \\\n  -H 'Content-Type: application/json' \\\n  --data-raw $'a\\'\\\\\\n\\tb'"},
		"a body that is cut":               {event.Request{Method: "POST", URL: "u", Header: jsonType(), Body: event.Body{Data: []byte("a"), Size: 2000, Cut: true}}, "curl -X POST u \\\n  -H 'Content-Type: application/json' \\\n  --data-binary @body # the body had 2kB"},
		"a body that is in no memory":      {event.Request{Method: "POST", URL: "u", Header: jsonType(), Body: event.Body{Size: 2000}}, "curl -X POST u \\\n  -H 'Content-Type: application/json' \\\n  --data-binary @body # the body had 2kB"},
		"a body of bytes":                  {event.Request{Method: "POST", URL: "u", Header: jsonType(), Body: body("\xff\x00")}, "printf %s /wA= | base64 -d | curl -X POST u \\\n  -H 'Content-Type: application/json' \\\n  --data-binary @-"},
		"a body that was masked":           {event.Request{Method: "POST", URL: "u", Header: jsonType(), Body: event.Body{Data: []byte("key=******&a=1"), Size: 2000}}, "curl -X POST u \\\n  -H 'Content-Type: application/json' \\\n  --data-raw key=\"$KEY\"'&a=1'"},
		"a field that was masked":          {event.Request{Method: "POST", URL: "u", Header: jsonType(), Body: body(`{"client_secret": "******", "n": 1}`)}, "curl -X POST u \\\n  -H 'Content-Type: application/json' \\\n  --data-raw '{\"client_secret\": \"'\"$CLIENT_SECRET\"'\", \"n\": 1}'"},
		"headers and a URL that were mask": {event.Request{Method: "GET", URL: "https://a.test/?api-key=******", Header: []event.Header{{Key: "Authorization", Value: "Bearer ******"}}}, "curl 'https://a.test/?api-key='\"$API_KEY\" \\\n  -H 'Authorization: Bearer '\"$AUTHORIZATION\""},
		"a mask that has no name":          {event.Request{Method: "GET", URL: "https://a.test/******/1"}, "curl https://a.test/\"$SECRET\"/1"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := curlOf(test.give).String(); got != test.want {
				t.Errorf("curlOf gives\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

func TestTheHeadOfACommandNamesWhatIsToBeSet(t *testing.T) {
	q := event.Request{Method: "GET", URL: "u", Header: []event.Header{{Key: "X-Key", Value: "******"}, {Key: "Authorization", Value: "Bearer ******"}}}
	for goos, want := range map[string]string{
		"linux":   "to send it again, with your X_KEY, AUTHORIZATION:\n    curl u",
		"windows": "to send it again, in Git Bash or WSL, with your X_KEY, AUTHORIZATION:\n    curl u",
	} {
		if got := curlText(q, goos); !strings.HasPrefix(got, want) {
			t.Errorf("on %s it is %q, want %q", goos, got, want)
		}
	}
}

func TestShellsReadWhatWasQuoted(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("skipped: there is no bash")
	}
	for _, want := range []string{"", "plain", "a b", `it's "so"`, "$HOME `id` \\", "two\nlines\twith 'all' \\n \x01", "bærekraftig", "*"} {
		got, err := exec.Command(bash, "-c", "printf %s "+shellText(want)).Output()
		if err != nil || string(got) != want {
			t.Errorf("bash reads %s as %q, %v, want %q", shellText(want), got, err, want)
		}
	}
}

// What the real curl sends is what the run sent: method, target, body and the lines that the user wrote.
func TestCurlSendsTheSame(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("skipped: there is no bash")
	}
	if _, err := exec.LookPath("curl"); err != nil {
		t.Skip("skipped: there is no curl")
	}
	type got struct {
		method, uri, body string
		header            http.Header
	}
	asked := make(chan got, 1)
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		data, _ := io.ReadAll(r.Body)
		asked <- got{r.Method, r.RequestURI, string(data), r.Header}
	}))
	defer server.Close()
	secret := []event.Header{{Key: "Content-Type", Value: "a/b"}, {Key: "X-Api-Key", Value: "******"}, {Key: "X-Empty", Value: ""}}
	for _, q := range []event.Request{
		{Method: "GET", URL: "/a?b[]=1&c={d}&e='f'"},
		{Method: "GET", URL: "/a/../b/./c", Header: []event.Header{{Key: "X-Quoted", Value: `"a" 'b' $HOME`}}},
		{Method: "HEAD", URL: "/"},
		{Method: "DELETE", URL: "/x"},
		{Method: "GET", URL: "/", Header: jsonType(), Body: body(`{"q":"it's"}`)},
		{Method: "POST", URL: "/", Header: jsonType(), Body: body("@file\r\n\ttab \\n é \x7f")},
		{Method: "POST", URL: "/", Body: body("a=1&b=2")},
		{Method: "PUT", URL: "/", Header: jsonType(), Body: body("\x00\xff\xfe binary")},
		{Method: "POST", URL: "/?code=******", Header: secret, Body: body(`{"client_secret":"******"}`)},
	} {
		c := curlOf(event.Request{Method: q.Method, URL: server.URL + q.URL, Header: q.Header, Body: q.Body})
		cmd := exec.Command(bash, "-c", c.String())
		for _, name := range c.names {
			cmd.Env = append(cmd.Env, name+"=se'cr$et")
		}
		cmd.Env = append(cmd.Env, "PATH=/usr/bin:/bin", "NO_PROXY=*")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", c, err, out)
		}
		is := <-asked
		want := func(text string) string { return strings.ReplaceAll(text, "******", "se'cr$et") }
		if is.method != q.Method || is.uri != want(q.URL) || is.body != want(string(q.Body.Data)) {
			t.Errorf("%s\nsends %s %s %q", c, is.method, is.uri, is.body)
		}
		for _, h := range q.Header {
			if !slices.Equal(is.header[h.Key], []string{want(h.Value)}) {
				t.Errorf("%s\nsends %s: %q", c, h.Key, is.header[h.Key])
			}
		}
		if len(q.Header) == 0 && is.header["Content-Type"] != nil {
			t.Errorf("%s\nsends the type %q", c, is.header["Content-Type"])
		}
	}
}
