//go:build linux

package cli

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
	"unsafe"

	"posthaste/internal/cli/process"
	"posthaste/internal/vipps"
)

// A pty is a terminal with a person in front of it: what the command prints is read, and keys are typed.
type pty struct {
	t      *testing.T
	master *os.File
	done   chan error

	mu   sync.Mutex
	text strings.Builder
}

func ioctl(t *testing.T, f *os.File, request uintptr, at unsafe.Pointer) {
	t.Helper()
	if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, f.Fd(), request, uintptr(at)); errno != 0 {
		t.Fatalf("ioctl %x: %v", request, errno)
	}
}

// onTerminal starts posthaste as a process of its own, on a terminal of its own.
func onTerminal(t *testing.T, args ...string) *pty {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "posthaste", args...)
	cmd.Dir, cmd.Env = t.TempDir(), append(os.Environ(), "NO_COLOR=1", "LANG=C.UTF-8", "TERM=xterm", "CI=")
	return startOnTerminal(t, cmd)
}

// startOnTerminal starts a command on a terminal of its own.
func startOnTerminal(t *testing.T, cmd *exec.Cmd) *pty {
	t.Helper()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Skipf("skipped: there are no terminals here: %v", err)
	}
	var unlock, number int32
	ioctl(t, master, syscall.TIOCSPTLCK, unsafe.Pointer(&unlock))
	ioctl(t, master, syscall.TIOCGPTN, unsafe.Pointer(&number))
	slave, err := os.OpenFile("/dev/pts/"+strconv.Itoa(int(number)), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer slave.Close()
	cmd.Stdin, cmd.Stdout, cmd.Stderr = slave, slave, slave
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	p := &pty{t: t, master: master, done: make(chan error, 1)}
	read := make(chan struct{})
	go func() {
		defer close(read)
		for b := make([]byte, 4096); ; {
			n, err := master.Read(b)
			p.mu.Lock()
			p.text.Write(b[:n])
			p.mu.Unlock()
			if err != nil { // EIO: the process has gone
				return
			}
		}
	}()
	go func() {
		err := cmd.Wait()
		<-read
		p.done <- err
	}()
	t.Cleanup(func() { master.Close() })
	return p
}

func (p *pty) shown() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.text.String()
}

// isEchoing reports whether the terminal shows what is typed.
func (p *pty) isEchoing() bool {
	var state syscall.Termios
	ioctl(p.t, p.master, syscall.TCGETS, unsafe.Pointer(&state))
	return state.Lflag&syscall.ECHO != 0
}

// answer waits for a question, and for the terminal to show or hide what is typed, and types.
func (p *pty) answer(question, keys string, isSecret bool) {
	p.t.Helper()
	for end := time.Now().Add(20 * time.Second); !strings.HasSuffix(p.shown(), question) || p.isEchoing() == isSecret; {
		if time.Now().After(end) {
			p.t.Fatalf("no question %q, or echo is %v:\n%s", question, p.isEchoing(), p.shown())
		}
		time.Sleep(5 * time.Millisecond) // between two looks, not for luck
	}
	if _, err := io.WriteString(p.master, keys); err != nil {
		p.t.Fatal(err)
	}
}

// exit waits for the end and returns the exit code.
func (p *pty) exit() int {
	p.t.Helper()
	select {
	case err := <-p.done:
		if err == nil {
			return 0
		}
		if failed := (*exec.ExitError)(nil); errors.As(err, &failed) {
			return failed.ExitCode()
		}
		p.t.Fatal(err)
	case <-time.After(30 * time.Second):
		p.t.Fatalf("it does not end:\n%s", p.shown())
	}
	return -1
}

// TestSecretsAreNotEchoed types all values at a real terminal.
func TestSecretsAreNotEchoed(t *testing.T) {
	server := vipps.New(vipps.Options{Now: time.Now})
	sim := httptest.NewServer(server)
	defer sim.Close()
	k := server.Keys()
	p := onTerminal(t, "check", "--map", "https://apitest.vipps.no="+sim.URL)
	defer func() {
		place := "Type the values of Vipps, TEST. They are in\r\n  portal.vippsmobilepay.com > For developers > API keys > Test > your sales unit > Show keys\r\n" +
			"A secret is not shown while you type or paste it."
		if !strings.Contains(p.shown(), place) {
			t.Errorf("where the values are is not said:\n%s", p.shown())
		}
	}()
	p.answer("client_id: ", k.ClientID+"\n", false)
	p.answer("client_secret (hidden): ", k.ClientSecret+"\n", true)
	p.answer("Vipps-Subscription-Key (hidden): ", k.SubscriptionKey+"\n", true)
	p.answer("Merchant Serial Number: ", k.MerchantSerialNumber+"\n", false)
	if code := p.exit(); code != process.ExitPassed || !strings.Contains(p.shown(), "All four values work together in TEST.") {
		t.Errorf("exit code %d:\n%s", code, p.shown())
	}
	if !strings.Contains(p.shown(), "client_id: "+k.ClientID) {
		t.Error("what is no secret is not echoed")
	}
	for _, secret := range []string{k.ClientSecret, k.SubscriptionKey} {
		if strings.Contains(p.shown(), secret) {
			t.Errorf("a secret is shown:\n%s", p.shown())
		}
	}
}

