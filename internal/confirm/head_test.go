package confirm

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// A message is one HTTP/1.1 request or response as it stood on the wire. net/http would lose the order and the
// casing of its headers.
type message struct {
	start   string // request line or status line
	headers []header
	body    []byte // with the framing of a chunked message taken off
	chunked bool
	raw     []byte // all of it, as read
}

type header struct{ name, value string }

// get returns the first header of a name, whatever its casing.
func (m *message) get(name string) string {
	for _, h := range m.headers {
		if strings.EqualFold(h.name, name) {
			return h.value
		}
	}
	return ""
}

var errNotHTTP = errors.New("not an HTTP message")

// readHead reads the lines up to the empty one.
func readHead(r *bufio.Reader) (*message, error) {
	m := &message{}
	for {
		line, err := r.ReadString('\n')
		m.raw = append(m.raw, line...)
		if err != nil {
			return m, err
		}
		line = strings.TrimRight(line, "\r\n")
		switch {
		case line == "" && m.start == "":
			m.raw = nil // a stray empty line before a message
		case line == "":
			return m, nil
		case m.start == "":
			m.start = line
			if !strings.Contains(line, "HTTP/1.") {
				return m, errNotHTTP
			}
		default:
			name, value, ok := strings.Cut(line, ":")
			if !ok {
				return m, errNotHTTP
			}
			m.headers = append(m.headers, header{name, strings.Trim(value, " \t")})
		}
	}
}

// readSized reads the body that the head announces.
func (m *message) readSized(r *bufio.Reader) error {
	if strings.Contains(strings.ToLower(m.get("Transfer-Encoding")), "chunked") {
		m.chunked = true
		return m.readChunks(r)
	}
	size, _ := strconv.Atoi(m.get("Content-Length")) // no number is no body
	if size <= 0 {
		return nil
	}
	m.body = make([]byte, size)
	n, err := io.ReadFull(r, m.body)
	m.body = m.body[:n]
	m.raw = append(m.raw, m.body...)
	return err
}

func (m *message) readChunks(r *bufio.Reader) error {
	for {
		line, err := r.ReadString('\n')
		m.raw = append(m.raw, line...)
		if err != nil {
			return err
		}
		size, err := strconv.ParseInt(strings.TrimSpace(line), 16, 32)
		if err != nil {
			return fmt.Errorf("chunk size: %w", err)
		}
		chunk := make([]byte, size+2)
		n, err := io.ReadFull(r, chunk)
		m.raw = append(m.raw, chunk[:n]...)
		if err != nil || size == 0 {
			return err
		}
		m.body = append(m.body, chunk[:size]...)
	}
}

// readResponse reads a response to a request of the method. What is not HTTP, or ends early, is kept as it came.
func readResponse(r *bufio.Reader, method string) (raw []byte, ends bool) {
	for {
		m, err := readHead(r)
		if err != nil {
			rest, _ := io.ReadAll(r)
			return append(m.raw, rest...), true
		}
		_, status, _ := strings.Cut(m.start, " ")
		switch {
		case strings.HasPrefix(status, "1"):
			continue
		case method == "HEAD" || strings.HasPrefix(status, "204") || strings.HasPrefix(status, "304"):
		case m.get("Content-Length") == "" && !strings.Contains(strings.ToLower(m.get("Transfer-Encoding")), "chunked"):
			rest, _ := io.ReadAll(r)
			return append(m.raw, rest...), true
		default:
			if m.readSized(r) != nil {
				return m.raw, true
			}
		}
		return bytes.Clone(m.raw), strings.EqualFold(m.get("Connection"), "close")
	}
}
