package verify_test

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"os"
	"strings"
	"testing"
	"testing/iotest"

	"posthaste/internal/secret/secrettest"
	"posthaste/internal/verify"
)

func open(data []byte) verify.Open {
	return func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil }
}

// reports writes a text as a value of a report of each format, among others.
func reports(text string) map[string][]byte {
	quoted := func(v any) []byte {
		data, err := json.Marshal(v)
		if err != nil {
			panic(err)
		}
		return data
	}
	var x, c bytes.Buffer
	if err := xml.EscapeText(&x, []byte(text)); err != nil {
		panic(err)
	}
	w := csv.NewWriter(&c)
	if err := w.WriteAll([][]string{{"id", "body"}, {"1", text}}); err != nil {
		panic(err)
	}
	body := make([]int, len(text))
	for i := range len(text) {
		body[i] = int(text[i])
	}
	return map[string][]byte{
		"a.json":      quoted(map[string]any{"name": "x", "run": map[string]any{"list": []string{"a", "see " + text + "."}}}),
		"bytes.json":  quoted(map[string]any{"stream": map[string]any{"type": "Buffer", "data": body}}),
		"b.ndjson":    append(append(quoted(map[string]any{"event": "x"}), '\n'), quoted(map[string]any{"event": "y", "body": text})...),
		"c.xml":       []byte(`<testsuites><testcase name="n"><failure message="m">say ` + x.String() + ` now</failure></testcase></testsuites>`),
		"attr.xml":    []byte(`<testsuites><testcase name="a ` + x.String() + `"/></testsuites>`),
		"d.csv":       c.Bytes(),
		"e.html":      []byte("<html><body><pre>a " + html.EscapeString(text) + " b</pre></body></html>"),
		"script.html": []byte("<script type=\"application/json\">[" + string(quoted(text)) + "]</script>"),
		"f.md":        []byte("# Report\n\n    " + text + "\n"),
	}
}

// A page's own code and styles, and the words of a recording, are not what a run told.
func TestTheSyntaxOfAReportIsNoFinding(t *testing.T) {
	t.Parallel()
	page := `<html data-v="x"><style>nav { position: relative }</style><script type="application/json">["seen"]</script><script>let attempt = 0</script></html>`
	for _, test := range []struct{ name, report, secret, found string }{
		{"a word of a script", page, "attempt", ""},
		{"a word of a style", page, "position: relative", ""},
		{"the type of the data", page, "application/json", ""},
		{"the data itself", strings.Replace(page, "seen", "attempt", 1), "attempt", "it"},
		{"a text of the page", strings.Replace(page, "<script>", "<p>attempt</p><script>", 1), "attempt", "it"},
		{"a link", strings.Replace(page, "<script>", `<a href="/?attempt">x</a><script>`, 1), "attempt", "it"},
		{"a comment", strings.Replace(page, "<script>", `<!-- attempt --><script>`, 1), "attempt", "it"},
		{"data that are cut off", `<script type="application/json">["attempt`, "attempt", "it"},
	} {
		l := verify.NewLedger(nil)
		l.Learn("it", test.secret)
		if found, err := l.Report("page.html", open([]byte(test.report))); err != nil || found != test.found {
			t.Errorf("%s: found %q, %v, want %q", test.name, found, err, test.found)
		}
	}
}

// Fifty secrets in fifty forms, each in a report of each format. What the format itself cannot hold is left out.
func TestFiftySecretsInAsManyFormsAreFound(t *testing.T) {
	t.Parallel()
	r := secrettest.Random(7)
	encoders := secrettest.Encoders()
	planted, missed := 0, 0
	for n := range 60 {
		value := secrettest.Values()[n%len(secrettest.Values())]
		name := fmt.Sprintf("secret %d", n)
		l := verify.NewLedger(nil)
		l.Learn("another", "some-other-secret")
		l.Learn(name, value)
		text, chain := value, ""
		for depth := range 1 + n/len(encoders) + n%2 {
			e := encoders[(n+7*depth)%len(encoders)]
			if len(text) > 2000 && e.Wide || !e.Takes(text) {
				continue
			}
			text, chain = e.To(r, text), chain+", "+e.Name
		}
		for report, data := range reports(text) {
			if bytes.Contains(data, []byte("\ufffd")) || bytes.Contains(data, []byte(`\ufffd`)) {
				continue // the format cannot hold it
			}
			planted++
			if found, err := l.Report(report, open(data)); err != nil || found != name {
				missed++
				t.Errorf("%q%s in %s: found %q, %v\n%.200q", value, chain, report, found, err, data)
			}
		}
	}
	t.Logf("%d planted, %d missed", planted, missed)
	if planted < 300 {
		t.Errorf("only %d were planted", planted)
	}
}