// TestAQuestionCanBeInterrupted presses Ctrl-C where a secret is asked for; the terminal echoes again afterwards.
func TestAQuestionCanBeInterrupted(t *testing.T) {
	p := onTerminal(t, "check")
	p.answer("client_id: ", "5d1c3a8e-7b42-4f96-a0d7-3e9b6c215f84\n", false)
	p.answer("client_secret (hidden): ", "half of it\x03", true)
	if code := p.exit(); code != process.ExitInterrupted {
		t.Errorf("exit code %d, want %d:\n%s", code, process.ExitInterrupted, p.shown())
	}
	if !p.isEchoing() {
		t.Error("the terminal does not echo any more")
	}
	if strings.Contains(p.shown(), "half of it") {
		t.Errorf("a secret is shown:\n%s", p.shown())
	}
}

// TestTheProgressCountsWhatIsOver has one of two units wait until the line of progress counts two requests of the other, whose
// turn to be told comes later.
func TestTheProgressCountsWhatIsOver(t *testing.T) {
	counted := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/first" {
			<-counted
		}
	}))
	defer server.Close()
	file := filepath.Join(t.TempDir(), "c.json")
	put(t, file, strings.ReplaceAll(`{"info":{"name":"c"},"item":[
 {"name":"A","item":[{"name":"first","request":"URL/first"}]},
 {"name":"B","item":[{"name":"1","request":"URL/1"},{"name":"2","request":"URL/2"},{"name":"3","request":"URL/3"}]}]}`, "URL", server.URL))
	p := onTerminal(t, "run", file, "--parallel", "2")
	release := sync.OnceFunc(func() { close(counted) })
	defer release()
	for end := time.Now().Add(20 * time.Second); !strings.Contains(p.shown(), "2 of 4 requests"); {
		if time.Now().After(end) {
			t.Fatalf("two requests are over, and the terminal shows\n%q", p.shown())
		}
		time.Sleep(5 * time.Millisecond) // between two looks, not for luck
	}
	release()
	if code := p.exit(); code != process.ExitPassed {
		t.Errorf("exit code %d:\n%s", code, p.shown())
	}
}

// TestAnInterruptSaysHowFarTheRunCame presses Ctrl-C during the second of three requests: the warning stands on a line of its
// own, not behind the progress, and the last line counts what is over.
func TestAnInterruptSaysHowFarTheRunCame(t *testing.T) {
	interrupted := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/2" {
			<-interrupted
		}
	}))
	defer server.Close()
	file := filepath.Join(t.TempDir(), "c.json")
	put(t, file, strings.ReplaceAll(`{"info":{"name":"c"},"item":[
 {"name":"1","request":"URL/1"},{"name":"2","request":"URL/2"},{"name":"3","request":"URL/3"}]}`, "URL", server.URL))
	p := onTerminal(t, "run", file)
	release := sync.OnceFunc(func() { close(interrupted) })
	defer release()
	wait := func(text string) {
		t.Helper()
		for end := time.Now().Add(20 * time.Second); !strings.Contains(p.shown(), text); {
			if time.Now().After(end) {
				t.Fatalf("the terminal does not show %q:\n%q", text, p.shown())
			}
			time.Sleep(5 * time.Millisecond) // between two looks, not for luck
		}
	}
	wait("1 of 3 requests … GET " + server.URL + "/2")
	if _, err := io.WriteString(p.master, "\x03"); err != nil {
		t.Fatal(err)
	}
	wait("\r\x1b[Kposthaste: warning: interrupted: stopping after the request in flight")
	release()
	if code := p.exit(); code != process.ExitInterrupted || !strings.Contains(p.shown(), "✖ interrupted after 2 of 3 requests (2 requests, 0 assertions in ") {
		t.Errorf("exit code %d:\n%s", code, p.shown())
	}
}
