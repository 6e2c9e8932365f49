package script

import (
	"testing"

	"posthaste/collection"
	"posthaste/script/host"
)

func TestVariables(t *testing.T) {
	tests := map[string]struct{ give, want string }{
		"get what is not there":         {"console.log(pm.environment.get('x'))", "undefined"},
		"set and get":                   {"pm.environment.set('a', 1); console.log(pm.environment.get('a') + 1)", "2"},
		"objects keep their identity":   {"const o = {}; pm.globals.set('o', o); console.log(pm.globals.get('o') === o)", "true"},
		"dates stay dates in a script":  {"pm.globals.set('d', new Date(0)); console.log(pm.globals.get('d').getTime())", "0"},
		"has":                           {"pm.environment.set('a', ''); console.log(pm.environment.has('a'), pm.environment.has('b'))", "true false"},
		"unset":                         {"pm.environment.set('a', 1); pm.environment.unset('a'); console.log(pm.environment.has('a'))", "false"},
		"clear":                         {"pm.environment.set('a', 1); pm.environment.clear(); console.log(JSON.stringify(pm.environment.toObject()))", "{}"},
		"toObject":                      {"pm.environment.set('a', 1); pm.environment.set('b', {c: 2}); console.log(JSON.stringify(pm.environment.toObject()))", `{"a":1,"b":{"c":2}}`},
		"the environment's name":        {"console.log(pm.environment.name)", "local"},
		"narrower scopes win":           {"pm.globals.set('a', 'g'); pm.collectionVariables.set('a', 'c'); console.log(pm.variables.get('a')); pm.environment.set('a', 'e'); console.log(pm.variables.get('a')); pm.variables.set('a', 'l'); console.log(pm.variables.get('a'), pm.environment.get('a'))", "c|e|l e"},
		"iteration data is above":       {"pm.iterationData.set('row', 7); console.log(pm.variables.get('row'))", "7"},
		"variables merge for toObject":  {"pm.globals.set('a', 'g'); pm.environment.set('a', 'e'); console.log(JSON.stringify(pm.variables.toObject()))", `{"a":"e"}`},
		"replaceIn":                     {"pm.environment.set('a', 'x'); console.log(pm.variables.replaceIn('{{a}}-{{b}}'), pm.environment.replaceIn(['{{a}}', 1])[0])", "x-{{b}} x"},
		"replaceIn knows dynamic names": {"console.log(pm.variables.replaceIn('{{$guid}}'))", "11111111-2222-3333-4444-555555555555"},
		"toJSON":                        {"pm.environment.set('a', 1); console.log(JSON.stringify(pm.environment.toJSON().values[0].key))", `"a"`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			wantLines(t, "console", newStage(t, Options{}).run(test.give).said(), test.want)
		})
	}
}

func TestValuesCrossScriptsAsJSON(t *testing.T) {
	tests := map[string]struct{ give, want string }{
		"a date is its text":              {"new Date(0)", `string "1970-01-01T00:00:00.000Z"`},
		"undefined is null":               {"undefined", "object null"},
		"a function is null":              {"function(){}", "object null"},
		"NaN is null":                     {"NaN", "object null"},
		"a number stays":                  {"1.5", "number 1.5"},
		"a boolean stays":                 {"false", "boolean false"},
		"text stays":                      {"'007'", `string "007"`},
		"an array stays":                  {"[1, 'a']", `object [1,"a"]`},
		"undefined in an object vanishes": {"({a: undefined, b: 1})", `object {"b":1}`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := newStage(t, Options{}).run("pm.environment.set('v', " + test.give + ")")
			s.run("const v = pm.environment.get('v'); console.log(typeof v, JSON.stringify(v))")
			wantLines(t, "console", s.said(), test.want)
		})
	}
}

func TestChangesInPlaceArriveAtTheEnd(t *testing.T) {
	s := newStage(t, Options{}).run("const o = {n: 1}; pm.environment.set('o', o); o.n = 2")
	got, _ := s.call.Environment.Lookup("o")
	if got != collection.JSONValue(`{"n":2}`) {
		t.Errorf("o = %v, want the object as the script left it", got)
	}
	s.run("pm.environment.get('o').n = 3").run("console.log(pm.environment.get('o').n)")
	wantLines(t, "console", s.said(), "3")
}

func TestIterationDataIsTheScriptsOwn(t *testing.T) {
	s := newStage(t, Options{})
	s.call.Data = host.NewMemory([]collection.Variable{{Key: "row", Value: collection.NumberValue(7)}})
	s.run("pm.iterationData.set('row', 8); console.log(pm.iterationData.get('row'), data.row)")
	wantLines(t, "console", s.said()[len(s.said())-1:], "8 7")
	s.run("console.log(pm.iterationData.get('row'))")
	wantLines(t, "console", s.said(), "7")
}

func TestUndefinedVariablesAreTold(t *testing.T) {
	s := newStage(t, Options{}).run("pm.environment.set('token', pm.response.json().nothing)")
	wantLines(t, "undefined", s.result.Undefined, "token")
}

func TestNewmanForgetsTypesOfSet(t *testing.T) {
	show := "console.log(typeof pm.environment.get('n'), pm.environment.toObject().n)"
	s := newStage(t, Options{Compat: true}).run("pm.environment.set('n', '5', 'number'); " + show)
	wantLines(t, "console", s.said(), "number 5")
	wantLines(t, "console", s.run(show).said(), "string 5")
	s.run("pm.environment.set('n', '6', 'number'); pm.environment.set('n', '7'); " + show)
	wantLines(t, "console", s.said(), "number 7") // as in testdata/confirm/typed-again.json
	s.run("pm.environment.set('n', '6', 'number'); pm.environment.unset('n'); pm.environment.set('n', '8'); " + show)
	wantLines(t, "console", s.said(), "string 8")
}
