package transport

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"posthaste/collection"
	"posthaste/internal/cookie"
)

// lines returns the header lines of a request that concern redirects, names in the order of the wire.
func lines(request string, names ...string) string {
	head, body, _ := strings.Cut(request, "\r\n\r\n")
	var kept []string
	for i, line := range strings.Split(head, "\r\n") {
		name, _, _ := strings.Cut(line, ":")
		for _, n := range names {
			if strings.EqualFold(n, name) {
				kept = append(kept, line)
			}
		}
		if i == 0 {
			kept = append(kept, strings.TrimSuffix(line, " HTTP/1.1"))
		}
	}
	if body != "" {
		kept = append(kept, body)
	}
	return strings.Join(kept, "|")
}

func TestRedirects(t *testing.T) {
	body := raw("b", "")
	watch := []string{"Content-Type", "Content-Length", "Authorization", "Referer", "Cookie"}
	tests := map[string]struct {
		give     Request
		code     int
		location string
		want     []string // second request and later; BASE is the server
	}{
		"301 makes POST a GET":                {Request{Method: "POST", URL: "BASE/a", Body: body}, 301, "/b", []string{"GET /b|Referer: BASE/a"}},
		"302 makes POST a GET":                {Request{Method: "POST", URL: "BASE/a", Body: body}, 302, "/b", []string{"GET /b|Referer: BASE/a"}},
		"303 makes PUT a GET":                 {Request{Method: "PUT", URL: "BASE/a", Body: body}, 303, "/b", []string{"GET /b|Referer: BASE/a"}},
		"300 is followed":                     {Request{URL: "BASE/a"}, 300, "/b", []string{"GET /b|Referer: BASE/a"}},
		"304 is followed":                     {Request{URL: "BASE/a"}, 304, "/b", []string{"GET /b|Referer: BASE/a"}},
		"305 is followed":                     {Request{URL: "BASE/a"}, 305, "/b", []string{"GET /b|Referer: BASE/a"}},
		"HEAD stays HEAD":                     {Request{Method: "HEAD", URL: "BASE/a"}, 302, "/b", []string{"HEAD /b|Referer: BASE/a"}},
		"307 keeps method and body":           {Request{Method: "POST", URL: "BASE/a", Body: body}, 307, "/b", []string{"POST /b|Content-Type: text/plain|Content-Length: 1|Referer: BASE/a|b"}},
		"308 keeps method and body":           {Request{Method: "PUT", URL: "BASE/a", Body: body}, 308, "/b", []string{"PUT /b|Content-Type: text/plain|Content-Length: 1|Referer: BASE/a|b"}},
		"the method can be kept":              {Request{Method: "POST", URL: "BASE/a", Body: body, Behavior: behavior("followOriginalHttpMethod=true")}, 302, "/b", []string{"POST /b|Content-Type: text/plain|Content-Length: 1|Referer: BASE/a|b"}},
		"an own referer keeps its place":      {Request{URL: "BASE/a", Header: headers("referer", "me", "Cookie", "own=1")}, 302, "/b", []string{"GET /b|referer: BASE/a|Cookie: own=1"}},
		"the referer can be left out":         {Request{URL: "BASE/a", Behavior: behavior("removeRefererHeaderOnRedirect=true")}, 302, "/b", []string{"GET /b"}},
		"following can be off":                {Request{URL: "BASE/a", Behavior: behavior("followRedirects=false")}, 302, "/b", nil},
		"201 is not followed":                 {Request{URL: "BASE/a"}, 201, "/b", nil},
		"an empty location is ignored":        {Request{URL: "BASE/a"}, 302, "", nil},
		"relative names replace the last":     {Request{URL: "BASE/d/a?x"}, 302, "b?y=1#f", []string{"GET /d/b?y=1|Referer: BASE/d/a?x"}},
		"dot segments stay":                   {Request{URL: "BASE/d/a"}, 302, "../a b", []string{"GET /d/../a%20b|Referer: BASE/d/a"}},
		"a lone query keeps the path":         {Request{URL: "BASE/d/a?x"}, 302, "?q=1", []string{"GET /d/a?q=1|Referer: BASE/d/a?x"}},
		"a lone fragment asks again":          {Request{URL: "BASE/d/a?x"}, 302, "#f", []string{"GET /d/a?x|Referer: BASE/d/a?x"}},
		"a location without scheme":           {Request{URL: "BASE/a"}, 302, "//HOST/b", []string{"GET /b|Referer: BASE/a"}},
		"an absolute location":                {Request{URL: "BASE/a#h"}, 302, "BASE/b", []string{"GET /b|Referer: BASE/a#h"}},
		"a URL in the query is no scheme":     {Request{URL: "BASE/a"}, 302, "/b?u=http://x/", []string{"GET /b?u=http://x/|Referer: BASE/a"}},
		"location bytes are Latin-1":          {Request{URL: "BASE/a"}, 302, "/\xc3\xa9%20x", []string{"GET /%C3%83%C2%A9%20x|Referer: BASE/a"}},
		"credentials in a location are used":  {Request{URL: "BASE/a"}, 302, "http://u:p@HOST/b", []string{"GET /b|Referer: BASE/a|Authorization: Basic dTpw"}},
		"authorization stays on the host":     {Request{URL: "BASE/a", Header: headers("Authorization", "x")}, 302, "/b", []string{"GET /b|Authorization: x|Referer: BASE/a"}},
		"authorization stays off other hosts": {Request{URL: "BASE/a", Header: headers("authorization", "x", "cookie", "own=1")}, 302, "http://localhost:PORT/b", []string{"GET /b|cookie: own=1|Referer: BASE/a"}},
		"authorization can follow":            {Request{URL: "BASE/a", Header: headers("Authorization", "x"), Behavior: behavior("followAuthorizationHeader=true")}, 302, "http://localhost:PORT/b", []string{"GET /b|Authorization: x|Referer: BASE/a"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var fill *strings.Replacer
			srv := newRawServer(t, func(n int, _ string) []byte {
				if n > 1 {
					return []byte(okAnswer)
				}
				return []byte(fmt.Sprintf("HTTP/1.1 %d X\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n", test.code, fill.Replace(test.location)))
			})
			host := strings.TrimPrefix(srv.url(), "http://")
			_, port, _ := net.SplitHostPort(host)
			fill = strings.NewReplacer("BASE", srv.url(), "HOST", host, "PORT", port)
			test.give.URL = fill.Replace(test.give.URL)
			if test.give.Method == http.MethodHead {
				srv.respond = func(n int, _ string) []byte {
					return []byte([]string{"HTTP/1.1 302 X\r\nLocation: /b\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n"}[min(n, 2)-1])
				}
			}
			r, err := do(t, client(t, Options{}), &test.give)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, request := range srv.requests()[1:] {
				got = append(got, strings.ReplaceAll(lines(request, watch...), srv.url(), "BASE"))
			}
			if diff := cmp.Diff(got, test.want); diff != "" {
				t.Errorf("what followed differs (-got +want):\n%s", diff)
			}
			if len(r.Redirects) != len(test.want) {
				t.Errorf("%d redirects are told, want %d", len(r.Redirects), len(test.want))
			}
		})
	}
}

