package confirm

import (
	"bufio"
	"crypto/tls"
	"io"
	"net"
	"strings"
	"sync"
	"time"
)

// upstream passes everything on to the fake network and keeps what was said.
type upstream struct {
	proxy, http, https string // addresses of the fake network
	mu                 sync.Mutex
	requests           []*request
	answers            []*answer
	refused            map[string]string
}

func (u *upstream) connect(target string) ([]byte, bool) {
	c, reply, err := u.open(target)
	if err == nil {
		c.Close()
		return nil, true
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	u.refused[target] = string(reply)
	return reply, false
}

// open asks the fake network for a tunnel.
func (u *upstream) open(target string) (c net.Conn, reply []byte, err error) {
	if c, err = net.Dial("tcp", u.proxy); err != nil {
		return nil, nil, err
	}
	if _, err = io.WriteString(c, "CONNECT "+target+" HTTP/1.1\r\nHost: "+target+"\r\n\r\n"); err != nil {
		return nil, nil, err
	}
	r := bufio.NewReader(c)
	m, err := readHead(r)
	if err == nil && strings.Contains(m.start, " 200 ") {
		return c, nil, nil
	}
	rest, _ := io.ReadAll(r)
	c.Close()
	return nil, append(m.raw, rest...), io.EOF
}

func (u *upstream) answer(r *request) ([]byte, bool) {
	began := time.Now()
	a := &answer{Never: true}
	u.mu.Lock()
	u.requests, u.answers = append(u.requests, r), append(u.answers, a)
	u.mu.Unlock()
	raw, ends := u.ask(r)
	u.mu.Lock()
	*a = newAnswer(raw, ends, time.Since(began))
	u.mu.Unlock()
	return raw, ends
}

func (u *upstream) ask(r *request) ([]byte, bool) {
	c, err := u.reach(r)
	if err != nil {
		return nil, true
	}
	defer c.Close()
	if _, err := c.Write(r.raw); err != nil {
		return nil, true
	}
	return readResponse(bufio.NewReader(c), r.method)
}

// reach opens the connection that the client meant.
func (u *upstream) reach(r *request) (net.Conn, error) {
	switch {
	case r.direct && r.scheme == "https":
		return tls.Dial("tcp", u.https, &tls.Config{InsecureSkipVerify: true})
	case r.direct:
		return net.Dial("tcp", u.http)
	case r.authority == "":
		return net.Dial("tcp", u.proxy)
	}
	c, _, err := u.open(r.authority)
	if err != nil || r.scheme == "http" {
		return c, err
	}
	host, _, _ := net.SplitHostPort(r.authority)
	return tls.Client(c, &tls.Config{InsecureSkipVerify: true, ServerName: host}), nil
}

// replay answers from a record: each request gets the first response left that belongs to its method and URL, else
// the first one left, so that one request too many or too few shows as that and nothing else.
type replay struct {
	record   *record
	normal   *normal
	mu       sync.Mutex
	used     []bool
	requests []*request
	over     chan struct{} // closed when the run is over
}

func (p *replay) connect(target string) ([]byte, bool) {
	refusal, refused := p.record.Refused[target]
	return []byte(refusal), !refused
}

func (p *replay) answer(r *request) ([]byte, bool) {
	a := p.take(r)
	if a == nil {
		return []byte("HTTP/1.1 599 Not Recorded\r\nContent-Length: 0\r\n\r\n"), false
	}
	wait := time.Duration(a.WaitMS) * time.Millisecond
	if a.Never {
		wait = time.Hour
	}
	if wait > 0 {
		select {
		case <-time.After(wait):
		case <-p.over:
			return nil, true
		}
	}
	return a.bytes(), a.Ends
}

func (p *replay) take(r *request) *answer {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.requests = append(p.requests, r)
	sent := asSent(r, p.normal)
	first := -1
	for i := range p.record.Requests {
		x := &p.record.Requests[i]
		if p.used[i] {
			continue
		}
		if x.Method == sent.Method && fits(x.URL, sent.URL) {
			p.used[i] = true
			return &x.Answer
		}
		if first < 0 {
			first = i
		}
	}
	if first < 0 {
		return nil
	}
	p.used[first] = true
	return &p.record.Requests[first].Answer
}
