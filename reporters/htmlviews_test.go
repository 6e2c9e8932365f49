package reporters

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"posthaste/reporters/report"
	"posthaste/runner/event"
	"posthaste/runner/event/eventtest"
)

// pageViews are the views of the page.
func pageViews() []string {
	return []string{"requests", "causes", "folders", "timeline", "iterations", "variables"}
}

// pageSizes are a telephone, a tablet and a desk.
func pageSizes() [][2]int { return [][2]int{{390, 844}, {820, 1180}, {1440, 900}} }

func (b *browser) size(width, height int) {
	b.call("Emulation.setDeviceMetricsOverride", map[string]any{"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false})
}

// axe-core is asked where AXE_CORE names its script, such as node_modules/axe-core/axe.min.js.
func TestAxeFindsNothingInThePageAtThreeSizes(t *testing.T) {
	file := os.Getenv("AXE_CORE")
	if file == "" {
		if os.Getenv("REQUIRE_AXE") == "1" {
			t.Fatal("axe: AXE_CORE names no script, and REQUIRE_AXE=1")
		}
		t.Skip("skipped: axe: AXE_CORE does not name axe-core's script")
	}
	axe, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	b := openBrowser(t)
	path := writePage(t, report.Config{}, shopRun(3))
	for _, size := range pageSizes() {
		b.size(size[0], size[1])
		for _, theme := range []string{"light", "dark"} {
			for _, view := range pageViews() {
				b.open(path, "#theme="+theme+"&view="+view)
				b.until(`document.getElementById('detail').childElementCount > 0`)
				b.eval(string(axe) + "; 1")
				found := b.eval(`axe.run(document, {resultTypes: ['violations']}).then((r) => r.violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.html.slice(0, 120) + ' ' + (n.any[0] || n.all[0] || n.none[0] || {}).message).slice(0, 3).join(' | ')).join('\n'))`)
				if found != "" {
					t.Errorf("%d pixels, %s, %s:\n%v", size[0], theme, view, found)
				}
			}
		}
	}
}

func (b *browser) found() string {
	b.t.Helper()
	return fmt.Sprint(b.eval(`document.getElementById('count').textContent`))
}

func (b *browser) search(text string) {
	b.t.Helper()
	b.eval(fmt.Sprintf(`(() => { const q = document.getElementById('query'); q.value = %q; q.dispatchEvent(new Event('input')); })()`, text))
}

func TestSearchFindsWordsAndFields(t *testing.T) {
	b := openBrowser(t)
	b.open(writePage(t, report.Config{}, shopRun(1)), "")
	for query, want := range map[string]string{
		"payment failed":                 "2 of 4 requests", // the verdict is a word as any
		"status:401":                     "1 of 4 requests",
		"status:4xx":                     "1 of 4 requests",
		"status:>=400":                   "1 of 4 requests",
		"status:2":                       "1 of 4 requests",
		"method:post folder:epayment":    "3 of 4 requests",
		"name:payment folder:epayment":   "2 of 4 requests",
		`"create payment"`:               "1 of 4 requests",
		`name:"create payment"`:          "1 of 4 requests",
		"is:skipped":                     "1 of 4 requests",
		"is:failed status:401":           "1 of 4 requests",
		"test:token":                     "1 of 4 requests",
		"message:econnrefused":           "1 of 4 requests",
		"https://apitest.vipps.no":       "3 of 4 requests", // a word with a colon that names no field
		"time:>100000":                   "0 of 4 requests",
		"constructor:x":                  "0 of 4 requests",
		"":                               "4 requests",
		`"`:                              "4 requests",
		"iteration:1":                    "4 requests",
		"iteration:2":                    "0 of 4 requests",
		"cause:1":                        "1 of 4 requests",
		"is:cause":                       "2 of 4 requests",
		"nothing:at folder:epayment all": "0 of 4 requests",
	} {
		b.search(query)
		if got := b.found(); got != want {
			t.Errorf("%q finds %s, want %s", query, got, want)
		}
	}
}

// The figures of the page agree: title, head, filter, list, folders.
func TestTheFiguresOfThePageAgree(t *testing.T) {
	b := openBrowser(t)
	b.open(writePage(t, report.Config{}, shopRun(3)), "")
	sum := func(name string) string {
		return fmt.Sprint(b.eval(fmt.Sprintf(`[...document.querySelectorAll('#sums div')].filter((e) => e.querySelector('dt').textContent === %q).map((e) => e.querySelector('dd').textContent).join()`, name)))
	}
	if got, want := b.eval(`document.title`).(string), "12 requests, 9 failures"; !strings.HasSuffix(got, want) {
		t.Errorf("the title is %q, want it to end with %q", got, want)
	}
	for name, want := range map[string]string{"requests": "12", "failed requests": "6", "failures": "9", "of them assertions": "3", "without an answer": "3", "script errors": "3"} {
		if got := sum(name); got != want {
			t.Errorf("the head says %q for %s, want %s", got, name, want)
		}
	}
	filters := b.eval(`[...document.querySelectorAll('#filters label')].map((e) => e.textContent).join()`)
	if want := "All 12,Failed 6,Skipped 3,Passed 3"; filters != want {
		t.Errorf("the filters say %v, want %s", filters, want)
	}
	b.eval(`document.querySelector('[data-view=folders]').click()`)
	tree := strings.Join(strings.Fields(b.eval(`document.getElementById('folders').innerText`).(string)), " ")
	for _, want := range []string{"✓ 3", "✖ 6", "– 3", "failed in 3 of 3: iterations 1, 2, 3"} {
		if !strings.Contains(tree, want) {
			t.Errorf("the folders lack %q:\n%s", want, tree)
		}
	}
	b.eval(`[...document.querySelectorAll('.leaf button')].find((e) => e.textContent.startsWith('Capture')).click()`)
	if got := b.found(); got != "3 of 12 requests" {
		t.Errorf("a request of the folders leads to %s, want its 3 executions", got)
	}
}

func TestCausesTimelineAndNextFailure(t *testing.T) {
	b := openBrowser(t)
	b.open(writePage(t, report.Config{}, shopRun(1)), "")
	chosen := func() string {
		return strings.TrimSpace(fmt.Sprint(b.eval(`document.querySelector('#detail h2').textContent`)))
	}
	b.until(`document.getElementById('detail').childElementCount > 0`)
	first := chosen()
	b.eval(`document.getElementById('next').click()`)
	second := chosen()
	b.eval(`document.getElementById('next').click()`)
	if third := chosen(); !strings.Contains(first, "Create payment") || !strings.Contains(second, "Capture payment") || third != first {
		t.Errorf("next failure goes from %q to %q to %q, want from the first to the second and back", first, second, third)
	}
	if detail := b.eval(`document.getElementById('detail').innerText`).(string); !strings.Contains(detail, "Cause 1: ") {
		t.Errorf("the details do not say what cause this is:\n%s", detail)
	}
	b.eval(`document.querySelector('[data-view=causes]').click()`)
	if got := b.eval(`document.querySelectorAll('.causes > li').length`); got != 2.0 {
		t.Errorf("%v causes are shown, want 2", got)
	}
	b.eval(`document.querySelector('.causes button').click()`)
	if got := b.found(); got != "1 of 4 requests" {
		t.Errorf("a cause leads to %s, want its request", got)
	}
	b.eval(`document.querySelector('[data-view=timeline]').click()`)
	bars := b.eval(`[...document.querySelectorAll('#timeline .track i')].map((e) => parseFloat(e.style.left)).every((v, i, all) => v >= 0 && v <= 100 && (i === 0 || v >= all[i - 1])) && document.querySelectorAll('#timeline .track i').length`)
	if bars != 4.0 {
		t.Errorf("the timeline has %v bars in order, want 4", bars)
	}
	b.eval(`document.querySelectorAll('#timeline .line button')[0].click()`)
	b.until(`!document.getElementById('requests').hidden && document.querySelector('#detail h2').textContent.includes('Get token')`)
}

// On a telephone a tap on a row brings its details into sight, and a button leads back.
func TestATapOnATelephoneShowsTheDetails(t *testing.T) {
	b := openBrowser(t)
	b.size(390, 844)
	b.open(writePage(t, report.Config{}, shopRun(1)), "")
	b.until(`document.getElementById('detail').childElementCount > 0`)
	b.eval(`document.querySelectorAll('#list .row')[2].click()`)
	b.until(`Math.abs(document.getElementById('detail').getBoundingClientRect().top) < 40`)
	if got := b.eval(`document.querySelector('.back').checkVisibility()`); got != true {
		t.Fatal("there is no way back to the list")
	}
	b.eval(`document.querySelector('.back').click()`)
	b.until(`document.getElementById('list').getBoundingClientRect().top < 800 && document.getElementById('list').getBoundingClientRect().bottom > 0`)
}

// What is printed has every request and the details of those that failed, and nothing of it is cut off.
func TestWhatIsPrintedHasTheFailures(t *testing.T) {
	b := openBrowser(t)
	b.open(writePage(t, report.Config{}, shopRun(2)), "")
	b.call("Emulation.setEmulatedMedia", map[string]any{"media": "print"})
	b.eval(`dispatchEvent(new Event('beforeprint'))`)
	text := b.eval(`document.body.innerText`).(string)
	for _, want := range []string{"Get token", "Refund", "Status is 201", "Cannot read properties", "POST /epayment/v1/payments?ref=a-1&x HTTP/1.1", "window.broken=1"} {
		if !strings.Contains(text, want) {
			t.Errorf("what is printed lacks %q", want)
		}
	}
	if got := b.eval(`document.querySelectorAll('#print section').length`); got != 4.0 {
		t.Errorf("%v failures are printed with details, want 4", got)
	}
	if got := b.eval(`[...document.querySelectorAll('#print pre')].filter((e) => e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1).length`); got != 0.0 {
		t.Errorf("%v texts are cut off on paper", got)
	}
	pdf := b.call("Page.printToPDF", map[string]any{})
	if data, err := base64.StdEncoding.DecodeString(fmt.Sprint(pdf["data"])); err != nil || len(data) < 10_000 {
		t.Errorf("the PDF has %d bytes (%v)", len(data), err)
	}
	b.call("Emulation.setEmulatedMedia", map[string]any{"media": ""})
	b.eval(`dispatchEvent(new Event('afterprint'))`)
	if got := b.eval(`document.getElementById('print').childElementCount`); got != 0.0 {
		t.Errorf("%v elements stay behind after printing", got)
	}
}

func TestComparisonWithAnEarlierRun(t *testing.T) {
	earlier := runOf(map[string]bool{"stays": false, "breaks": false, "recovers": true, "leaves": false})
	now := runOf(map[string]bool{"stays": false, "breaks": true, "recovers": false, "comes": false})
	cfg := report.Config{Options: map[string]string{"compare": "earlier.ndjson"}, Recording: func(_ string, sink func(event.Masked) error) error {
		for _, e := range earlier {
			if err := sink(event.Recorded(e)); err != nil {
				return err
			}
		}
		return nil
	}}
	b := openBrowser(t)
	b.open(writePage(t, cfg, now), "")
	text := strings.Join(strings.Fields(b.eval(`document.getElementById('compared').textContent`).(string)), " ")
	if want := "Compared with earlier.ndjson: 1 newly failed 1 fixed 1 new 1 request no longer thereleaves"; text != want {
		t.Errorf("the page says %q, want %q", text, want)
	}
	for change, want := range map[string]string{"broken": "breaks", "fixed": "recovers", "new": "comes"} {
		b.search("change:" + change)
		if got := b.eval(`[...document.querySelectorAll('#list .row .n')].map((e) => e.textContent.split(' ')[0]).join()`); got != want {
			t.Errorf("change:%s finds %v, want %s", change, got, want)
		}
	}
}

func TestAComparisonThatCannotBeReadIsAnError(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	cfg := report.Config{Options: map[string]string{"compare": "gone.ndjson"}, Recording: func(string, func(event.Masked) error) error { return errors.New("no such file") }}
	err := replay(t, variant{reporter: "html", cfg: cfg}, shopRun(1), &out)
	if err == nil || !strings.Contains(err.Error(), "--reporter-html-compare: no such file") {
		t.Errorf("the error is %v", err)
	}
}

// Pictures of every view at three sizes, for somebody to look at: PICTURES names the directory.
func TestPicturesOfThePage(t *testing.T) {
	dir := os.Getenv("PICTURES")
	if dir == "" {
		t.Skip("skipped: pictures: PICTURES names no directory")
	}
	b := openBrowser(t)
	path := writePage(t, report.Config{}, shopRun(3))
	for _, size := range pageSizes() {
		b.size(size[0], size[1])
		for _, view := range pageViews() {
			b.open(path, "#theme=light&view="+view)
			b.until(`document.getElementById('detail').childElementCount > 0`)
			picture := b.call("Page.captureScreenshot", map[string]any{"format": "png"})
			data, err := base64.StdEncoding.DecodeString(fmt.Sprint(picture["data"]))
			if err == nil {
				err = os.WriteFile(filepath.Join(dir, fmt.Sprintf("%s-%d.png", view, size[0])), data, 0o644)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
}

// runOf is a run of requests that fail or do not, in the order of their names.
func runOf(failed map[string]bool) []event.Event {
	t := eventtest.New("Compared", 1, len(failed))
	t.Iteration(0, "", func() {
		for _, name := range slices.Sorted(maps.Keys(failed)) {
			does := t.Pass("is fine")
			if failed[name] {
				does = t.Fail("is fine", eventtest.WrongStatus())
			}
			t.Request(name, nil, t.Answer(event.FromCollection, 200, "OK", "{}"), t.Script("test", nil, does))
		}
	})
	return t.Finish("", "")
}
