package engine

import "github.com/dop251/goja"

// probe uses what an abrupt end can leave behind in the engine: calls, exceptions,
// generators, promises. It uses nothing that a script can replace. A sound engine gives 7.
const probe = `(async function () {
	let sum = 0
	try { throw 1 } catch (e) { sum += e } finally { sum += 2 }
	await null
	const g = (function* () { yield 4 })()
	sum += await g.next().value
	return sum
})()`

// Sound says whether the engine still works after a script that a limit ended in the middle:
// one that is interrupted in an async function, after its first await, leaves calls behind
// (goja, 2026-09), and nothing that is left for later runs any more. It must not be called
// while a script runs.
func (r *Realm) Sound() (ok bool) {
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	program, err := r.Cache.program("probe.js", probe)
	if err != nil {
		return false
	}
	v, err := r.VM.RunProgram(program.prog)
	if err != nil {
		return false
	}
	p, isPromise := v.Export().(*goja.Promise)
	return isPromise && p.State() == goja.PromiseStateFulfilled && p.Result().ToInteger() == 7
}