func TestFormsAreMadeAnewAfterRedirects(t *testing.T) {
	srv := newRawServer(t, func(n int, _ string) []byte {
		if n > 1 {
			return []byte(okAnswer)
		}
		return []byte("HTTP/1.1 307 X\r\nLocation: /b\r\nSet-Cookie: k=v\r\nContent-Length: 0\r\n\r\n")
	})
	form := &collection.Body{Mode: "formdata", FormData: []collection.FormParam{{Key: "a", Value: collection.Text("1")}}}
	c := client(t, Options{Jar: cookie.New(time.Now)})
	if _, err := do(t, c, &Request{Method: "POST", URL: srv.url() + "/a", Body: form}); err != nil {
		t.Fatal(err)
	}
	var names []string
	head, _, _ := strings.Cut(srv.requests()[1], "\r\n\r\n")
	for _, line := range strings.Split(head, "\r\n")[1:] {
		name, _, _ := strings.Cut(line, ":")
		names = append(names, name)
	}
	want := "User-Agent Accept Cache-Control Postman-Token Accept-Encoding Connection Referer Host Content-Type Cookie Content-Length"
	if got := strings.Join(names, " "); got != want {
		t.Errorf("the second request has %q, want %q", got, want)
	}
}

func TestRedirectLimit(t *testing.T) {
	for name, test := range map[string]struct {
		behavior string
		requests int
	}{"ten by default": {"", 11}, "what the item says": {"maxRedirects=2", 3}, "none at all": {"maxRedirects=0", 1}} {
		t.Run(name, func(t *testing.T) {
			srv := answering(t, "HTTP/1.1 302 F\r\nLocation: ?q=1\r\nContent-Length: 0\r\n\r\n")
			_, err := do(t, client(t, Options{}), &Request{URL: srv.url() + "/?q=1", Behavior: behavior(test.behavior)})
			wantError(t, err, "", "Exceeded maxRedirects. Probably stuck in a redirect loop "+srv.url()+"/?q=1")
			if got := len(srv.requests()); got != test.requests {
				t.Errorf("%d requests were sent, want %d", got, test.requests)
			}
		})
	}
}

