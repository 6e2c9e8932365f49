package script

import "testing"

func TestWhatTheEngineLacks(t *testing.T) {
	tests := map[string]struct{ give, want string }{
		"Object.groupBy":        {"console.log(Object.groupBy([1, 2, 3], x => x % 2 ? 'odd' : 'even').odd.join())", "1,3"},
		"Map.groupBy":           {"console.log(Map.groupBy([1, 2, 3], x => x % 2).get(1).length)", "2"},
		"Promise.withResolvers": {"const {promise, resolve} = Promise.withResolvers(); resolve(3); console.log(await promise)", "3"},
		"Promise.try":           {"console.log(await Promise.try(() => 3))", "3"},
		"Array.fromAsync":       {"console.log((await Array.fromAsync([1, Promise.resolve(2)])).join())", "1,2"},
		"well-formed text":      {`console.log('a'.isWellFormed(), '\ud800'.isWellFormed(), '😀'.isWellFormed())`, "true false true"},
		"bold":                  {"console.log('a'.bold())", "<b>a</b>"},
		"getters of old":        {"const o = {}; o.__defineGetter__('x', () => 5); console.log(o.x)", "5"},
		"getYear":               {"console.log(new Date(2024, 1, 1).getYear())", "124"},
		"iterator helpers":      {"console.log([1, 2, 3, 4].values().filter(x => x % 2).map(x => x * 10).toArray().join())", "10,30"},
		"take from a generator": {"function* g() { for (let i = 0;; i++) yield i } console.log([...g().take(3)].join())", "0,1,2"},
		"captureStackTrace":     {"const e = {}; Error.captureStackTrace(e); console.log(typeof e.stack)", "string"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			wantLines(t, "console", newStage(t, Options{}).run(test.give).said(), test.want)
		})
	}
}
