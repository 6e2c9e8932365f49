package listener

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func ask(t *testing.T, url string) (int, []Received) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var answer struct{ Requests []Received }
	if res.StatusCode != http.StatusBadRequest {
		if err := json.NewDecoder(res.Body).Decode(&answer); err != nil {
			t.Fatal(err)
		}
	}
	return res.StatusCode, answer.Requests
}

func post(t *testing.T, url, body string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	if err := res.Body.Close(); err != nil || res.StatusCode != http.StatusNoContent {
		t.Fatalf("the callback was answered %d, %v", res.StatusCode, err)
	}
}

func TestListener(t *testing.T) {
	server := httptest.NewServer(New(time.Now))
	t.Cleanup(server.Close)
	post(t, server.URL+"/v2/payments/order-1?x=1", `{"status":"RESERVED"}`)
	post(t, server.URL+"/v2/payments/order-2", "no JSON")
	tests := map[string]struct {
		path  string
		code  int
		count int
	}{
		"what came in on a path":    {"/v2/payments/order-1?wait=0s", 200, 1},
		"all that came in below":    {"/v2/payments?wait=1s", 200, 2},
		"a path is not a prefix":    {"/v2/payments/order?wait=0s", 404, 0},
		"nothing came":              {"/other?wait=1ms", 404, 0},
		"both that were asked for":  {"/v2/payments?wait=1s&count=2", 200, 2},
		"fewer than were asked for": {"/v2/payments?wait=1ms&count=3", 404, 2},
		"a count that is no count":  {"/v2/payments?wait=0s&count=some", 400, 0},
		"a count of nothing":        {"/v2/payments?wait=0s&count=0", 400, 0},
		"a wait that is no wait":    {"/other?wait=soon", 400, 0},
		"a wait that is too long":   {"/other?wait=24h", 400, 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			code, got := ask(t, server.URL+test.path)
			if code != test.code || len(got) != test.count {
				t.Errorf("answered %d with %d requests, want %d with %d", code, len(got), test.code, test.count)
			}
		})
	}
	_, got := ask(t, server.URL+"/v2/payments/order-1?wait=0s")
	if got[0].Body != `{"status":"RESERVED"}` || string(got[0].JSON) != got[0].Body || got[0].Query != "x=1" || got[0].Method != http.MethodPost {
		t.Errorf("kept %+v", got[0])
	}
}

func TestAQuestionWaitsForWhatComes(t *testing.T) {
	server := httptest.NewServer(New(time.Now))
	t.Cleanup(server.Close)
	asked := make(chan int)
	go func() {
		code, got := ask(t, server.URL+"/callback?wait=1m&count=2")
		if len(got) != 2 || got[1].Body != "{}" {
			t.Errorf("told of %+v, want both, the newest last", got)
		}
		asked <- code
	}()
	post(t, server.URL+"/callback", "")
	post(t, server.URL+"/callback", "{}")
	if code := <-asked; code != http.StatusOK {
		t.Errorf("answered %d", code)
	}
}

func TestWhatIsKeptHasABound(t *testing.T) {
	l := New(time.Now)
	post := func(size int) {
		body := strings.NewReader(`"` + strings.Repeat("x", size-2) + `"`)
		l.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/cb", body))
	}
	for range 40 {
		post(8 << 20) // with its JSON it takes 16 MB
	}
	if l.kept > maxKept || len(l.received) != 3 || l.gone != 37 {
		t.Errorf("%d requests take %d bytes, and %d are gone", len(l.received), l.kept, l.gone)
	}
	post(maxBody + 1)
	if last := l.received[len(l.received)-1]; !last.Dropped || last.Body != "" {
		t.Errorf("of a body that is too large %d bytes are kept, dropped: %v", len(last.Body), last.Dropped)
	}
	for range 3 * maxCount {
		post(10)
	}
	if len(l.received) != maxCount || l.kept > maxKept {
		t.Errorf("%d requests take %d bytes", len(l.received), l.kept)
	}
}
