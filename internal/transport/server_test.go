package transport

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// A rawServer records the bytes of every request and answers with what respond returns. A response that is
// nil closes the connection, and so does one that ends with closeMark.
type rawServer struct {
	ln      net.Listener
	respond func(n int, request string) []byte
	mu      sync.Mutex
	seen    []string
	conns   int
}

const (
	closeMark = "\x00close"
	okAnswer  = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
)

func newRawServer(t *testing.T, respond func(n int, request string) []byte) *rawServer {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &rawServer{ln: ln, respond: respond}
	t.Cleanup(func() { _ = ln.Close() })
	go s.accept()
	return s
}

// answering returns a server that gives the same answer to all.
func answering(t *testing.T, answer string) *rawServer {
	t.Helper()
	return newRawServer(t, func(int, string) []byte { return []byte(answer) })
}

func (s *rawServer) accept() {
	for {
		c, err := s.ln.Accept()
		if err != nil {
			return
		}
		s.mu.Lock()
		s.conns++
		s.mu.Unlock()
		go s.serve(c)
	}
}

func (s *rawServer) serve(c net.Conn) {
	defer func() { _ = c.Close() }()
	br := bufio.NewReader(c)
	for {
		request, err := readRequest(br)
		if err != nil {
			return
		}
		s.mu.Lock()
		s.seen = append(s.seen, request)
		n := len(s.seen)
		s.mu.Unlock()
		answer := s.respond(n, request)
		body, closing := bytes.CutSuffix(answer, []byte(closeMark))
		if _, err := c.Write(body); err != nil || closing || answer == nil {
			return
		}
	}
}

// readRequest reads one request as bytes: the head, and as much body as its header says.
func readRequest(br *bufio.Reader) (string, error) {
	var b strings.Builder
	length, chunked := 0, false
	for {
		line, err := br.ReadString('\n')
		b.WriteString(line)
		if err != nil {
			return "", err
		}
		name, value, _ := strings.Cut(strings.TrimSpace(line), ":")
		switch strings.ToLower(name) {
		case "content-length":
			length, _ = strconv.Atoi(strings.TrimSpace(value))
		case "transfer-encoding":
			chunked = true
		}
		if line == "\r\n" {
			break
		}
	}
	if chunked {
		for !strings.HasSuffix(b.String(), "0\r\n\r\n") {
			line, err := br.ReadString('\n')
			b.WriteString(line)
			if err != nil {
				return "", err
			}
		}
		return b.String(), nil
	}
	body := make([]byte, length)
	_, err := io.ReadFull(br, body)
	b.Write(body)
	return b.String(), err
}

func (s *rawServer) url() string { return "http://" + s.ln.Addr().String() }

func (s *rawServer) requests() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.seen...)
}

func (s *rawServer) connections() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.conns
}

// client returns a client whose random bytes are zeros and whose clock stands still by default.
func client(t *testing.T, o Options) *Client {
	t.Helper()
	if o.Rand == nil {
		o.Rand = zeros{}
	}
	c, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.CloseIdle)
	return c
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) {
	clear(b)
	return len(b), nil
}

// do prepares and sends.
func do(t *testing.T, c *Client, r *Request) (*Response, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	p, err := c.Prepare(ctx, r)
	if err != nil {
		return nil, err
	}
	return c.Do(ctx, p)
}

func BenchmarkDo(b *testing.B) {
	srv := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, `{"ok":true}`) })}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	go func() { _ = srv.Serve(ln) }()
	defer func() { _ = srv.Close() }()
	url := "http://" + ln.Addr().String() + "/x?y=1"
	b.Run("transport", func(b *testing.B) {
		c, err := New(Options{Now: time.Now})
		if err != nil {
			b.Fatal(err)
		}
		b.ReportAllocs()
		for b.Loop() {
			p, err := c.Prepare(b.Context(), &Request{Method: "GET", URL: url})
			if err != nil {
				b.Fatal(err)
			}
			if r, err := c.Do(b.Context(), p); err != nil || string(r.Body) != `{"ok":true}` {
				b.Fatal(r, err)
			}
		}
	})
	b.Run("net/http", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			req, err := http.NewRequestWithContext(b.Context(), http.MethodGet, url, http.NoBody)
			if err != nil {
				b.Fatal(err)
			}
			r, err := http.DefaultClient.Do(req)
			if err != nil {
				b.Fatal(err)
			}
			if _, err = io.ReadAll(r.Body); err != nil {
				b.Fatal(err)
			}
			_ = r.Body.Close()
		}
	})
}
