package cli

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"posthaste/internal/cli/process"
)

// zeros answers with so many bytes of JSON text: with a length, without one, or packed.
func zeros(t *testing.T) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n, err := strconv.ParseInt(r.URL.Query().Get("n"), 10, 64)
		if err != nil {
			t.Error(err)
		}
		var out io.Writer = w
		switch r.URL.Path {
		case "/length":
			w.Header().Set("Content-Length", strconv.FormatInt(n, 10))
		case "/packed":
			w.Header().Set("Content-Encoding", "gzip")
			zip := gzip.NewWriter(w)
			defer zip.Close()
			out = zip
		}
		chunk := strings.Repeat("0", 1<<20)
		for ; n > 0; n -= int64(len(chunk)) {
			if _, err := io.WriteString(out, chunk[:min(n, int64(len(chunk)))]); err != nil {
				return // the client has had enough
			}
		}
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func TestAnAnswerMayBeLargeWithinALimit(t *testing.T) {
	base := zeros(t)
	dir := t.TempDir()
	write(t, dir, map[string]string{"c.json": `{"info":{"name":"c"},"item":[{"name":"r","request":"{{base}}/{{path}}?n={{n}}","event":[{"listen":"test","script":{"exec":"pm.test('all', () => pm.expect(pm.response.responseSize).to.equal(+pm.environment.get('n')))"}}]}]}`})
	run := func(path, n string, args ...string) (int, string) {
		code, out, _ := runIn(t, dir, append([]string{"run", "c.json", "--env-var", "base=" + base, "--env-var", "path=" + path, "--env-var", "n=" + n}, args...)...)
		return code, out
	}
	for _, path := range []string{"length", "chunked", "packed"} {
		if code, out := run(path, "4000000", "--max-response-size", "4.1MB"); code != process.ExitPassed && path != "packed" { // there the size is that of the wire
			t.Errorf("%s: 4 of 4.1 MB: exit code %d:\n%s", path, code, out)
		}
		code, out := run(path, "4000000", "--max-response-size", "3.9MB")
		if code != process.ExitUnknown || !strings.Contains(out, "Maximum response size reached") || !strings.Contains(out, "--max-response-size") {
			t.Errorf("%s: 4 of 3.9 MB: exit code %d:\n%s", path, code, out)
		}
	}
	if code, out := run("length", "1000000001"); code != process.ExitUnknown || !strings.Contains(out, "Maximum response size reached") {
		t.Errorf("without the option 1 GB is the limit, and the exit code was %d:\n%s", code, out)
	}
	if code, _, errs := runIn(t, dir, "run", "c.json", "--max-response-size", "much"); code != process.ExitUsage || !strings.Contains(errs, "such as 300MB") {
		t.Errorf("exit code %d: %s", code, errs)
	}
}
