package confirm

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// A record is what newman did with one case. In its texts ‹uuid›, ‹ms› and the like stand for values that depend on
// the moment, ‹*› for what two runs of newman did not agree on.
type record struct {
	Newman   string              `json:"newman"`
	Moment   time.Time           `json:"moment"` // when newman ran; a replay's clock begins there
	Requests []exchange          `json:"requests"`
	Refused  map[string]string   `json:"refused_tunnels,omitempty"` // by target: the bytes before the connection was cut
	Facts    map[string][]string `json:"facts"`
}

// An exchange is a request as newman sent it and the response it got.
type exchange struct {
	Method  string   `json:"method"`
	URL     string   `json:"url"`
	Headers []string `json:"headers"`
	Body    string   `json:"body,omitempty"`
	More    []string `json:"more,omitempty"` // "chunked", "certificate CN=…"
	Answer  answer   `json:"answer"`
}

// A response is a response as bytes: its head by lines and its body, or all of it in base64 where it is not text.
type answer struct {
	Head   []string `json:"head,omitempty"`
	Body   string   `json:"body,omitempty"`
	Base64 string   `json:"base64,omitempty"`
	WaitMS int      `json:"wait_ms,omitempty"`
	Ends   bool     `json:"ends,omitempty"`  // the connection ended with it
	Never  bool     `json:"never,omitempty"` // newman did not wait for it
}

func newAnswer(raw []byte, ends bool, wait time.Duration) answer {
	a := answer{Ends: ends}
	if wait > 80*time.Millisecond {
		a.WaitMS = int(wait.Milliseconds()) / 50 * 50
	}
	head, body, ok := bytes.Cut(raw, []byte("\r\n\r\n"))
	switch {
	case !utf8.Valid(raw):
		a.Base64 = base64.StdEncoding.EncodeToString(raw)
	case ok:
		a.Head, a.Body = strings.Split(string(head), "\r\n"), string(body)
	default:
		a.Body = string(raw)
	}
	return a
}

// bytes is the response as it goes on the wire.
func (a *answer) bytes() []byte {
	if a.Base64 != "" {
		raw, _ := base64.StdEncoding.DecodeString(a.Base64)
		return raw
	}
	if len(a.Head) == 0 {
		return []byte(a.Body)
	}
	return []byte(strings.Join(a.Head, "\r\n") + "\r\n\r\n" + a.Body)
}

func recordFile(id string) string {
	return filepath.Join(folder(), "records", strings.TrimPrefix(id, "confirm/")+".json")
}

func readRecord(t *testing.T, id string) *record {
	t.Helper()
	data, err := os.ReadFile(recordFile(id))
	if err != nil {
		t.Fatalf("%v (make confirm UPDATE=1 records it)", err)
	}
	var r record
	if err := json.Unmarshal(data, &r); err != nil {
		t.Fatalf("%s: %v", recordFile(id), err)
	}
	if r.Moment.IsZero() {
		t.Fatalf("%s has no moment (make confirm UPDATE=1 records it)", recordFile(id))
	}
	return &r
}

func (r *record) write(t *testing.T, id string) {
	t.Helper()
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(r); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(recordFile(id)), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(recordFile(id), text.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}