func TestRedirectToAnotherProtocolIsRefused(t *testing.T) {
	srv := answering(t, "HTTP/1.1 302 F\r\nLocation: ftp://x/\r\nContent-Length: 0\r\n\r\n")
	_, err := do(t, client(t, Options{}), &Request{URL: srv.url()})
	wantError(t, err, "", "Invalid protocol: ftp:")
}

func TestBodiesAreSentAgain(t *testing.T) {
	srv := newRawServer(t, func(n int, _ string) []byte {
		return []byte([]string{"HTTP/1.1 307 X\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n", okAnswer}[min(n, 2)-1])
	})
	large := strings.Repeat("0123456789abcdef", 20000)
	c := client(t, Options{Files: mapOpener{"f": large}})
	for name, body := range map[string]*collection.Body{
		"a long text": raw(large, ""),
		"a long file": {Mode: "file", File: &collection.File{Src: "f"}},
	} {
		t.Run(name, func(t *testing.T) {
			srv.mu.Lock()
			srv.seen = nil
			srv.mu.Unlock()
			if _, err := do(t, c, &Request{Method: "POST", URL: srv.url(), Body: body}); err != nil {
				t.Fatal(err)
			}
			for i, request := range srv.requests() {
				if !strings.HasSuffix(request, "\r\n\r\n"+large) {
					t.Errorf("request %d has a body of %d bytes", i, len(request))
				}
			}
		})
	}
}

