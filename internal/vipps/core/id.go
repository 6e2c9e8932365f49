package vipps

import (
	"encoding/hex"
	"fmt"
	"strconv"
	"time"
)

// stamp is the form of most timestamps that Vipps sends.
const stamp = "2006-01-02T15:04:05.000Z"

func at(t time.Time) string { return t.UTC().Format(stamp) }

// guid returns a random version 4 UUID.
func (s *Server) guid() string {
	b := s.bytes(16)
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

func (s *Server) hex(n int) string { return hex.EncodeToString(s.bytes(n)) }

// traceID has the form of W3C trace context, which ePayment's problems carry.
func (s *Server) traceID() string { return "00-" + s.hex(16) + "-" + s.hex(8) + "-01" }

// shortID returns seven letters and digits, the length of Recurring's ids.
func (s *Server) shortID() string {
	const letters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefgh" // 32, so that no letter is likelier
	b := s.bytes(7)
	for i := range b {
		b[i] = letters[b[i]%32]
	}
	return string(b)
}

// transactionID counts up from a number of ten digits, as eCom's ids look.
func (s *Server) transactionID() string {
	s.serial++
	return strconv.FormatInt(s.serial, 10)
}
