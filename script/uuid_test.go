package script

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// What require('uuid') gives is no package of npm but a file of Postman's sandbox; node reads that one.
func TestUUIDIsPostmans(t *testing.T) {
	const ask = `var shape = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
	[u.name, u.length, u.v4.name, u.v4.length, Object.getOwnPropertyNames(u.v4), Object.keys(u), u.v4 === u, u.v4.v4, u.v1, u.validate, u.NIL,
		shape.test(u()), shape.test(u.v4()), shape.test(u({random: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]})),
		u.v4({random: new Uint8Array(16)}) === '00000000-0000-4000-8000-000000000000', u() === u(), u.v4(null), u.v4('x', [], 3)].map(function (v) {
			return shape.test(v) ? 'an id' : Array.isArray(v) ? v.slice().sort().filter(function (n) { return !/^(arguments|caller|prototype)$/.test(n) }).join('+') : String(v);
		}).join()`
	s := newStage(t, Options{})
	s.run("var u = require('uuid'); console.log(eval(" + "`" + strings.ReplaceAll(ask, "\\", "\\\\") + "`" + "))")
	here := strings.Join(s.said(), "\n")
	if want := ",0,,0,length+name,v4,false,undefined,undefined,undefined,undefined,true,true,true,false,false,an id,an id"; here != want {
		t.Errorf("got  %s\nwant %s", here, want)
	}
	out, err := exec.CommandContext(t.Context(), "node", "-e", "var u = require("+"`"+filepath.ToSlash(sandboxPackage(t))+"/lib/vendor/uuid.js`); console.log(eval("+"`"+strings.ReplaceAll(ask, "\\", "\\\\")+"`"+"))").CombinedOutput()
	if err != nil {
		t.Skipf("skipped: node does not run: %v", err)
	}
	if real := strings.TrimSpace(string(out)); here != real {
		t.Errorf("here   %s\nin the sandbox %s", here, real)
	}
}

// sandboxPackage fetches Postman's sandbox alone, or skips the test.
func sandboxPackage(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("skipped: short")
	}
	dir := t.TempDir()
	pack := exec.CommandContext(t.Context(), "npm", "pack", "--silent", "postman-sandbox@6.7.2")
	pack.Dir = dir
	out, err := pack.CombinedOutput()
	if err == nil {
		untar := exec.CommandContext(t.Context(), "tar", "-xzf", "postman-sandbox-6.7.2.tgz")
		untar.Dir = dir
		out, err = untar.CombinedOutput()
	}
	if err != nil {
		if os.Getenv("REQUIRE_NPM") == "1" {
			t.Fatalf("npm: %v\n%s", err, out)
		}
		t.Skip("skipped: npm cannot fetch postman-sandbox")
	}
	return filepath.Join(dir, "package")
}
