package recording

import (
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
)

// verifyWindow is how many bytes Verify looks at together, verifyOverlap how many of them it looks at again with the
// next: no secret in any form is longer.
const (
	verifyWindow  = 1 << 20
	verifyOverlap = 64 << 10
)

// A Finder knows secrets in all their forms. *redact.Set is one.
type Finder interface {
	// Found returns the name of the first secret that stands in data, and false when there is none.
	Found(data []byte) (name string, ok bool)
}

// Verify reads what a run wrote, to its end, and returns the name of the first secret that it finds, "" when there is
// none. Gzip is looked into. It is the check behind --verify-redaction: it knows nothing of how reports are made, so
// it finds what the masking writer missed.
func Verify(secrets Finder, r io.Reader) (name string, err error) {
	buffered := bufio.NewReader(r)
	if head, err := buffered.Peek(2); err == nil && head[0] == 0x1f && head[1] == 0x8b {
		unzipped, err := gzip.NewReader(buffered)
		if err != nil {
			return "", fmt.Errorf("reading gzip: %w", err)
		}
		buffered = bufio.NewReader(unzipped)
	}
	window := make([]byte, 0, verifyWindow)
	for {
		n, err := io.ReadFull(buffered, window[len(window):cap(window)])
		window = window[:len(window)+n]
		if name, found := secrets.Found(window); found {
			return name, nil
		}
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return "", nil
		}
		if err != nil {
			return "", fmt.Errorf("looking for secrets: %w", err)
		}
		kept := copy(window, window[len(window)-verifyOverlap:])
		window = window[:kept]
	}
}
