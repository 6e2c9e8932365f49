package server

import (
	"bytes"
	"io"
	"net/http"
	"sync"
	"time"

	"posthaste/internal/vipps"
)

// Logged tells log every request that a handler has answered, in the form of the simulator's. operation names what a request is. Calls of
// log never overlap.
func Logged(handler http.Handler, now func() time.Time, operation func(r *http.Request) string, log func(vipps.Request)) http.Handler {
	var mu sync.Mutex
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := now()
		// A body that is too large is refused behind this; what was read of it is logged.
		body, err := io.ReadAll(io.LimitReader(r.Body, mostLogged))
		rest := io.Reader(r.Body)
		if err != nil {
			rest = failing{err}
		}
		r.Body = struct {
			io.Reader
			io.Closer
		}{io.MultiReader(bytes.NewReader(body), rest), r.Body}
		kept := &statusKept{ResponseWriter: w}
		defer func() {
			mu.Lock()
			defer mu.Unlock()
			log(vipps.Request{
				Time: began, Method: r.Method, Path: r.URL.EscapedPath(), Query: r.URL.RawQuery, Header: r.Header.Clone(), Body: body,
				Operation: operation(r), Status: kept.status,
			})
		}()
		handler.ServeHTTP(kept, r)
		if kept.status == 0 {
			kept.status = http.StatusOK
		}
	})
}

// mostLogged is how much of a body is logged, in bytes.
const mostLogged = 1 << 20

// failing is a reader that has failed.
type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// statusKept remembers the status of a response; 0 where the connection was dropped before one.
type statusKept struct {
	http.ResponseWriter
	status int
}

func (s *statusKept) WriteHeader(code int) {
	if s.status == 0 {
		s.status = code
	}
	s.ResponseWriter.WriteHeader(code)
}

func (s *statusKept) Write(data []byte) (int, error) {
	if s.status == 0 {
		s.status = http.StatusOK
	}
	return s.ResponseWriter.Write(data)
}

// Unwrap lets http.ResponseController reach the connection, which faults end.
func (s *statusKept) Unwrap() http.ResponseWriter { return s.ResponseWriter }
