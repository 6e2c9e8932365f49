package http1

import (
	"fmt"
	"io"
)

// A ChunkWriter sends each write as one chunk.
type ChunkWriter struct{ W io.Writer }

// Write sends b as a chunk.
func (c ChunkWriter) Write(b []byte) (int, error) {
	if len(b) == 0 {
		return 0, nil
	}
	if _, err := fmt.Fprintf(c.W, "%x\r\n", len(b)); err != nil {
		return 0, err
	}
	n, err := c.W.Write(b)
	if err == nil {
		_, err = io.WriteString(c.W, "\r\n")
	}
	return n, err
}
