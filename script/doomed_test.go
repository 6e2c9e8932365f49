package script

import (
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// doomed are scripts that once ended the whole process, or hung it for good: they exhausted the stack of Go or its
// memory, which nothing can recover from. They run in a process of their own, so that one of them that does it
// again fails its test and not all tests.
func doomed() map[string]string {
	return map[string]string{
		"brackets":           "eval('('.repeat(1e6))",
		"signs":              "eval('!'.repeat(1e6) + '1')",
		"template tags":      "eval('a' + '`b`'.repeat(1e6))",
		"comparisons":        "eval('a<'.repeat(1e6) + 'a')",
		"in":                 "eval('a\\nin\\n'.repeat(1e6) + 'a')",
		"loops":              "eval('for(;;)\\n'.repeat(1e6) + 'a')",
		"do":                 "eval('do\\n'.repeat(1e6) + 'a')",
		"a pattern":          "new RegExp('('.repeat(1e6))",
		"JSON":               "JSON.parse('['.repeat(1e6))",
		"promises":           "Promise.all(Array(4e6))",
		"a huge buffer":      "new ArrayBuffer(8e9)",
		"many copies":        "Array(1000).fill('a'.repeat(1e6)).join('')",
		"shared objects":     "let o = {}; for (let i = 0; i < 60; i++) o = {a: o, b: o}; JSON.stringify(o)",
		"a long replacement": "'a'.repeat(1e6).replaceAll('a', 'b'.repeat(1e6))",
		"deep objects":       "let a = {}; for (let i = 0; i < 1e6; i++) a = {a}; structuredClone(a)",
		"deep maps":          "let m = new Map(); for (let i = 0; i < 1e5; i++) m = new Map([[m, m]]); console.log(m); structuredClone(m)",
		"deep XML":           "xml2Json('<a>'.repeat(1e6))",
		"deep HTML":          "cheerio.load('<b>'.repeat(5e4)).html()",
		"deep schemas":       "const Ajv = require('ajv'); let s = {}; for (let i = 0; i < 5e4; i++) s = {properties: {a: s}}; new Ajv().compile(s)",
		"proxies of proxies": "let p = {}; for (let i = 0; i < 1e5; i++) p = new Proxy(p, {}); p.x",
		"bound functions":    "let f = () => {}; for (let i = 0; i < 1e5; i++) f = f.bind(); f()",
		"causes of errors":   "let e; for (let i = 0; i < 1e5; i++) e = new Error('x', {cause: e}); console.log(e); throw e",
	}
}

const doomedVariable = "POSTHASTE_TEST_DOOMED"

func TestDoomedScriptsEndAlone(t *testing.T) {
	if name := os.Getenv(doomedVariable); name != "" {
		// What is built in one step is not given up here: the race detector makes it many times slower.
		s := newStage(t, Options{Memory: 200 << 20, HangGrace: 50 * time.Second})
		s.call.Timeout = 300 * time.Millisecond
		s.try(doomed()[name])
		s.call.Timeout = 10 * time.Second
		s.run("pm.test('the next script')")
		wantLines(t, "assertions", s.asserted(), "ok the next script")
		return
	}
	if testing.Short() {
		t.Skip("skipped: short (it starts processes)")
	}
	for name := range doomed() {
		t.Run(name, func(t *testing.T) {
			cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestDoomedScriptsEndAlone$", "-test.timeout=60s")
			cmd.Env = append(os.Environ(), doomedVariable+"="+name, "GORACE=atexit_sleep_ms=0") // which else waits a second
			if out, err := cmd.CombinedOutput(); err != nil {
				lines := strings.SplitN(string(out), "\n", 12)
				t.Errorf("the process ended: %v\n%s", err, strings.Join(lines[:min(len(lines), 11)], "\n"))
			}
		})
	}
}
