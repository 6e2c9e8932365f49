package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// serve answers on a free loopback port until its standard input ends, and prints its address first. It is a process
// of its own so that its work is nobody's CPU time and its memory nobody's peak.
func serve(out io.Writer) error {
	listener, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // it ends with the process
	if err != nil {
		return fmt.Errorf("listening: %w", err)
	}
	fmt.Fprintf(out, "http://%s\n", listener.Addr())
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}()
	return http.Serve(listener, handler(bigAnswer())) //nolint:gosec // loopback, and it ends with the measurement
}

// bigAnswer is about 10 MB of JSON: 40,000 objects.
func bigAnswer() []byte {
	var b bytes.Buffer
	b.WriteString(`{"items":[`)
	for i := range 40_000 {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"id":%d,"reference":"order-%08d","amount":{"currency":"NOK","value":%d},"state":"AUTHORIZED","tags":["a","b","c"],`+
			`"profile":{"name":"Nordmann %d","email":"ola%d@example.com"},"description":"%s"}`, i, i, i*7, i, i, strings.Repeat("krone ", 7))
	}
	b.WriteString(`]}`)
	return b.Bytes()
}

// slowAnswer is how long /slow thinks.
const slowAnswer = 100 * time.Millisecond

// handler answers as the APIs of the workloads do. Bodies are made before the measurement; only POST /payments reads
// and answers what it was sent, so that scripts have something to compare.
func handler(big []byte) http.Handler {
	mux := http.NewServeMux()
	answer := func(w http.ResponseWriter, status int, body []byte) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		w.WriteHeader(status)
		_, _ = w.Write(body)
	}
	mux.HandleFunc("GET /plain", func(w http.ResponseWriter, _ *http.Request) { answer(w, http.StatusOK, []byte(`{"ok":true}`)) })
	mux.HandleFunc("GET /slow", func(w http.ResponseWriter, _ *http.Request) {
		time.Sleep(slowAnswer)
		answer(w, http.StatusOK, []byte(`{"ok":true}`))
	})
	mux.HandleFunc("GET /big", func(w http.ResponseWriter, _ *http.Request) { answer(w, http.StatusOK, big) })
	mux.HandleFunc("POST /payments", func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil || len(body) == 0 {
			answer(w, http.StatusBadRequest, []byte(`{"error":"no body"}`))
			return
		}
		answer(w, http.StatusCreated, []byte(`{"reference":"`+r.Header.Get("Idempotency-Key")+`","state":"CREATED","aggregate":{"authorizedAmount":`+
			`{"currency":"NOK","value":0},"capturedAmount":{"currency":"NOK","value":0}},"request":`+string(body)+`}`))
	})
	return mux
}

// startServer starts this program once more as the server. stop ends it.
func startServer() (base string, stop func(), err error) {
	self, err := os.Executable()
	if err != nil {
		return "", nil, fmt.Errorf("finding this program: %w", err)
	}
	cmd := exec.Command(self, "serve") //nolint:noctx // it ends when its input does
	in, err := cmd.StdinPipe()
	if err != nil {
		return "", nil, fmt.Errorf("starting the server: %w", err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return "", nil, fmt.Errorf("starting the server: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return "", nil, fmt.Errorf("starting the server: %w", err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return "", nil, fmt.Errorf("reading the server's address: %w", err)
	}
	return strings.TrimSpace(line), func() { in.Close(); _ = cmd.Wait() }, nil
}
