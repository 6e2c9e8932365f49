package confirm

import (
	"bufio"
	"crypto/tls"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"
)

// A network answers what a proxy is asked for: the fake network while newman is recorded, the record afterwards.
type network interface {
	// connect is asked for a tunnel; what it returns besides true is sent before the connection is cut.
	connect(target string) (refusal []byte, ok bool)
	// answer returns the bytes to send and whether the connection ends with them.
	answer(r *request) (raw []byte, ends bool)
}

// A request is a message together with the way it came.
type request struct {
	message
	method, target string
	scheme         string
	authority      string // of the tunnel, or of the listener that was reached directly
	direct         bool
	certificate    string // subject of the client's certificate, "" for none
}

// A proxy is an HTTP proxy that ends TLS itself, and two listeners that are reached without it. It gives every
// request to its network.
type proxy struct {
	network           network
	authority         *authority
	addr, http, https string
	mu                sync.Mutex
	open              map[net.Conn]bool
	closed            chan struct{}
	running           sync.WaitGroup
}

func startProxy(t *testing.T, n network, a *authority) *proxy {
	t.Helper()
	p := &proxy{network: n, authority: a, open: map[net.Conn]bool{}, closed: make(chan struct{})}
	listeners := []net.Listener{p.listen(t, &p.addr, ""), p.listen(t, &p.http, "http"), p.listen(t, &p.https, "https")}
	t.Cleanup(func() {
		close(p.closed)
		for _, l := range listeners {
			l.Close()
		}
		p.mu.Lock()
		for c := range p.open {
			c.Close()
		}
		p.mu.Unlock()
		p.running.Wait()
	})
	return p
}

// listen accepts connections; scheme is that of a direct listener, "" for the proxy.
func (p *proxy) listen(t *testing.T, addr *string, scheme string) net.Listener {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	*addr = l.Addr().String()
	p.running.Add(1)
	go func() {
		defer p.running.Done()
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			p.mu.Lock()
			p.open[c] = true
			p.mu.Unlock()
			p.running.Add(1)
			go func() {
				defer p.running.Done()
				defer c.Close()
				r := request{scheme: scheme, direct: scheme != ""}
				if r.direct {
					r.authority = l.Addr().String()
				}
				p.enter(c, r, "localhost")
			}()
		}
	}()
	return l
}

// enter ends TLS where the first byte says that it begins.
func (p *proxy) enter(c net.Conn, way request, host string) {
	r := bufio.NewReader(c)
	first, err := r.Peek(1)
	if err != nil {
		return
	}
	if first[0] != 22 {
		p.serve(c, r, way)
		return
	}
	secure := tls.Server(readAhead{c, r}, p.authority.config(host))
	_ = secure.SetDeadline(time.Now().Add(20 * time.Second))
	if secure.Handshake() != nil {
		return
	}
	_ = secure.SetDeadline(time.Time{})
	way.scheme = "https"
	if shown := secure.ConnectionState().PeerCertificates; len(shown) > 0 {
		way.certificate = shown[0].Subject.String()
	}
	p.serve(secure, bufio.NewReader(secure), way)
}

// readAhead is a connection with some bytes already in a buffer.
type readAhead struct {
	net.Conn
	r *bufio.Reader
}

func (c readAhead) Read(b []byte) (int, error) { return c.r.Read(b) }

func (p *proxy) serve(c net.Conn, r *bufio.Reader, way request) {
	for {
		head, err := readHead(r)
		if err != nil {
			return
		}
		asked := way
		asked.message = *head
		parts := strings.SplitN(head.start, " ", 3)
		if len(parts) != 3 {
			return
		}
		asked.method, asked.target = parts[0], parts[1]
		if way.direct {
			asked.authority = asked.get("Host")
		}
		if asked.method == "CONNECT" && way.authority == "" {
			p.tunnel(c, r, asked.target)
			return
		}
		if strings.EqualFold(asked.get("Expect"), "100-continue") {
			_, _ = io.WriteString(c, "HTTP/1.1 100 Continue\r\n\r\n")
		}
		if asked.readSized(r) != nil {
			return
		}
		raw, ends := p.network.answer(&asked)
		if _, err := c.Write(raw); err != nil || ends {
			return
		}
	}
}

func (p *proxy) tunnel(c net.Conn, r *bufio.Reader, target string) {
	refusal, ok := p.network.connect(target)
	if !ok {
		_, _ = c.Write(refusal)
		return
	}
	_, _ = io.WriteString(c, "HTTP/1.1 200 Connection Established\r\n\r\n")
	host, _, _ := net.SplitHostPort(target)
	p.enter(readAhead{c, r}, request{scheme: "http", authority: target}, host)
}

// url is the request's URL: absolute, and otherwise as it was sent.
func (r *request) url() string {
	if before, _, ok := strings.Cut(r.target, "://"); ok && !strings.Contains(before, "/") {
		return r.target
	}
	authority := r.authority
	if port := map[string]string{"http": ":80", "https": ":443"}[r.scheme]; port != "" {
		authority = strings.TrimSuffix(authority, port)
	}
	return r.scheme + "://" + authority + r.target
}
