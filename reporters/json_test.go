package reporters

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"posthaste/reporters/newman"
	"posthaste/reporters/report"
	"posthaste/runner/event"
	"posthaste/runner/event/eventtest"
)

// A readReport is what scripts read of newman's JSON report.
type readReport struct {
	Run struct {
		Stats      map[string]event.Count `json:"stats"`
		Executions []struct {
			ID      string `json:"id"`
			Request struct {
				Method string `json:"method"`
			} `json:"request"`
			Response *struct {
				Code   int `json:"code"`
				Stream struct {
					Type    string `json:"type"`
					Data    []int  `json:"data"`
					Omitted int    `json:"omitted"`
				} `json:"stream"`
			} `json:"response"`
			RequestError *struct {
				Message string `json:"message"`
			} `json:"requestError"`
			Assertions []struct {
				Assertion string `json:"assertion"`
			} `json:"assertions"`
			Exchange struct {
				Source  string `json:"source"`
				Request struct {
					Method string `json:"method"`
				} `json:"request"`
				Response struct {
					Code int `json:"code"`
				} `json:"response"`
				Error struct {
					Message string `json:"message"`
				} `json:"error"`
			} `json:"exchange"`
		} `json:"executions"`
		Failures []struct {
			At     string `json:"at"`
			Source struct {
				Name string `json:"name"`
			} `json:"source"`
			Parent struct {
				Name string            `json:"name"`
				Item []json.RawMessage `json:"item"`
			} `json:"parent"`
		} `json:"failures"`
	} `json:"run"`
}

func readJSON(t *testing.T, cfg report.Config, input string) readReport {
	t.Helper()
	var out bytes.Buffer
	events := withHuge()[input]
	if err := replay(t, variant{reporter: "json", cfg: cfg}, events, &out); err != nil {
		t.Fatal(err)
	}
	var report readReport
	if err := json.Unmarshal(out.Bytes(), &report); err != nil {
		t.Fatal(err)
	}
	return report
}

func TestEveryExecutionTellsOfItsOwnRequest(t *testing.T) {
	var got []string
	for _, x := range readJSON(t, report.Config{}, "requests").Run.Executions {
		e := x.Exchange
		got = append(got, strings.TrimSpace(fmt.Sprintf("%s %s %d %s", e.Source, e.Request.Method, e.Response.Code, e.Error.Message)))
	}
	want := []string{
		"script GET 0 connect ECONNREFUSED 127.0.0.1:1", "collection POST 201", "script GET 404", "auth POST 401", "collection POST 200",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("exchanges differ (-want +got):\n%s", diff)
	}
}

func TestNewmansExecutionsOfAnItemAreOneObject(t *testing.T) {
	list := readJSON(t, report.Config{}, "requests").Run.Executions
	if len(list) != 5 {
		t.Fatalf("the report has %d executions, want 5", len(list))
	}
	for i, x := range list[:3] {
		if x.ID != list[0].ID || x.Request.Method != http.MethodGet || x.Response == nil || x.Response.Code != 404 || x.RequestError == nil {
			t.Errorf("execution %d is not the last request with the first one's error: %+v", i, x)
		}
	}
}

func TestBodiesAreCutToTheLimit(t *testing.T) {
	t.Parallel()
	whole := len(strings.Repeat("{\"a\":\"0123456789\"}\n", 6000))
	tests := map[string]struct {
		cfg  report.Config
		want int
	}{
		"the option's":          {report.Config{Options: map[string]string{"bodyLimit": "10"}}, 10},
		"none when it says all": {report.Config{Options: map[string]string{"bodyLimit": "all"}}, whole},
		"none as newman":        {report.Config{Compat: true}, whole},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			stream := readJSON(t, test.cfg, "huge").Run.Executions[0].Response.Stream
			if len(stream.Data) != test.want || stream.Omitted != whole-test.want {
				t.Errorf("the body has %d bytes and omits %d, want %d and %d", len(stream.Data), stream.Omitted, test.want, whole-test.want)
			}
			if stream.Type != "Buffer" || stream.Data[0] != '{' {
				t.Errorf("the body is a %s that begins with %d, want a Buffer that begins with %d", stream.Type, stream.Data[0], '{')
			}
		})
	}
}

func TestABodyLimitThatIsNoneIsRefused(t *testing.T) {
	for _, limit := range []string{"much", "-1", ""} {
		_, err := newman.JSON().New(report.Config{Options: map[string]string{"bodyLimit": limit}})
		if err == nil || !strings.Contains(err.Error(), "--reporter-json-body-limit") {
			t.Errorf("bodyLimit %q gives error %v, want one that names the option", limit, err)
		}
	}
}

func TestFailuresNameTheirFolder(t *testing.T) {
	for _, compat := range []bool{false, true} {
		failures := readJSON(t, report.Config{Compat: compat}, "fail").Run.Failures
		if len(failures) != 2 {
			t.Fatalf("the report has %d failures, want 2", len(failures))
		}
		f := failures[1]
		if f.At != "assertion:2 in test-script" || f.Source.Name != "Create payment" || f.Parent.Name != "ePayment" {
			t.Errorf("failure is %+v, want the third assertion of Create payment in ePayment", f)
		}
		if got := len(f.Parent.Item) > 0; got != compat {
			t.Errorf("with compat %t the parent has its items: %t", compat, got)
		}
	}
}

func TestSumsOfTheReportAreThoseOfTheRun(t *testing.T) {
	stats := readJSON(t, report.Config{}, "error").Run.Stats
	want := map[string]event.Count{"requests": {Total: 2, Failed: 2}, "assertions": {Total: 1, Failed: 1}, "items": {Total: 2}}
	for name, w := range want {
		if stats[name] != w {
			t.Errorf("%s are %+v, want %+v", name, stats[name], w)
		}
	}
}

// masked documents can stop being JSON; the report must not.
func TestADocumentThatIsNoJSONDoesNotBreakTheReport(t *testing.T) {
	tape := eventtest.New("Shop", 1, 1)
	tape.Iteration(0, "", func() {
		tape.Begin("Get", nil)
		tape.Item.Document = []byte(`{"id": *****}`)
		tape.Answer(event.FromCollection, 200, "OK", "")()
		tape.Script("test", nil, tape.Fail("no", eventtest.WrongStatus()))()
		tape.End(false)
	})
	var out bytes.Buffer
	if err := replay(t, variant{reporter: "json"}, tape.Finish("", ""), &out); err != nil {
		t.Fatal(err)
	}
	if !json.Valid(out.Bytes()) {
		t.Errorf("the report is no JSON:\n%s", out.String())
	}
}

func TestBodiesAreAskedForUpToTheLimit(t *testing.T) {
	for name, test := range map[string]struct {
		cfg  report.Config
		want int
	}{
		"a mebibyte":            {report.Config{}, 1 << 20},
		"the option's":          {report.Config{Options: map[string]string{"bodyLimit": "3000000"}}, 3000000},
		"the option's, compat":  {report.Config{Compat: true, Options: map[string]string{"bodyLimit": "10"}}, 10},
		"all when it says all":  {report.Config{Options: map[string]string{"bodyLimit": "all"}}, math.MaxInt},
		"all as newman":         {report.Config{Compat: true}, math.MaxInt},
		"a mebibyte by mistake": {report.Config{Options: map[string]string{"bodyLimit": "much"}}, 1 << 20},
	} {
		if got := newman.JSON().BodyBytes(test.cfg); got != test.want {
			t.Errorf("%s: the report asks for %d bytes, want %d", name, got, test.want)
		}
	}
}
