package reporters

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"posthaste/reporters/report"
	"posthaste/runner/event"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// A variant is one way to make a report, and the folder below testdata/golden that shows it.
type variant struct {
	reporter string
	cfg      report.Config
	only     string      // an input's name; "" for all
	spec     report.Spec // in place of the reporter of that name
}

func variants() map[string]variant {
	return map[string]variant{
		"json":         {reporter: "json", cfg: report.Config{Options: map[string]string{"bodyLimit": "64"}}},
		"junit":        {reporter: "junit"},
		"junit-folder": {reporter: "junit", cfg: report.Config{Options: map[string]string{"layout": "folder"}}},
		"junit-flat":   {reporter: "junit", cfg: report.Config{Options: map[string]string{"layout": "flat"}}},
		"junit-newman": {reporter: "junit", cfg: report.Config{Compat: true}},
		"cli":          {reporter: "cli", cfg: report.Config{Terminal: report.Terminal{Unicode: true}}},
		"cli-colour":   {reporter: "cli", cfg: report.Config{Terminal: report.Terminal{Unicode: true, Colour: true, Live: true, Width: 80}}},
		"cli-ascii":    {reporter: "cli", cfg: report.Config{Terminal: report.Terminal{Width: 80}}},
		"cli-verbose":  {reporter: "cli", cfg: report.Config{Terminal: report.Terminal{Unicode: true, Verbose: true}}},
		"cli-narrow":   {reporter: "cli", cfg: report.Config{Terminal: report.Terminal{Unicode: true, Width: 40}}, only: "error"},
		"cli-little": {reporter: "cli", cfg: report.Config{Options: map[string]string{
			"noSummary": "true", "noSuccessAssertions": "true", "noBanner": "true", "noConsole": "true", "noFailures": "true",
		}}},
		"cli-compact":      {reporter: "cli", cfg: report.Config{Terminal: report.Terminal{Unicode: true, Output: report.OutputCompact}}},
		"cli-dot":          {reporter: "cli", cfg: report.Config{Terminal: report.Terminal{Unicode: true, Output: report.OutputDot}}},
		"cli-failures":     {reporter: "cli", cfg: report.Config{Terminal: report.Terminal{Unicode: true, Output: report.OutputFailures}}},
		"cli-summary":      {reporter: "cli", cfg: report.Config{Options: map[string]string{"output": report.OutputSummary}, Terminal: report.Terminal{Unicode: true, Output: report.OutputNone}}},
		"cli-newman":       {reporter: "cli", cfg: report.Config{Compat: true, Terminal: report.Terminal{Unicode: true}}},
		"cli-newman-words": {reporter: "cli", cfg: report.Config{Compat: true, Terminal: report.Terminal{Verbose: true}}, only: "requests"},
		"progress":         {reporter: "progress", cfg: report.Config{Terminal: report.Terminal{Unicode: true, Live: true}}},
		"progress-ascii":   {reporter: "progress", only: "fail"},
		"emojitrain":       {reporter: "emojitrain", cfg: report.Config{Terminal: report.Terminal{Unicode: true}}},
		"events":           {reporter: "events"},
		"ctrf":             {reporter: "ctrf"},
		"tap":              {reporter: "tap"},
		"csv":              {reporter: "csv"},
		"teamcity":         {reporter: "teamcity"},
		"markdown":         {reporter: "markdown"},
		"har":              {reporter: "har"},
		"html":             {reporter: "html"},
		"junit-strict":     {reporter: "junit", cfg: report.Config{Options: map[string]string{"strict": "true"}}, only: "fault"},
		"junit-skip":       {reporter: "junit", cfg: report.Config{SkipConsequences: true}, only: "fault"},
		"github":           {reporter: "github"},
		"github-groups":    {reporter: "github", cfg: report.Config{Options: map[string]string{"groups": "true"}}, only: "script"},
		"github-fold":      {reporter: "github", cfg: report.Config{Options: map[string]string{"fold": "true"}}, only: "iterations"},
		"gitlab":           {reporter: "gitlab"},
		"gitlab-groups":    {reporter: "gitlab", cfg: report.Config{Options: map[string]string{"groups": "true"}}, only: "script"},
		"azure":            {reporter: "azure"},
		"azure-groups":     {reporter: "azure", cfg: report.Config{Options: map[string]string{"groups": "true"}}, only: "script"},
		"json-newman":      {reporter: "json", cfg: report.Config{Compat: true}, only: "requests"},
	}
}

// recorded reads the events of an input.
func recorded(t *testing.T, path string) []event.Event {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var events []event.Event
	dec := event.NewDecoder(f)
	for {
		e, err := dec.Decode()
		if errors.Is(err, io.EOF) {
			return events
		}
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		events = append(events, e)
	}
}

// replay makes a report of events.
func replay(t *testing.T, v variant, events []event.Event, out io.Writer) error {
	t.Helper()
	spec, ok := Find(v.reporter)
	if v.spec.New != nil {
		spec, ok = v.spec, true
	}
	if !ok {
		t.Fatalf("there is no reporter %q", v.reporter)
	}
	cfg := v.cfg
	cfg.Out, cfg.Host = out, "host"
	cfg.Now = func() time.Time { return time.Date(2026, 11, 22, 5, 0, 1, 0, time.UTC) }
	cfg.Spool = func() (io.ReadWriteSeeker, error) { return os.CreateTemp(t.TempDir(), "spool") }
	r, err := spec.New(cfg)
	if err != nil {
		return err
	}
	var sums event.Summary
	for i, e := range events {
		sums.Add(e)
		if err := r.Report(event.Recorded(e), &sums); err != nil {
			return err
		}
		if err := announced(r, events[i:], &sums); err != nil {
			return err
		}
	}
	return nil
}

