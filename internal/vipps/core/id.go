package core

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"time"
)

// timestampLayout is the form of most timestamps that Vipps sends.
const timestampLayout = "2006-01-02T15:04:05.000Z"

// Timestamp writes a time as most of Vipps' APIs do.
func Timestamp(t time.Time) string { return t.UTC().Format(timestampLayout) }

// Bytes returns n random bytes.
func (s *Server) Bytes(n int) []byte {
	b := make([]byte, n)
	if _, err := io.ReadFull(s.rand, b); err != nil {
		panic(fmt.Errorf("reading random bytes: %w", err))
	}
	return b
}

// GUID returns a random version 4 UUID.
func (s *Server) GUID() string {
	b := s.Bytes(16)
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// Hex returns n random bytes in hexadecimal.
func (s *Server) Hex(n int) string { return hex.EncodeToString(s.Bytes(n)) }

// TraceID has the form of W3C trace context, which ePayment's problems carry.
func (s *Server) TraceID() string { return "00-" + s.Hex(16) + "-" + s.Hex(8) + "-01" }

// ShortID returns seven letters, the length of Recurring's ids.
func (s *Server) ShortID() string {
	const letters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefgh" // 32, so that no letter is likelier
	b := s.Bytes(7)
	for i := range b {
		b[i] = letters[b[i]%32]
	}
	return string(b)
}

// TransactionID counts up from a number of ten digits, as eCom's ids look.
func (s *Server) TransactionID() string {
	s.serial++
	return strconv.FormatInt(s.serial, 10)
}

// Marshal encodes one of the simulator's own types as JSON.
func Marshal(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Errorf("encoding what is sent: %w", err)) // our own types always encode
	}
	return b
}