func TestCookies(t *testing.T) {
	now := func() time.Time { return time.Unix(1e9, 0) }
	srv := newRawServer(t, func(n int, _ string) []byte {
		return []byte([]string{"HTTP/1.1 302 X\r\nLocation: /b\r\nset-cookie: a=1; Path=/\r\nSet-Cookie: b=2; Path=/b\r\nContent-Length: 0\r\n\r\n", okAnswer}[min(n, 2)-1])
	})
	jar := cookie.New(now)
	c := client(t, Options{Jar: jar})
	if _, err := do(t, c, &Request{URL: srv.url() + "/a"}); err != nil {
		t.Fatal(err)
	}
	if _, err := do(t, c, &Request{Method: "POST", URL: srv.url() + "/c", Header: headers("cOOKIE", "own=0", "X", "1"), Body: raw("b", "")}); err != nil {
		t.Fatal(err)
	}
	r, err := do(t, c, &Request{Method: "POST", URL: srv.url() + "/c"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := do(t, c, &Request{URL: srv.url() + "/c", Behavior: behavior("disableCookies=true")}); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, request := range srv.requests() {
		got = append(got, lines(request, "Cookie", "X", "Content-Length"))
	}
	want := []string{"GET /a", "GET /b|Cookie: b=2; a=1", "POST /c|cOOKIE: own=0; a=1|X: 1|Content-Length: 1|b", "POST /c|Cookie: a=1|Content-Length: 0", "GET /c"}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("cookies differ (-got +want):\n%s", diff)
	}
	if find(r.Sent, "Cookie") < 0 || find(r.Sent, "Content-Length") < 0 || find(r.Sent, "Host") < 0 {
		t.Errorf("Sent lacks lines: %v", r.Sent)
	}
}

func TestCookiesOfOneHostStayThere(t *testing.T) {
	for name, test := range map[string]struct {
		keep bool
		give []collection.Header
		want string
	}{
		"jar cookies stay":           {false, nil, "GET /b"},
		"the user's own go along":    {false, headers("Cookie", "own=0"), "GET /b|Cookie: own=0"},
		"newman lets jar cookies go": {true, nil, "GET /b|Cookie: a=1"},
		"newman lets both go":        {true, headers("Cookie", "own=0"), "GET /b|Cookie: own=0; a=1"},
	} {
		t.Run(name, func(t *testing.T) {
			other := answering(t, okAnswer)
			_, port, _ := net.SplitHostPort(other.ln.Addr().String())
			srv := answering(t, "HTTP/1.1 302 X\r\nLocation: http://localhost:"+port+"/b\r\nContent-Length: 0\r\n\r\n")
			jar := cookie.New(time.Now)
			if err := jar.Set(srv.url(), "a=1"); err != nil {
				t.Fatal(err)
			}
			if _, err := do(t, client(t, Options{Jar: jar, KeepCookies: test.keep}), &Request{URL: srv.url(), Header: test.give}); err != nil {
				t.Fatal(err)
			}
			if got := lines(other.requests()[0], "Cookie"); got != test.want {
				t.Errorf("the other host got %q, want %q", got, test.want)
			}
		})
	}
}

func TestConnectionsAreKept(t *testing.T) {
	tests := map[string]struct {
		answer string
		give   Request
		conns  int
	}{
		"by default":                       {okAnswer, Request{}, 1},
		"with chunks":                      {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n", Request{}, 1},
		"with HTTP/1.0 that says so":       {"HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok", Request{}, 1},
		"not when the server closes":       {"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok" + closeMark, Request{}, 3},
		"not when it closes unasked":       {okAnswer + closeMark, Request{}, 3},
		"not when the user closes":         {okAnswer, Request{Header: headers("Connection", "close")}, 3},
		"not when it is kept for a second": {"HTTP/1.1 200 OK\r\nKeep-Alive: timeout=1\r\nContent-Length: 2\r\n\r\nok", Request{}, 3},
		"when it is kept for longer":       {"HTTP/1.1 200 OK\r\nKeep-Alive: timeout=5, max=9\r\nContent-Length: 2\r\n\r\nok", Request{}, 1},
		"not after a length of one's own":  {okAnswer, Request{Method: "POST", Header: headers("Content-Length", "1"), Body: raw("a", "")}, 3},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			srv := answering(t, test.answer)
			c := client(t, Options{})
			test.give.URL = srv.url()
			for range 3 {
				if r, err := do(t, c, &test.give); err != nil || string(r.Body) != "ok" {
					t.Fatalf("the answer is %v, %v", r, err)
				}
				if strings.HasSuffix(test.answer, closeMark) {
					time.Sleep(20 * time.Millisecond) // the close must be on its way
				}
			}
			if got := srv.connections(); got != test.conns {
				t.Errorf("%d connections were made, want %d", got, test.conns)
			}
		})
	}
}

func TestClientIsSafeForConcurrentUse(t *testing.T) {
	srv := newRawServer(t, func(_ int, request string) []byte {
		path := strings.Fields(request)[1]
		return []byte(fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s", len(path), path))
	})
	c := client(t, Options{Jar: cookie.New(time.Now), Timeout: 10 * time.Second})
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for k := range 20 {
				path := fmt.Sprintf("/%d/%d", i, k)
				p, err := c.Prepare(t.Context(), &Request{URL: srv.url() + path})
				if err != nil {
					t.Error(err)
					return
				}
				if r, err := c.Do(context.Background(), p); err != nil || string(r.Body) != path {
					t.Errorf("%s got %v, %v", path, r, err)
					return
				}
			}
		})
	}
	wg.Wait()
	if got := srv.connections(); got > 8 {
		t.Errorf("%d connections were made for 8 users", got)
	}
}

