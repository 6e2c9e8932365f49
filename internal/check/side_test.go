package check_test

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"posthaste/internal/vipps"
)

// A side is what answers in the place of Vipps, or in between.
type side struct {
	serve    http.Handler // nil: the simulator
	to       string       // where --map leads, "" for a server of serve
	env      map[string]string
	args     []string
	repaired []string // variables whose new value makes it answer as it should; none: the other side has to change
	message  string   // that must stand in the report
}

// at answers some paths with a reply, and all others as Vipps does.
func at(play http.Handler, paths []string, status int, header map[string]string, body string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, path := range paths {
			if !strings.Contains(r.URL.Path, path) {
				continue
			}
			for name, value := range header {
				w.Header().Set(name, value)
			}
			w.WriteHeader(status)
			_, _ = w.Write([]byte(body))
			return
		}
		play.ServeHTTP(w, r)
	})
}

// pretended are answers that do not come from Vipps, though some look like it, each at each of the calls.
func pretended(play http.Handler) []setup {
	isJSON, page := map[string]string{"Content-Type": "application/json"}, map[string]string{"Content-Type": "text/html; charset=utf-8"}
	token := fmt.Sprintf(`{"token_type":"Bearer","expires_in":"3599","access_token":%q}`, "aaa.bbb.ccc")
	answers := map[string]struct {
		status int
		header map[string]string
		body   string
	}{
		"portal":            {200, page, "<!DOCTYPE html><html><body>Log in to the guest network</body></html>"},
		"portal-as-json":    {200, isJSON, "<html><body>Log in</body></html>"},
		"empty":             {200, isJSON, ""},
		"json-of-another":   {200, isJSON, `{"error":"unauthorized"}`},
		"json-list":         {200, isJSON, `[]`},
		"json-null":         {200, isJSON, `null`},
		"json-cut-off":      {200, isJSON, `{"webhooks":[`},
		"plain-text":        {200, map[string]string{"Content-Type": "text/plain"}, `{"webhooks":[],"issuer":"https://apitest.vipps.no","token_endpoint":"x"}`},
		"no-content":        {204, nil, ""},
		"accepted":          {202, isJSON, `{"status":"queued"}`},
		"token-of-nobody":   {200, isJSON, token},
		"redirect":          {302, map[string]string{"Location": "https://login.example/"}, ""},
		"moved":             {301, map[string]string{"Location": "https://api.vipps.no/"}, ""},
		"block-page":        {403, page, "<html>This category is blocked</html>"},
		"block-json":        {403, isJSON, `{"blocked":true,"by":"policy"}`},
		"quota":             {403, isJSON, `{"statusCode":403,"message":"Out of call volume quota. Quota will be replenished in 01:00:00."}`},
		"proxy-login":       {407, map[string]string{"Proxy-Authenticate": "Basic"}, ""},
		"refused-as-a-page": {401, page, "<html>Access denied due to invalid subscription key</html>"},
		"not-found-page":    {404, page, "<html>Not Found</html>"},
		"teapot":            {418, isJSON, `{"title":"I am a teapot"}`},
		"too-many":          {429, isJSON, `{"statusCode":429,"message":"Rate limit is exceeded. Try again in 60 seconds."}`},
		"server-error":      {500, isJSON, `{"message":"Internal error"}`},
		"bad-gateway":       {502, page, "<html>Bad Gateway</html>"},
		"unavailable":       {503, page, "<html>Service Unavailable</html>"},
		"gateway-timeout":   {504, nil, ""},
		"from-a-cache":      {200, map[string]string{"Content-Type": "application/json", "X-Cache": "HIT from proxy"}, `{"webhooks":[],"issuer":"https://apitest.vipps.no","token_endpoint":"x"}`},
		"aged":              {200, map[string]string{"Content-Type": "application/json", "Age": "4000"}, `{"webhooks":[],"issuer":"https://apitest.vipps.no","token_endpoint":"x"}`},
		"dated":             {200, map[string]string{"Content-Type": "application/json", "Date": "Mon, 02 Jan 2023 08:00:00 GMT"}, `{"webhooks":[],"issuer":"https://apitest.vipps.no","token_endpoint":"x"}`},
	}
	var list []setup
	for where, paths := range map[string][]string{
		"reach": {"/.well-known/"}, "token": {"/accesstoken/"}, "calls": {"/webhooks/", "/ecomm/"}, "every-get": {"/.well-known/", "/webhooks/", "/ecomm/"},
		"everything": {"/"},
	} {
		for name, a := range answers {
			exit := 3
			if where == "reach" { // no value was in that call: an old answer to it, or none, is no reason to stop
				switch name {
				case "from-a-cache", "aged", "dated", "not-found-page":
					exit = 0
				}
			}
			list = append(list, setup{name: "answers/" + where + "/" + name, vars: right(), exit: exit, side: &side{serve: at(play, paths, a.status, a.header, a.body)}})
		}
	}
	return list
}

