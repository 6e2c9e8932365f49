package reporters

import (
	"fmt"
	"strings"
	"testing"

	"posthaste/reporters/report"
	"posthaste/runner/event"
)

// coveredRun is a run that covered a part of two OpenAPI files; more is how many points it met beyond the few.
func coveredRun(more, never int) []event.Event {
	points := []event.Covered{
		{Kind: event.CoveredOperation, Name: "GET /items", Place: "shop.yaml:5:5", Seen: 12},
		{Kind: event.CoveredOperation, Name: "DELETE /items/{id}", Place: "shop.yaml:9:5"},
		{Kind: event.CoveredStatus, Operation: "GET /items", Name: "200", Place: "shop.yaml:6:7", Seen: 2},
		{Kind: event.CoveredStatus, Operation: "GET /items", Name: "404" + hostile, Place: "shop.yaml:7:7"},
		{Kind: event.CoveredEnum, Operation: event.CoveredResponse, Name: `Item.state = "SOLD"`, Place: "shop.yaml:20:9", Seen: 1, Deprecated: true},
	}
	for i := range more + never {
		p := event.Covered{Kind: event.CoveredResponse, Name: fmt.Sprintf("Item.f%d", i), Place: "shop.yaml:30:1", Seen: 1}
		if i < never {
			p.Seen = 0
		}
		points = append(points, p)
	}
	events := shopRun(1)
	covered := event.Coverage{File: "shop.yaml", Title: "Shop", Points: points}
	return append(append(append([]event.Event{}, events[:len(events)-1]...), covered), events[len(events)-1])
}

// The view of what was covered: sums, what was never met first, heads that sort, no text that runs, at three sizes.
func TestTheCoverageViewInABrowser(t *testing.T) {
	b := openBrowser(t)
	path := writePage(t, report.Config{}, coveredRun(0, 0))
	rows := func() string {
		return fmt.Sprint(b.eval(`[...document.querySelectorAll('#coverage table')][1].querySelectorAll('tbody tr').length + ': ' + [...[...document.querySelectorAll('#coverage table')][1].querySelectorAll('tbody tr')].map((r) => r.children[3].textContent).join()`))
	}
	head := func(i int) {
		b.eval(fmt.Sprintf(`[...document.querySelectorAll('#coverage table')][1].querySelectorAll('th button')[%d].click()`, i))
	}
	for _, size := range pageSizes() {
		b.size(size[0], size[1])
		b.open(path, "#view=coverage")
		b.until(`document.querySelectorAll('#coverage table').length === 2`)
		if b.eval(`document.getElementById('coverage').hidden || document.querySelector('nav button[data-view=coverage]').hidden`) == true {
			t.Errorf("%d pixels: the view is hidden", size[0])
		}
		if wide := b.eval(`document.documentElement.scrollWidth - window.innerWidth`).(float64); wide > 0 {
			t.Errorf("%d pixels: the page is %v pixels too wide", size[0], wide)
		}
	}
	sums := fmt.Sprint(b.eval(`[...document.querySelectorAll('#coverage table')[0].querySelectorAll('tbody tr')].map((r) => [...r.children].map((c) => c.textContent).join(' ')).join('; ')`))
	if want := "operations 1 2 50 %; statuses 1 2 50 %"; !strings.HasPrefix(sums, want) || !strings.Contains(sums, "enum values 1 1 100 %") && !strings.Contains(sums, "enums 1 1 100 %") {
		t.Errorf("the sums are %q, want %q first", sums, want)
	}
	if got, want := rows(), "5: never,never,12,2,1"; got != want && got != "5: never,never,1,2,12" {
		t.Errorf("the rows are %q, want those first that nothing met", got)
	}
	sorted := func() string {
		return fmt.Sprint(b.eval(`[...[...document.querySelectorAll('#coverage table')][1].querySelectorAll('th')].map((h) => h.getAttribute('aria-sort')).join()`))
	}
	head(3) // the column that the rows are sorted by already: the other way
	if got, want := rows(), "5: 12,2,1,never,never"; got != want {
		t.Errorf("sorted downwards the rows are %q, want %q", got, want)
	}
	if got, want := sorted(), "none,none,none,descending,none"; got != want {
		t.Errorf("the heads say %q, want %q", got, want)
	}
	head(2)
	if got := fmt.Sprint(b.eval(`[...[...document.querySelectorAll('#coverage table')][1].querySelectorAll('tbody tr')].map((r) => r.children[2].textContent.slice(0, 4)).join()`)); got != "200,404<,DELE,GET ,Item" {
		t.Errorf("sorted by name the rows are %q", got)
	}
	if b.eval(`window.broken`) != nil {
		t.Error("text of the file ran as a script")
	}
}

// A page with more points than it lists says what it leaves out; a run without a file has no such view.
func TestTheCoverageViewSaysWhatItLeavesOut(t *testing.T) {
	b := openBrowser(t)
	for says, events := range map[string][]event.Event{
		"5 more are left out: all were met":                      coveredRun(3000, 0),
		"1,005 more are left out, of these 1,002 were never met": coveredRun(0, 4000),
	} {
		b.open(writePage(t, report.Config{}, events), "#view=coverage")
		b.until(`document.querySelectorAll('#coverage table').length === 2`)
		got := fmt.Sprint(b.eval(`document.getElementById('coverage').innerText`))
		if got = strings.NewReplacer("\u00a0", ",", "\u202f", ",", "\u2009", ",").Replace(got); !strings.Contains(got, says) {
			t.Errorf("the view lacks %q:\n%s", says, got[max(0, len(got)-120):])
		}
	}
	b.open(writePage(t, report.Config{}, shopRun(1)), "#view=coverage")
	if b.eval(`document.querySelector('nav button[data-view=coverage]').hidden`) != true {
		t.Error("a run without an OpenAPI file has a view of its coverage")
	}
}
