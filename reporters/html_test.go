package reporters

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"posthaste/reporters/html"
	"posthaste/reporters/report"
	"posthaste/runner/event"
	"posthaste/runner/event/eventtest"
)

// writePage makes an HTML report of events and returns its path.
func writePage(t *testing.T, cfg report.Config, events []event.Event) string {
	t.Helper()
	var out bytes.Buffer
	if err := replay(t, variant{reporter: "html", cfg: cfg}, events, &out); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "report.html")
	if err := os.WriteFile(path, out.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// hostile is a text that would break out of the page if anything in it were read as HTML or JavaScript.
const hostile = "</script><script>window.broken=1</script><!--<script><img src=x onerror=window.broken=1>\u2028\u2029"

// shopRun is a run with one of each: failures, a script error, skips, console output, variables, iterations.
func shopRun(iterations int) []event.Event {
	t := eventtest.New("Webshop "+hostile, iterations, 4)
	t.Add(event.Notice{Level: "warn", Code: "unresolved", Text: "{{merchantSerialNumber}} is not set " + hostile, Hint: "set it in the environment"})
	for i := range iterations {
		t.Iteration(i, []string{"NO", "SE", "DK"}[i%3], func() {
			t.Request("Get token", nil, t.Answer(event.FromCollection, 200, "OK", `{"token":"******","expires":12345678901234567890}`),
				t.Script("test", nil, t.Pass("has a token"), t.Log("log", "'token arrived "+strings.Repeat("x", 20)+"'"), func(s event.Script) {
					t.Add(event.VariableSet{Step: t.Step, Script: s, Scope: "environment", Key: "access_token", Value: `"******"`})
					t.Add(event.VariableSet{Step: t.Step, Script: s, Scope: "globals", Key: "old", Unset: true})
				}))
			t.Request("Create payment "+hostile, []string{"ePayment"}, t.Answer(event.FromCollection, 401, "Unauthorized", `{"title":"Unauthorized","detail":"`+strings.ReplaceAll(hostile, `"`, "")+`","list":[1,2,{"deep":{"er":[]}}]}`),
				t.Script("test", nil, t.Pass("has a title"), t.Fail("Status is 201", eventtest.WrongStatus()), t.Log("error", "'"+hostile+"'")))
			t.Request("Capture payment", []string{"ePayment"}, t.Script("prerequest", eventtest.TypeError()), t.Refused(event.FromCollection))
			t.Begin("Refund", []string{"ePayment"})
			t.End(true)
		})
	}
	return t.Finish("", "")
}

func TestThePageInABrowser(t *testing.T) {
	b := openBrowser(t)
	b.open(writePage(t, report.Config{}, shopRun(1)), "#theme=light")

	if got, want := b.eval(`document.getElementById('title').textContent`), "Webshop "+hostile; got != want {
		t.Errorf("the title is %q, want %q", got, want)
	}
	if got := b.eval(`window.broken`); got != nil {
		t.Error("text of the run ran as a script")
	}
	rowNames := `[...document.querySelectorAll('#list .row .n')].map((e) => e.textContent.split(' ')[0]).join()`
	if got, want := b.eval(rowNames), "Create,Capture,Get,Refund"; got != want {
		t.Errorf("the list shows %q, want failures first: %q", got, want)
	}
	// the first failure is unfolded
	b.until(`document.getElementById('detail').childElementCount > 0`)
	detail := b.eval(`document.getElementById('detail').innerText`).(string)
	for _, want := range []string{"Status is 201", "Expected", "201", "Got", "401", "test script, line 3", "pm.expect(pm.response.code)", "POST /epayment/v1/payments?ref=a-1&x HTTP/1.1", "DNS lookup", "first byte", "27 ms", "window.broken=1"} {
		if !strings.Contains(detail, want) {
			t.Errorf("the failure's details lack %q:\n%s", want, detail)
		}
	}
	search := func(text string) {
		b.eval(fmt.Sprintf(`(() => { const q = document.getElementById('query'); q.value = %q; q.dispatchEvent(new Event('input')); })()`, text))
	}
	found := func(want string) {
		t.Helper()
		if got := b.eval(`document.getElementById('count').textContent`); got != want {
			t.Errorf("the page says %q, want %q", got, want)
		}
	}
	for _, test := range [][2]string{
		{"capture", "1 of 4 requests"},
		{"epayment/v1 get", "1 of 4 requests"},
		{"expected 401", "1 of 4 requests"},
		{"HAS A TOKEN", "1 of 4 requests"},
		{"econnrefused", "1 of 4 requests"},
		{"nothing like it", "0 of 4 requests"},
		{"", "4 requests"},
	} {
		search(test[0])
		found(test[1])
	}
	for _, test := range [][2]string{{"failed", "2 of 4 requests"}, {"skipped", "1 of 4 requests"}, {"passed", "1 of 4 requests"}, {"all", "4 requests"}} {
		b.eval(fmt.Sprintf(`document.querySelector('input[value=%s]').click()`, test[0]))
		found(test[1])
	}
	// by keyboard: down to the second, Enter to its details
	b.eval(`document.getElementById('list').focus()`)
	b.press("Home")
	b.press("ArrowDown")
	b.press("Enter")
	if got := b.eval(`document.querySelector('#detail h2').textContent + document.activeElement.id`); !strings.Contains(got.(string), "Capture payment") || !strings.HasSuffix(got.(string), "detail") {
		t.Errorf("arrow and Enter lead to %q, want the details of Capture payment", got)
	}
	b.eval(`document.getElementById('list').focus()`)
	b.press("ArrowDown")
	detail = b.eval(`document.getElementById('detail').innerText`).(string)
	for _, want := range []string{"12345678901234567890", "token arrived", "access_token", "removed", `"******"`} {
		if !strings.Contains(detail, want) {
			t.Errorf("the details of a passed request lack %q:\n%s", want, detail)
		}
	}
	b.eval(`document.querySelector('[data-view=variables]').click()`)
	if got := b.eval(`document.getElementById('variables').innerText`).(string); !strings.Contains(got, "token") {
		t.Errorf("the variables are %q", got)
	}
}

func TestIterationsAreATable(t *testing.T) {
	b := openBrowser(t)
	b.open(writePage(t, report.Config{}, shopRun(7)), "#view=iterations")
	if got, want := b.eval(`document.querySelectorAll('#iterations .line:not(.head)').length`), 7.0; got != want {
		t.Errorf("the table has %v rows, want %v", got, want)
	}
	if got := b.eval(`document.querySelectorAll('#iterations .line')[2].innerText`).(string); !strings.Contains(got, "SE") || !strings.Contains(got, "✓✖✖–") {
		t.Errorf("the second iteration is %q", got)
	}
	b.eval(`document.querySelectorAll('#iterations .line button')[1].click()`)
	if got, want := b.eval(`document.getElementById('count').textContent`), "4 of 28 requests"; got != want {
		t.Errorf("the iteration's requests are %q, want %q", got, want)
	}
}

// What WCAG asks that can be counted: contrast of every text, a name for every control, one main landmark.
func TestThePageCanBeReadByAll(t *testing.T) {
	b := openBrowser(t)
	path := writePage(t, report.Config{}, shopRun(3))
	for _, theme := range []string{"light", "dark"} {
		for _, view := range []string{"requests", "iterations", "variables"} {
			b.open(path, "#theme="+theme+"&view="+view)
			b.until(`document.getElementById('detail').childElementCount > 0`)
			if got := b.eval(contrastScript); got != "" {
				t.Errorf("%s, %s: texts of too little contrast:\n%v", theme, view, got)
			}
			if got := b.eval(namesScript); got != "" {
				t.Errorf("%s: controls without a name: %v", view, got)
			}
		}
	}
	if got := b.eval(`['main','header','nav','[role=search]','h1'].filter((s) => document.querySelectorAll(s).length !== 1).join()`); got != "" {
		t.Errorf("not exactly one of %v", got)
	}
	if got := b.eval(`document.documentElement.lang + document.getElementById('count').getAttribute('aria-live')`); got != "enpolite" {
		t.Errorf("language and live region are %v", got)
	}
}

// On a telephone nothing stands beside the screen, whatever is looked at.
func TestThePageFitsANarrowScreen(t *testing.T) {
	b := openBrowser(t)
	path := writePage(t, report.Config{}, shopRun(3))
	for _, width := range []int{320, 400, 861} {
		b.call("Emulation.setDeviceMetricsOverride", map[string]any{"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": false})
		for _, view := range []string{"requests", "iterations", "variables"} {
			b.open(path, "#view="+view)
			b.until(`document.getElementById('detail').childElementCount > 0`)
			if got := b.eval(`document.documentElement.scrollWidth - document.documentElement.clientWidth`); got != 0.0 {
				t.Errorf("%s on %d pixels is %v too wide", view, width, got)
			}
		}
	}
}

const contrastScript = `(() => {
  const rgb = (c) => c.match(/[\d.]+/g).map(Number);
  const light = ([r, g, b]) => { const f = (v) => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; return 0.2126 * f(r) + 0.7152 * f(g) + 0.0722 * f(b); };
  const behind = (e) => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] > 0) return c; } return [255, 255, 255]; };
  const bad = new Set();
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let n; (n = walk.nextNode());) {
    const e = n.parentElement;
    if (!n.data.trim() || !e.checkVisibility() || /SCRIPT|NOSCRIPT/.test(e.tagName)) continue;
    const [a, b] = [light(rgb(getComputedStyle(e).color)), light(behind(e))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) bad.add(ratio.toFixed(2) + ' ' + e.className + ' ' + n.data.trim().slice(0, 40));
  }
  return [...bad].join('\n');
})()`

const namesScript = `[...document.querySelectorAll('button, input, select, summary, [tabindex="0"], [role=option]')].filter((e) => e.checkVisibility() && !(e.textContent.trim() || e.getAttribute('aria-label') || (e.labels && [...e.labels].some((l) => l.textContent.trim())))).map((e) => e.outerHTML.slice(0, 80)).join('\n')`

// bigRun is a run of n requests, where one in fifty fails, with headers and bodies of ordinary size.
func bigRun(n int) []event.Event {
	t := eventtest.New("Ten thousand", 1, n)
	body := `{"items":[` + strings.TrimSuffix(strings.Repeat(`{"reference":"acme-shop-order123abc","amount":{"currency":"NOK","value":49900},"state":"AUTHORIZED"},`, 20), ",") + `]}`
	t.Iteration(0, "", func() {
		for i := range n {
			check := t.Pass("Status is 201")
			if i%50 == 49 {
				check = t.Fail("Status is 201", eventtest.WrongStatus())
			}
			t.Request(fmt.Sprintf("Payment %d", i), []string{fmt.Sprintf("Folder %d", i/100)}, t.Answer(event.FromCollection, 201, "Created", body), t.Script("test", nil, check, t.Pass("has items")))
			t.Now = t.Now.Add(-time.Duration(40+10*t.Steps) * time.Millisecond)
		}
	})
	return t.Finish("", "")
}

func TestTenThousandRequestsOpenAndAreSearchedAtOnce(t *testing.T) {
	b := openBrowser(t)
	path := writePage(t, report.Config{}, bigRun(10_000))
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	// What else runs on the machine only ever adds time, so the best of three pages counts, each opened again: what is
	// done once a page, such as the first search's preparations, is in every one.
	first, searched, filtered := math.Inf(1), math.Inf(1), math.Inf(1)
	for range 3 {
		paint, slowest, filter := measure(b, path)
		t.Logf("%d MB, first paint %.0f ms, slowest search %.0f ms, filter %.0f ms", info.Size()>>20, paint, slowest, filter)
		first, searched, filtered = min(first, paint), min(searched, slowest), min(filtered, filter)
		if first <= 1000 && searched <= 100 && filtered <= 100 {
			break
		}
	}
	// The bounds are no targets (docs/reports.md has figures): they tell a page that is slow by its making from a busy machine.
	if first > 10_000 {
		t.Errorf("the first paint took %.0f ms, want under 10,000", first)
	}
	if searched > 2000 || filtered > 2000 {
		t.Errorf("the slowest search took %.0f ms and the filter %.0f ms, want under 2,000", searched, filtered)
	}
	if got, want := b.eval(`document.getElementById('count').textContent`), "200 of 10,000 requests"; got != want {
		t.Errorf("the failures are %q, want %q", got, want)
	}
	if got := b.eval(`document.querySelectorAll('#list .row').length`).(float64); got > 100 {
		t.Errorf("the list holds %v rows, want only those in sight", got)
	}
}

// measure opens a page and returns in milliseconds when it was first painted, how long the slowest of several searches
// took until the list was painted, and how long the filter took.
func measure(b *browser, path string) (paint, slowest, filter float64) {
	b.t.Helper()
	const painted = `requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)))`
	number := func(expression string) float64 {
		n, ok := b.eval(expression).(float64)
		if !ok {
			b.t.Fatalf("%s is no number", expression)
		}
		return n
	}
	b.open(path, "")
	paint = number(`new Promise((done) => { const seen = () => { const p = performance.getEntriesByName('first-contentful-paint')[0]; p ? done(p.startTime) : setTimeout(seen, 20); }; seen(); })`)
	for _, text := range []string{"p", "payment 99", "folder 42", "expected 401 to equal", "nothing like it", ""} {
		slowest = max(slowest, number(fmt.Sprintf(`new Promise((done) => { const q = document.getElementById('query'); q.value = %q; const start = performance.now(); q.dispatchEvent(new Event('input')); %s; })`, text, painted)))
	}
	filter = number(`new Promise((done) => { const start = performance.now(); document.querySelector('input[value=failed]').click(); ` + painted + `; })`)
	return paint, slowest, filter
}

func TestThePageKeepsWhatABrowserCanOpen(t *testing.T) {
	var out bytes.Buffer
	cfg := report.Config{Options: map[string]string{"sizeLimit": "200000", "title": "Nightly"}}
	if err := replay(t, variant{reporter: "html", cfg: cfg}, bigRun(300), &out); err != nil {
		t.Fatal(err)
	}
	page := out.String()
	if out.Len() > 400_000 {
		t.Errorf("the page has %d bytes, want about the 200 kB of its limit and its own parts", out.Len())
	}
	if !strings.Contains(page, "Without details: ") || !strings.Contains(page, `"title":"Nightly"`) {
		t.Error("the page does not say what it left out, or lacks its title")
	}
	failures := 0
	for _, row := range pageRows(t, page) {
		if row.Verdict == shownFailed {
			failures++
			if row.Chunk == 0 {
				t.Errorf("the failure %s has no details", row.Name)
			}
		}
	}
	if failures != 6 {
		t.Errorf("the page has %d failures, want 6", failures)
	}
}

// A shownRow is what the page's script reads of a row of its list.
type shownRow struct {
	Name    string `json:"n"`
	Verdict int    `json:"v"`
	Chunk   int    `json:"k"`
}

// shownFailed is the verdict of a row that failed.
const shownFailed = 1

func pageRows(t *testing.T, page string) []shownRow {
	t.Helper()
	_, rest, _ := strings.Cut(page, `id="rows">`)
	text, _, _ := strings.Cut(rest, "</script>")
	var rows []shownRow
	if err := json.Unmarshal([]byte(text), &rows); err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestThePageNeedsNothingElse(t *testing.T) {
	var out bytes.Buffer
	if err := replay(t, variant{reporter: "html"}, bigRun(1), &out); err != nil {
		t.Fatal(err)
	}
	for _, reach := range []string{"<link", "<img", " src=", "@import", " url(", ":url(", "fetch(", "XMLHttpRequest", "import("} {
		if strings.Contains(out.String(), reach) {
			t.Errorf("the page reaches out with %q", reach)
		}
	}
	if strings.Count(out.String(), "<script>") != 1 {
		t.Errorf("the page has %d scripts, want its own only", strings.Count(out.String(), "<script>"))
	}
}

func TestABadOptionOfThePageIsRefused(t *testing.T) {
	_, err := html.Spec().New(report.Config{Options: map[string]string{"sizeLimit": "10MB"}})
	if want := `--reporter-html-size-limit: "10MB" is no number of bytes`; err == nil || err.Error() != want {
		t.Errorf("New gives error %v, want %s", err, want)
	}
}

func TestHtmlextraIsHTML(t *testing.T) {
	if spec, ok := Find("htmlextra"); !ok || spec.Name != "html" {
		t.Errorf("Find(htmlextra) = %q, %v", spec.Name, ok)
	}
}
