package transport

import (
	"net"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"
)

func TestIdleConnectionsAreKeptAndTheirEndIsNoticed(t *testing.T) {
	t.Parallel()
	for name, start := range map[string]func(*httptest.Server){
		"plain": (*httptest.Server).Start,
		"TLS, whose session tickets come between answers": (*httptest.Server).StartTLS,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var opened atomic.Int32
			srv := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				_, _ = w.Write([]byte("ok"))
			}))
			srv.Config.ConnState = func(_ net.Conn, state http.ConnState) {
				if state == http.StateNew {
					opened.Add(1)
				}
			}
			start(srv)
			defer srv.Close()
			c := client(t, Options{Timeout: 10 * time.Second, Insecure: true})
			send := func() {
				t.Helper()
				if _, err := do(t, c, &Request{Method: "PUT", URL: srv.URL}); err != nil {
					t.Fatal(err)
				}
			}
			for range 3 {
				send()
			}
			if n := opened.Load(); n != 1 {
				t.Errorf("three requests opened %d connections, want 1", n)
			}
			srv.CloseClientConnections()
			send()
			if n := opened.Load(); n != 2 {
				t.Errorf("a request after the server's close makes it %d connections, want 2", n)
			}
		})
	}
}
