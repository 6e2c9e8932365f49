package transport

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"

	"posthaste/collection"
	"posthaste/internal/transport/failure"
)

// wantError checks code and message of a request's error.
func wantError(t *testing.T, err error, code, message string) *failure.Error {
	t.Helper()
	var e *failure.Error
	if !errors.As(err, &e) {
		t.Fatalf("the error is %v, want %s %q", err, code, message)
	}
	if e.Code != code || e.Message != message {
		t.Errorf("the error is %s %q, want %s %q", e.Code, e.Message, code, message)
	}
	return e
}

// Codes and messages are those that newman 6.2.2 showed for the same bytes.
func TestBadAnswers(t *testing.T) {
	const okHead = "HTTP/1.1 200 OK\r\n"
	tests := map[string]struct{ answer, code, message string }{
		"no HTTP at all":               {"garbage\r\n\r\n" + closeMark, "HPE_INVALID_CONSTANT", "Parse Error: Expected HTTP/, RTSP/ or ICE/"},
		"no HTTP and no end":           {"garbage", "HPE_INVALID_CONSTANT", "Parse Error: Expected HTTP/, RTSP/ or ICE/"},
		"nothing":                      {closeMark, "ECONNRESET", "socket hang up"},
		"half a header":                {okHead + "Content-Le" + closeMark, "ECONNRESET", "socket hang up"},
		"half a body":                  {okHead + "Content-Length: 10\r\n\r\nabc" + closeMark, "ECONNRESET", "aborted"},
		"half a chunk":                 {okHead + "Transfer-Encoding: chunked\r\n\r\n5\r\nabc" + closeMark, "ECONNRESET", "aborted"},
		"no last chunk":                {okHead + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n" + closeMark, "ECONNRESET", "aborted"},
		"a chunk without size":         {okHead + "Transfer-Encoding: chunked\r\n\r\nzz\r\nabc", "HPE_INVALID_CHUNK_SIZE", "Parse Error: Invalid character in chunk size"},
		"a length that is no number":   {okHead + "Content-Length: abc\r\n\r\nabc", "HPE_INVALID_CONTENT_LENGTH", "Parse Error: Invalid character in Content-Length"},
		"a negative length":            {okHead + "Content-Length: -3\r\n\r\nabc", "HPE_INVALID_CONTENT_LENGTH", "Parse Error: Invalid character in Content-Length"},
		"two lengths":                  {okHead + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc", "HPE_UNEXPECTED_CONTENT_LENGTH", "Parse Error: Duplicate Content-Length"},
		"chunks beside a length":       {okHead + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", "HPE_INVALID_TRANSFER_ENCODING", "Parse Error: Transfer-Encoding can't be present with Content-Length"},
		"a length beside chunks":       {okHead + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n3\r\nabc\r\n0\r\n\r\n", "HPE_INVALID_CONTENT_LENGTH", "Parse Error: Content-Length can't be present with Transfer-Encoding"},
		"a line without colon":         {okHead + "bad header\r\n\r\n", "HPE_INVALID_HEADER_TOKEN", "Parse Error: Invalid header token"},
		"a name with a blank":          {okHead + "Bad Name: x\r\nContent-Length: 2\r\n\r\nok", "HPE_INVALID_HEADER_TOKEN", "Parse Error: Invalid header token"},
		"a folded line":                {okHead + "X: a\r\n b\r\nContent-Length: 2\r\n\r\nok", "HPE_INVALID_HEADER_TOKEN", "Parse Error: Unexpected whitespace after header value"},
		"a control character":          {okHead + "X: a\x01b\r\nContent-Length: 2\r\n\r\nok", "HPE_INVALID_HEADER_TOKEN", "Parse Error: Invalid header value char"},
		"lines without CR":             {"HTTP/1.1 200 OK\nContent-Length: 2\n\nok", "HPE_CR_EXPECTED", "Parse Error: Missing expected CR after response line"},
		"no status":                    {"HTTP/1.1\r\n\r\n", "HPE_INVALID_VERSION", "Parse Error: Expected space after version"},
		"a status of two digits":       {"HTTP/1.1 20 OK\r\n\r\n", "HPE_INVALID_STATUS", "Parse Error: Invalid status code"},
		"an unknown version":           {"HTTP/3.7 200 OK\r\n\r\n", "HPE_INVALID_VERSION", "Parse Error: Invalid HTTP version"},
		"a header of 1 MB":             {okHead + "X: " + strings.Repeat("a", 1<<20) + "\r\n\r\n", "HPE_HEADER_OVERFLOW", "Parse Error: Header overflow"},
		"a header of many lines":       {okHead + strings.Repeat("X: aaaaaaaaaaaaaaaaaaaaaaaaaa\r\n", 40000) + "\r\n", "HPE_HEADER_OVERFLOW", "Parse Error: Header overflow"},
		"more than the length":         {okHead + "Content-Length: 2\r\n\r\nokEXTRA", "HPE_INVALID_CONSTANT", "Parse Error: Expected HTTP/, RTSP/ or ICE/"},
		"gzip that is invalid":         {okHead + "Content-Length: 2\r\nContent-Encoding: gzip\r\n\r\nok", "Z_DATA_ERROR", "incorrect header check"},
		"gzip that is long and none":   {okHead + "Content-Length: 20\r\nContent-Encoding: gzip\r\n\r\nokokokokokokokokokok", "Z_DATA_ERROR", "incorrect header check"},
		"deflate that is invalid":      {okHead + "Content-Length: 2\r\nContent-Encoding: deflate\r\n\r\nok", "Z_DATA_ERROR", "invalid block type"},
		"br that is invalid":           {okHead + "Content-Length: 2\r\nContent-Encoding: br\r\n\r\nok", "Z_BUF_ERROR", "unexpected end of file"},
		"a compressed body broken off": {okHead + "Content-Length: 2000\r\nContent-Encoding: gzip\r\n\r\n" + string(gzipped("hello"))[:12] + closeMark, "ECONNRESET", "aborted"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			answers := []string{test.answer, okAnswer}
			srv := newRawServer(t, func(n int, _ string) []byte { return []byte(answers[min(n, 2)-1]) })
			c := client(t, Options{Timeout: 5 * time.Second})
			_, err := do(t, c, &Request{URL: srv.url()})
			wantError(t, err, test.code, test.message)
			if r, err := do(t, c, &Request{URL: srv.url()}); err != nil || string(r.Body) != "ok" {
				t.Errorf("the next request gets %v, %v; a bad answer must not spoil it", r, err)
			}
			if got := len(srv.requests()); got != 2 {
				t.Errorf("%d requests were sent, want 2: nothing is tried again", got)
			}
		})
	}
}

func gzipped(text string) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write([]byte(text))
	_ = w.Close()
	return b.Bytes()
}

func TestOddAnswers(t *testing.T) {
	const okHead = "HTTP/1.1 200 OK\r\n"
	long := strings.Repeat("hello ", 4000)
	var zl, raw, br bytes.Buffer
	zw := zlib.NewWriter(&zl)
	fw, _ := flate.NewWriter(&raw, 9)
	bw := brotli.NewWriter(&br)
	for _, w := range []interface {
		Write([]byte) (int, error)
		Close() error
	}{zw, fw, bw} {
		_, _ = w.Write([]byte(long))
		_ = w.Close()
	}
	encoded := func(kind string, body []byte) string {
		return fmt.Sprintf("%sContent-Length: %d\r\nContent-Encoding: %s\r\n\r\n%s", okHead, len(body), kind, body)
	}
	tests := map[string]struct {
		method, answer string
		code           int
		reason, body   string
	}{
		"interim answers are skipped":        {"GET", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + okAnswer, 200, "OK", "ok"},
		"HTTP/1.0 ends with the connection":  {"GET", "HTTP/1.0 200 OK\r\n\r\nok" + closeMark, 200, "OK", "ok"},
		"no length ends with the connection": {"GET", okHead + "\r\nok" + closeMark, 200, "OK", "ok"},
		"HTTP/2.0 in a status line is read":  {"GET", "HTTP/2.0 200 OK\r\nContent-Length: 2\r\n\r\nok", 200, "OK", "ok"},
		"no reason is an empty reason":       {"GET", "HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok", 200, "", "ok"},
		"reasons are kept":                   {"GET", "HTTP/1.1 599 Går ikke!\r\nContent-Length: 0\r\n\r\n", 599, "Går ikke!", ""},
		"chunks are joined":                  {"GET", okHead + "Transfer-Encoding: chunked\r\n\r\n1;x=y\r\no\r\n1\r\nk\r\n0\r\nTrailer: x\r\n\r\n", 200, "OK", "ok"},
		"HEAD has no body":                   {"HEAD", okHead + "Content-Length: 20\r\n\r\n", 200, "OK", ""},
		"HEAD of a gzip has no body":         {"HEAD", okHead + "Content-Encoding: gzip\r\nContent-Length: 20\r\n\r\n", 200, "OK", ""},
		"204 has no body":                    {"GET", "HTTP/1.1 204 No Content\r\nContent-Encoding: gzip\r\n\r\n", 204, "No Content", ""},
		"304 has no body":                    {"GET", "HTTP/1.1 304 Not Modified\r\nContent-Length: 20\r\n\r\n", 304, "Not Modified", ""},
		"101 ends the exchange":              {"GET", "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\nxx", 101, "Switching Protocols", ""},
		"gzip is undone":                     {"GET", encoded("gzip", gzipped(long)), 200, "OK", long},
		"an empty gzip is empty":             {"GET", okHead + "Content-Encoding: gzip\r\nContent-Length: 0\r\n\r\n", 200, "OK", ""},
		"a truncated gzip gives what it has": {"GET", encoded("gzip", gzipped("hello")[:15]), 200, "OK", "hell"},
		"what follows gzip is ignored":       {"GET", encoded("gzip", append(gzipped("hello"), "trailing garbage"...)), 200, "OK", "hello"},
		"zlib's deflate is undone":           {"GET", encoded("deflate", zl.Bytes()), 200, "OK", long},
		"bare deflate is undone":             {"GET", encoded("deflate", raw.Bytes()), 200, "OK", long},
		"brotli is undone":                   {"GET", encoded("br", br.Bytes()), 200, "OK", long},
		"encodings are read in any case":     {"GET", encoded(" GZIP ", gzipped("hello")), 200, "OK", "hello"},
		"unknown encodings pass":             {"GET", encoded("zstd", []byte("raw")), 200, "OK", "raw"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			srv := answering(t, test.answer)
			r, err := do(t, client(t, Options{Timeout: 5 * time.Second}), &Request{Method: test.method, URL: srv.url()})
			if err != nil {
				t.Fatal(err)
			}
			if got := string(r.Body); r.Code != test.code || r.Reason != test.reason || len(got) > 100 && got != test.body || len(got) <= 100 && !strings.HasPrefix(test.body, got) {
				t.Errorf("the answer is %d %q %.40q, want %d %q %.40q", r.Code, r.Reason, r.Body, test.code, test.reason, test.body)
			}
			if test.body != "" && len(r.Body) == 0 {
				t.Error("the body is empty")
			}
		})
	}
}

func TestHeadersOfAnswersKeepSpellingOrderAndNumber(t *testing.T) {
	srv := answering(t, "HTTP/1.1 200 OK\r\nx-ONE: 1\r\nB: b\r\nx-ONE:  2 \r\nL: \xe9\r\nE:\r\nContent-Length: 0\r\n\r\n")
	r, err := do(t, client(t, Options{}), &Request{URL: srv.url()})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, h := range r.Header {
		got = append(got, h.Key+"="+h.Value)
	}
	if want := "x-ONE=1 B=b x-ONE=2 L=é E= Content-Length=0"; strings.Join(got, " ") != want {
		t.Errorf("the header is %q, want %q", got, want)
	}
}

func TestLenientParserReadsWhatNodeRefuses(t *testing.T) {
	for name, answer := range map[string]string{
		"lines without CR":       "HTTP/1.1 200 OK\nContent-Length: 2\n\nok",
		"a folded line":          "HTTP/1.1 200 OK\r\nX: a\r\n b\r\nContent-Length: 2\r\n\r\nok",
		"chunks beside a length": "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			srv := answering(t, answer)
			r, err := do(t, client(t, Options{}), &Request{URL: srv.url(), Behavior: behavior("insecureHTTPParser=true")})
			if err != nil || string(r.Body) != "ok" {
				t.Errorf("the answer is %v, %v", r, err)
			}
		})
	}
}

