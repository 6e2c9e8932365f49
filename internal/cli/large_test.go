package cli

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"sync"

	"github.com/rogpeppe/go-internal/testscript"
)

// largeAnswer answers with as many megabytes as the path says, and with as many as 40 by default. The query has "gzip",
// "length" for a Content-Length, or "redirect" for a redirect with such a body to another.
func largeAnswer(w http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body)
	n, err := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/"))
	if err != nil {
		n = 40
	}
	var body io.Writer = w
	switch r.URL.RawQuery {
	case "gzip":
		w.Header().Set("Content-Encoding", "gzip")
		compressed, _ := gzip.NewWriterLevel(w, gzip.BestSpeed)
		defer func() { _ = compressed.Close() }()
		body = compressed
	case "length":
		w.Header().Set("Content-Length", strconv.Itoa(n<<20))
	case "redirect":
		w.Header().Set("Location", r.URL.Path)
		w.WriteHeader(http.StatusFound)
	}
	megabyte := bytes.Repeat([]byte("x"), 1<<20)
	for range n {
		if _, err := body.Write(megabyte); err != nil {
			return
		}
	}
}

// A meeting answers requests to /await/NAME when /arrive/NAME has been asked for, and others as largeAnswer does.
type meeting struct {
	mu      sync.Mutex
	arrived map[string]chan struct{}
}

func (m *meeting) at(name string) chan struct{} {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.arrived == nil {
		m.arrived = map[string]chan struct{}{}
	}
	if m.arrived[name] == nil {
		m.arrived[name] = make(chan struct{})
	}
	return m.arrived[name]
}

// ServeHTTP answers. Each name may arrive once.
func (m *meeting) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if name, ok := strings.CutPrefix(r.URL.Path, "/arrive/"); ok {
		close(m.at(name))
		return
	}
	if name, ok := strings.CutPrefix(r.URL.Path, "/await/"); ok {
		select {
		case <-m.at(name):
		case <-r.Context().Done():
		}
		return
	}
	largeAnswer(w, r)
}

// peakVariable names a file that the command, where a test starts it, writes its largest use of memory to, in megabytes.
const peakVariable = "POSTHASTE_TEST_PEAK"

// writePeak says how much memory the process has taken at most. It does nothing where nobody asked or the system has no /proc.
func writePeak() {
	file := os.Getenv(peakVariable)
	if file == "" {
		return
	}
	status, err := os.ReadFile("/proc/self/status")
	found := regexp.MustCompile(`VmHWM:\s+(\d+) kB`).FindSubmatch(status)
	if err != nil || found == nil {
		return
	}
	kilobytes, _ := strconv.Atoi(string(found[1]))
	_ = os.WriteFile(file, fmt.Appendf(nil, "%d\n", kilobytes>>10), 0o600)
}

// peak is the command "peak MEGABYTES FILE": the file, which writePeak wrote, names no more. Under the race detector, which
// needs memory of its own, and where the system does not tell, it passes.
func peak(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: peak MEGABYTES FILE")
	}
	text, err := os.ReadFile(ts.MkAbs(args[1]))
	if underRace || errors.Is(err, fs.ErrNotExist) && runtime.GOOS != "linux" {
		ts.Logf("peak: not compared")
		return
	}
	ts.Check(err)
	most, err := strconv.Atoi(args[0])
	ts.Check(err)
	got, err := strconv.Atoi(strings.TrimSpace(string(text)))
	ts.Check(err)
	ts.Logf("peak: %d MB", got)
	if got > most {
		ts.Fatalf("the command took %d MB at its peak, at most %d are allowed", got, most)
	}
}
