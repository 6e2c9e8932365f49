package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"posthaste/internal/cli/process"
)

// A sink is a host outside the fence. It counts who connects, and answers everybody.
type sink struct {
	port  string
	calls atomic.Int32
}

func newSink(t *testing.T) *sink {
	t.Helper()
	s := &sink{}
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `{"access_token":"x"}`)
	}))
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			s.calls.Add(1)
		}
	}
	server.Start()
	t.Cleanup(server.Close)
	_, s.port, _ = net.SplitHostPort(server.Listener.Addr().String())
	return s
}

// inside is a host within the fence. Below /to/ it redirects to what the query says.
func inside(t *testing.T) (port string) {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/to" {
			w.Header().Set("Location", r.URL.Query().Get("where"))
			w.WriteHeader(http.StatusTemporaryRedirect)
			return
		}
		_, _ = io.WriteString(w, "{}")
	}))
	t.Cleanup(server.Close)
	_, port, _ = net.SplitHostPort(server.Listener.Addr().String())
	return port
}

// An attack is a collection that tries to reach the sink. In its texts, SINK is the sink's port and IN that of the host
// within the fence.
type attack struct {
	url        string // of the only request; "" is that of the host within the fence
	request    string // further members of the request, each with a comma in front
	prerequest string
	items      string // instead of all above
	args       []string
	names      string // what the report has to name; "" is the host's address
}

