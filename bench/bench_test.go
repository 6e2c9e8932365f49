package main

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"posthaste/collection"
)

func TestEveryWorkloadIsACollectionThatWeRead(t *testing.T) {
	for _, w := range workloads(true, "", 0) {
		text := collectionOf(w, "http://127.0.0.1:1")
		if _, err := collection.Parse(w.name(), []byte(text), collection.Options{}); err != nil {
			t.Errorf("%s: %v", w.letter, err)
		}
	}
}

func TestTheBareClientGetsTheAnswersThatItExpects(t *testing.T) {
	server := httptest.NewServer(handler([]byte(`{"items":[]}`)))
	defer server.Close()
	data := filepath.Join(t.TempDir(), "rows.csv")
	if err := writeRows(data, 5); err != nil {
		t.Fatal(err)
	}
	for name, args := range map[string][]string{
		"plain":    {server.URL, "/plain", "3", ""},
		"payments": {server.URL, "/payments", "2", ""},
		"rows":     {server.URL, "/plain", "5", data},
	} {
		if err := bare(args); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := bare([]string{server.URL, "/nowhere", "1", ""}); err == nil {
		t.Error("a wrong answer went unnoticed")
	}
}

func TestAVerdictFollowsTheMedians(t *testing.T) {
	res := result{workload: workload{letter: "a"}, samples: map[string][]sample{
		ours:     {{Wall: 1, Peak: 30}, {Wall: 3, Peak: 30}, {Wall: 2, Peak: 30}},
		"newman": {{Wall: 90}},
		"bare":   {{Wall: 1.5}},
	}}
	for name, c := range map[string]struct {
		target target
		want   string
	}{
		"fast enough":      {target{against: "newman", faster: 40}, "met, 45.0 ×"},
		"not fast enough":  {target{against: "newman", faster: 50}, "not met, 45.0 ×"},
		"close to bare":    {target{against: "bare", slower: 1.4}, "met, 1.33 ×"},
		"far from bare":    {target{against: "bare", slower: 1.2}, "not met, 1.33 ×"},
		"small":            {target{peak: 40}, "met, 30 MB"},
		"not small":        {target{peak: 20}, "not met, 30 MB"},
		"of one not there": {target{against: "hurl", faster: 1}, "not measured"},
	} {
		if got := c.target.verdict(res).outcome; got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestTheReportHasEveryToolAndThePlotIsXML(t *testing.T) {
	samples := map[string][]sample{ours: {{Wall: 1, CPU: 1, Peak: 20}}, "bare": {{Wall: 0.5, CPU: 0.5, Peak: 8}}}
	r := report{
		results: []result{{workload{letter: "a", what: "one", iterations: 1}, samples}, {workload{letter: "m1k", iterations: 1000}, samples}},
		tools:   []tool{{name: ours}, {name: "bare"}}, absent: []string{"hurl"},
	}
	var page, plot bytes.Buffer
	if err := errors.Join(r.markdown(&page), r.svg(&plot)); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"| bare | 0.500 | 0.500 – 0.500 | 0.500 | 8 | 0.500 | 0.500 |", "Not installed, so not measured: hurl.", "| | 1k rows |", "| posthaste | 20 |"} {
		if !strings.Contains(page.String(), want) {
			t.Errorf("the page lacks %q:\n%s", want, page.String())
		}
	}
	d := xml.NewDecoder(&plot)
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatalf("the plot: %v", err)
		}
	}
}

func TestTheBigAnswerIsTenMegabytesOfJSON(t *testing.T) {
	big := bigAnswer()
	if !json.Valid(big) || len(big) < 9e6 || len(big) > 11e6 {
		t.Errorf("it has %d bytes", len(big))
	}
}

func TestTheShimReportsWhatAProcessNeeded(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	into := filepath.Join(t.TempDir(), "sample")
	if err := shim(into, []string{self, "-test.run", "^$"}); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(into)
	if err != nil {
		t.Fatal(err)
	}
	var s sample
	if err := json.Unmarshal(text, &s); err != nil || s.Wall <= 0 || s.CPU < 0 {
		t.Errorf("%s, %v", text, err)
	}
	if err := shim(into, []string{self, "-test.run", "^$", "-test.unknown"}); err == nil {
		t.Error("a process that failed was measured")
	}
}
