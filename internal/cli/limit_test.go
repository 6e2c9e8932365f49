package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"posthaste/internal/cli/process"
)

// A till is a server that takes payments and notes the body of each request that it gets.
type till struct {
	*httptest.Server
	mu   sync.Mutex
	got  []string
	ends bool // it ends each connection behind an answer, without saying so
}

func newTill(t *testing.T) *till {
	t.Helper()
	s := &till{}
	s.Server = httptest.NewServer(http.HandlerFunc(s.serve))
	t.Cleanup(s.Close)
	return s
}

func (s *till) serve(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	s.mu.Lock()
	s.got = append(s.got, r.Method+" "+r.URL.Path+" "+string(body))
	n := len(s.got)
	s.mu.Unlock()
	switch {
	case strings.HasPrefix(r.URL.Path, "/to/"):
		w.Header().Set("Location", "/"+strings.TrimPrefix(r.URL.Path, "/to/"))
		w.WriteHeader(http.StatusTemporaryRedirect)
	case strings.HasPrefix(r.URL.Path, "/digest") && r.Header.Get("Authorization") == "":
		w.Header().Set("WWW-Authenticate", `Digest realm="r", nonce="n", qop="auth"`)
		w.WriteHeader(http.StatusUnauthorized)
	case strings.HasPrefix(r.URL.Path, "/busy") && n < 3:
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	if !s.ends {
		return
	}
	if c, _, err := http.NewResponseController(w).Hijack(); err == nil {
		_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}") // and no word of the end
		_ = c.Close()
	}
}

func (s *till) took() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.got)
}

// paying is a collection of one request.
func paying(method, url, body, more string) string {
	text, _ := json.Marshal(body)
	if body != "" && !strings.HasPrefix(body, `{"mode"`) {
		body = fmt.Sprintf(`,"body":{"mode":"raw","raw":%s}`, text)
	} else if body != "" {
		body = `,"body":` + body
	}
	return fmt.Sprintf(`{"info":{"name":"c","schema":"https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},"item":[{"name":"pay","request":{"method":%q,"url":%q%s%s}}]}`, method, url, body, more)
}

