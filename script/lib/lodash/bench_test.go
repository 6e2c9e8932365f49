package lodash

import (
	"testing"

	"github.com/dop251/goja"

	"posthaste/script/lib/native"
)

// BenchmarkFirst is what the first require('lodash') of a runtime costs once the files are compiled.
func BenchmarkFirst(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		env := &native.Env{VM: goja.New()}
		b.StartTimer()
		New(env)
	}
}

// BenchmarkWork is what the workloads g and h of bench do with lodash, over 200 objects.
func BenchmarkWork(b *testing.B) {
	vm := realm(b, New)
	work, err := vm.RunString(`(() => {
		const lo = lodash;
		const list = lo.range(200).map(i => ({id: i, group: i % 7, at: '2026-01-01'}));
		const groups = lo.mapValues(lo.groupBy(list, 'group'), g => lo.sumBy(g, 'id'));
		return lo.isEqual(lo.cloneDeep(list), list) && lo.sum(lo.values(groups)) === 19900 && lo.sortBy(list, 'group').length === 200;
	})`)
	if err != nil {
		b.Fatal(err)
	}
	call, _ := goja.AssertFunction(work)
	for b.Loop() {
		if v, err := call(goja.Undefined()); err != nil || !v.ToBoolean() {
			b.Fatal(v, err)
		}
	}
}