func TestMap(t *testing.T) {
	tests := map[string]struct{ from, to, url, line, host string }{
		"a host":                 {"https://api.test", "BASE", "https://api.test/a?b", "GET /a?b", "api.test"},
		"a port of the scheme":   {"https://api.test:443", "BASE", "https://api.test/a", "GET /a", "api.test"},
		"a path":                 {"http://api.test/v1", "BASE/other", "http://api.test/v1/a", "GET /other/a", "api.test"},
		"a path that ends there": {"http://api.test/v1/", "BASE/", "http://api.test/v1?x", "GET /?x", "api.test"},
		"names in any case":      {"HTTP://API.test", "BASE", "http://api.TEST/a", "GET /a", "api.test"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			srv := answering(t, "HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nContent-Length: 0\r\n\r\n")
			jar := cookie.New(time.Now)
			c := client(t, Options{Jar: jar, Map: []Rule{{test.from, strings.ReplaceAll(test.to, "BASE", srv.url())}}})
			r, err := do(t, c, &Request{URL: test.url})
			if err != nil {
				t.Fatal(err)
			}
			if got, want := lines(srv.requests()[0], "Host"), test.line+"|Host: "+test.host; got != want {
				t.Errorf("the server got %q, want %q", got, want)
			}
			if strings.Contains(r.URL, "127.0.0.1") || jar.Header(test.url) != "a=1" {
				t.Errorf("the answer is from %s and its cookie %q, want the original URL", r.URL, jar.Header(test.url))
			}
		})
	}
	if _, err := New(Options{Map: []Rule{{"https://a.test", "ftp://b"}}}); err == nil {
		t.Error("a rule to ftp is accepted")
	}
}

func TestTimings(t *testing.T) {
	srv := answering(t, okAnswer)
	r, err := do(t, client(t, Options{Now: time.Now}), &Request{URL: srv.url()})
	if err != nil {
		t.Fatal(err)
	}
	if tm := r.Timing; tm.Connect <= 0 || tm.FirstByte < tm.Connect || tm.Total < tm.FirstByte+tm.Body || tm.TLS != 0 {
		t.Errorf("the timing is %+v", tm)
	}
	if r.WireSize != 2 || r.HeaderSize != int64(len(okAnswer)-2) || r.Proto != "HTTP/1.1" || r.Remote == "" {
		t.Errorf("the answer is %+v", r)
	}
}

func TestStaleConnectionsAreReplaced(t *testing.T) {
	var first net.Conn
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = ln.Close() }()
	go func() {
		for i := 0; ; i++ {
			nc, err := ln.Accept()
			if err != nil {
				return
			}
			if i == 0 {
				first = nc
			}
			go func() {
				buf := make([]byte, 4096)
				if _, err := nc.Read(buf); err == nil {
					_, _ = nc.Write([]byte(okAnswer))
				}
			}()
		}
	}()
	c := client(t, Options{Timeout: 5 * time.Second})
	url := "http://" + ln.Addr().String()
	if _, err := do(t, c, &Request{Method: "POST", URL: url}); err != nil {
		t.Fatal(err)
	}
	_ = first.Close()
	deadline := time.Now().Add(5 * time.Second)
	for { // until the system has seen the close
		c.pool.mu.Lock()
		var seen bool
		for _, h := range c.pool.hosts {
			seen = len(h.idle) == 1 && !h.idle[0].alive()
		}
		c.pool.mu.Unlock()
		if seen {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("the close was never seen")
		}
		time.Sleep(time.Millisecond)
	}
	if _, err := do(t, c, &Request{Method: "POST", URL: url}); err != nil {
		t.Errorf("the request after a close fails: %v", err)
	}
}