func TestConnectionErrors(t *testing.T) {
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(closed.Addr().String())
	_ = closed.Close()
	_, err = do(t, client(t, Options{}), &Request{URL: "http://127.0.0.1:" + port})
	if e := (*failure.Error)(nil); !errors.As(err, &e) || e.Errno != -111 || e.Syscall != "connect" || e.Address != "127.0.0.1" || strconv.Itoa(e.Port) != port {
		t.Errorf("a closed port gives %+v", e)
	}
	tests := map[string]struct{ url, code, message string }{
		"a closed port":              {"http://127.0.0.1:" + port + "/", "ECONNREFUSED", "connect ECONNREFUSED 127.0.0.1:" + port},
		"localhost on a closed port": {"http://localhost:" + port + "/", "ECONNREFUSED", "connect ECONNREFUSED 127.0.0.1:" + port},
		"a name below localhost":     {"http://foo.localhost:" + port + "/", "ECONNREFUSED", "connect ECONNREFUSED 127.0.0.1:" + port},
		"a name with a blank":        {"http://exa mple.invalid/", "ENOTFOUND", "getaddrinfo ENOTFOUND exa mple.invalid"},
		"a placeholder":              {"http://{{BASE}}/x", "ENOTFOUND", "getaddrinfo ENOTFOUND {{base}}"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := do(t, client(t, Options{}), &Request{URL: test.url})
			wantError(t, err, test.code, test.message)
		})
	}
}

