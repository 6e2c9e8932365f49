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

func TestMemoryThatGrowsWithRowsIsSaid(t *testing.T) {
	rows := func(letter string, peaks ...float64) result {
		res := result{workload: workload{letter: letter}, samples: map[string][]sample{}}
		for i, name := range []string{ours, "bare", ours + " -r junit"} {
			res.samples[name] = []sample{{Wall: 1, Peak: peaks[i]}}
		}
		return res
	}
	r := report{tools: []tool{{name: ours}, {name: "bare"}, {name: ours + " -r junit", variant: true}}}
	for want, measured := range map[string][]result{
		"met, posthaste 1.10 ×, posthaste -r junit 1.00 ×": {rows("m1k", 40, 10, 50), rows("m1M", 44, 90, 50)},
		"not met, posthaste -r junit 2.00 ×":               {rows("m1k", 40, 10, 50), rows("m100k", 1, 1, 1), rows("m1M", 44, 90, 100)},
		"not measured":                                     {rows("m1k", 40, 10, 50)},
	} {
		if got := r.flat(measured); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestFoldersAtOnceAreComparedWithOneFolder(t *testing.T) {
	loads := workloads(false, "p", 0)
	if len(loads) != 1 {
		t.Fatalf("%d workloads of that letter", len(loads))
	}
	commands := map[string]string{ours: strings.Join(posthasteRun("ph")(loads[0], "http://x"), " ")}
	for _, v := range variants("ph") {
		commands[v.name] = strings.Join(v.command(loads[0], "http://x"), " ")
	}
	if got, want := commands[ours], "ph run p.json -n 1 --parallel 8"; got != want {
		t.Errorf("all at once: %q, want %q", got, want)
	}
	if got, want := commands[oneFolder], "ph run p.json -n 1 --folder folder 0"; got != want {
		t.Errorf("one folder: %q, want %q", got, want)
	}
	res := result{workload: loads[0], samples: map[string][]sample{ours: {{Wall: 0.55}}, oneFolder: {{Wall: 0.5}}}}
	if got := res.verdicts(); len(got) != 1 || got[0].outcome != "met, 1.10 ×" {
		t.Errorf("the verdict is %v", got)
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

func TestTheSummaryTakesItsPlaceInAPageAndNothingElse(t *testing.T) {
	r := report{
		tools: []tool{{name: ours, version: "1"}, {name: "bare"}, {name: "newman", version: "6"}, {name: ours + " -r junit", variant: true}},
		results: []result{{workload: workload{letter: "a", what: "one GET", iterations: 1}, samples: map[string][]sample{
			ours: {{Wall: 0.5, Peak: 12}}, "newman": {{Wall: 20}},
		}}},
	}
	page := filepath.Join(t.TempDir(), "README.md")
	for name, text := range map[string]string{
		"empty": "before\n" + summaryBegin + summaryEnd + "after\n", "full": "before\n" + summaryBegin + "old\n" + summaryEnd + "after\n",
	} {
		if err := os.WriteFile(page, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := r.writeSummary(page); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		got, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		want := "before\n" + summaryBegin + "| | posthaste | bare | newman | peak MB |\n| --- | --- | --- | --- | --- |\n" +
			"| one GET | 0.500 s | – | 40.0 × | 12 |\n\nWall time"
		if !strings.HasPrefix(string(got), want) || !strings.HasSuffix(string(got), summaryEnd+"after\n") || strings.Contains(string(got), "old") {
			t.Errorf("%s: the page is\n%s\nwant it to begin with\n%s", name, got, want)
		}
	}
	if err := os.WriteFile(page, []byte("no place"), 0o600); err != nil {
		t.Fatal(err)
	}
	if r.writeSummary(page) == nil {
		t.Error("a page without a place for the summary is no error")
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
