package cli

import (
	"bytes"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"posthaste/internal/cli/process"
	"posthaste/internal/vipps"
)

// A person answers at a terminal. It is the Stdin of a Process.
type person struct {
	answers map[string]string
	asked   []string
	err     error
}

func (p *person) Read([]byte) (int, error) { return 0, errors.New("nothing but questions is read") }

func (p *person) Prompt(label string, secret bool) (string, error) {
	if secret {
		label += ", unechoed"
	}
	p.asked = append(p.asked, label)
	return p.answers[strings.TrimSuffix(label, ", unechoed")], p.err
}

// checkAt runs `posthaste check` with a person at the terminal.
func checkAt(t *testing.T, who *person, env map[string]string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	p := &process.Process{
		Args: append([]string{"check"}, args...), Stdin: who, Stdout: &out, Stderr: &errs, Width: 80, Dir: t.TempDir(),
		Env: func(name string) (string, bool) { v, ok := env[name]; return v, ok },
		Now: time.Now, Version: "test",
	}
	code = Main(t.Context(), p)
	return code, out.String(), errs.String()
}

func TestCheckAsksAtATerminal(t *testing.T) {
	server := vipps.New(vipps.Options{Now: time.Now})
	sim := httptest.NewServer(server)
	defer sim.Close()
	k := server.Keys()
	right := map[string]string{
		"client_id": k.ClientID, "client_secret": k.ClientSecret, "Vipps-Subscription-Key": k.SubscriptionKey,
		"Merchant Serial Number": k.MerchantSerialNumber,
	}
	all := []string{"client_id", "client_secret, unechoed", "Vipps-Subscription-Key, unechoed", "Merchant Serial Number"}
	tests := map[string]struct {
		person person
		env    map[string]string
		args   []string
		code   int
		asked  []string
		want   string
	}{
		"it asks for all values": {
			person: person{answers: right}, asked: all, want: "All four values work together in TEST.",
		},
		"it does not ask for what the process has": {
			person: person{answers: right}, env: map[string]string{"VIPPS_CLIENT_SECRET": k.ClientSecret, "VIPPS_MSN": k.MerchantSerialNumber},
			asked: []string{"client_id", "Vipps-Subscription-Key, unechoed"}, want: "All four values work together in TEST.",
		},
		"an answer that is wrong is to be given again": {
			person: person{answers: map[string]string{"client_id": k.ClientID + " ", "client_secret": k.ClientSecret, "Vipps-Subscription-Key": k.SubscriptionKey, "Merchant Serial Number": "740117"}},
			code:   process.ExitFailed, asked: all, want: "in the prompt for client_id, take the space at the end out",
		},
		"no answer is a value that is missing": {
			code: process.ExitFailed, asked: all, want: "FAIL  VIPPS_CLIENT_ID         not given",
		},
		"a terminal that ends is an error": {
			person: person{err: errors.New("the end")}, code: process.ExitUsage, asked: all[:1], want: "asking for client_id: the end",
		},
		"with a file it asks nothing": {
			args: []string{"-e", "missing.json"}, code: process.ExitUsage, want: "no such file",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			args := append([]string{"--map", "https://apitest.vipps.no=" + sim.URL}, test.args...)
			code, stdout, stderr := checkAt(t, &test.person, test.env, args...)
			if code != test.code {
				t.Errorf("exit code %d, want %d\n%s%s", code, test.code, stdout, stderr)
			}
			if got, want := strings.Join(test.person.asked, "|"), strings.Join(test.asked, "|"); got != want {
				t.Errorf("asked for %q, want %q", got, want)
			}
			if !strings.Contains(stdout+stderr, test.want) {
				t.Errorf("no %q in\n%s%s", test.want, stdout, stderr)
			}
			for _, secret := range []string{k.ClientSecret, k.SubscriptionKey, k.ClientID} {
				if strings.Contains(stdout+stderr, secret) {
					t.Errorf("a value is shown:\n%s%s", stdout, stderr)
				}
			}
		})
	}
}

func TestCheckSendsNothingElsewhere(t *testing.T) {
	server := vipps.New(vipps.Options{Now: time.Now, Log: func(r vipps.Request) {
		if r.Method != http.MethodGet && r.Path != "/accesstoken/get" {
			t.Errorf("%s %s was sent", r.Method, r.Path)
		}
		if got := r.Header.Get("User-Agent"); got != "Posthaste/test" {
			t.Errorf("User-Agent = %q", got)
		}
		if r.Header.Get("Origin") != "" || r.Header.Get("Cookie") != "" {
			t.Errorf("%s carries an Origin or a Cookie", r.Path)
		}
	}})
	sim := httptest.NewServer(server)
	defer sim.Close()
	k := server.Keys()
	env := map[string]string{
		"VIPPS_CLIENT_ID": k.ClientID, "VIPPS_CLIENT_SECRET": k.ClientSecret, "VIPPS_SUBSCRIPTION_KEY": k.SubscriptionKey,
		"VIPPS_MSN": k.MerchantSerialNumber,
	}
	code, stdout, stderr := checkAt(t, &person{}, env, "--map", "https://apitest.vipps.no="+sim.URL, "--product", "epayment,recurring,login")
	if code != process.ExitPassed {
		t.Errorf("exit code %d\n%s%s", code, stdout, stderr)
	}
}