func TestTimeouts(t *testing.T) {
	drip := func(t *testing.T) string {
		t.Helper()
		ln, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = ln.Close() })
		go func() {
			for {
				c, err := ln.Accept()
				if err != nil {
					return
				}
				go func() {
					defer func() { _ = c.Close() }()
					_, _ = c.Write([]byte("HTTP/1.1 200 OK\r\nContent-Length: 30\r\n\r\n"))
					for range 30 {
						time.Sleep(20 * time.Millisecond)
						if _, err := c.Write([]byte("x")); err != nil {
							return
						}
					}
				}()
			}
		}()
		return "http://" + ln.Addr().String()
	}
	silent := newRawServer(t, func(int, string) []byte { time.Sleep(2 * time.Second); return nil })
	half := newRawServer(t, func(int, string) []byte { return []byte("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc") })
	t.Run("silence ends", func(t *testing.T) {
		_, err := do(t, client(t, Options{Timeout: 100 * time.Millisecond}), &Request{URL: silent.url()})
		wantError(t, err, "ESOCKETTIMEDOUT", "ESOCKETTIMEDOUT")
	})
	t.Run("half an answer ends", func(t *testing.T) {
		_, err := do(t, client(t, Options{Timeout: 100 * time.Millisecond}), &Request{URL: half.url()})
		if e := wantError(t, err, "ESOCKETTIMEDOUT", "ESOCKETTIMEDOUT"); !strings.Contains(e.Hint, "3 bytes") {
			t.Errorf("the hint %q does not say how much came", e.Hint)
		}
	})
	t.Run("TLS against silence ends", func(t *testing.T) {
		_, err := do(t, client(t, Options{Timeout: 100 * time.Millisecond}), &Request{URL: "https" + strings.TrimPrefix(silent.url(), "http")})
		wantError(t, err, "ESOCKETTIMEDOUT", "ESOCKETTIMEDOUT")
	})
	t.Run("a drip ends", func(t *testing.T) {
		_, err := do(t, client(t, Options{Timeout: 150 * time.Millisecond}), &Request{URL: drip(t)})
		wantError(t, err, "ESOCKETTIMEDOUT", "ESOCKETTIMEDOUT")
	})
	t.Run("a drip is no silence", func(t *testing.T) {
		r, err := do(t, client(t, Options{Timeout: 300 * time.Millisecond, TimeoutIdle: true}), &Request{URL: drip(t)})
		if err != nil || len(r.Body) != 30 {
			t.Errorf("the answer is %v, %v", r, err)
		}
	})
	t.Run("the context ends a request", func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		c := client(t, Options{})
		p, err := c.Prepare(ctx, &Request{URL: silent.url()})
		if err != nil {
			t.Fatal(err)
		}
		_, err = c.Do(ctx, p)
		wantError(t, err, "ABORT_ERR", "The operation was aborted")
	})
}