// attacks are ways to the sink: all of them reach it in a run without a fence, which the test makes sure of.
func attacks() map[string]attack {
	list := map[string]attack{
		"the URL":                       {url: "http://127.0.0.1:SINK/"},
		"a variable":                    {url: "{{base}}/x", args: []string{"--env-var", "base=http://127.0.0.1:SINK"}, names: "the variable base of the environment"},
		"a variable in angle brackets":  {url: "<<base>>/x", args: []string{"--env-var", "base=http://127.0.0.1:SINK"}, names: "the variable base of the environment"},
		"a variable within a variable":  {url: "{{base}}/x", args: []string{"--env-var", "base=http://{{name}}:SINK", "--env-var", "name=127.0.0.1"}, names: "the variable base of the environment"},
		"a global":                      {url: "http://{{name}}:{{port}}/x", args: []string{"--global-var", "name=127.0.0.1", "--env-var", "port=SINK"}, names: "the variables name of the globals and port of the environment"},
		"a data row":                    {url: "{{base}}/x", args: []string{"-d", "rows.json"}, names: "the variable base of the data row"},
		"user information":              {url: "http://127.0.0.1:IN@127.0.0.1:SINK/"},
		"two at signs":                  {url: "http://a@127.0.0.1:IN@127.0.0.1:SINK/"},
		"a backslash":                   {url: `http:\\127.0.0.1:SINK\x`},
		"an at sign behind a backslash": {url: `http://127.0.0.1:SINK\@127.0.0.1:IN/`},
		"upper case":                    {url: "HTTP://LOCALHOST:SINK/", names: "localhost"},
		"localhost":                     {url: "http://localhost:SINK/", names: "localhost"},
		"a name below localhost":        {url: "http://a.localhost:SINK/", names: "a.localhost"},
		"an address as a number":        {url: "http://2130706433:SINK/"},
		"an address as hexadecimal":     {url: "http://0x7f.1:SINK/"},
		"an address as octal":           {url: "http://0177.0.0.1:SINK/"},
		"a short address":               {url: "http://127.1:SINK/"},
		"an address with a dot behind":  {url: "http://127.0.0.1.:SINK/"},
		"wide digits":                   {url: "http://１２７.0.0.1:SINK/"},
		"escapes in the host":           {url: "http://127%2e0.0.1:SINK/"},
		"an address of IPv6":            {url: "http://[::ffff:127.0.0.1]:SINK/", names: "not sent: [::ffff:127.0.0.1]:SINK"},
		"no host but a port":            {url: "http://:SINK/", names: ":SINK"},
		"no scheme":                     {url: "127.0.0.1:SINK/"},
		"white space in front":          {url: "  http://127.0.0.1:SINK/"},
		"a redirect":                    {url: "http://127.0.0.1:IN/to?where=http://127.0.0.1:SINK/", names: "from a redirect of http://127.0.0.1:IN/to"},
		"a redirect without a scheme":   {url: "http://127.0.0.1:IN/to?where=//127.0.0.1:SINK/", names: "from a redirect"},
		"the second redirect": {
			url: "http://127.0.0.1:IN/to?where=/to%3fwhere=http://127.0.0.1:SINK/", names: "from a redirect",
		},
		"a script that changes the URL":      {prerequest: "pm.request.url = 'http://127.0.0.1:SINK/'"},
		"a script that updates the URL":      {prerequest: "pm.request.url.update('http://127.0.0.1:SINK/')"},
		"a script that changes the port":     {prerequest: "pm.request.url.port = 'SINK'"},
		"a script that sets a variable":      {url: "{{base}}", prerequest: "pm.variables.set('base', 'http://127.0.0.1:SINK/')", names: "the variable base, which a script set"},
		"pm.sendRequest":                     {prerequest: "pm.sendRequest('http://127.0.0.1:SINK/', () => {})", names: "from pm.sendRequest"},
		"pm.sendRequest of a variable":       {prerequest: "pm.sendRequest(pm.environment.get('base'), () => {})", args: []string{"--env-var", "base=http://127.0.0.1:SINK"}, names: "the variable base of the environment"},
		"pm.sendRequest through a redirect":  {prerequest: "pm.sendRequest('http://127.0.0.1:IN/to?where=http://127.0.0.1:SINK/', () => {})", names: "from a redirect"},
		"pm.sendRequest with authentication": {prerequest: "pm.sendRequest({url: 'http://127.0.0.1:IN/', auth: {type: 'oauth2', oauth2: [{key: 'accessTokenUrl', value: 'http://127.0.0.1:SINK/'}, {key: 'grant_type', value: 'client_credentials'}, {key: 'clientId', value: 'a'}]}}, () => {})"},
		"a token's URL":                      {request: `,"auth":{"type":"oauth2","oauth2":[{"key":"accessTokenUrl","value":"{{token}}/t"},{"key":"grant_type","value":"client_credentials"},{"key":"clientId","value":"a"}]}`, args: []string{"--env-var", "token=http://127.0.0.1:SINK"}, names: "the variable token of the environment"},
		"a token's URL that redirects":       {request: `,"auth":{"type":"oauth2","oauth2":[{"key":"accessTokenUrl","value":"http://127.0.0.1:IN/to?where=http://127.0.0.1:SINK/"},{"key":"grant_type","value":"client_credentials"},{"key":"clientId","value":"a"}]}`, names: "from a redirect"},
		"a proxy of the request":             {request: `,"proxy":{"match":"http+https://*/*","host":"127.0.0.1","port":SINK}`, names: "its proxy 127.0.0.1:SINK"},
		"a mapping":                          {url: "http://evil.test/", args: []string{"--map", "http://evil.test=http://127.0.0.1:SINK"}, names: "evil.test"},
		"runRequest": {
			items: `{"name":"outside","request":"http://127.0.0.1:SINK/"},{"name":"runs it","request":"http://127.0.0.1:IN/","event":[{"listen":"prerequest","script":{"exec":"await pm.execution.runRequest('outside')"}}]}`,
			args:  []string{"--folder", "runs it"},
		},
		"pm.sendRequest within runRequest": {
			items: `{"name":"sends","request":"http://127.0.0.1:IN/","event":[{"listen":"prerequest","script":{"exec":"pm.sendRequest('http://127.0.0.1:SINK/', () => {})"}}]},{"name":"runs it","request":"http://127.0.0.1:IN/","event":[{"listen":"test","script":{"exec":"await pm.execution.runRequest('sends')"}}]}`,
			args:  []string{"--folder", "runs it"},
		},
		"a script behind the request":     {items: `{"name":"r","request":"http://127.0.0.1:IN/","event":[{"listen":"test","script":{"exec":"pm.sendRequest('http://127.0.0.1:SINK/', () => {})"}}]}`, names: "from pm.sendRequest"},
		"a script of a folder":            {items: `{"name":"f","event":[{"listen":"prerequest","script":{"exec":"pm.sendRequest({url: {protocol: 'http', host: ['127', '0', '0', '1'], port: 'SINK', path: ['x']}}, () => {})"}}],"item":[{"name":"r","request":"http://127.0.0.1:IN/"}]}`, names: "from pm.sendRequest"},
		"a URL in parts":                  {items: `{"name":"r","request":{"url":{"protocol":"http","host":["127","0","0","1"],"port":"SINK","path":["x"]}}}`},
		"a URL whose parts say otherwise": {items: `{"name":"r","request":{"url":{"raw":"http://127.0.0.1:IN/","protocol":"http","host":["127.0.0.1"],"port":"SINK"}}}`},
		"a variable of the path":          {items: `{"name":"r","request":{"url":{"raw":"{{base}}/:x","host":["{{base}}"],"path":[":x"],"variable":[{"key":"x","value":"y"}]}}}`, args: []string{"--env-var", "base=127.0.0.1:SINK"}, names: "the variable base of the environment"},
		"a teardown": {
			items: `{"name":"r","request":"http://127.0.0.1:IN/"},{"name":"undo","request":"http://127.0.0.1:SINK/"}`, args: []string{"--teardown", "undo"},
		},
		"a setup": {
			items: `{"name":"first","request":"http://127.0.0.1:SINK/"},{"name":"f","item":[{"name":"r","request":"http://127.0.0.1:IN/"}]}`, args: []string{"--parallel", "2", "--setup", "first"},
		},
		"authentication of the collection": {items: `{"name":"f","auth":{"type":"oauth2","oauth2":[{"key":"accessTokenUrl","value":"http://127.0.0.1:SINK/"},{"key":"grant_type","value":"client_credentials"},{"key":"clientId","value":"a"}]},"item":[{"name":"r","request":"http://127.0.0.1:IN/"}]}`},
		"a row of CSV":                     {url: "{{base}}/x", args: []string{"-d", "rows.csv"}, names: "the variable base of the data row"},
		"the listener":                     {url: "{{$listener}}/x", args: []string{"--listen", "127.0.0.1:0", "--listen-url", "http://127.0.0.1:SINK"}, names: "the variable $listener"},
		"a file of variables":              {url: "{{base}}/x", args: []string{"--env-file", "base.env"}, names: "the variable base of the environment"},
		"units side by side":               {url: "http://127.0.0.1:SINK/", args: []string{"--parallel", "3", "--parallel-by", "iteration", "-n", "3"}},
		"retries":                          {url: "http://127.0.0.1:SINK/", args: []string{"--retry", "2", "--retry-on", "network,test"}},
	}
	return list
}

