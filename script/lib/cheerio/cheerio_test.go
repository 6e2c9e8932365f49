package cheerio_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/dop251/goja"

	"posthaste/script/lib/cheerio"
	"posthaste/script/lib/native"
)

func newRuntime(tb testing.TB) *goja.Runtime {
	tb.Helper()
	vm := goja.New()
	if err := vm.Set("cheerio", cheerio.New(&native.Env{VM: vm})); err != nil {
		tb.Fatal(err)
	}
	return vm
}

// prelude is what cases.js runs before each case.
func prelude(t *testing.T) string {
	t.Helper()
	source, err := os.ReadFile("testdata/cases.js")
	if err != nil {
		t.Fatal(err)
	}
	vm := goja.New()
	v, err := vm.RunString("var module = {};" + string(source) + "; module.exports.prelude")
	if err != nil {
		t.Fatal(err)
	}
	return v.String()
}

func TestAnswersAreThoseOfCheerio(t *testing.T) {
	text, err := os.ReadFile("testdata/recorded.json")
	if err != nil {
		t.Fatal(err)
	}
	var recorded map[string]string
	if err := json.Unmarshal(text, &recorded); err != nil {
		t.Fatal(err)
	}
	vm, before := newRuntime(t), prelude(t)
	for code, want := range recorded {
		v, err := vm.RunString(`(function () { try { var said = JSON.stringify((function () { ` + before + `; return ` + code +
			` })()); return said === undefined ? 'undefined' : said } catch (e) { return 'throws ' + e.name } })()`)
		if err != nil {
			t.Fatalf("%s: %v", code, err)
		}
		if got := v.String(); got != want {
			t.Errorf("%s\n got %s\nwant %s", code, got, want)
		}
	}
}

func TestHostileInputEndsWell(t *testing.T) {
	tests := map[string]struct{ code, want string }{
		"deep nesting":                    {`cheerio.load('<a>'.repeat(20000))('a').length`, "20000"},
		"deep nesting, rendered":          {`cheerio.load('<a>'.repeat(20000)).html().length`, "140000"},
		"deep nesting, its text":          {`cheerio.load('<a>'.repeat(20000) + 'x').text()`, "x"},
		"a node inside itself":            {`var $ = cheerio.load('<a></a>'); var a = $('a')[0]; a.children.push(a); try { $.html() } catch (e) { e.name }`, "RangeError"},
		"appending a node to itself":      {`var $ = cheerio.load('<a></a>'); try { $('a').append($('a')); $.html(); 'ended' } catch (e) { 'ended' }`, "ended"},
		"a long selector":                 {`try { cheerio.load('<a>')('a'.repeat(100000)) } catch (e) { e.name }`, "RangeError"},
		"a deep selector":                 {`try { cheerio.load('<a>')(':not('.repeat(100)) } catch (e) { e.name }`, "RangeError"},
		"a selector that does not end":    {`try { cheerio.load('<a>')('[a="') } catch (e) { e.name }`, "SyntaxError"},
		"a tag that does not end":         {`cheerio.load('<a b="').html()`, `<a b></a>`},
		"a comment that does not end":     {`cheerio.load('<!-- x').html()`, `<!-- x-->`},
		"an attribute named __proto__":    {`var $ = cheerio.load('<a __proto__="x">'); $('a').attr('__proto__') + typeof ({}).x`, "xundefined"},
		"many attributes":                 {`cheerio.load('<a ' + Array.from({length: 5000}, (_, i) => 'a' + i).join(' ') + '>').html().length > 5000`, "true"},
		"a callback that throws":          {`try { cheerio.load('<a>')('a').each(() => { throw new TypeError('mine') }) } catch (e) { e.message }`, "mine"},
		"children that are no list":       {`var $ = cheerio.load('<a><b>'); $('a')[0].children = 5; try { $('b').length } catch (e) { 'thrown' }`, "0"},
		"text that is no text":            {`cheerio.load(undefined).html() + cheerio.load(null).html() + cheerio.load(5).html()`, ""},
		"a Buffer":                        {`cheerio.load(new Uint8Array([60])).html().length > 0`, "true"},
		"a general sibling in a long row": {`cheerio.load('<p>' + '<i></i>'.repeat(300) + '</p>')('i ~ i').length`, "299"},
		"iteration":                       {`[...cheerio.load('<a><b>')('a, b')].map(e => e.name).join()`, "a,b"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			v, err := newRuntime(t).RunString(test.code)
			if err != nil {
				t.Fatalf("%s: %v", test.code, err)
			}
			if v.String() != test.want {
				t.Errorf("%s: got %s, want %s", test.code, v, test.want)
			}
		})
	}
}

func FuzzParseAndSelect(f *testing.F) {
	f.Add(`<a href=x>y<b/></a><!-- z --><p>`, `a > b, p:not(.x):nth-child(2n+1)`)
	f.Add(`<![CDATA[x]]><script></scr`, `[a~="b" i] + *`)
	f.Add(`</p></br><select><option>`, `:has(> a) < b`)
	vm := newRuntime(f)
	f.Fuzz(func(t *testing.T, page, selector string) {
		for name, v := range map[string]string{"page": page, "selector": selector} {
			if err := vm.Set(name, v); err != nil {
				t.Fatal(err)
			}
		}
		v, err := vm.RunString(`(function () {
			for (var xmlMode of [false, true]) try { var $ = cheerio.load(page, {xmlMode}); $.html(); $.xml(); $(selector).text() } catch (e) { if (/internal/.test(e.message)) return e.message }
			return '' })()`)
		if err != nil || v.String() != "" {
			t.Errorf("%q %q: %v %v", page, selector, v, err)
		}
	})
}

func BenchmarkModule(b *testing.B) {
	vm := goja.New()
	for b.Loop() {
		cheerio.New(&native.Env{VM: vm})
	}
}

// BenchmarkPage reads a page of 36 KB and finds a hidden field in it.
func BenchmarkPage(b *testing.B) {
	vm := newRuntime(b)
	page := "<html><body>" + strings.Repeat(`<div class="row"><a href="/x?y=1">link</a><p>text &amp; more</p></div>`, 500) +
		`<input type="hidden" name="csrf" value="t0k3n"></body></html>`
	if err := vm.Set("page", page); err != nil {
		b.Fatal(err)
	}
	program := goja.MustCompile("b", `cheerio.load(page)('input[name="csrf"]').val()`, false)
	for b.Loop() {
		if v, err := vm.RunProgram(program); err != nil || v.String() != "t0k3n" {
			b.Fatal(v, err)
		}
	}
}
