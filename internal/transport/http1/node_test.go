package http1

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"posthaste/internal/transport/failure"
)

// A nodeCase is bytes that a server sent, and what Node's http client made of them (testdata/record.mjs writes them).
// Bytes and bodies are Latin-1.
type nodeCase struct {
	Bytes   string   `json:"bytes"`
	Close   bool     `json:"close"` // the server closed the connection after them
	Method  string   `json:"method"`
	Lenient bool     `json:"lenient"` // insecureHTTPParser
	Waits   bool     `json:"waits"`   // Node waits for more
	Upgrade bool     `json:"upgrade"` // Node hands the connection over
	Aborted string   `json:"aborted"` // the response broke off
	Error   string   `json:"error"`
	Message string   `json:"message"`
	Code    int      `json:"code"`
	Reason  string   `json:"reason"`
	Head    []string `json:"head"` // names and values in turn
	Body    string   `json:"body"`
}

var errWaits = errors.New("no more bytes")

// A sender is a connection on which some bytes have come.
type sender struct {
	rest  []byte
	close bool
}

func (s *sender) Read(b []byte) (int, error) {
	if len(s.rest) == 0 {
		if s.close {
			return 0, io.EOF
		}
		return 0, errWaits
	}
	n := copy(b, s.rest)
	s.rest = s.rest[n:]
	return n, nil
}

func (c *nodeCase) read() (got nodeCase) {
	got = nodeCase{Bytes: c.Bytes, Close: c.Close, Method: c.Method, Lenient: c.Lenient}
	b := AppendLatin1(nil, c.Bytes)
	br := bufio.NewReaderSize(&sender{b, c.Close}, 8<<10)
	fail := func(err error, begun bool) nodeCase {
		var e *failure.Error
		switch {
		case errors.Is(err, errWaits):
			got.Waits = true
		case errors.As(err, &e) && e.Message == "aborted":
			got.Aborted = "ECONNRESET aborted"
		case errors.As(err, &e):
			got.Error, got.Message = e.Code, e.Message
		case begun:
			got.Aborted = "ECONNRESET aborted"
		default:
			got.Error, got.Message = "ECONNRESET", "socket hang up"
		}
		return got
	}
	hd, err := ReadFinal(br, 16<<10, c.Lenient, &Memory{})
	if err != nil {
		return fail(err, false)
	}
	body := NewBody(br, hd, c.Method)
	data, err := io.ReadAll(body)
	if err == nil {
		if hd.Code != 101 {
			_, err = Behind(br, hd)
		}
	}
	if err != nil {
		return fail(err, true)
	}
	got.Code, got.Body = hd.Code, fromLatin1(string(data))
	got.Reason = hd.Reason
	for _, h := range hd.Header {
		got.Head = append(got.Head, h.Key, h.Value)
	}
	return got
}

func TestResponsesAreReadAsNodeReadsThem(t *testing.T) {
	file := filepath.Join("testdata", "node.json")
	if dev := os.Getenv("NODECASES"); dev != "" {
		file = dev
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var cases []nodeCase
	if err := json.Unmarshal(data, &cases); err != nil {
		t.Fatal(err)
	}
	var verdicts, results, messages int
	for _, c := range cases {
		got := c.read()
		if c.Upgrade {
			continue
		}
		show := func(kind string) {
			t.Errorf("%s: %q close=%v %s lenient=%v\n  got  %+v\n  want %+v", kind, c.Bytes, c.Close, c.Method, c.Lenient, short(got), short(c))
		}
		switch {
		case (got.Error == "") != (c.Error == "") || got.Waits != c.Waits || (got.Aborted == "") != (c.Aborted == ""):
			verdicts++
			show("verdict")
		case got.Error != c.Error || got.Message != c.Message:
			messages++
			show("message")
		case c.Error != "" || c.Waits || c.Aborted != "":
		case got.Code != c.Code || got.Reason != string([]rune(string(AppendLatin1(nil, c.Reason)))) || strings.Join(got.Head, "\n") != strings.Join(c.Head, "\n") || got.Body != c.Body:
			results++
			show("result")
		}
	}
	if verdicts+results+messages > 0 {
		t.Errorf("%d verdicts, %d results, %d messages differ of %d", verdicts, results, messages, len(cases))
	}
}

func short(c nodeCase) string {
	if c.Error != "" {
		return c.Error + " " + c.Message
	}
	b, _ := json.Marshal(map[string]any{"waits": c.Waits, "aborted": c.Aborted, "code": c.Code, "reason": c.Reason, "head": c.Head, "body": c.Body})
	return string(b)
}