// What may be sent twice is sent again when a kept connection ends without a response. What may not is repeated only when
// nobody read it: a server that closes at the very moment of a request has not; one that closes after reading has.
func TestRequestsAreRepeatedOnlyWhereThatIsSafe(t *testing.T) {
	for method, want := range map[string]int{"GET": 3, "PUT": 3, "POST": 2, "PATCH": 2} {
		t.Run(method+" that was read", func(t *testing.T) {
			srv := newRawServer(t, func(n int, _ string) []byte {
				if n == 2 {
					return nil
				}
				return []byte(okAnswer)
			})
			c := client(t, Options{})
			if _, err := do(t, c, &Request{Method: method, URL: srv.url()}); err != nil {
				t.Fatal(err)
			}
			time.Sleep(3 * settleTime) // or the second would have a connection of its own
			_, err := do(t, c, &Request{Method: method, URL: srv.url()})
			if want == 2 {
				wantError(t, err, "ECONNRESET", "socket hang up")
			} else if err != nil {
				t.Error(err)
			}
			if got := len(srv.requests()); got != want {
				t.Errorf("%d requests were read, want %d", got, want)
			}
		})
	}
	t.Run("a POST that crossed a close is repeated", func(t *testing.T) {
		for range 20 { // each round is a race between the close and the next request
			srv := answering(t, okAnswer+closeMark)
			c := client(t, Options{})
			for range 3 {
				if _, err := do(t, c, &Request{Method: "POST", URL: srv.url(), Header: headers("Idempotency-Key", "1")}); err != nil {
					t.Fatal(err)
				}
			}
			if got := len(srv.requests()); got != 3 {
				t.Fatalf("%d requests were read, want 3", got)
			}
		}
	})
}

// A closer is a server that ends each connection after one answer without saying so, a while later.
type closer struct {
	ln    net.Listener
	delay time.Duration
	end   func(*net.TCPConn)
}

func (s *closer) serve() {
	for {
		c, err := s.ln.Accept()
		if err != nil {
			return
		}
		go func() {
			nc, ok := c.(*net.TCPConn)
			if !ok {
				return
			}
			defer func() { _ = nc.Close() }()
			if _, err := readRequest(bufio.NewReader(nc)); err != nil {
				return
			}
			_, _ = nc.Write([]byte("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nhei"))
			time.Sleep(s.delay)
			s.end(nc)
		}()
	}
}

// Every way in which a kept connection dies that the server did not announce: what is lost on it is sent on another.
func TestKeptConnectionsThatDieLoseNothing(t *testing.T) {
	t.Parallel()
	ends := map[string]func(*net.TCPConn){
		"closed": func(*net.TCPConn) {},
		"half closed, and nothing answered any more": func(nc *net.TCPConn) {
			_ = nc.CloseWrite()
			_, _ = io.Copy(io.Discard, nc)
		},
		"reset": func(nc *net.TCPConn) { _ = nc.SetLinger(0) },
	}
	for name, end := range ends {
		for _, delay := range []time.Duration{0, 500 * time.Microsecond, 3 * time.Millisecond} {
			for _, method := range []string{"GET", "POST", "PUT", "PATCH"} {
				t.Run(fmt.Sprintf("%s after %v, %s", name, delay, method), func(t *testing.T) {
					t.Parallel()
					var err error
					for range 5 { // on a busy machine a server may come to its close late
						if err = tenRequests(t, method, &closer{delay: delay, end: end}); err == nil {
							return
						}
					}
					t.Error(err)
				})
			}
		}
	}
}

func tenRequests(t *testing.T, method string, srv *closer) (err error) {
	t.Helper()
	if srv.ln, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = srv.ln.Close() }()
	go srv.serve()
	c := client(t, Options{Timeout: 10 * time.Second})
	for i := range 10 {
		r, err := do(t, c, &Request{Method: method, URL: "http://" + srv.ln.Addr().String()})
		if err != nil {
			return fmt.Errorf("request %d: %w", i, err)
		}
		if string(r.Body) != "hei" {
			return fmt.Errorf("request %d: the body is %q", i, r.Body)
		}
	}
	return nil
}