// announced shows a reporter that watches what is sent in the step that begins with the first of the events.
func announced(r report.Reporter, events []event.Event, sums *event.Summary) error {
	watching, ok := r.(report.Announcer)
	if _, begins := events[0].(event.ItemStarted); !ok || !begins {
		return nil
	}
	for _, e := range events[1:] {
		switch e.(type) {
		case event.RequestSent:
			if err := watching.Announce(event.Recorded(e), sums); err != nil {
				return err
			}
		case event.ItemFinished, event.RunFinished:
			return nil
		}
	}
	return nil
}

func TestReportsAreAsTheGoldenFilesShowThem(t *testing.T) {
	t.Parallel() // so with -update the inputs are written before they are read
	paths, err := filepath.Glob(filepath.Join("testdata", "input", "*.jsonl"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no inputs: %v", err)
	}
	runs := map[string][]event.Event{}
	for _, path := range paths {
		runs[strings.TrimSuffix(filepath.Base(path), ".jsonl")] = recorded(t, path)
	}
	for folder, v := range variants() {
		for name, events := range runs {
			if v.only != "" && v.only != name {
				continue
			}
			t.Run(folder+"/"+name, func(t *testing.T) {
				golden(t, filepath.Join("testdata", "golden", folder, name), shown(t, v, events))
			})
		}
	}
}

// A report of a huge run is too long to be reviewed: its size and its hash stand in one file for all reports.
func TestReportsOfAHugeRunAreAsBefore(t *testing.T) {
	t.Parallel()
	var lines strings.Builder
	all := variants()
	for _, folder := range slices.Sorted(maps.Keys(all)) {
		if v := all[folder]; v.only == "" {
			text := shown(t, v, hugeRun())
			fmt.Fprintf(&lines, "%s: %d bytes, sha256 %x\n", folder, len(text), sha256.Sum256(text))
		}
	}
	golden(t, filepath.Join("testdata", "golden", "huge"), []byte(lines.String()))
}

// shown is what a golden file has of a report.
func shown(t *testing.T, v variant, events []event.Event) []byte {
	t.Helper()
	var got bytes.Buffer
	if err := replay(t, v, events, &got); err != nil {
		t.Fatalf("Report: %v", err)
	}
	if v.reporter == "html" {
		return pageData(t, got.String())
	}
	return got.Bytes()
}

// pageData is what differs from one HTML page to another: its title and its data, without styles and scripts.
func pageData(t *testing.T, page string) []byte {
	t.Helper()
	_, rest, ok := strings.Cut(page, "<title>")
	title, rest, ok2 := strings.Cut(rest, "</title>")
	_, rest, ok3 := strings.Cut(rest, `<script type="application/json" id="run">`)
	data, rest, ok4 := strings.Cut(rest, "<script>\n'use strict';")
	_, details, ok5 := strings.Cut(rest, "</script>\n")
	if !ok || !ok2 || !ok3 || !ok4 || !ok5 {
		t.Fatal("the page does not have the parts that it should")
	}
	return []byte(title + "\n" + data + details)
}

func golden(t *testing.T, path string, got []byte) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(string(got), "\n")); diff != "" {
		t.Errorf("%s differs (-want +got), run with -update when it should:\n%s", path, diff)
	}
}

// A stubborn writer takes n bytes and then no more.
type stubborn struct{ n int }

var errFull = errors.New("no space left")

func (s *stubborn) Write(p []byte) (int, error) {
	if len(p) > s.n {
		return 0, errFull
	}
	s.n -= len(p)
	return len(p), nil
}

func TestReportsReturnTheErrorsOfTheirWriters(t *testing.T) {
	events := recorded(t, filepath.Join("testdata", "input", "fail.jsonl"))
	for _, spec := range Specs() {
		for _, n := range []int{0, 3} {
			t.Run(spec.Name, func(t *testing.T) {
				err := replay(t, variant{reporter: spec.Name}, events, &stubborn{n})
				if !errors.Is(err, errFull) {
					t.Errorf("with %d bytes of room the report gives error %v, want %v", n, err, errFull)
				}
			})
		}
	}
}

// A brittle spool takes nothing.
type brittle struct{}

func (brittle) Write([]byte) (int, error)      { return 0, errFull }
func (brittle) Read([]byte) (int, error)       { return 0, io.EOF }
func (brittle) Seek(int64, int) (int64, error) { return 0, nil }

func TestReportsReturnTheErrorsOfTheirSpools(t *testing.T) {
	events := recorded(t, filepath.Join("testdata", "input", "fail.jsonl"))
	for _, name := range []string{"cli", "json", "junit", "markdown", "html"} {
		t.Run(name, func(t *testing.T) {
			spec, _ := Find(name)
			r, err := spec.New(report.Config{
				Out: io.Discard, Now: time.Now,
				Spool: func() (io.ReadWriteSeeker, error) { return brittle{}, nil },
			})
			if err != nil {
				t.Fatal(err)
			}
			var sums event.Summary
			for _, e := range events {
				sums.Add(e)
				if err = r.Report(event.Recorded(e), &sums); err != nil {
					break
				}
			}
			if !errors.Is(err, errFull) {
				t.Errorf("the report gives error %v, want %v", err, errFull)
			}
		})
	}
}
