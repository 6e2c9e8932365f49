package transport

import (
	"bufio"
	"errors"
	"strconv"
	"strings"

	"posthaste/collection"
)

// A head is the first part of an answer.
type head struct {
	proto  string
	code   int
	reason string
	header []collection.Header
	size   int64
	close  bool  // the connection ends with this answer
	length int64 // Content-Length, -1 when there is none
	chunk  bool
	idleS  int // seconds of a Keep-Alive header
}

func parseError(code, reason string) *Error {
	return &Error{Code: code, Message: "Parse Error: " + reason, Hint: "the server's answer is not valid HTTP"}
}

// readHead reads status line and header lines. It is as strict as Node's parser, unless lenient is set.
func readHead(br *bufio.Reader, limit int, lenient bool) (*head, error) {
	if n := min(br.Buffered(), 5); n > 0 {
		if start, err := br.Peek(n); err == nil && string(start) != "HTTP/"[:n] {
			return nil, parseError("HPE_INVALID_CONSTANT", "Expected HTTP/, RTSP/ or ICE/")
		}
	}
	block, err := readBlock(br, limit)
	if err != nil {
		return nil, err
	}
	status, rest, _ := strings.Cut(block, "\n")
	h := &head{size: int64(len(block)), length: -1}
	if status, err = trimCR(status, lenient, "Missing expected CR after response line"); err != nil {
		return nil, err
	}
	if err = h.parseStatus(status); err != nil {
		return nil, err
	}
	h.header = make([]collection.Header, 0, strings.Count(rest, "\n"))
	for rest != "" {
		var line string
		line, rest, _ = strings.Cut(rest, "\n")
		if line, err = trimCR(line, lenient, "Missing expected LF after header value"); err != nil {
			return nil, err
		}
		if line == "" {
			break
		}
		if err = h.parseLine(line, lenient); err != nil {
			return nil, err
		}
	}
	return h, h.frame(lenient)
}

// readBlock returns everything up to and including the empty line.
func readBlock(br *bufio.Reader, limit int) (string, error) {
	var long []byte
	for start := 0; ; {
		line, err := br.ReadSlice('\n')
		long = append(long, line...)
		if len(long) > limit {
			e := parseError("HPE_HEADER_OVERFLOW", "Header overflow")
			e.Hint = "the header of the answer is larger than " + strconv.Itoa(limit) + " bytes"
			return "", e
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if err != nil {
			return "", err
		}
		if tail := long[start:]; string(tail) == "\r\n" || string(tail) == "\n" {
			return string(long), nil
		}
		start = len(long)
	}
}

func trimCR(line string, lenient bool, complaint string) (string, error) {
	if cut, ok := strings.CutSuffix(line, "\r"); ok {
		return cut, nil
	}
	if !lenient {
		return "", parseError("HPE_CR_EXPECTED", complaint)
	}
	return line, nil
}

func (h *head) parseStatus(line string) error {
	version, rest, spaced := strings.Cut(line, " ")
	switch version {
	case "HTTP/1.1", "HTTP/1.0", "HTTP/0.9", "HTTP/2.0":
		h.proto = version
	default:
		if !strings.HasPrefix(version, "HTTP/") {
			return parseError("HPE_INVALID_CONSTANT", "Expected HTTP/, RTSP/ or ICE/")
		}
		return parseError("HPE_INVALID_VERSION", "Invalid HTTP version")
	}
	if !spaced {
		return parseError("HPE_INVALID_VERSION", "Expected space after version")
	}
	code, reason, _ := strings.Cut(rest, " ")
	n, err := strconv.Atoi(code)
	if err != nil || len(code) != 3 || n < 100 {
		return parseError("HPE_INVALID_STATUS", "Invalid status code")
	}
	h.code, h.reason = n, strings.ToValidUTF8(reason, "\ufffd")
	return nil
}

func (h *head) parseLine(line string, lenient bool) error {
	if line[0] == ' ' || line[0] == '\t' {
		if lenient && len(h.header) > 0 {
			last := &h.header[len(h.header)-1]
			last.Value += " " + strings.Trim(line, " \t")
			return nil
		}
		return parseError("HPE_INVALID_HEADER_TOKEN", "Unexpected whitespace after header value")
	}
	key, value, ok := strings.Cut(line, ":")
	if !ok || !isToken(key) {
		if lenient {
			return nil
		}
		return parseError("HPE_INVALID_HEADER_TOKEN", "Invalid header token")
	}
	value = strings.Trim(value, " \t")
	for i := range len(value) {
		if c := value[i]; (c < 0x20 && c != '\t' || c == 0x7f) && !lenient {
			return parseError("HPE_INVALID_HEADER_TOKEN", "Invalid header value char")
		}
	}
	h.header = append(h.header, collection.Header{Key: key, Value: fromLatin1(value)})
	return nil
}

func fromLatin1(s string) string {
	if isASCII(s) {
		return s
	}
	runes := make([]rune, len(s))
	for i := range len(s) {
		runes[i] = rune(s[i])
	}
	return string(runes)
}

// frame reads how the body is delimited and what becomes of the connection.
func (h *head) frame(lenient bool) error {
	h.close = h.proto != "HTTP/1.1"
	encoded := false
	for i := range h.header {
		key, value := h.header[i].Key, h.header[i].Value
		switch len(key) {
		case 10: // "Connection", "Keep-Alive"
			if strings.EqualFold(key, "Connection") {
				for word := range strings.SplitSeq(value, ",") {
					switch word = strings.TrimSpace(word); {
					case strings.EqualFold(word, "close"):
						h.close = true
					case strings.EqualFold(word, "keep-alive"):
						h.close = false
					}
				}
			} else if strings.EqualFold(key, "Keep-Alive") {
				h.idleS = keepAliveSeconds(value)
			}
		case 14:
			if !strings.EqualFold(key, "Content-Length") {
				continue
			}
			n, err := strconv.ParseUint(value, 10, 63)
			switch {
			case err != nil && !lenient:
				return parseError("HPE_INVALID_CONTENT_LENGTH", "Invalid character in Content-Length")
			case h.length >= 0 && !lenient:
				return parseError("HPE_UNEXPECTED_CONTENT_LENGTH", "Duplicate Content-Length")
			case encoded && !lenient:
				return parseError("HPE_UNEXPECTED_CONTENT_LENGTH", "Content-Length can't be present with Transfer-Encoding")
			case err == nil:
				h.length = int64(n)
			}
		case 17:
			if !strings.EqualFold(key, "Transfer-Encoding") {
				continue
			}
			if h.length >= 0 && !lenient {
				return parseError("HPE_INVALID_TRANSFER_ENCODING", "Transfer-Encoding can't be present with Content-Length")
			}
			words := strings.Split(value, ",")
			encoded = true
			h.chunk = strings.EqualFold(strings.TrimSpace(words[len(words)-1]), "chunked")
		}
	}
	if encoded {
		h.length = -1
	}
	return nil
}

// keepAliveSeconds reads "timeout=5, max=100"; 0 where it names no time.
func keepAliveSeconds(value string) int {
	for word := range strings.SplitSeq(value, ",") {
		if s, ok := strings.CutPrefix(strings.ToLower(strings.TrimSpace(word)), "timeout="); ok {
			n, err := strconv.Atoi(s)
			if err != nil || n < 0 {
				return 0
			}
			return max(n, 1)
		}
	}
	return 0
}