func TestNestedEncodingsAreFound(t *testing.T) {
	t.Parallel()
	r := secrettest.Random(8)
	encoders, failed := secrettest.Encoders(), 0
	const rounds = 1500
	for range rounds {
		value := secrettest.Values()[r.IntN(len(secrettest.Values()))]
		l := verify.NewLedger(nil)
		l.Learn("it", value)
		text, chain := value, ""
		for range 1 + r.IntN(3) {
			e := encoders[r.IntN(len(encoders))]
			if len(text) > 1000 && e.Wide || !e.Takes(text) {
				continue
			}
			text, chain = e.To(r, text), chain+", "+e.Name
		}
		if found := l.Text("see " + text + " end"); found != "it" {
			if failed++; failed < 10 {
				t.Errorf("%q%s is not found: %.200q", value, chain, text)
			}
		}
	}
	if failed > 0 {
		t.Errorf("%d of %d are not found", failed, rounds)
	}
}

func TestNothingIsFoundWhereNothingIs(t *testing.T) {
	t.Parallel()
	l := verify.NewLedger(nil)
	for _, value := range append(secrettest.Values(), "1234", "assertion", "failure", "testcase") {
		l.Learn("a secret", value)
	}
	text := "****** Bearer ****** assertion failure 1234 fb492b5e-7907-4d83-ba20-c7fb60ca35d [42,42,42,42,42,42] dXNlcj******== testcase"
	for report, data := range reports(text) {
		if found, err := l.Report(report, open(data)); err != nil || found != "" {
			t.Errorf("in %s: found %q, %v", report, found, err)
		}
	}
}

func TestSecretsAcrossTheBordersOfWindowsAreFound(t *testing.T) {
	t.Parallel()
	const window = 1 << 20
	l := verify.NewLedger(nil)
	l.Learn("it", "s3cr3t/Value+that&nobody<sees>")
	for _, before := range []int{0, window - 10, window, 2*window - 64<<10 - 5, 3 * window} {
		text := strings.Repeat("x ", before/2) + "s3cr3t/Value+that&nobody<sees>" + strings.Repeat(" y", 1000)
		if found, err := l.Report("a.txt", open([]byte(text))); err != nil || found != "it" {
			t.Errorf("behind %d bytes: %q, %v", before, found, err)
		}
	}
}

func TestManySecretsGoToAFile(t *testing.T) {
	t.Parallel()
	files := 0
	l := verify.NewLedger(func() (verify.File, error) {
		files++
		return os.CreateTemp(t.TempDir(), "ledger")
	})
	const secrets = 200_000
	value := func(i int) string { return fmt.Sprintf("token-%d-%d", i*7919, i) }
	for i := range secrets {
		l.Learn("token", value(i))
	}
	if files != 1 {
		t.Errorf("%d files were made", files)
	}
	for _, i := range []int{0, 1, 131071, 131072, 150_000, secrets - 1} {
		if found, err := l.Report("a.txt", open([]byte("see "+value(i)+"."))); err != nil || found != "token" {
			t.Errorf("secret %d: %q, %v", i, found, err)
		}
	}
	if found, err := l.Report("a.txt", open([]byte("see "+value(secrets)+"."))); err != nil || found != "" {
		t.Errorf("what is no secret: %q, %v", found, err)
	}
}

func TestReportsAreReadThroughGzip(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := io.WriteString(w, `{"a":"p\u0040ss word!1234"}`); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	l := verify.NewLedger(nil)
	l.Learn("it", "p@ss word!1234")
	if found, err := l.Report("a.json.gz", open(b.Bytes())); err != nil || found != "it" {
		t.Errorf("found %q, %v", found, err)
	}
}

func TestErrorsOfReadingAreReturned(t *testing.T) {
	t.Parallel()
	bad := errors.New("disk on fire")
	l := verify.NewLedger(nil)
	for _, name := range []string{"a.txt", "a.json", "a.xml", "a.csv"} {
		_, err := l.Report(name, func() (io.ReadCloser, error) { return io.NopCloser(iotest.ErrReader(bad)), nil })
		if !errors.Is(err, bad) {
			t.Errorf("%s: error %v, want %v", name, err, bad)
		}
	}
}
