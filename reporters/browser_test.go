package reporters

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"sync"
	"testing"
	"time"

	"golang.org/x/net/websocket"
)

// A browser is one tab of a headless Chromium, spoken to over the DevTools protocol.
type browser struct {
	conn *websocket.Conn
	next int
	t    *testing.T
}

// A chromium is the one that the tests of this package share, started by the first that wants it.
type chromium struct {
	address string // of its DevTools
	cmd     *exec.Cmd
	profile string
}

var startedChromium struct {
	sync.Once
	*chromium
	err error
}

func TestMain(m *testing.M) {
	code := m.Run()
	if c := startedChromium.chromium; c != nil {
		_ = c.cmd.Process.Kill()
		_ = c.cmd.Wait()
		_ = os.RemoveAll(c.profile)
	}
	os.Exit(code)
}

// openBrowser opens a tab in Chromium, or skips the test without it. REQUIRE_BROWSER=1 makes that fatal.
func openBrowser(t *testing.T) *browser {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		if os.Getenv("REQUIRE_BROWSER") == "1" {
			t.Fatal("browser: there is no chromium in PATH, and REQUIRE_BROWSER=1")
		}
		t.Skip("skipped: browser: there is no chromium in PATH")
	}
	c := &startedChromium
	c.Do(func() { c.chromium, c.err = startChromium(path) })
	if c.err != nil {
		t.Fatalf("browser: %v", c.err)
	}
	return attach(t, c.address)
}

func startChromium(path string) (*chromium, error) {
	profile, err := os.MkdirTemp("", "posthaste-browser-*")
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(path, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
		"--user-data-dir="+profile, "--remote-debugging-port=0", "--remote-allow-origins=*", "--window-size=1280,800", "about:blank")
	stderr, err := cmd.StderrPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	address := regexp.MustCompile(`ws://\S+`)
	for lines := bufio.NewScanner(stderr); lines.Scan(); {
		if found := address.FindString(lines.Text()); found != "" {
			go func() { // what it prints later is of no interest, but must be read
				for lines.Scan() {
				}
			}()
			return &chromium{found, cmd, profile}, nil
		}
	}
	return nil, fmt.Errorf("chromium ended without an address to speak to: %w", cmd.Wait())
}

// attach opens a tab of its own.
func attach(t *testing.T, address string) *browser {
	t.Helper()
	b := &browser{conn: dial(t, address), t: t}
	tab := b.call("Target.createTarget", map[string]any{"url": "about:blank"})
	host := regexp.MustCompile(`^ws://[^/]+`).FindString(address)
	b.conn.Close()
	b.conn = dial(t, host+"/devtools/page/"+tab["targetId"].(string))
	t.Cleanup(func() {
		b.call("Page.close", nil)
		b.conn.Close()
	})
	b.call("Page.enable", nil)
	b.call("Runtime.enable", nil)
	b.call("Network.enable", nil)
	return b
}

func dial(t *testing.T, address string) *websocket.Conn {
	t.Helper()
	conn, err := websocket.Dial(address, "", "http://127.0.0.1/")
	if err != nil {
		t.Fatalf("browser: %v", err)
	}
	conn.MaxPayloadBytes = 256 << 20
	return conn
}

// call sends a command and waits for its result. Events in between are looked at for what must not happen.
func (b *browser) call(method string, params map[string]any) map[string]any {
	b.t.Helper()
	b.next++
	id := b.next
	if err := websocket.JSON.Send(b.conn, map[string]any{"id": id, "method": method, "params": params}); err != nil {
		b.t.Fatalf("browser: %s: %v", method, err)
	}
	for {
		m := b.receive()
		if m.ID != id {
			continue
		}
		if m.Error != nil {
			b.t.Fatalf("browser: %s: %s", method, m.Error.Message)
		}
		return m.Result
	}
}

// A browserMessage is a response, or an event without ID.
type browserMessage struct {
	ID     int
	Method string
	Params json.RawMessage
	Result map[string]any
	Error  *struct{ Message string }
}

func (b *browser) receive() browserMessage {
	b.t.Helper()
	var m browserMessage
	if err := b.conn.SetReadDeadline(time.Now().Add(time.Minute)); err != nil {
		b.t.Fatal(err)
	}
	if err := websocket.JSON.Receive(b.conn, &m); err != nil {
		b.t.Fatalf("browser: %v", err)
	}
	if m.Method == "Runtime.exceptionThrown" {
		b.t.Errorf("the page threw: %s", m.Params)
	}
	if m.Method == "Network.requestWillBeSent" && !regexp.MustCompile(`"url":"(file|about|data):`).Match(m.Params) {
		b.t.Errorf("the page asks the network: %s", m.Params)
	}
	return m
}

// open loads a file and returns when all of it is read.
func (b *browser) open(path, fragment string) {
	b.t.Helper()
	b.call("Page.navigate", map[string]any{"url": "about:blank"})
	b.call("Page.navigate", map[string]any{"url": "file://" + path + fragment})
	b.until(`document.readyState === 'complete' && location.protocol === 'file:'`)
}

// eval returns the value of an expression.
func (b *browser) eval(expression string) any {
	b.t.Helper()
	value, err := b.try(expression)
	if err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
	return value
}

func (b *browser) try(expression string) (any, error) {
	result := b.call("Runtime.evaluate", map[string]any{"expression": expression, "returnByValue": true, "awaitPromise": true})
	if thrown, ok := result["exceptionDetails"]; ok {
		return nil, errors.New(fmt.Sprint(thrown))
	}
	value, _ := result["result"].(map[string]any)
	return value["value"], nil
}

// until waits for an expression to become true.
func (b *browser) until(expression string) {
	b.t.Helper()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if value, err := b.try(expression); err == nil && value == true { // while a page loads there may be nothing to ask
			return
		}
	}
	b.t.Fatalf("the page never came to %s", expression)
}

// press sends a key to what has the focus.
func (b *browser) press(key string) {
	b.t.Helper()
	codes := map[string]int{"Tab": 9, "Enter": 13, "ArrowDown": 40, "ArrowUp": 38, "End": 35, "Home": 36}
	for _, kind := range []string{"rawKeyDown", "keyUp"} {
		b.call("Input.dispatchKeyEvent", map[string]any{"type": kind, "key": key, "code": key, "windowsVirtualKeyCode": codes[key]})
	}
}
