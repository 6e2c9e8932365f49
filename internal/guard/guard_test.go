package guard

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func TestOnlyThisMachineIsAnswered(t *testing.T) {
	g := &Guard{Hosts: []string{"sim.example.com"}}
	handler := g.Before(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }))
	tests := map[string]struct {
		host, origin string
		want         bool
	}{
		"an address":                           {"127.0.0.1:8080", "", true},
		"another address of the machine":       {"192.168.1.7:8080", "", true},
		"an IPv6 address":                      {"[::1]:8080", "", true},
		"localhost":                            {"localhost:8080", "", true},
		"a name below localhost":               {"api.localhost", "", true},
		"the name of a container":              {"simulator:8080", "", true},
		"the name of a service":                {"sim.default.svc.cluster.local", "", true},
		"a name that was given":                {"SIM.example.com:443", "", true},
		"its own page":                         {"127.0.0.1:8080", "http://127.0.0.1:8080", true},
		"a foreign name":                       {"evil.example", "", false},
		"a foreign name with its own origin":   {"evil.example:8080", "http://evil.example:8080", false},
		"a foreign name that begins well":      {"127.0.0.1.evil.example", "", false},
		"a foreign name that ends well":        {"evilsim.example.com", "", false},
		"a foreign name with a dot at its end": {"evil.example.", "", false},
		"a page of another origin":             {"127.0.0.1:8080", "http://evil.example", false},
		"a page of another port":               {"127.0.0.1:8080", "http://127.0.0.1:9090", false},
		"a page without an origin":             {"127.0.0.1:8080", "null", false},
		"no name":                              {"", "", false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", nil)
			if r.Host = test.host; test.origin != "" {
				r.Header.Set("Origin", test.origin)
			}
			w := httptest.NewRecorder()
			handler.ServeHTTP(w, r)
			if got := w.Code == http.StatusNoContent; got != test.want || !got && w.Code != http.StatusForbidden {
				t.Errorf("answered %d, want that it is let in: %v", w.Code, test.want)
			}
		})
	}
}

func TestABodyThatNeverComesIsNotWaitedFor(t *testing.T) {
	g := &Guard{Now: time.Now, Body: 100 * time.Millisecond}
	server := httptest.NewServer(g.Before(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.ReadAll(r.Body); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		select {
		case <-r.Context().Done():
		case <-time.After(300 * time.Millisecond): // longer than a body may take
			fmt.Fprint(w, "answered late")
		}
	})))
	t.Cleanup(server.Close)
	for body, want := range map[string]string{"a": "i/o timeout", "ab": "answered late"} {
		conn, err := net.Dial("tcp", server.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		fmt.Fprintf(conn, "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n%s", body)
		response, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil {
			t.Fatal(err)
		}
		text, _ := io.ReadAll(response.Body)
		response.Body.Close()
		if !strings.Contains(string(text), want) {
			t.Errorf("with %q of 2 bytes: %q, want %q", body, text, want)
		}
	}
}
