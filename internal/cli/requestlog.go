package cli

import (
	"encoding/json"
	"os"
	"sync"

	"posthaste/internal/redact"
	"posthaste/internal/secret/find"
	"posthaste/internal/vipps"
)

// A requestLog writes what the simulator served, one JSON object on each line, with
// credentials masked. It is safe for concurrent use.
type requestLog struct {
	mu   sync.Mutex // guards all the others
	file *os.File
	warn func(format string, args ...any)
	told bool // a failure was reported

	secrets redact.Set // of the requests so far
}

// write adds one line. A full disk must not stop the simulator, so the first error is a
// warning and the log goes on.
func (l *requestLog) write(r vipps.Request) {
	l.mu.Lock()
	defer l.mu.Unlock()
	line, err := json.Marshal(l.masked(r))
	if err == nil {
		_, err = l.file.Write(append(line, '\n'))
	}
	if err != nil && !l.told {
		l.told = true
		l.warn("writing the simulator's log: %v", err)
	}
}

// masked returns the request without the credentials that it came with. Those of earlier
// requests are masked too: a token comes in one request and is used in the next.
func (l *requestLog) masked(r vipps.Request) vipps.Request {
	learn := func(name, value string) { l.secrets.Add(name, value) }
	header := r.Header.Clone()
	for name, values := range header {
		for _, value := range values {
			find.Header(name, value, learn)
		}
	}
	find.Query(r.Query, learn)
	find.Text(string(r.Body), learn)
	for _, values := range header {
		for i, value := range values {
			values[i] = l.secrets.Mask(value)
		}
	}
	r.Header, r.Path, r.Query, r.Body = header, l.secrets.Text(r.Path), l.secrets.Text(r.Query), l.secrets.Bytes(r.Body)
	return r
}
