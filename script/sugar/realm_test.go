package sugar_test

import (
	"testing"

	"posthaste/script/engine"
	"posthaste/script/lib/cheerio"
	"posthaste/script/lib/native"
	"posthaste/script/lib/schema"
	"posthaste/script/sugar"
)

// The sandbox's realm stands proxies before constructors; everything must work behind them too.
func TestAllWorksInTheSandboxsRealm(t *testing.T) {
	vm := engine.New(engine.Options{}).VM
	env := &native.Env{VM: vm}
	sugar.Install(env)
	lib := schema.New(env)
	for name, v := range map[string]any{"Ajv": lib.Ajv(), "tv4": lib.TV4(), "cheerio": cheerio.New(env)} {
		if err := vm.Set(name, v); err != nil {
			t.Fatal(err)
		}
	}
	for code, want := range map[string]string{
		`[1, 2].sum() + 'a b'.titleize() + (5).pad(3) + Array.create(1).length`:                                   "3A B0051",
		`Date.create('2020-01-15').format('{yyyy}-{MM}-{dd}') + Object.isEmpty({})`:                               "2020-01-15true",
		`/a/g.addFlag('i').flags + (function (a) { return a }).fill(1)()`:                                         "gi1",
		`new Ajv().validate({pattern: '^a', format: 'email'}, 'a@b.c')`:                                           "true",
		`new Ajv().errorsText([{dataPath: '.a', message: 'm'}])`:                                                  "data.a m",
		`tv4.validate('x', {pattern: '/^X/i'})`:                                                                   "true",
		`cheerio.load('<a href="x">y</a>')('a').attr('href')`:                                                     "x",
		`typeof Array.isArray + typeof Date.now + typeof Object.keys + new Date(0).getTime() + Date.UTC(1970, 0)`: "functionfunctionfunction00",
	} {
		v, err := vm.RunString(code)
		if err != nil || v.String() != want {
			t.Errorf("%s: got %v, %v, want %s", code, v, err, want)
		}
	}
}
