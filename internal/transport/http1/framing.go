package http1

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A framing is what the header lines of a response say of its end and of the connection.
type framing struct {
	length   int64
	sized    bool // a Content-Length was given
	blanks   bool // blanks were read behind its digits
	encoded  bool // a Transfer-Encoding was given
	chunked  bool
	closes   bool // "close" among the words of Connection
	keeps    bool // "keep-alive" among them
	idleTime int
}

// watch refuses lines that must not stand beside others, and reports whether the bytes of the value are those of a length.
func (f *framing) watch(name string, empty, lenient bool) (isLength bool, err error) {
	switch {
	case strings.EqualFold(name, "Content-Length"):
		switch {
		case f.sized:
			return false, ParseError("HPE_UNEXPECTED_CONTENT_LENGTH", "Duplicate Content-Length")
		case f.encoded && !lenient:
			return false, ParseError("HPE_INVALID_CONTENT_LENGTH", "Content-Length can't be present with Transfer-Encoding")
		case empty:
			return false, ParseError("HPE_INVALID_CONTENT_LENGTH", "Empty Content-Length")
		}
		f.length, f.sized, f.blanks = 0, true, false
		return true, nil
	case strings.EqualFold(name, "Transfer-Encoding") && f.sized && !lenient:
		return false, ParseError("HPE_INVALID_TRANSFER_ENCODING", "Transfer-Encoding can't be present with Content-Length")
	}
	return false, nil
}

// digit takes a byte of a Content-Length: digits, then blanks.
func (f *framing) digit(c byte) error {
	switch {
	case c == ' ':
		f.blanks = true
	case f.blanks || c < '0' || c > '9':
		return ParseError("HPE_INVALID_CONTENT_LENGTH", "Invalid character in Content-Length")
	case f.length > (math.MaxInt64-9)/10:
		return ParseError("HPE_INVALID_CONTENT_LENGTH", "Content-Length overflow")
	default:
		f.length = f.length*10 + int64(c-'0')
	}
	return nil
}

// note keeps what a whole line says.
func (f *framing) note(name, value string) {
	switch {
	case strings.EqualFold(name, "Transfer-Encoding"):
		f.encoded = true
		last := value[strings.LastIndexByte(value, ',')+1:]
		f.chunked = strings.EqualFold(strings.Trim(last, " \t"), "chunked")
	case strings.EqualFold(name, "Connection"), strings.EqualFold(name, "Proxy-Connection"):
		for word := range strings.SplitSeq(value, ",") {
			word = strings.Trim(word, " \t")
			f.closes = f.closes || strings.EqualFold(word, "close")
			f.keeps = f.keeps || strings.EqualFold(word, "keep-alive")
		}
	case strings.EqualFold(name, "Keep-Alive"):
		f.idleTime = keepAliveSeconds(value)
	}
}

// settle decides how the body is delimited and what becomes of the connection.
func (h *Head) settle() {
	h.KeepAlive = h.idleTime
	h.Size = int64(len(h.Proto) + len(" 200 \r\n\r\n") + utf8.RuneCountInString(h.Reason))
	for i := range h.Header {
		h.Size += int64(len(h.Header[i].Key) + len(": \r\n") + utf8.RuneCountInString(h.Header[i].Value))
	}
	switch {
	case h.encoded:
		h.Chunked = h.chunked
	case h.sized:
		h.Length = h.length
	}
	if major, minor := h.Proto[len(h.Proto)-3], h.Proto[len(h.Proto)-1]; major > '0' && minor > '0' {
		h.Close = h.closes
	} else {
		h.Close = !h.keeps
	}
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
