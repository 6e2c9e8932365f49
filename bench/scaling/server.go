package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// A server answers what the inputs ask. Its CPU time is this program's, not that of the one that is measured.
type server struct {
	url      string
	listener net.Listener
}

// serve starts the server on a free port. Headers may be as large as a user can make them, since their growth is one
// of the things measured.
func serve() (*server, error) {
	l, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("listening: %w", err)
	}
	s := &server{url: "http://" + l.Addr().String(), listener: l}
	go func() {
		h := &http.Server{Handler: http.HandlerFunc(answer), MaxHeaderBytes: 1 << 30, ReadHeaderTimeout: time.Minute}
		_ = h.Serve(l) // it ends with the listener
	}()
	return s, nil
}

func (s *server) close() { _ = s.listener.Close() }

// answer makes a response as large as n in the query says.
func answer(w http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body)
	n, _ := strconv.Atoi(r.FormValue("n"))
	h := w.Header()
	switch r.URL.Path {
	case "/headers":
		for i := range n {
			h.Set(fmt.Sprintf("X-Header-%d", i), "value")
		}
	case "/samename":
		for i := range n {
			h.Add("X-Header", strconv.Itoa(i))
		}
	case "/cookies":
		for i := range n {
			h.Add("Set-Cookie", fmt.Sprintf("c%d=v%d; Path=/", i, i))
		}
	case "/longheader":
		h.Set("X-Header", strings.Repeat("x", n))
	case "/redirect":
		if n > 0 {
			http.Redirect(w, r, fmt.Sprintf("/redirect?n=%d", n-1), http.StatusFound)
			return
		}
	case "/body":
		h.Set("Content-Type", "text/plain")
		_, _ = io.WriteString(w, strings.Repeat("0123456789abcde\n", n/16+1))
		return
	case "/json":
		h.Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, "["+strings.Repeat(`{"id":12345,"name":"a name","ok":true},`, n)+"{}]")
		return
	case "/nested":
		h.Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, strings.Repeat("[", n)+strings.Repeat("]", n))
		return
	case "/chunks":
		for range n {
			_, _ = io.WriteString(w, "chunk ")
			_ = http.NewResponseController(w).Flush()
		}
		return
	case "/error":
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	_, _ = io.WriteString(w, `{"ok":true}`)
}
