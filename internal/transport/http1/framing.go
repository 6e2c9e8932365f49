package http1

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A framing is what the header lines of a response say of its end and of the connection. It
// is filled line by line, in their order, since some are refused after others.
type framing struct {
	length   int64
	sized    bool // a Content-Length was given
	blanks   bool // blanks were read behind its digits
	encoded  bool // a Transfer-Encoding was given
	chunked  bool
	closes   bool // "close" among the words of Connection
	keeps    bool // "keep-alive" among them
	idleTime int  // seconds, from Keep-Alive
}

// watch refuses lines that must not stand beside others, and reports whether the bytes of the
// value are those of a length. A response with both a length and a Transfer-Encoding may be
// an attack (RFC 9112 6.3), and llhttp refuses it.
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

// digit takes a byte of a Content-Length: digits, then blanks. Lengths beyond an int64 are
// refused.
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

// note keeps what a whole line says. Of encodings only the last counts: it must be chunked
// for the body to be so.
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

// settle decides how the body is delimited and what becomes of the connection, when all lines
// are read.
func (h *Head) settle() {
	h.KeepAlive = h.idleTime
	// Size counts what newman counts: lines with one blank behind the colon. (newman:
	// Response.size().header)
	h.Size = int64(len(h.Proto) + len(" 200 \r\n\r\n") + utf8.RuneCountInString(h.Reason))
	for i := range h.Header {
		h.Size += int64(len(h.Header[i].Key) + len(": \r\n") + utf8.RuneCountInString(h.Header[i].Value))
	}
	switch {
	// An encoding goes before a length, which only a lenient scanner lets stand beside it.
	case h.encoded:
		h.Chunked = h.chunked
	case h.sized:
		h.Length = h.length
	}
	// HTTP/1.1 keeps connections unless told otherwise, 1.0 closes them (RFC 9112 9.3).
	if major, minor := h.Proto[len(h.Proto)-3], h.Proto[len(h.Proto)-1]; major > '0' && minor > '0' {
		h.Close = h.closes
	} else {
		h.Close = !h.keeps
	}
}

// keepAliveSeconds reads "timeout=5, max=100"; 0 where it names no time. A timeout of 0
// counts as a second, as 0 means that the server says nothing.
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
