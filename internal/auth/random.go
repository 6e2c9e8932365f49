package auth

import (
	"encoding/hex"
	"fmt"
	"io"
)

// alphanumeric is what nonces are made of: characters that no encoding changes.
const alphanumeric = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

// nonce draws n letters and digits, each equally likely. r is the run's source of randomness,
// which tests replace by a fixed one.
func nonce(r io.Reader, n int) (string, error) {
	const whole = 256 - 256%len(alphanumeric) // bytes from here on would favour the first letters
	text := make([]byte, 0, n)
	var b [16]byte
	for len(text) < n {
		if _, err := io.ReadFull(r, b[:]); err != nil {
			return "", fmt.Errorf("drawing a nonce: %w", err)
		}
		for _, c := range b {
			if int(c) < whole && len(text) < n {
				text = append(text, alphanumeric[int(c)%len(alphanumeric)])
			}
		}
	}
	return string(text), nil
}

// uuid draws a UUID of version 4 (RFC 9562, 5.4), in lower case with hyphens.
func uuid(r io.Reader) (string, error) {
	var b [16]byte
	if _, err := io.ReadFull(r, b[:]); err != nil {
		return "", fmt.Errorf("drawing a UUID: %w", err)
	}
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80 // the version, and the variant
	s := hex.EncodeToString(b[:])
	return s[:8] + "-" + s[8:12] + "-" + s[12:16] + "-" + s[16:20] + "-" + s[20:], nil
}
