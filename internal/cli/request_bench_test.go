package cli

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"posthaste/internal/cli/process"
)

// BenchmarkRequest tells what one request of a run costs, all of the command included but its start: allocations, bytes, and
// the time between the requests. What is measured is the difference between a long run and a short one.
func BenchmarkRequest(b *testing.B) {
	base := answering(b)
	plain := `{"name":"plain","request":"` + base + `/plain"}`
	tests := `"const b = pm.response.json();","pm.test('status', () => pm.response.to.have.status(200));",` +
		`"pm.test('state', () => pm.expect(b.state).to.equal('CREATED'));","pm.test('amount', () => pm.expect(b.amount.value).to.eql(49900));"`
	var payments []string
	for i := range 10 {
		payments = append(payments, fmt.Sprintf(`{"name":"pay %d","event":[{"listen":"prerequest","script":{"exec":["pm.environment.set('reference', 'r-' + pm.info.iteration + '-%d');"]}},`+
			`{"listen":"test","script":{"exec":[%s]}}],"request":{"method":"POST","url":"%s/payments/%d","header":[{"key":"Content-Type","value":"application/json"},`+
			`{"key":"Authorization","value":"Bearer {{token}}"}],"body":{"mode":"raw","raw":"{\"amount\":{\"currency\":\"NOK\",\"value\":49900},\"reference\":\"{{reference}}\"}"}}}`,
			i, i, tests, base, i))
	}
	var rows strings.Builder
	rows.WriteString("reference,amount,phone,text\n")
	for i := range 2000 {
		fmt.Fprintf(&rows, "order-%08d,%d,47%08d,two pairs of socks\n", i, i%1000*100, i)
	}
	for _, test := range []struct {
		name, items string
		requests    int // of an iteration
		args        []string
	}{
		{"plain", plain, 1, nil},
		{"rows", `{"name":"plain","request":"` + base + `/plain?reference={{reference}}"}`, 1, []string{"-d", "rows.csv"}},
		{"scripted", strings.Join(payments, ","), len(payments), nil},
	} {
		b.Run(test.name, func(b *testing.B) {
			dir := b.TempDir()
			text := `{"info":{"name":"` + test.name + `"},"variable":[{"key":"token","value":"sometokenvalue12345"}],"item":[` + test.items + `]}`
			if err := os.WriteFile(filepath.Join(dir, "c.json"), []byte(text), 0o600); err != nil {
				b.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, "rows.csv"), []byte(rows.String()), 0o600); err != nil {
				b.Fatal(err)
			}
			const short, long = 100, 1100
			var mallocs, size uint64
			var took time.Duration
			for b.Loop() {
				m1, s1, t1 := runCost(b, dir, short/test.requests, test.args)
				m2, s2, t2 := runCost(b, dir, long/test.requests, test.args)
				mallocs, size, took = mallocs+m2-m1, size+s2-s1, took+t2-t1
			}
			per := float64(b.N * (long - short))
			b.ReportMetric(float64(mallocs)/per, "allocs/request")
			b.ReportMetric(float64(size)/per, "B/request")
			b.ReportMetric(float64(took.Nanoseconds())/per, "ns/request")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// runCost runs the collection and returns what that has allocated, and how long it took.
func runCost(b *testing.B, dir string, iterations int, args []string) (mallocs, size uint64, took time.Duration) {
	b.Helper()
	var before, after runtime.MemStats
	var errs bytes.Buffer
	runtime.ReadMemStats(&before)
	start := time.Now()
	code := Main(b.Context(), &process.Process{
		Args: append([]string{"run", "c.json", "-n", strconv.Itoa(iterations)}, args...), Stdin: strings.NewReader(""), Stdout: io.Discard, Stderr: &errs,
		Width: 80, Dir: dir, Now: time.Now, Version: "test",
		Env: func(name string) (string, bool) {
			if name == "XDG_CACHE_HOME" {
				return dir, true
			}
			return "", false
		},
	})
	took = time.Since(start)
	runtime.ReadMemStats(&after)
	if code != 0 {
		b.Fatalf("the run ended with %d: %s", code, errs.String())
	}
	return after.Mallocs - before.Mallocs, after.TotalAlloc - before.TotalAlloc, took
}

// answering answers every request with the same payment, and allocates nothing for it.
func answering(b *testing.B) (base string) {
	b.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = listener.Close() })
	const body = `{"reference":"abc-123","state":"CREATED","amount":{"currency":"NOK","value":49900},"pspReference":"p-1",` +
		`"aggregate":{"authorizedAmount":{"value":49900},"capturedAmount":{"value":0}}}`
	response := []byte("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nDate: Mon, 30 Nov 2026 12:00:00 GMT\r\nContent-Length: " + strconv.Itoa(len(body)) + "\r\n\r\n" + body)
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go answer(conn, response)
		}
	}()
	return "http://" + listener.Addr().String()
}

// answer reads requests off a connection and sends the response to each.
func answer(conn net.Conn, response []byte) {
	defer conn.Close()
	in := bufio.NewReader(conn)
	length := []byte("Content-Length: ")
	for {
		size := 0
		for {
			line, err := in.ReadSlice('\n')
			if err != nil {
				return
			}
			if digits, ok := bytes.CutPrefix(bytes.TrimRight(line, "\r\n"), length); ok {
				for _, c := range digits {
					size = size*10 + int(c-'0')
				}
			}
			if len(line) <= len("\r\n") {
				break
			}
		}
		if _, err := in.Discard(size); err != nil {
			return
		}
		if _, err := conn.Write(response); err != nil {
			return
		}
	}
}
