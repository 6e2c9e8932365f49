package vipps

import (
	"bufio"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/tidwall/gjson"
)

// A Browser is headless Chromium, steered over the pipe of its DevTools protocol. It
// has a capital for the tests of package vipps_test, which play with the whole command.
type Browser struct {
	t       *testing.T
	in      io.Writer
	out     *bufio.Reader
	id      int
	session string
}

func chromium() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// NewBrowser skips the test where there is no Chromium, unless REQUIRE_BROWSER says
// that there must be one.
func NewBrowser(t *testing.T) *Browser {
	t.Helper()
	path := chromium()
	if path == "" {
		if os.Getenv("REQUIRE_BROWSER") == "1" {
			t.Fatal("REQUIRE_BROWSER=1, and there is no Chromium")
		}
		t.Skip("skipped: browser: there is no Chromium")
	}
	theirIn, ourIn, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	ourOut, theirOut, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	profile := t.TempDir()
	cmd := exec.Command(path, "--headless=new", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu",
		"--no-first-run", "--disable-dev-shm-usage", "--user-data-dir="+profile, "about:blank")
	cmd.ExtraFiles = []*os.File{theirIn, theirOut} // 3 and 4, where Chromium expects them
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	theirIn.Close()
	theirOut.Close()
	watch := time.AfterFunc(90*time.Second, func() { cmd.Process.Kill() })
	b := &Browser{t: t, in: ourIn, out: bufio.NewReader(ourOut)}
	t.Cleanup(func() {
		io.WriteString(ourIn, `{"id":0,"method":"Browser.close"}`+"\x00")
		cmd.Wait()
		watch.Stop()
		ourIn.Close()
		ourOut.Close()
		for end := time.Now().Add(10 * time.Second); os.RemoveAll(profile) != nil && time.Now().Before(end); {
			time.Sleep(20 * time.Millisecond) // its children still write
		}
	})
	target := b.do("Target.createTarget", map[string]any{"url": "about:blank"}).Get("targetId").Str
	b.session = b.do("Target.attachToTarget", map[string]any{"targetId": target, "flatten": true}).Get("sessionId").Str
	return b
}

// do sends a command and waits for its result. Events in between are let go.
func (b *Browser) do(method string, params map[string]any) gjson.Result {
	b.t.Helper()
	b.id++
	message := map[string]any{"id": b.id, "method": method, "params": params}
	if b.session != "" {
		message["sessionId"] = b.session
	}
	text, err := json.Marshal(message)
	if err != nil {
		b.t.Fatal(err)
	}
	if _, err := b.in.Write(append(text, 0)); err != nil {
		b.t.Fatalf("%s: %v", method, err)
	}
	for {
		answer, err := b.out.ReadString(0)
		if err != nil {
			b.t.Fatalf("%s: %v", method, err)
		}
		got := gjson.Parse(strings.TrimSuffix(answer, "\x00"))
		if got.Get("id").Int() != int64(b.id) {
			continue
		}
		if got.Get("error").Exists() {
			b.t.Fatalf("%s: %s", method, got.Get("error").Raw)
		}
		return got.Get("result")
	}
}

// Eval runs a script in the page and returns its value.
func (b *Browser) Eval(script string) gjson.Result {
	b.t.Helper()
	return b.do("Runtime.evaluate", map[string]any{"expression": script, "returnByValue": true}).Get("result.value")
}

// Until runs a script until it yields something true.
func (b *Browser) Until(script string) gjson.Result {
	b.t.Helper()
	end := time.Now().Add(30 * time.Second)
	for time.Now().Before(end) {
		if v := b.Eval(script); v.Bool() || v.Type == gjson.String && v.Str != "" {
			return v
		}
		time.Sleep(20 * time.Millisecond) // between two looks, not for luck
	}
	b.t.Fatalf("never true: %s at %s", script, b.Eval("location.href + document.body.outerHTML").Str)
	return gjson.Result{}
}

// Open goes to a page and waits for it.
func (b *Browser) Open(url string) {
	b.t.Helper()
	b.do("Page.navigate", map[string]any{"url": url})
	b.Until(`document.readyState === "complete" && location.href.startsWith("http")`)
}

// TestBrowserDecides lets Chromium click the landing page's buttons.
func TestBrowserDecides(t *testing.T) {
	b := NewBrowser(t)
	shop := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		io.WriteString(w, "<!doctype html><title>Shop</title><p id=shop>"+r.URL.Path)
	}))
	defer shop.Close()
	c := loggedIn(t, Options{})
	sim := httptest.NewServer(c.s)
	defer sim.Close()
	for button, want := range map[string]string{"approve": "AUTHORIZED", "reject": "ABORTED"} {
		t.Run(button, func(t *testing.T) {
			body := strings.NewReplacer("REFERENCE", "reference-"+button, "https://example.com/back", shop.URL+"/"+button).Replace(paymentBody)
			a := c.write("POST", "/epayment/v1/payments", body)
			a.wantBrief(t, "201")
			b.Open(sim.URL + pathOf(a.body.Get("redirectUrl").Str))
			for _, check := range []string{
				`document.documentElement.lang === "en"`, `document.title !== ""`, `document.querySelectorAll("h1").length === 1`,
				`[...document.querySelectorAll("button")].every(b => b.innerText.trim() !== "")`,
				`[...document.querySelectorAll("input")].every(i => i.labels.length > 0)`,
				`document.querySelector("#amount").innerText.includes("499.00")`,
				`getComputedStyle(document.querySelector("button")).borderRadius === "8px"`, // the style passes the policy
			} {
				if !b.Eval(check).Bool() {
					t.Errorf("not true on the page: %s", check)
				}
			}
			b.Eval(`document.querySelector("#` + button + `").click()`)
			if got := b.Until(`(document.querySelector("#shop") || {}).innerText || ""`).Str; got != "/"+button {
				t.Errorf("the shop shows %q", got)
			}
			if got := c.send("GET", "/epayment/v1/payments/reference-"+button, "").body.Get("state").Str; got != want {
				t.Errorf("state = %s, want %s", got, want)
			}
		})
	}
}

// TestBrowserLogsIn types the phone number into the page of a login.
func TestBrowserLogsIn(t *testing.T) {
	b := NewBrowser(t)
	c := newClient(t, Options{})
	sim := httptest.NewServer(c.s)
	defer sim.Close()
	shop := httptest.NewServer(http.NotFoundHandler())
	defer shop.Close()
	b.Open(sim.URL + loginPath + "/oauth2/auth?client_id=" + c.s.Keys().ClientID +
		"&response_type=code&scope=openid%20name&state=state-1234&redirect_uri=" + shop.URL + "/back")
	b.Until(`!!document.querySelector("input[name=phone]")`)
	b.Eval(`document.querySelector("input[name=phone]").value = "12345678"; document.querySelector("#approve").click()`)
	b.Until(`!!document.querySelector("[role=alert]")`)
	b.Eval(`document.querySelector("input[name=phone]").value = "` + c.s.Keys().MobileNumber + `"; document.querySelector("#approve").click()`)
	if got := b.Until(`location.pathname === "/back" && new URLSearchParams(location.search).get("code")`).Str; len(got) < 10 {
		t.Errorf("code = %q", got)
	}
}
