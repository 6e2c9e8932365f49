package script

import (
	"testing"

	"posthaste/collection"
	"posthaste/script/host"
)

func TestLegacyAPI(t *testing.T) {
	tests := map[string]struct{ give, want string }{
		"response":                {"console.log(responseCode.code, responseTime, JSON.parse(responseBody).access_token)", `warn: Using "responseCode" is deprecated. Use "pm.response.code" instead.|200 42 abc`},
		"headers":                 {"console.log(responseHeaders['Content-Type'], postman.getResponseHeader('content-type'))", `warn: Using "responseHeaders" is deprecated. Use "pm.response.headers" instead.|warn: Using "postman.setNextRequest" is deprecated. Use "pm.execution.setNextRequest()" instead.|application/json application/json`},
		"a body has text":         {"console.log(responseBody.has('abc'), responseBody.has('nope'), 'a1'.has(/\\d/))", "true false true"},
		"iteration":               {"console.log(iteration)", "0"},
		"data":                    {"console.log(data.row, 'row' in data)", `warn: Using "data" is deprecated. Use "pm.iterationData" instead.|7 true`},
		"environment is a copy":   {"environment.x = 1; console.log(environment.x, pm.environment.get('x'))", `warn: Using "environment" is deprecated. Use "pm.environment" instead.|1 undefined`},
		"a warning comes once":    {"tests.a = true; tests.b = true", `warn: Using "tests" is deprecated. Use "pm.test()" instead.`},
		"no warning without use":  {"typeof tests; typeof postman", ""},
		"the request":             {"console.log(request.method, request.name, request.id)", `warn: Using "request" is deprecated. Use "pm.request" instead.|GET Token id-1`},
		"names can be redeclared": {"let data = 1; console.log(data)", "1"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := newStage(t, Options{})
			s.call.Data = host.NewMemory([]collection.Variable{{Key: "row", Value: collection.NumberValue(7)}})
			wantLines(t, "console", s.run(test.give).said(), test.want)
		})
	}
}

func TestLegacyVariablesAreText(t *testing.T) {
	s := newStage(t, Options{}).run(`
		postman.setEnvironmentVariable('n', 5); postman.setEnvironmentVariable('f', false);
		postman.setGlobalVariable('o', {}); postman.setEnvironmentVariable('z', 0);
		const of = v => typeof v + ' ' + v;
		console.log(of(pm.environment.get('n')), of(pm.environment.get('f')), of(pm.globals.get('o')), of(postman.getEnvironmentVariable('z')));
		postman.clearEnvironmentVariable('n'); console.log(pm.environment.has('n'));
		postman.clearEnvironmentVariables(); console.log(pm.environment.has('f'));`)
	wantLines(t, "console", s.said()[1:], "string 5 string false string [object Object] number 0|false|false")
}
