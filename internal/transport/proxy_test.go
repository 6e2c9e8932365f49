package transport

import (
	"bufio"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

func fixedProxy(text string) func(*url.URL) (*url.URL, error) {
	return func(*url.URL) (*url.URL, error) { return url.Parse(text) }
}

func TestHTTPProxyGetsAbsoluteURLs(t *testing.T) {
	srv := answering(t, okAnswer)
	proxy := strings.Replace(srv.url(), "://", "://user:p%40ss@", 1)
	c := client(t, Options{Proxy: fixedProxy(proxy)})
	for range 2 {
		if _, err := do(t, c, &Request{URL: "http://nowhere.test:8080//a?b"}); err != nil {
			t.Fatal(err)
		}
	}
	if got, want := lines(srv.requests()[0], "Host", "Proxy-Authorization"), "GET http://nowhere.test:8080//a?b|Host: nowhere.test:8080|Proxy-Authorization: Basic dXNlcjpwQHNz"; got != want {
		t.Errorf("the proxy got %q, want %q", got, want)
	}
	if srv.connections() != 1 {
		t.Errorf("%d connections were made, want 1", srv.connections())
	}
}

// connectProxy answers CONNECT with status and joins both sides; asked receives the request's head.
func connectProxy(t *testing.T, status string, to func(addr string) string, over *tls.Config) (addr string, asked chan string) {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ln.Close() })
	if over != nil {
		ln = tls.NewListener(ln, over)
	}
	asked = make(chan string, 10)
	go func() {
		for {
			nc, err := ln.Accept()
			if err != nil {
				return
			}
			go func() {
				defer func() { _ = nc.Close() }()
				br := bufio.NewReader(nc)
				head, err := readRequest(br)
				if err != nil {
					return
				}
				asked <- head
				_, _ = io.WriteString(nc, "HTTP/1.1 "+status+"\r\n\r\n")
				if !strings.HasPrefix(status, "200") {
					return
				}
				join(nc, br, to(strings.Fields(head)[1]))
			}()
		}
	}()
	return ln.Addr().String(), asked
}

func join(nc net.Conn, from io.Reader, addr string) {
	up, err := net.Dial("tcp", addr)
	if err != nil {
		return
	}
	defer func() { _ = up.Close() }()
	go func() { _, _ = io.Copy(up, from) }()
	_, _ = io.Copy(nc, up)
}

func TestConnectProxy(t *testing.T) {
	srv, ca := tlsServer(t, func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, r.Host) })
	to := func(string) string { return srv.Listener.Addr().String() }
	t.Run("https goes through a tunnel", func(t *testing.T) {
		addr, asked := connectProxy(t, "200 OK", to, nil)
		c := client(t, Options{Proxy: fixedProxy("http://u:p@" + addr), ExtraCAs: ca.pem})
		r, err := do(t, c, &Request{URL: "https://example.test/", Header: headers("Authorization", "secret")})
		if err != nil || string(r.Body) != "example.test" {
			t.Fatalf("the answer is %v, %v", r, err)
		}
		head := <-asked
		if got, want := lines(head, "Host", "Proxy-Authorization", "Authorization"), "CONNECT example.test:443|Host: example.test:443|Proxy-Authorization: Basic dTpw"; got != want {
			t.Errorf("the proxy got %q, want %q", got, want)
		}
	})
	t.Run("a proxy can speak TLS", func(t *testing.T) {
		addr, _ := connectProxy(t, "200 OK", to, &tls.Config{Certificates: []tls.Certificate{ca.issue(t, "127.0.0.1")}})
		c := client(t, Options{Proxy: fixedProxy("https://" + addr), ExtraCAs: ca.pem})
		if r, err := do(t, c, &Request{URL: "https://example.test/"}); err != nil || string(r.Body) != "example.test" {
			t.Fatalf("the answer is %v, %v", r, err)
		}
	})
	t.Run("a proxy is asked for any port", func(t *testing.T) {
		addr, asked := connectProxy(t, "200 OK", to, nil)
		c := client(t, Options{Proxy: fixedProxy("http://" + addr), ExtraCAs: ca.pem})
		if _, err := do(t, c, &Request{URL: "https://example.test:99999/"}); err != nil {
			t.Fatal(err)
		}
		if got := lines(<-asked); got != "CONNECT example.test:99999" {
			t.Errorf("the proxy got %q", got)
		}
	})
	t.Run("a refusal is told", func(t *testing.T) {
		addr, _ := connectProxy(t, "407 Who are you", to, nil)
		_, err := do(t, client(t, Options{Proxy: fixedProxy("http://u:secret@" + addr)}), &Request{URL: "https://example.test/"})
		e := wantError(t, err, "ECONNRESET", "tunneling socket could not be established, statusCode=407")
		if strings.Contains(e.Hint, "secret") || !strings.Contains(e.Hint, "Who are you") {
			t.Errorf("the hint is %q", e.Hint)
		}
	})
	t.Run("a proxy that is away is told", func(t *testing.T) {
		ln, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		addr := ln.Addr().String()
		_ = ln.Close()
		_, err = do(t, client(t, Options{Proxy: fixedProxy("http://" + addr)}), &Request{URL: "https://example.test/"})
		wantError(t, err, "ECONNREFUSED", "tunneling socket could not be established, cause=connect ECONNREFUSED "+addr)
		_, err = do(t, client(t, Options{Proxy: fixedProxy("http://" + addr)}), &Request{URL: "http://example.test/"})
		if e := wantError(t, err, "ECONNREFUSED", "connect ECONNREFUSED "+addr); !strings.Contains(e.Hint, "proxy") {
			t.Errorf("the hint %q does not name the proxy", e.Hint)
		}
	})
}