func TestMaxResponseSize(t *testing.T) {
	for name, answer := range map[string]string{
		"announced": "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nhello world",
		"chunked":   "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nb\r\nhello world\r\n0\r\n\r\n",
		"unpacked":  fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%s", len(gzipped(strings.Repeat("a", 1000))), gzipped(strings.Repeat("a", 1000))),
	} {
		t.Run(name, func(t *testing.T) {
			srv := answering(t, answer)
			_, err := do(t, client(t, Options{MaxResponseSize: 10}), &Request{URL: srv.url()})
			wantError(t, err, "ERR_RESPONSE_SIZE", "Maximum response size reached")
		})
	}
}

func TestFileThatShrinksEndsTheRequest(t *testing.T) {
	srv := answering(t, okAnswer)
	files := mapOpener{"f": "long enough"}
	c := client(t, Options{Files: files})
	p, err := c.Prepare(t.Context(), &Request{Method: "POST", URL: srv.url(), Body: &collection.Body{Mode: "file", File: &collection.File{Src: "f"}}})
	if err != nil {
		t.Fatal(err)
	}
	files["f"] = "short"
	_, err = c.Do(t.Context(), p)
	wantError(t, err, "", "reading body file: f has 5 bytes, 11 were announced")
}

func TestEarlyAnswerToLongRequest(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = ln.Close() }()
	go func() {
		for {
			nc, err := ln.Accept()
			if err != nil {
				return
			}
			_, _ = nc.Read(make([]byte, 100))
			_, _ = nc.Write([]byte("HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\nno"))
			defer func() { _ = nc.Close() }()
		}
	}()
	c := client(t, Options{Timeout: 5 * time.Second})
	for range 2 {
		r, err := do(t, c, &Request{Method: "POST", URL: "http://" + ln.Addr().String(), Body: raw(strings.Repeat("x", 20<<20), "")})
		if err != nil || r.Code != 413 {
			t.Fatalf("the answer is %v, %v", r, err)
		}
	}
}
