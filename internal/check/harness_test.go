package check

import (
	"bytes"
	"context"
	_ "embed" // the example of docs/check.md
	"encoding/json"
	"flag"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"posthaste/collection"
	"posthaste/internal/check/evidence"
	"posthaste/internal/check/report"
	"posthaste/internal/check/rule"
	"posthaste/internal/check/value"
	"posthaste/internal/near"
	"posthaste/internal/vipps"
)

var update = flag.Bool("update", false, "write the golden files")

//go:embed rule/testdata/ledger.yaml
var ledger string

func clock() time.Time { return time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC) }

// A scenario is one check with what answers it.
type scenario struct {
	environment string            // "2019" or "2023", the default
	set         map[string]string // variables that are not as they should be
	input       func(*Input)
	serve       http.Handler // nil: rule.Vipps, as the simulator plays it
	err         error        // why no answer comes
	want        report.Outcome
	rule        string // that must have applied
}

// keys are those that the simulator knows.
func keys() vipps.Keys { return simulator().Keys() }

// vippsRules are read once; a check changes nothing in them, which TestRulesStayAsTheyAre shows.
var vippsRules = sync.OnceValues(rule.Vipps)

func builtin(t *testing.T) *rule.Rules {
	t.Helper()
	rules, err := vippsRules()
	if err != nil {
		t.Fatal(err)
	}
	return rules
}

// filled is an environment of testdata with right values, and with others where set says so.
func filled(t *testing.T, environment string, set map[string]string) []value.Variable {
	t.Helper()
	k := keys()
	right := map[string]string{
		"client_id": k.ClientID, "client_secret": k.ClientSecret, "merchantSerialNumber": k.MerchantSerialNumber,
		"Ocp-Apim-Subscription-Key": k.SubscriptionKey, "Ocp-Apim-Subscription-Key-Access-Token": k.SubscriptionKey,
		"Ocp-Apim-Subscription-Key-Ecom": k.SubscriptionKeySecondary, "PSP-ID": "407112",
	}
	list := readEnvironment(t, filepath.Join("testdata", "environments", environment+".json"))
	for i, v := range list {
		if text, ok := right[v.Name]; ok {
			list[i].Value = text
		}
		if text, ok := set[v.Name]; ok {
			list[i].Value = text
		}
	}
	for name, text := range set {
		if !slices.ContainsFunc(list, func(v value.Variable) bool { return v.Name == name }) {
			list = append(list, value.Variable{Name: name, Value: text})
		}
	}
	return list
}

func readEnvironment(t *testing.T, path string) []value.Variable {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	env, err := collection.ParseEnvironment(path, data, collection.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var list []value.Variable
	for _, v := range env.Values {
		list = append(list, value.Variable{Name: v.Key, Value: v.Value.String(), Disabled: v.Disabled})
	}
	return list
}

// run carries a scenario out.
func (sc scenario) run(t *testing.T) (*report.Report, Input) {
	t.Helper()
	if sc.environment == "" {
		sc.environment = "2023"
	}
	in := Input{File: "merchant.postman_environment.json", Version: "test", Variables: filled(t, sc.environment, sc.set)}
	if sc.input != nil {
		sc.input(&in)
	}
	if sc.serve == nil {
		sc.serve = playVipps()
	}
	calls := &caller{serve: sc.serve, err: sc.err}
	c := Checker{Rules: builtin(t), Send: calls, Now: clock, Rand: rand.NewChaCha8([32]byte{})}
	found, err := c.Run(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	for i, call := range calls.made {
		if call.Method != http.MethodGet && !strings.HasSuffix(call.URL, "/accesstoken/get") && !strings.HasSuffix(call.URL, "/miami/v1/token") {
			t.Errorf("call %d is %s %s: nothing but the token request may be more than a GET", i, call.Method, call.URL)
		}
	}
	return found, in
}

// A caller sends to a handler, without a network.
type caller struct {
	serve http.Handler
	err   error
	made  []evidence.Request
}

func (c *caller) Send(ctx context.Context, r evidence.Request) (*evidence.Answer, error) {
	c.made = append(c.made, r)
	if c.err != nil {
		return nil, c.err
	}
	request := httptest.NewRequestWithContext(ctx, r.Method, r.URL, strings.NewReader(r.Body))
	for _, h := range r.Header {
		request.Header.Set(h.Name, h.Value)
	}
	w := httptest.NewRecorder()
	c.serve.ServeHTTP(w, request)
	answer := &evidence.Answer{Status: w.Code, Body: w.Body.Bytes(), Proto: "HTTP/1.1", TLS: "TLS 1.3", Issuer: "Example CA"}
	if w.Header().Get("Date") == "" {
		w.Header().Set("Date", clock().Format(http.TimeFormat))
	}
	for name := range w.Header() {
		answer.Header = append(answer.Header, evidence.Field{Name: name, Value: w.Header().Get(name)})
	}
	return answer, nil
}

// simulator is made once: its signing key takes a while.
var simulator = sync.OnceValue(func() *vipps.Server {
	return vipps.New(vipps.Options{Now: clock, Rand: rand.NewChaCha8([32]byte{1})})
})

// playVipps is the simulator.
func playVipps() http.Handler { return simulator() }

// faulty is a simulator of its own that answers some paths with a documented error.
func faulty(t *testing.T, id string, paths ...string) http.Handler {
	t.Helper()
	opt := vipps.Options{Now: clock, Rand: rand.NewChaCha8([32]byte{1})}
	for _, path := range paths {
		f, err := vipps.ParseFault("* *" + path + "* as=" + id)
		if err != nil {
			t.Fatal(err)
		}
		opt.Faults = append(opt.Faults, f)
	}
	return vipps.New(opt)
}

// A reply is what a path answers in the place of rule.Vipps.
type reply struct {
	status int
	body   string
	header map[string]string
}

// but is rule.Vipps, apart from some paths. The end of a path decides.
func but(replies map[string]reply) http.Handler {
	play := playVipps()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for path, answer := range replies {
			if strings.Contains(r.URL.Path, path) {
				if strings.HasPrefix(answer.body, "{") || strings.HasPrefix(answer.body, "[") {
					w.Header().Set("Content-Type", "application/json")
				}
				for name, value := range answer.header {
					w.Header().Set(name, value)
				}
				w.WriteHeader(answer.status)
				_, _ = w.Write([]byte(answer.body))
				return
			}
		}
		play.ServeHTTP(w, r)
	})
}

