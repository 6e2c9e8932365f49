package run

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
)

// Handler returns a RoundTripper that answers requests from a handler, in memory: no port is opened. It answers whatever
// host the request names. A handler that panics fails the request, and nothing else.
func Handler(h http.Handler) http.RoundTripper { return handler{h} }

type handler struct{ http.Handler }

// RoundTrip serves one request. The response is whole when it returns; it ends early when the request's context does.
func (h handler) RoundTrip(q *http.Request) (*http.Response, error) {
	served := q.Clone(q.Context())
	if served.Body == nil {
		served.Body = http.NoBody
	}
	served.RequestURI = q.URL.RequestURI()
	served.RemoteAddr = "127.0.0.1:0"
	done := make(chan error, 1)
	w := &recorder{header: http.Header{}}
	go func() {
		defer func() {
			_ = served.Body.Close() // it ends who writes it
			if p := recover(); p != nil {
				done <- fmt.Errorf("the handler panicked: %v", p)
			}
		}()
		h.ServeHTTP(w, served)
		done <- nil
	}()
	select {
	case err := <-done:
		if err != nil {
			return nil, err
		}
	case <-q.Context().Done():
		_ = served.Body.Close() // the handler may still be at work; its response is not read
		return nil, context.Cause(q.Context())
	}
	return w.response(q), nil
}

// A recorder keeps what a handler writes.
type recorder struct {
	header http.Header
	sent   http.Header // as they were when the status was written
	code   int
	body   bytes.Buffer
}

func (w *recorder) Header() http.Header { return w.header }

func (w *recorder) WriteHeader(code int) {
	if w.code != 0 || code < http.StatusOK { // informational responses are not the response
		return
	}
	w.code, w.sent = code, w.header.Clone()
}

func (w *recorder) Write(b []byte) (int, error) {
	if w.code == 0 {
		if w.header.Get("Content-Type") == "" && len(b) > 0 {
			w.header.Set("Content-Type", http.DetectContentType(b)) // as net/http's server does
		}
		w.WriteHeader(http.StatusOK)
	}
	if w.code == http.StatusNoContent || w.code == http.StatusNotModified {
		return 0, http.ErrBodyNotAllowed
	}
	return w.body.Write(b)
}

// Flush is there for handlers that ask for it; all is read at the end.
func (w *recorder) Flush() { w.WriteHeader(http.StatusOK) }

// response is what was recorded.
func (w *recorder) response(q *http.Request) *http.Response {
	w.WriteHeader(http.StatusOK)
	body := w.body.Bytes()
	length := int64(len(body))
	if w.sent.Get("Content-Length") == "" && w.code != http.StatusNoContent && w.code != http.StatusNotModified {
		w.sent.Set("Content-Length", strconv.FormatInt(length, 10))
	}
	if q.Method == http.MethodHead {
		body, length = nil, 0
	}
	return &http.Response{
		StatusCode: w.code, Status: strconv.Itoa(w.code) + " " + http.StatusText(w.code),
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: w.sent, Body: io.NopCloser(bytes.NewReader(body)), ContentLength: length, Request: q,
	}
}

// errNoOut says that a report has nowhere to go.
var errNoOut = errors.New("it has no Out to write to")
