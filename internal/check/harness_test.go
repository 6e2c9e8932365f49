package check

import (
	"bytes"
	"context"
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
	"posthaste/internal/vipps"
)

var update = flag.Bool("update", false, "write the golden files")

func clock() time.Time { return time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC) }

// A scenario is one check with what answers it.
type scenario struct {
	environment string            // "2019" or "2023", the default
	set         map[string]string // variables that are not as they should be
	input       func(*Input)
	serve       http.Handler // nil: Vipps, as the simulator plays it
	err         error        // why no answer comes
	want        Outcome
	rule        string // that must have applied
}

// keys are those that the simulator knows.
func keys() vipps.Keys { return simulator().Keys() }

// vippsRules are read once; a check changes nothing in them, which TestRulesStayAsTheyAre shows.
var vippsRules = sync.OnceValues(Vipps)

func builtin(t *testing.T) *Rules {
	t.Helper()
	rules, err := vippsRules()
	if err != nil {
		t.Fatal(err)
	}
	return rules
}

// filled is an environment of testdata with right values, and with others where set says so.
func filled(t *testing.T, environment string, set map[string]string) []Variable {
	t.Helper()
	k := keys()
	right := map[string]string{
		"client_id": k.ClientID, "client_secret": k.ClientSecret, "merchantSerialNumber": k.MerchantSerialNumber,
		"Ocp-Apim-Subscription-Key": k.SubscriptionKey, "Ocp-Apim-Subscription-Key-Access-Token": k.SubscriptionKey,
		"Ocp-Apim-Subscription-Key-Ecom": k.SubscriptionKeySecondary,
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
		if !slices.ContainsFunc(list, func(v Variable) bool { return v.Name == name }) {
			list = append(list, Variable{Name: name, Value: text})
		}
	}
	return list
}

func readEnvironment(t *testing.T, path string) []Variable {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	env, err := collection.ParseEnvironment(path, data, collection.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var list []Variable
	for _, v := range env.Values {
		list = append(list, Variable{Name: v.Key, Value: v.Value.String(), Disabled: v.Disabled})
	}
	return list
}

// run carries a scenario out.
func (sc scenario) run(t *testing.T) (*Report, Input) {
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
	report, err := c.Run(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	for i, call := range calls.made {
		if call.Method != http.MethodGet && !strings.HasSuffix(call.URL, "/accesstoken/get") {
			t.Errorf("call %d is %s %s: nothing but the token request may be more than a GET", i, call.Method, call.URL)
		}
	}
	return report, in
}

// A caller sends to a handler, without a network.
type caller struct {
	serve http.Handler
	err   error
	made  []Request
}

func (c *caller) Send(ctx context.Context, r Request) (*Answer, error) {
	c.made = append(c.made, r)
	if c.err != nil {
		return nil, c.err
	}
	request := httptest.NewRequestWithContext(ctx, r.Method, r.URL, http.NoBody)
	for _, h := range r.Header {
		request.Header.Set(h.Name, h.Value)
	}
	w := httptest.NewRecorder()
	c.serve.ServeHTTP(w, request)
	answer := &Answer{Status: w.Code, Body: w.Body.Bytes(), Proto: "HTTP/1.1", TLS: "TLS 1.3", Issuer: "Example CA"}
	if w.Header().Get("Date") == "" {
		w.Header().Set("Date", clock().Format(http.TimeFormat))
	}
	for name := range w.Header() {
		answer.Header = append(answer.Header, Field{Name: name, Value: w.Header().Get(name)})
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

// A reply is what a path answers in the place of Vipps.
type reply struct {
	status int
	body   string
	header map[string]string
}

// but is Vipps, apart from some paths. The end of a path decides.
func but(replies map[string]reply) http.Handler {
	play := playVipps()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for path, answer := range replies {
			if strings.Contains(r.URL.Path, path) {
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
func judge(t *testing.T, golden string, sc scenario) *Report {
	t.Helper()
	report, in := sc.run(t)
	if report.Outcome != sc.want {
		t.Errorf("outcome = %q, want %q: %s", report.Outcome, sc.want, report.Verdict)
	}
	if sc.rule != "" && !slices.Contains(report.Rules, sc.rule) {
		t.Errorf("rules = %q, want %q among them", report.Rules, sc.rule)
	}
	text := asText(t, report, Style{Unicode: true})
	holds(t, report, in, text)
	compareGolden(t, golden, text)
	return report
}

func asText(t *testing.T, report *Report, style Style) string {
	t.Helper()
	var b bytes.Buffer
	if err := WriteText(&b, report, style); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// holds checks what is true of every report.
func holds(t *testing.T, report *Report, in Input, text string) {
	t.Helper()
	if n := strings.Count(text, "Do this: "); n != 1 && report.Outcome != AllRight || n != 0 && report.Outcome == AllRight {
		t.Errorf("%d times \"Do this:\" in a report that is %s", n, report.Outcome)
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
	for _, r := range asText(t, report, Style{}) {
		if r > 126 {
			t.Errorf("%q is not ASCII", r)
		}
	}
	for name, output := range outputs(t, report) {
		for _, v := range in.Variables {
			if isCredential(v) && strings.Contains(output, strings.TrimSpace(v.Value)) {
				t.Errorf("the %s report holds the value of %s", name, v.Name)
			}
		}
	}
}

// isCredential tells whether a variable's value must not be printed.
func isCredential(v Variable) bool {
	name := fold(v.Name)
	if len(strings.TrimSpace(v.Value)) < 6 || strings.HasPrefix(v.Value, "<") {
		return false
	}
	return name == "clientid" || name == "clientsecret" || strings.Contains(name, "subscriptionkey") || name == "accesstoken"
}

func outputs(t *testing.T, report *Report) map[string]string {
	t.Helper()
	var j, x, g, r bytes.Buffer
	if err := WriteRecord(&r, report); err != nil {
		t.Fatal(err)
	}
	if err := WriteJSON(&j, report); err != nil {
		t.Fatal(err)
	}
	if !json.Valid(j.Bytes()) {
		t.Errorf("not JSON: %s", j.String())
	}
	if err := WriteJUnit(&x, report); err != nil {
		t.Fatal(err)
	}
	if err := WriteGitHub(&g, report); err != nil {
		t.Fatal(err)
	}
	return map[string]string{
		"text": asText(t, report, Style{Colour: true}), "json": j.String(), "junit": x.String(), "github": g.String(),
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
