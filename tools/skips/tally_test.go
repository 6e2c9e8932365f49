package main

import (
	"strings"
	"testing"
)

// The events are cut from real output of `go test -json` (Go 1.26); times and start events are left out.
func TestTally(t *testing.T) {
	tests := map[string]struct {
		give []string
		want string
		ok   bool
	}{
		"a package that passes leaves its ordinary line": {
			give: []string{
				`{"Action":"run","Package":"p","Test":"TestA"}`,
				`{"Action":"output","Package":"p","Test":"TestA","Output":"=== RUN   TestA\n"}`,
				`{"Action":"output","Package":"p","Test":"TestA","Output":"--- PASS: TestA (0.00s)\n"}`,
				`{"Action":"pass","Package":"p","Test":"TestA"}`,
				`{"Action":"output","Package":"p","Output":"PASS\n"}`,
				`{"Action":"output","Package":"p","Output":"ok  \tp\t0.3s\n"}`,
				`{"Action":"pass","Package":"p"}`,
			},
			want: "ok  \tp\t0.3s\n1 passed, 0 failed, 0 skipped\nskipped: 0\n",
			ok:   true,
		},
		"skips are counted by their first word": {
			give: []string{
				`{"Action":"output","Package":"p","Test":"TestA","Output":"    a_test.go:3: skipped: newman is not installed\n"}`,
				`{"Action":"skip","Package":"p","Test":"TestA"}`,
				`{"Action":"output","Package":"p","Test":"TestB","Output":"    a_test.go:7: skipped: newman: too old\n"}`,
				`{"Action":"skip","Package":"p","Test":"TestB"}`,
				`{"Action":"output","Package":"p","Test":"TestC","Output":"    a_test.go:9: skipped: ../shared is absent\n"}`,
				`{"Action":"skip","Package":"p","Test":"TestC"}`,
				`{"Action":"output","Package":"p","Test":"TestD","Output":"    a_test.go:9: no mood\n"}`,
				`{"Action":"skip","Package":"p","Test":"TestD"}`,
				`{"Action":"output","Package":"p","Output":"ok  \tp\t0.3s\n"}`,
				`{"Action":"pass","Package":"p"}`,
			},
			want: "ok  \tp\t0.3s\n0 passed, 0 failed, 4 skipped\nskipped: 4 (newman 2, ../shared 1, other 1)\n",
			ok:   true,
		},
		"a failure is shown whole and counted once": {
			give: []string{
				`{"Action":"run","Package":"p","Test":"TestA"}`,
				`{"Action":"run","Package":"p","Test":"TestA/x"}`,
				`{"Action":"run","Package":"p","Test":"TestA/y"}`,
				`{"Action":"output","Package":"p","Test":"TestA/x","Output":"    a_test.go:3: got 1\n"}`,
				`{"Action":"output","Package":"p","Test":"TestA/y","Output":"    a_test.go:3: quiet\n"}`,
				`{"Action":"output","Package":"p","Test":"TestA","Output":"--- FAIL: TestA (0.00s)\n"}`,
				`{"Action":"output","Package":"p","Test":"TestA/x","Output":"    --- FAIL: TestA/x (0.00s)\n"}`,
				`{"Action":"fail","Package":"p","Test":"TestA/x"}`,
				`{"Action":"pass","Package":"p","Test":"TestA/y"}`,
				`{"Action":"fail","Package":"p","Test":"TestA"}`,
				`{"Action":"output","Package":"p","Output":"FAIL\n"}`,
				`{"Action":"output","Package":"p","Output":"FAIL\tp\t0.3s\n"}`,
				`{"Action":"fail","Package":"p"}`,
			},
			want: "    a_test.go:3: got 1\n    --- FAIL: TestA/x (0.00s)\n--- FAIL: TestA (0.00s)\nFAIL\nFAIL\tp\t0.3s\n" +
				"failed packages: p\n1 passed, 1 failed, 0 skipped\nskipped: 0\n",
		},
		"a test cut short by an exit is shown and counted": {
			give: []string{
				`{"Action":"run","Package":"p","Test":"TestA"}`,
				`{"Action":"output","Package":"p","Test":"TestA","Output":"last words\n"}`,
				`{"Action":"output","Package":"p","Output":"FAIL\tp\t0.3s\n"}`,
				`{"Action":"fail","Package":"p"}`,
			},
			want: "last words\nFAIL\tp\t0.3s\nfailed packages: p\n0 passed, 1 failed, 0 skipped\nskipped: 0\n",
		},
		"a package that does not build fails": {
			give: []string{
				`{"ImportPath":"p [p.test]","Action":"build-output","Output":"p/a.go:3:1: syntax error\n"}`,
				`{"ImportPath":"p [p.test]","Action":"build-fail"}`,
				`{"Action":"output","Package":"p","Output":"FAIL\tp [build failed]\n"}`,
				`{"Action":"fail","Package":"p","FailedBuild":"p [p.test]"}`,
			},
			want: "p/a.go:3:1: syntax error\nFAIL\tp [build failed]\nfailed packages: p\n0 passed, 1 failed, 0 skipped\nskipped: 0\n",
		},
		"a package without tests is named": {
			give: []string{
				`{"Action":"output","Package":"p","Output":"?   \tp\t[no test files]\n"}`,
				`{"Action":"skip","Package":"p"}`,
			},
			want: "?   \tp\t[no test files]\n0 passed, 0 failed, 0 skipped\nskipped: 0\n",
			ok:   true,
		},
		"words of the go command pass through, and nothing tested is not green": {
			give: []string{"go: cannot find main module"},
			want: "go: cannot find main module\nno package was tested\n0 passed, 0 failed, 0 skipped\nskipped: 0\n",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var out strings.Builder
			tally := newTally(&out)
			if err := tally.readAll(strings.NewReader(strings.Join(test.give, "\n") + "\n")); err != nil {
				t.Fatal(err)
			}
			ok := tally.close()
			if got := out.String(); got != test.want {
				t.Errorf("printed:\n%s\nwant:\n%s", got, test.want)
			}
			if ok != test.ok {
				t.Errorf("close() = %v, want %v", ok, test.ok)
			}
		})
	}
}

func TestClosingLinesOfARunWithAName(t *testing.T) {
	var out, closing strings.Builder
	tally := newTally(&out)
	tally.name, tally.closing = "poor", &closing
	if err := tally.readAll(strings.NewReader(`{"Action":"pass","Package":"p","Test":"TestA"}` + "\n" + `{"Action":"pass","Package":"p"}`)); err != nil {
		t.Fatal(err)
	}
	if !tally.close() {
		t.Error("a green run is not called one")
	}
	if want := "poor: 1 passed, 0 failed, 0 skipped\npoor: skipped: 0\n"; closing.String() != want {
		t.Errorf("closing lines %q, want %q", closing.String(), want)
	}
}
