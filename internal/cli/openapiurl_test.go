package cli

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"posthaste/internal/cli/input"
	"posthaste/internal/cli/process"
)

// specServer serves a small API and its file, and other things than files.
func specServer(t *testing.T) string {
	t.Helper()
	mux := http.NewServeMux()
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	api := func(ref string) string {
		return fmt.Sprintf(`openapi: 3.0.3
info: {title: Shop, version: "1"}
servers: [{url: "https://shop.example.com"}]
paths:
  /items/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get: {responses: {"200": {description: ok, content: {application/json: {schema: {$ref: %q}}}}}}
`, ref)
	}
	text := func(path, kind, body string) {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", kind)
			_, _ = w.Write([]byte(body))
		})
	}
	text("/items/7", "application/json", `{"id": "7"}`)
	text("/shop/api.yaml", "application/yaml", api("parts.yaml#/Item"))
	text("/shop/parts.yaml", "application/yaml", "Item: {type: object, properties: {id: {type: integer}}}\n")
	text("/html", "text/html", "<!DOCTYPE html><html><body>Log in</body></html>")
	text("/huge", "application/yaml", strings.Repeat("# nothing of worth\n", 4_000_000))
	mux.HandleFunc("/file", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", "file:///etc/passwd")
		w.WriteHeader(http.StatusFound)
	})
	mux.HandleFunc("/loop", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/loop", http.StatusFound) })
	mux.HandleFunc("/moved", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/shop/api.yaml", http.StatusFound) })
	mux.HandleFunc("/slow", func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			_, _ = w.Write([]byte(" "))
			w.(http.Flusher).Flush()
			time.Sleep(10 * time.Millisecond)
		}
	})
	for _, name := range []string{"html", "file", "loop", "huge", "gone"} {
		text("/ref/"+name, "application/yaml", api("../"+name+"#/Item"))
	}
	return server.URL
}

// The file of an API may be a URL, and refer to others there. What is no such file ends the command, or, behind a reference, is warned of; nothing hangs or
// fills the memory.
func TestOpenAPIFilesFromTheNetwork(t *testing.T) {
	t.Parallel()
	base := specServer(t)
	const wrong = "/id: string where integer is asked"
	tests := map[string]struct {
		args    []string // HOST is the server
		file    string   // posthaste.yaml
		code    int
		out, is string // pieces of standard output and of standard error
	}{
		"a URL, with a reference on its host":          {[]string{"--openapi", "HOST/shop/api.yaml"}, "", 1, wrong, ""},
		"a redirect":                                   {[]string{"--openapi", "HOST/moved"}, "", 0, "openapi: 1 of 1", "HOST/moved:7:86: $ref \"parts.yaml#/Item\""},
		"with where it is served":                      {[]string{"--openapi", "HOST/shop/api.yaml=https://other.example.com"}, "", 0, "about none of", ""},
		"a page":                                       {[]string{"--openapi", "HOST/html"}, "", 2, "", "neither openapi nor swagger"},
		"nothing":                                      {[]string{"--openapi", "HOST/gone"}, "", 2, "", "HOST/gone: the URL answered 404 Not Found"},
		"a redirect to a local file":                   {[]string{"--openapi", "HOST/file"}, "", 2, "", "HOST/file: Invalid URI"},
		"redirects without end":                        {[]string{"--openapi", "HOST/loop"}, "", 2, "", "HOST/loop: stopped after 10 redirects"},
		"a huge file":                                  {[]string{"--openapi", "HOST/huge"}, "", 2, "", "HOST/huge: it has more than 64 MB"},
		"a reference to a page":                        {[]string{"--openapi", "HOST/ref/html"}, "", 0, "1 of 1", "$ref \"../html#/Item\": it leads nowhere; what it stands for is not checked"},
		"a reference to nothing":                       {[]string{"--openapi", "HOST/ref/gone"}, "", 0, "1 of 1", "HOST/gone: the URL answered 404 Not Found"},
		"a reference to a redirect to a local file":    {[]string{"--openapi", "HOST/ref/file"}, "", 0, "1 of 1", "HOST/file: Invalid URI"},
		"a reference to redirects without end":         {[]string{"--openapi", "HOST/ref/loop"}, "", 0, "1 of 1", "stopped after 10 redirects"},
		"a reference to a huge file":                   {[]string{"--openapi", "HOST/ref/huge"}, "", 0, "1 of 1", "it has more than 64 MB"},
		"a broken reference under strict":              {[]string{"--openapi", "HOST/ref/gone", "--openapi-strict"}, "", 2, "", "the URL answered 404 Not Found"},
		"a local file with a reference to a host":      {[]string{"--openapi", "remote.yaml"}, "", 0, "1 of 1", "references to other hosts are not followed without --openapi-remote; what it stands for is not checked"},
		"the same, allowed":                            {[]string{"--openapi", "remote.yaml", "--openapi-remote"}, "", 1, wrong, ""},
		"the same under strict":                        {[]string{"--openapi", "remote.yaml", "--openapi-strict"}, "", 2, "", "references to other hosts are not followed"},
		"posthaste.yaml":                               {nil, "openapi: [remote.yaml]\nopenapi-remote: true\n", 1, wrong, ""},
		"posthaste.yaml with one file, not in a list":  {nil, "openapi: HOST/shop/api.yaml\n", 1, wrong, ""},
		"posthaste.yaml with a file that is not there": {nil, "openapi: [missing.yaml]\n", 2, "", "missing.yaml: no such file"},
		"posthaste.yaml with something else":           {nil, "openapi: {file: x}\n", 2, "", "openapi: it takes text"},
		"the command line goes before posthaste.yaml":  {[]string{"--openapi", "HOST/shop/api.yaml"}, "openapi: [missing.yaml]\n", 1, wrong, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			host := strings.NewReplacer("HOST", base)
			write(t, dir, map[string]string{
				"c.json":      `{"info": {"name": "c"}, "item": [{"name": "get", "request": "https://shop.example.com/items/7"}]}`,
				"remote.yaml": strings.ReplaceAll("openapi: 3.1.0\ninfo: {title: Shop, version: '1'}\nservers: [{url: https://shop.example.com}]\npaths:\n  /items/{id}:\n    get: {responses: {'200': {description: ok, content: {application/json: {schema: {$ref: 'HOST/shop/parts.yaml#/Item'}}}}}}\n", "HOST", base),
			})
			if tt.file != "" {
				write(t, dir, map[string]string{"posthaste.yaml": host.Replace(tt.file)})
			}
			args := []string{"run", "c.json", "--map", "https://shop.example.com=" + base}
			for _, a := range tt.args {
				args = append(args, host.Replace(a))
			}
			code, out, errs := runIn(t, dir, args...)
			if code != tt.code || !strings.Contains(out, tt.out) || !strings.Contains(errs, host.Replace(tt.is)) {
				t.Errorf("exit code %d, want %d\n%s\n%s", code, tt.code, out, errs)
			}
		})
	}
}

// A server that never ends is left after a time.
func TestAFileThatNeverEndsIsLeft(t *testing.T) {
	t.Parallel()
	base := specServer(t)
	in := &input.Reader{Process: &process.Process{Env: verifying}}
	_, _, err := in.ReadWithin(t.Context(), "OpenAPI file", base+"/slow", input.Bounds{Bytes: 1 << 20, Time: 100 * time.Millisecond})
	if err == nil || !strings.Contains(err.Error(), "it was not read within 100ms") {
		t.Errorf("got %v", err)
	}
}