func TestRequestNamesItsProxy(t *testing.T) {
	srv := answering(t, okAnswer)
	own, err := url.Parse(srv.url())
	if err != nil {
		t.Fatal(err)
	}
	c := client(t, Options{Proxy: fixedProxy("http://127.0.0.1:1")})
	if _, err := do(t, c, &Request{URL: "http://nowhere.test/a", Proxy: own}); err != nil {
		t.Fatalf("the options' proxy was asked: %v", err)
	}
	if got, want := lines(srv.requests()[0], "Host"), "GET http://nowhere.test/a|Host: nowhere.test"; got != want {
		t.Errorf("the proxy got %q, want %q", got, want)
	}
	addr, asked := connectProxy(t, "200 OK", func(string) string { return srv.ln.Addr().String() }, nil)
	tunnel := &Request{URL: "http://nowhere.test/b", Proxy: &url.URL{Scheme: "http", Host: addr}, Tunnel: true}
	if _, err := do(t, client(t, Options{}), tunnel); err != nil {
		t.Fatal(err)
	}
	if got, want := lines(<-asked), "CONNECT nowhere.test:80"; got != want {
		t.Errorf("the tunnel's proxy got %q, want %q", got, want)
	}
	if got, want := lines(srv.requests()[1], "Host"), "GET /b|Host: nowhere.test"; got != want {
		t.Errorf("behind the tunnel arrived %q, want %q", got, want)
	}
}

func TestProxyIsNotSentWhatNoRequestLineHolds(t *testing.T) {
	srv := answering(t, okAnswer)
	_, err := do(t, client(t, Options{Proxy: fixedProxy(srv.url())}), &Request{URL: "http://exa mple.invalid/"})
	wantError(t, err, "ERR_UNESCAPED_CHARACTERS", "Request path contains unescaped characters")
	if n := srv.connections(); n != 0 {
		t.Errorf("the proxy was called %d times", n)
	}
}

// socksProxy speaks as much of SOCKS 4, 4a and 5 as the tests need.
func socksProxy(t *testing.T, to string) (addr string, asked chan string) {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ln.Close() })
	asked = make(chan string, 10)
	go func() {
		for {
			nc, err := ln.Accept()
			if err != nil {
				return
			}
			go func() {
				defer func() { _ = nc.Close() }()
				br := bufio.NewReader(nc)
				who, ok := socksHello(br, nc)
				asked <- who
				if ok {
					join(nc, br, to)
				}
			}()
		}
	}()
	return ln.Addr().String(), asked
}

func socksHello(br *bufio.Reader, w io.Writer) (string, bool) {
	next := func(n int) []byte {
		b := make([]byte, n)
		_, _ = io.ReadFull(br, b)
		return b
	}
	if next(1)[0] == 4 {
		_ = next(7)
		user, _ := br.ReadString(0)
		host, _ := br.ReadString(0)
		_, _ = w.Write([]byte{0, 90, 0, 0, 0, 0, 0, 0})
		return strings.Trim(user, "\x00") + "@" + strings.Trim(host, "\x00"), true
	}
	_ = next(int(next(1)[0]))
	_, _ = w.Write([]byte{5, 2})
	_ = next(1)
	user := string(next(int(next(1)[0])))
	password := string(next(int(next(1)[0])))
	if password == "wrong" {
		_, _ = w.Write([]byte{1, 1})
		return user, false
	}
	_, _ = w.Write([]byte{1, 0})
	_ = next(4)
	host := string(next(int(next(1)[0])))
	_ = next(2)
	_, _ = w.Write([]byte{5, 0, 0, 1, 0, 0, 0, 0, 0, 0})
	return user + ":" + password + "@" + host, true
}

func TestSOCKS(t *testing.T) {
	srv := answering(t, okAnswer)
	for name, test := range map[string]struct{ scheme, who string }{
		"version 5":  {"socks5://u:p@", "u:p@example.test"},
		"version 5h": {"socks5h://u:p@", "u:p@example.test"},
		"version 4a": {"socks4a://u@", "u@example.test"},
	} {
		t.Run(name, func(t *testing.T) {
			addr, asked := socksProxy(t, srv.ln.Addr().String())
			c := client(t, Options{Proxy: fixedProxy(test.scheme + addr), Timeout: 5 * time.Second})
			if r, err := do(t, c, &Request{URL: "http://example.test/x"}); err != nil || string(r.Body) != "ok" {
				t.Fatalf("the answer is %v, %v", r, err)
			}
			if got := <-asked; got != test.who {
				t.Errorf("the proxy was asked by %q, want %q", got, test.who)
			}
		})
	}
	t.Run("a wrong password is told", func(t *testing.T) {
		addr, _ := socksProxy(t, srv.ln.Addr().String())
		_, err := do(t, client(t, Options{Proxy: fixedProxy("socks5://u:wrong@" + addr)}), &Request{URL: "http://example.test/x"})
		if err == nil || !strings.Contains(err.Error(), "proxy rejected connection") || strings.Contains(err.Error(), "wrong") {
			t.Errorf("the error is %v", err)
		}
	})
}