func (a attack) collection() string {
	if a.items == "" {
		if a.url == "" {
			a.url = "http://127.0.0.1:IN/"
		}
		address, _ := json.Marshal(a.url)
		script, _ := json.Marshal(a.prerequest)
		a.items = fmt.Sprintf(`{"name":"r","event":[{"listen":"prerequest","script":{"exec":%s}}],"request":{"method":"POST","url":%s%s}}`, script, address, a.request)
	}
	return `{"info":{"name":"attack","schema":"https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},"item":[` + a.items + `]}`
}

// Nothing that a collection does leads out of the fence, and every request that was kept in is named and fails.
func TestNothingLeavesTheFence(t *testing.T) {
	for name, a := range attacks() {
		t.Run(name, func(t *testing.T) {
			outside, in := newSink(t), inside(t)
			fill := strings.NewReplacer("SINK", outside.port, "IN", in)
			dir := t.TempDir()
			write(t, dir, map[string]string{
				"c.json": fill.Replace(a.collection()), "rows.json": fill.Replace(`[{"base":"http://127.0.0.1:SINK"}]`),
				"rows.csv": fill.Replace("base\nhttp://127.0.0.1:SINK\n"), "base.env": fill.Replace("base=http://127.0.0.1:SINK\n"),
			})
			args := []string{"run", "c.json", "--timeout", "20000"}
			for _, arg := range a.args {
				args = append(args, fill.Replace(arg))
			}
			_, out, _ := runIn(t, dir, args...)
			if outside.calls.Load() == 0 {
				t.Fatalf("the attack does not reach the sink without a fence, so it shows nothing:\n%s", out)
			}
			outside.calls.Store(0)
			code, out, stderr := runIn(t, dir, append(args, "--allow-host", "127.0.0.1:"+in)...)
			if n := outside.calls.Load(); n > 0 {
				t.Errorf("%d connections left the fence:\n%s", n, out)
			}
			if code != process.ExitFailed {
				t.Errorf("exit code %d, want %d:\n%s%s", code, process.ExitFailed, out, stderr)
			}
			want := a.names
			if want == "" {
				want = "not sent: 127.0.0.1:SINK"
			}
			if flat := strings.Join(strings.Fields(out), " "); !strings.Contains(flat, fill.Replace(want)) || !strings.Contains(flat, "is outside the fence") {
				t.Errorf("the report does not say %q:\n%s", fill.Replace(want), out)
			}
		})
	}
}