// Whatever form an amount has: what is above the bound, or cannot be read, does not leave this machine.
func TestNoOddAmountLeaves(t *testing.T) {
	const bound = "POST */payments: amount.value each <= 200"
	const json200 = `,"header":[{"key":"Content-Type","value":"application/json"}]`
	for name, test := range map[string]struct {
		limit, method, path, body, more string
		leaves                          bool
	}{
		"what is allowed":                   {path: "/payments", body: `{"amount":{"value":200,"currency":"NOK"}}`, leaves: true},
		"with an exponent, and allowed":     {path: "/payments", body: `{"amount":{"value":2e2}}`, leaves: true},
		"zero":                              {path: "/payments", body: `{"amount":{"value":0}}`, leaves: true},
		"one more":                          {path: "/payments", body: `{"amount":{"value":201}}`},
		"a fraction more":                   {path: "/payments", body: `{"amount":{"value":200.01}}`},
		"an exponent":                       {path: "/payments", body: `{"amount":{"value":2.01E+2}}`},
		"an exponent beyond all numbers":    {path: "/payments", body: `{"amount":{"value":1e400}}`},
		"an exponent below zero":            {path: "/payments", body: `{"amount":{"value":20100e-2}}`},
		"more digits than a double has":     {path: "/payments", body: `{"amount":{"value":200.00000000000000000001}}`},
		"below zero":                        {path: "/payments", body: `{"amount":{"value":-1}}`},
		"below zero, and nothing":           {path: "/payments", body: `{"amount":{"value":-0.0001}}`},
		"text":                              {path: "/payments", body: `{"amount":{"value":"100"}}`},
		"text of a fraction":                {path: "/payments", body: `{"amount":{"value":"1,00"}}`},
		"hexadecimal":                       {path: "/payments", body: `{"amount":{"value":0xFF}}`},
		"a plus":                            {path: "/payments", body: `{"amount":{"value":+1}}`},
		"infinity":                          {path: "/payments", body: `{"amount":{"value":Infinity}}`},
		"nothing":                           {path: "/payments", body: `{"amount":{"value":null}}`},
		"a truth":                           {path: "/payments", body: `{"amount":{"value":true}}`},
		"a list of one":                     {path: "/payments", body: `{"amount":{"value":[100]}}`},
		"an object":                         {path: "/payments", body: `{"amount":{"value":{"n":100}}}`},
		"a list of amounts":                 {path: "/payments", body: `{"amount":[{"value":100}]}`},
		"a list of payments":                {path: "/payments", body: `[{"amount":{"value":100}}]`},
		"the amount as text":                {path: "/payments", body: `{"amount":"{\"value\":100}"}`},
		"a name with a dot":                 {path: "/payments", body: `{"amount.value":100}`},
		"another member besides":            {path: "/payments", body: `{"amount":{"value":100,"Value":9999}}`},
		"twice":                             {path: "/payments", body: `{"amount":{"value":100},"amount":{"value":9999}}`},
		"escaped twice":                     {path: "/payments", body: `{"amount":{"value":100},"\u0061mount":{"value":9999}}`},
		"a comment":                         {path: "/payments", body: "{\"amount\":{\"value\":1/*0*/}}", leaves: true}, // it goes before it is sent
		"an amount that a comment hides":    {path: "/payments", body: "{\"amount\":{\"value\":/*1*/9999}}"},
		"a mark of bytes in front":          {path: "/payments", body: "\ufeff{\"amount\":{\"value\":9999}}"},
		"two values":                        {path: "/payments", body: `{"amount":{"value":1}}{"amount":{"value":9999}}`},
		"no body":                           {path: "/payments"},
		"a form":                            {path: "/payments", body: `{"mode":"urlencoded","urlencoded":[{"key":"amount.value","value":"100"}]}`},
		"a form of parts":                   {path: "/payments", body: `{"mode":"formdata","formdata":[{"key":"amount.value","value":"100"}]}`},
		"a file":                            {path: "/payments", body: `{"mode":"file","file":{"src":"body.json"}}`},
		"GraphQL":                           {path: "/payments", body: `{"mode":"graphql","graphql":{"query":"mutation{pay(amount:9999)}"}}`},
		"packed":                            {path: "/payments", body: `{"amount":{"value":9999}}`, more: `,"header":[{"key":"Content-Encoding","value":"gzip"}]`},
		"another character set":             {path: "/payments", body: `{"amount":{"value":100}}`, more: `,"header":[{"key":"Content-Type","value":"application/json; charset=utf-7"}]`},
		"two currencies":                    {path: "/payments", body: `{"amount":{"value":100,"currency":"NOK"},"currency":"DKK"}`, leaves: true}, // the nearest counts
		"a currency that is a number":       {path: "/payments", body: `{"amount":{"value":100,"currency":578}}`},
		"a slash behind":                    {path: "/payments/", body: `{"amount":{"value":9999}}`},
		"slashes":                           {path: "//x///payments", body: `{"amount":{"value":9999}}`},
		"upper case":                        {path: "/PAYMENTS", body: `{"amount":{"value":9999}}`},
		"percent escapes":                   {path: "/p%61yments", body: `{"amount":{"value":9999}}`},
		"percent escapes twice":             {path: "/p%2561yments", body: `{"amount":{"value":9999}}`},
		"dots":                              {path: "/payments/x/..", body: `{"amount":{"value":9999}}`},
		"a parameter of the path":           {path: "/payments;v=1", body: `{"amount":{"value":9999}}`},
		"a query":                           {path: "/payments?x=/y", body: `{"amount":{"value":9999}}`},
		"a fragment":                        {path: "/payments#x", body: `{"amount":{"value":9999}}`},
		"lower case":                        {method: "post", path: "/payments", body: `{"amount":{"value":9999}}`},
		"another method by a header":        {method: "PUT", path: "/payments", body: `{"amount":{"value":9999}}`, more: `,"header":[{"key":"X-HTTP-Method-Override","value":"post"}]`},
		"another method":                    {method: "PUT", path: "/payments", body: `{"amount":{"value":9999}}`, leaves: true},
		"another path":                      {path: "/payments/x", body: `{"amount":{"value":9999}}`, leaves: true},
		"a redirect that carries it on":     {path: "/to/payments", body: `{"amount":{"value":9999}}`}, // only its first hop leaves
		"every method":                      {limit: "* */payments: amount.value each <= 200", method: "PATCH", path: "/payments", body: `{"amount":{"value":201}}`},
		"elements of a list":                {limit: "POST */payments: lines.*.amount each <= 200", path: "/payments", body: `{"lines":[{"amount":1},{"amount":201}]}`},
		"elements of a list, one of text":   {limit: "POST */payments: lines.*.amount each <= 200", path: "/payments", body: `{"lines":[{"amount":1},{"amount":"1"}]}`},
		"an empty list":                     {limit: "POST */payments: lines.*.amount each <= 200", path: "/payments", body: `{"lines":[]}`},
		"their sum":                         {limit: "POST */payments: lines.*.amount total <= 200", path: "/payments", body: `{"lines":[{"amount":100},{"amount":101}]}`},
		"elements of several currencies":    {limit: "POST */payments: lines.*.amount total <= 200", path: "/payments", body: `{"lines":[{"amount":1,"currency":"NOK"},{"amount":1,"currency":"DKK"}]}`},
		"elements of a list within a bound": {limit: "POST */payments: lines.*.amount total <= 200", path: "/payments", body: `{"lines":[{"amount":100},{"amount":100}]}`, leaves: true},
	} {
		t.Run(name, func(t *testing.T) {
			server, dir := newTill(t), t.TempDir()
			if test.limit == "" {
				test.limit = bound
			}
			if test.method == "" {
				test.method = "POST"
			}
			if test.more == "" {
				test.more = json200
			}
			write(t, dir, map[string]string{"c.json": paying(test.method, server.URL+test.path, test.body, test.more), "body.json": `{"amount":{"value":100}}`})
			code, out, stderr := runIn(t, dir, "run", "c.json", "--limit", test.limit, "--timeout", "20000")
			got := slices.DeleteFunc(server.took(), func(s string) bool { return strings.Contains(s, " /to/") })
			switch {
			case test.leaves && (len(got) != 1 || code != process.ExitPassed):
				t.Errorf("exit code %d, the server got %q:\n%s%s", code, got, out, stderr)
			case !test.leaves && (len(got) != 0 || code != process.ExitFailed || !strings.Contains(out, "not sent: ")):
				t.Errorf("exit code %d, the server got %q:\n%s%s", code, got, out, stderr)
			}
		})
	}
}

