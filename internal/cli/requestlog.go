package cli

import (
	"encoding/json"
	"os"
	"sync"

	"posthaste/internal/redact"
	"posthaste/internal/secret/find"
	"posthaste/internal/vipps"
)

// A requestLog writes what the simulator served.
type requestLog struct {
	mu   sync.Mutex
	file *os.File
	warn func(format string, args ...any)
	told bool

	secrets redact.Set // of the requests so far
}

// write adds one line. A disk that is full must not stop the simulator, so it is warned of once and goes on.
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

// masked returns the request without the credentials that it came with.
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