// A recordingProxy is asked for every request, and notes the host in each request line and each Host header.
func recordingProxy(t *testing.T) (address string, asked func() string) {
	t.Helper()
	var mu sync.Mutex
	var lines []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		lines = append(lines, r.Method+" "+r.RequestURI+" Host:"+r.Host)
		mu.Unlock()
		if r.Method == http.MethodConnect {
			w.WriteHeader(http.StatusBadGateway)
		}
	}))
	t.Cleanup(server.Close)
	return server.URL, func() string {
		mu.Lock()
		defer mu.Unlock()
		text := strings.Join(lines, "\n")
		lines = nil
		return text
	}
}

// Behind a proxy every name is answered: what another would read as a host outside is not sent.
func TestNothingLeavesTheFenceThroughAProxy(t *testing.T) {
	header := func(lines string) string { return `,"header":[` + lines + `]` }
	for name, a := range map[string]attack{
		"another name":                  {url: "http://evil.test/"},
		"another name over TLS":         {url: "https://evil.test/"},
		"a name that goes on":           {url: "http://good.test.evil.test/"},
		"a name that begins so":         {url: "http://evilgood.test/"},
		"a dot at the end":              {url: "http://evil.test./"},
		"letters like the others":       {url: "http://gооd.test/"}, // two Cyrillic letters
		"punycode":                      {url: "http://xn--gd-rmca.test/"},
		"a backslash in the name":       {url: "http://evil.test%5c.good.test/"},
		"a hash in the name":            {url: "http://evil.test%23.good.test/"},
		"a port that is invalid":        {url: `http://good.test:80%40evil.test/`},
		"a Host header":                 {url: "http://good.test/", request: header(`{"key":"Host","value":"evil.test"}`)},
		"a second Host header":          {url: "http://good.test/", request: header(`{"key":"Host","value":"good.test"},{"key":"host","value":"evil.test"}`)},
		"a Host header of another port": {url: "http://good.test/", request: header(`{"key":"Host","value":"good.test:8443"}`)},
		"a request in the body of another": {
			url:     "http://good.test/",
			request: header(`{"key":"Content-Length","value":"0"}`) + `,"body":{"mode":"raw","raw":"GET http://evil.test/ HTTP/1.1\r\nHost: evil.test\r\n\r\n"}`,
		},
		"a body without a length": {
			url:     "http://good.test/",
			request: `,"body":{"mode":"raw","raw":"GET http://evil.test/ HTTP/1.1\r\nHost: evil.test\r\n\r\n"}` + header(`{"key":"Transfer-Encoding","value":"identity"}`),
		},
	} {
		t.Run(name, func(t *testing.T) {
			address, asked := recordingProxy(t)
			dir := t.TempDir()
			write(t, dir, map[string]string{"c.json": a.collection()})
			code, out := runBehind(t, address, dir, "run", "c.json", "--allow-host", "good.test:80", "--timeout", "5000")
			if lines := asked(); lines != "" {
				t.Errorf("the proxy was asked:\n%s", lines)
			}
			if code != process.ExitFailed || !strings.Contains(out, "not sent:") {
				t.Errorf("exit code %d:\n%s", code, out)
			}
		})
	}
	address, asked := recordingProxy(t)
	dir := t.TempDir()
	write(t, dir, map[string]string{"c.json": attack{url: "http://GOOD.test./x", request: header(`{"key":"Host","value":"good.test"}`)}.collection()})
	code, out := runBehind(t, address, dir, "run", "c.json", "--allow-host", "good.test:80")
	if code != process.ExitPassed || !strings.Contains(asked(), "good.test") {
		t.Errorf("what is within the fence is not sent: exit code %d:\n%s", code, out)
	}
}

// runBehind runs the command where the environment names a proxy.
func runBehind(t *testing.T, address, dir string, args ...string) (code int, stdout string) {
	t.Helper()
	var out, errs bytes.Buffer
	p := &process.Process{
		Args: args, Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errs, Width: 80, Dir: dir, Now: time.Now, Version: "test",
		Env: func(name string) (string, bool) {
			if name == "HTTP_PROXY" || name == "HTTPS_PROXY" {
				return address, true
			}
			return verifying(name)
		},
	}
	return Main(t.Context(), p), out.String()
}