// judge runs a scenario and compares its report with what must hold of every report and with its golden file.
func judge(t *testing.T, golden string, sc scenario) *report.Report {
	t.Helper()
	found, in := sc.run(t)
	if found.Outcome != sc.want {
		t.Errorf("outcome = %q, want %q: %s", found.Outcome, sc.want, found.Verdict)
	}
	if sc.rule != "" && !slices.Contains(found.Rules, sc.rule) {
		t.Errorf("rules = %q, want %q among them", found.Rules, sc.rule)
	}
	text := asText(t, found, report.Style{Unicode: true})
	holds(t, found, in, text)
	compareGolden(t, golden, text)
	return found
}

func asText(t *testing.T, found *report.Report, style report.Style) string {
	t.Helper()
	var b bytes.Buffer
	if err := report.WriteText(&b, found, style); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// holds checks what is true of every report.
func holds(t *testing.T, found *report.Report, in Input, text string) {
	t.Helper()
	if n := strings.Count(text, "Do this: "); n != 1 && found.Outcome != report.AllRight || n != 0 && found.Outcome == report.AllRight {
		t.Errorf("%d times \"Do this:\" in a report that is %s", n, found.Outcome)
	}
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		if len([]rune(line)) > 80 && !strings.Contains(line, "://") {
			t.Errorf("a line is longer than 80 columns: %q", line)
		}
		if strings.TrimRight(line, " ") != line {
			t.Errorf("a line ends with blanks: %q", line)
		}
	}
	if strings.Contains(text, "{") || strings.Contains(text, "  .") {
		t.Errorf("a word was not put in:\n%s", text)
	}
	for _, r := range asText(t, found, report.Style{}) {
		if r > 126 {
			t.Errorf("%q is not ASCII", r)
		}
	}
	for name, output := range outputs(t, found) {
		for _, v := range in.Variables {
			if isCredential(v) && strings.Contains(output, strings.TrimSpace(v.Value)) {
				t.Errorf("the %s report holds the value of %s", name, v.Name)
			}
		}
	}
}

// isCredential reports whether a variable's value must not be printed.
func isCredential(v value.Variable) bool {
	name := near.Fold(v.Name)
	if len(strings.TrimSpace(v.Value)) < 6 || strings.HasPrefix(v.Value, "<") {
		return false
	}
	return name == "clientid" || name == "clientsecret" || strings.Contains(name, "subscriptionkey") || name == "accesstoken"
}

func outputs(t *testing.T, found *report.Report) map[string]string {
	t.Helper()
	var j, x, g, r bytes.Buffer
	if err := report.WriteRecord(&r, found); err != nil {
		t.Fatal(err)
	}
	if err := report.WriteJSON(&j, found); err != nil {
		t.Fatal(err)
	}
	if !json.Valid(j.Bytes()) {
		t.Errorf("not JSON: %s", j.String())
	}
	if err := report.WriteJUnit(&x, found); err != nil {
		t.Fatal(err)
	}
	if err := report.WriteGitHub(&g, found, report.Style{}); err != nil {
		t.Fatal(err)
	}
	return map[string]string{
		"text": asText(t, found, report.Style{Colour: true}), "json": j.String(), "junit": x.String(), "github": g.String(),
		"record": r.String(),
	}
}

// compareGolden compares, with ids made equal that are new in each run.
func compareGolden(t *testing.T, name, got string) {
	t.Helper()
	got = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`).ReplaceAllString(got, "GUID")
	path := filepath.Join("testdata", "golden", filepath.FromSlash(name))
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(got, string(want)); diff != "" {
		t.Errorf("%s (-got +want):\n%s", path, diff)
	}
}
