//go:build unix

package cli

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

func TestServersDoNotWaitForBodiesThatNeverCome(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	c := start(t, dir, "simulate", "vipps", "--write-env", "e.json", "--listen", "127.0.0.1:0")
	var env struct {
		Values []struct{ Key, Value string }
	}
	for deadline := time.Now().Add(time.Minute); len(env.Values) == 0 && time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if data, err := os.ReadFile(filepath.Join(dir, "e.json")); err == nil {
			_ = json.Unmarshal(data, &env) // it may not be whole yet
		}
	}
	tried := 0
	for _, v := range env.Values {
		if v.Key != "baseUrl" && v.Key != "$listener" {
			continue
		}
		tried++
		u, err := url.Parse(v.Value)
		if err != nil {
			t.Fatal(err)
		}
		conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", u.Host)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		fmt.Fprintf(conn, "POST /accesstoken/get HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nhalf")
		if err := conn.SetReadDeadline(time.Now().Add(time.Minute)); err != nil {
			t.Fatal(err)
		}
		response, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("%s waits for the other half", v.Key)
		}
		if err == nil { // else it hung up
			_ = response.Body.Close()
		}
	}
	if tried != 2 {
		t.Errorf("tried %d servers, want the simulator and the listener", tried)
	}
	c.signal(syscall.SIGTERM)
	if code := c.code(); code != 0 {
		t.Errorf("exit code %d", code)
	}
}