// documented are the errors that Vipps documents, at the call that they belong to.
func documented(t *testing.T, play http.Handler) []setup {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "errors.json"))
	if err != nil {
		t.Fatal(err)
	}
	var fixtures []struct {
		ID, Where string
		Status    int
		Headers   map[string]string
		Body      json.RawMessage
	}
	if err := json.Unmarshal(data, &fixtures); err != nil {
		t.Fatal(err)
	}
	places := map[string][]string{"token": {"/accesstoken/"}, "any": {"/accesstoken/"}, "api": {"/webhooks/", "/ecomm/"}, "report": {"/webhooks/"}}
	blamed := map[string][]string{
		"subkey-invalid": {nameKey}, "subscription-not-found": {nameKey}, "client-id-unknown": {nameID},
		"client-secret-wrong": {nameSecret}, "client-secret-expired": {nameSecret}, "msn-mismatch": {nameMSN}, "msn-subkey-403": {nameMSN}, "report-401": {nameKey, nameMSN},
	}
	var list []setup
	for _, f := range fixtures {
		paths, known := places[f.Where]
		if !known || f.ID == "token-ok" {
			continue
		}
		body := string(f.Body)
		if body == "null" {
			body = ""
		}
		header := map[string]string{"Content-Type": "application/json"}
		for name, value := range f.Headers {
			header[name] = value
		}
		one := setup{name: "documented/" + f.ID, vars: right(), exit: 3, side: &side{serve: at(play, paths, f.Status, header, body)}}
		if names := blamed[f.ID]; names != nil {
			one.exit, one.blames, one.side.repaired = 1, names, names
		}
		list = append(list, one)
	}
	return list
}

// unreachable are the networks through which nothing comes.
func unreachable(t *testing.T, play http.Handler) []setup {
	t.Helper()
	isAt := func(r *http.Request, after string) bool {
		return strings.Contains(r.URL.Path, after) || after == "/webhooks/" && strings.Contains(r.URL.Path, "/ecomm/")
	}
	closed := func(after string) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !isAt(r, after) {
				play.ServeHTTP(w, r)
				return
			}
			if conn, _, err := http.NewResponseController(w).Hijack(); err == nil {
				_ = conn.Close()
			}
		})
	}
	slow := func(after string) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if isAt(r, after) {
				select {
				case <-r.Context().Done():
				case <-time.After(5 * time.Second):
				}
				return
			}
			play.ServeHTTP(w, r)
		})
	}
	tlsServer := httptest.NewTLSServer(play)
	t.Cleanup(tlsServer.Close)
	plain := httptest.NewServer(play)
	t.Cleanup(plain.Close)
	var list []setup
	add := func(name, message string, s side) {
		s.message = message
		list = append(list, setup{name: "network/" + name, vars: right(), exit: 3, side: &s})
	}
	add("refused", "could not be reached", side{to: "http://127.0.0.1:1"})
	add("no-such-name", "cannot be looked up", side{to: "http://no-such-name.invalid"})
	add("certificate-of-nobody", "is not trusted", side{to: tlsServer.URL})
	add("no-tls-there", "is not trusted", side{to: strings.Replace(plain.URL, "http://", "https://", 1)})
	for _, where := range []string{"/.well-known/", "/accesstoken/", "/webhooks/"} {
		add("closed"+strings.ReplaceAll(where, "/", "-"), "", side{serve: closed(where)})
		add("silent"+strings.ReplaceAll(where, "/", "-"), "did not answer in time", side{serve: slow(where), args: []string{"--timeout-request", "300"}})
	}
	for name, status := range map[string]string{"asks": "407 Proxy Authentication Required", "refuses": "403 Forbidden", "fails": "502 Bad Gateway"} {
		proxy := connectProxy(t, status)
		add("proxy-"+name, proxy, side{to: "https://192.0.2.1", env: map[string]string{"HTTPS_PROXY": "http://me:a-password@" + proxy}})
	}
	add("proxy-gone", "127.0.0.1:1", side{to: "https://192.0.2.1", env: map[string]string{"HTTPS_PROXY": "http://127.0.0.1:1"}})
	return list
}

// connectProxy answers every CONNECT with a status. It returns its address.
func connectProxy(t *testing.T, status string) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				buffer := make([]byte, 4096)
				_, _ = conn.Read(buffer)
				_, _ = fmt.Fprintf(conn, "HTTP/1.1 %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", status)
				_ = conn.Close()
			}()
		}
	}()
	return l.Addr().String()
}

// simulator is Vipps as it should be; of PSPs it knows one.
func simulator() http.Handler {
	play := vipps.New(vipps.Options{Now: time.Now})
	const other = `[{"errorCode":"Unauthorized","errorMessage":"Invalid MSN: . This MSN is not valid for the provided PSP ID."}]`
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.URL.Path, "/psp/v3/") && r.Header.Get("PSP-ID") != rightValue(namePSP) {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(http.StatusUnauthorized)
			_, _ = w.Write([]byte(other))
			return
		}
		play.ServeHTTP(w, r)
	})
}
