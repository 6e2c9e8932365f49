package runner

import (
	"fmt"
	"net"
	"testing"

	"posthaste/collection"
	"posthaste/runner/event"
)

// Reports show the reason of the standard where a server gives none, as newman's do, and count it.
func TestAnEmptyReasonIsThatOfTheStandard(t *testing.T) {
	for name, test := range map[string]struct {
		line, want string
		size       int64
	}{
		"none":            {"HTTP/1.1 200", "OK", int64(len("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n"))},
		"an empty one":    {"HTTP/1.1 404 ", "Not Found", int64(len("HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n"))},
		"its own":         {"HTTP/1.1 200 Fine", "Fine", int64(len("HTTP/1.1 200 Fine\r\nContent-Length: 2\r\n\r\n"))},
		"an unknown code": {"HTTP/1.1 299", "", int64(len("HTTP/1.1 299 \r\nContent-Length: 2\r\n\r\n"))},
	} {
		t.Run(name, func(t *testing.T) {
			listener, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = listener.Close() }()
			go func() {
				c, err := listener.Accept()
				if err != nil {
					return
				}
				_, _ = c.Read(make([]byte, 4096))
				_, _ = fmt.Fprintf(c, "%s\r\nContent-Length: 2\r\n\r\nok", test.line)
			}()
			c, err := collection.Parse("c.json", fmt.Appendf(nil, `{"info":{"name":"C"},"item":[{"name":"r","request":"http://%s/"}]}`, listener.Addr()), collection.Options{})
			if err != nil {
				t.Fatal(err)
			}
			var got event.Response
			_, err = Run(t.Context(), Options{Collection: c, Observe: func(e event.Event) {
				if r, ok := e.(event.ResponseReceived); ok {
					got = r.Response
				}
			}})
			if err != nil || got.Reason != test.want || got.HeaderSize != test.size {
				t.Errorf("the reason is %q, the header of %d bytes, %v; want %q, %d", got.Reason, got.HeaderSize, err, test.want, test.size)
			}
		})
	}
}
