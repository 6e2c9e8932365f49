package lib

import (
	"encoding/json"
	"errors"
	"math/rand"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/dop251/goja"
)

// goldenCase is a snippet and what Node and the npm packages gave for it, as
// testdata/record.js wrote it.
type goldenCase struct {
	Code, Want string
}

// show prints a result as record.js does.
const show = `(function (v) {
  if (typeof v === 'string') return v;
  if (typeof v === 'function') return '[function]';
  if (typeof v === 'bigint') return v + 'n';
  if (Object.is(v, -0)) return '-0';
  var text = JSON.stringify(v, function (k, x) { return typeof x === 'bigint' ? x + 'n' : x; });
  return text === undefined || text === 'null' ? String(v) : text;
})`

// newSandbox is a runtime with the modules installed as the integrator does it.
func newSandbox(tb testing.TB) *goja.Runtime {
	tb.Helper()
	start := time.Now()
	vm := goja.New()
	vm.SetMaxCallStackSize(2500)
	set := New(&Env{
		VM:      vm,
		Rand:    rand.New(rand.NewSource(1)),
		Now:     func() time.Time { return time.Unix(1700000000, 0) },
		Stopped: func() bool { return time.Since(start) > 50*time.Millisecond && hurried(tb.Name()) },
	}, nil)
	if err := set.Install(vm.GlobalObject()); err != nil {
		tb.Fatal(err)
	}
	err := vm.Set("require", func(call goja.FunctionCall) goja.Value {
		v, ok := set.Require(call.Argument(0).String())
		if !ok {
			panic(vm.NewGoError(os.ErrNotExist))
		}
		return v
	})
	if err != nil {
		tb.Fatal(err)
	}
	return vm
}

// hurried says that the named test interrupts its scripts.
func hurried(test string) bool { return strings.HasPrefix(test, "TestInterrupt") }

func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.golden.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden files: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".golden.json"), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var cases []goldenCase
			if err := json.Unmarshal(data, &cases); err != nil {
				t.Fatal(err)
			}
			vm := newSandbox(t)
			for _, c := range cases {
				if got := evaluate(t, vm, c.Code); got != c.Want {
					t.Errorf("%s\n got %s\nwant %s", c.Code, got, c.Want)
				}
			}
		})
	}
}

// evaluate runs a snippet as record.js does and shows its result or what it threw.
func evaluate(t *testing.T, vm *goja.Runtime, code string) string {
	t.Helper()
	body := code
	if !regexp.MustCompile(`^\s*(return|var|let|const|try|for|function|class)\b`).MatchString(code) {
		body = "return (" + code + "\n);"
	}
	v, err := vm.RunString("(function () {" + body + "\n})()")
	if err == nil {
		if p, ok := v.Export().(*goja.Promise); ok {
			v = p.Result()
			if p.State() != goja.PromiseStateFulfilled {
				return thrown(vm, v)
			}
		}
		shower, _ := vm.RunString(show)
		call, _ := goja.AssertFunction(shower)
		v, err = call(nil, v)
	}
	if err != nil {
		var exception *goja.Exception
		if errors.As(err, &exception) {
			return thrown(vm, exception.Value())
		}
		return "fails " + err.Error()
	}
	return v.String()
}

func thrown(vm *goja.Runtime, v goja.Value) string {
	if o, ok := v.(*goja.Object); ok {
		return "throws " + o.Get("name").String() + ": " + o.Get("message").String()
	}
	return "throws " + vm.ToValue(v).String()
}