// What a total counts: each try, as it may have arrived, and what is sent again only because the connection was gone once.
func TestWhatATotalCounts(t *testing.T) {
	body := `{"amount":{"value":100,"currency":"NOK"}}`
	send := `pm.sendRequest({url: pm.variables.get('base') + '/payments', method: 'POST', header: {'Content-Type': 'application/json'}, body: {mode: 'raw', raw: JSON.stringify({amount: {value: 100, currency: 'NOK'}})}}, () => {})`
	script := func(listen string) string {
		text, _ := json.Marshal(send)
		return fmt.Sprintf(`{"info":{"name":"c"},"item":[{"name":"pay","request":"{{base}}/look","event":[{"listen":%q,"script":{"exec":%s}}]}]}`, listen, text)
	}
	for name, test := range map[string]struct {
		collection string
		total      int
		args       []string
		ends       bool
		want       int // bodies with an amount that arrive
	}{
		"iterations":                        {paying("POST", "{{base}}/payments", body, ""), 300, []string{"-n", "5"}, false, 3},
		"a total that is none":              {paying("POST", "{{base}}/payments", body, ""), 0, []string{"-n", "2"}, false, 0},
		"connections that are gone":         {paying("POST", "{{base}}/payments", body, ""), 300, []string{"-n", "3"}, true, 3},
		"connections that are gone, of PUT": {paying("PUT", "{{base}}/payments", body, ""), 300, []string{"-n", "3"}, true, 3},
		"retries":                           {paying("POST", "{{base}}/busy/payments", body, ""), 200, []string{"--retry", "5", "--retry-unsafe", "--retry-delay", "1"}, false, 2},
		"retries that are allowed":          {paying("POST", "{{base}}/busy/payments", body, ""), 300, []string{"--retry", "5", "--retry-unsafe", "--retry-delay", "1"}, false, 3},
		"an answer to a challenge":          {paying("POST", "{{base}}/digest/payments", body, `,"auth":{"type":"digest","digest":[{"key":"username","value":"u"},{"key":"password","value":"p"}]}`), 100, nil, false, 1},
		"a redirect that carries it on":     {paying("POST", "{{base}}/to/payments", body, ""), 100, nil, false, 1}, // both hops match, and count
		"scripts before":                    {script("prerequest"), 200, []string{"-n", "5"}, false, 2},
		"scripts behind":                    {script("test"), 200, []string{"-n", "5"}, false, 2},
		"units side by side":                {paying("POST", "{{base}}/payments", body, ""), 700, []string{"-n", "20", "--parallel", "8", "--parallel-by", "iteration"}, false, 7},
		"units, retries and scripts":        {strings.Replace(script("prerequest"), "/look", "/busy", 1), 700, []string{"-n", "10", "--parallel", "4", "--parallel-by", "iteration", "--retry", "2"}, false, 7},
		"the first of three shards":         {paying("POST", "{{base}}/payments", body, ""), 700, []string{"-n", "12", "--shard", "1/3", "--shard-by", "row"}, false, 2},
		"the last of three shards":          {paying("POST", "{{base}}/payments", body, ""), 700, []string{"-n", "12", "--shard", "3/3", "--shard-by", "row"}, false, 2},
		"runRequest": {
			`{"info":{"name":"c"},"item":[{"name":"pay","request":{"method":"POST","url":"{{base}}/payments","body":{"mode":"raw","raw":"{\"amount\":{\"value\":100}}"}}},{"name":"twice","request":"{{base}}/look","event":[{"listen":"prerequest","script":{"exec":"await pm.execution.runRequest('pay'); await pm.execution.runRequest('pay')"}}]}]}`,
			200, nil, false, 2,
		},
		"a teardown": {
			`{"info":{"name":"c"},"variable":[{"key":"posthaste.teardown","value":"undo"}],"item":[{"name":"pay","request":{"method":"POST","url":"{{base}}/payments","body":{"mode":"raw","raw":"{\"amount\":{\"value\":100}}"}}},{"name":"undo","request":{"method":"POST","url":"{{base}}/payments","body":{"mode":"raw","raw":"{\"amount\":{\"value\":100}}"}}}]}`,
			100, nil, false, 1,
		},
	} {
		t.Run(name, func(t *testing.T) {
			server, dir := newTill(t), t.TempDir()
			server.ends = test.ends
			write(t, dir, map[string]string{"c.json": test.collection})
			args := append([]string{"run", "c.json", "--env-var", "base=" + server.URL, "--timeout", "30000", "--limit", fmt.Sprintf("* */payments: amount.value total <= %d", test.total)}, test.args...)
			_, out, stderr := runIn(t, dir, args...)
			got := slices.DeleteFunc(server.took(), func(s string) bool { return !strings.Contains(s, `"value":100`) })
			if len(got) != test.want {
				t.Errorf("%d payments arrive, want %d: %q\n%s%s", len(got), test.want, got, out, stderr)
			}
		})
	}
}
