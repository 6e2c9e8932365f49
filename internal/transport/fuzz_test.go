package transport

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"testing"

	"posthaste/internal/transport/failure"
	"posthaste/internal/transport/http1"
)

// FuzzAnswer reads any bytes as a response: it must end, in a result or in an *failure.Error, without more body than
// there were bytes.
func FuzzAnswer(f *testing.F) {
	for _, seed := range []string{
		okAnswer, "garbage", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;x=y\r\no\r\n1\r\nk\r\n0\r\nT: x\r\n\r\n",
		"HTTP/1.1 200 OK\nX: a\n b\n\nok", "HTTP/1.0 200\r\nConnection: keep-alive\r\nKeep-Alive: timeout=5\r\n\r\nbody",
		"HTTP/1.1 100 Continue\r\n\r\n" + okAnswer, "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\n\x1f\x8b\x08",
	} {
		f.Add([]byte(seed), false)
	}
	c, err := New(Options{MaxResponseSize: 1 << 20})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, answer []byte, lenient bool) {
		br := bufio.NewReader(bytes.NewReader(answer))
		hd, err := http1.ReadHead(br, 1<<16, lenient)
		if err != nil {
			var e *failure.Error
			if !errors.As(err, &e) && !errors.Is(err, io.EOF) {
				t.Fatalf("the error is %v", err)
			}
			return
		}
		body := http1.NewBody(br, hd, "GET")
		_, _ = c.collect(body, hd, http1.Bodyless("GET", hd.Code), nil)
		if body.Got > int64(len(answer)) || body.Done && !errors.Is(body.Err, io.EOF) {
			t.Fatalf("%d bytes of %d were read, done %v with %v", body.Got, len(answer), body.Done, body.Err)
		}
	})
}
