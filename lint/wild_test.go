package lint_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"posthaste/collection"
	"posthaste/lint"
	"posthaste/lint/subject"
)

// A wild is what public collections do: a request, its scripts, and what lint says of it by rule.
type wild struct {
	request string // the request's JSON
	before  string // the prerequest script
	after   string // the test script
	answers string // the saved examples' JSON
	next    string // the test script of a second request
	whole   string // more members of the collection
	values  string // an environment, as the JSON of an object; "" for none
	rule    string
	quiet   bool // the rule says nothing
}

func (w wild) check(t *testing.T) []string {
	t.Helper()
	event := func(listen, script string) map[string]any {
		return map[string]any{"listen": listen, "script": map[string]any{"exec": strings.Split(script, "\n")}}
	}
	first := map[string]any{"name": "first", "request": json.RawMessage(w.request), "event": []any{event("prerequest", w.before), event("test", w.after)}}
	if w.answers != "" {
		first["response"] = json.RawMessage(w.answers)
	}
	all := map[string]any{"info": map[string]any{"name": "wild"}, "item": []any{
		first, map[string]any{"name": "second", "request": "http://x.test/second", "event": []any{event("test", w.next)}},
	}}
	if w.whole != "" {
		if err := json.Unmarshal([]byte(w.whole), &all); err != nil {
			t.Fatal(err)
		}
	}
	data, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	c, err := collection.Parse("c.json", data, collection.Options{})
	if err != nil {
		t.Fatal(err)
	}
	sources := map[string][]byte{"c.json": data}
	var envs []*collection.Environment
	if w.values != "" {
		list := map[string]string{}
		if err := json.Unmarshal([]byte(w.values), &list); err != nil {
			t.Fatal(err)
		}
		var entries []map[string]any
		for key, value := range list {
			entries = append(entries, map[string]any{"key": key, "value": value})
		}
		sources["e.json"], _ = json.Marshal(map[string]any{"name": "e", "values": entries})
		env, err := collection.ParseEnvironment("e.json", sources["e.json"], collection.Options{})
		if err != nil {
			t.Fatal(err)
		}
		envs = append(envs, env)
	}
	opt := subject.Options{Source: func(name string) ([]byte, error) { return sources[name], nil }}
	var said []string
	for _, f := range lint.Check(c, envs, opt) {
		if f.Rule == w.rule {
			said = append(said, f.Text)
		}
	}
	return said
}

// What public collections do on purpose is not reported, and what is wrong beside it is.
func TestWhatPublicCollectionsDo(t *testing.T) {
	t.Parallel()
	const get = `"http://x.test/a"`
	body := func(raw string) string {
		text, _ := json.Marshal(raw)
		return `{"method": "POST", "url": "http://x.test/a", "body": {"mode": "raw", "raw": ` + string(text) + `, "options": {"raw": {"language": "json"}}}}`
	}
	urlOf := func(raw string) string {
		text, _ := json.Marshal(collection.ParseURL(raw).String())
		return string(text)
	}
	basic := func(params string) string {
		return `{"url": "http://x.test/a", "auth": {"type": "basic", "basic": [` + params + `]}}`
	}
	cases := map[string]wild{
		// examples
		"the example is of this request":             {request: get, after: "pm.response.to.have.status(204)", answers: `[{"code": 200, "body": "{}"}]`, rule: "wrong-status"},
		"the example is of another method":           {request: get, after: "pm.response.to.have.status(204)", answers: `[{"code": 200, "body": "{}", "originalRequest": {"method": "POST", "url": "http://x.test/a"}}]`, rule: "wrong-status", quiet: true},
		"the example is of another path":             {request: get, after: "pm.response.to.have.status(204)", answers: `[{"code": 200, "body": "{}", "originalRequest": {"method": "GET", "url": {"raw": "http://x.test/b", "host": ["x", "test"], "path": ["b"]}}}]`, rule: "wrong-status", quiet: true},
		"the example has another value in its path":  {request: `"http://x.test/a/{{id}}"`, after: "pm.response.to.have.status(204)", answers: `[{"code": 200, "body": "{}", "originalRequest": {"method": "GET", "url": "http://x.test/a/17"}}]`, rule: "wrong-status"},
		"the example has another body":               {request: body(`{"a": 1}`), after: "pm.response.to.have.status(204)", answers: `[{"code": 200, "body": "{}", "originalRequest": {"method": "POST", "url": "http://x.test/a", "body": {"mode": "raw", "raw": "{}"}}}]`, rule: "wrong-status", quiet: true},
		"the example has no body at all":             {request: get, after: "pm.environment.set('t', pm.response.json().token)", answers: `[{"code": 200, "body": "", "_postman_previewlanguage": "json"}]`, rule: "wrong-answer", quiet: true},
		"a field that the example lacks":             {request: get, after: "pm.environment.set('t', pm.response.json().token)", answers: `[{"code": 200, "body": "{\"id\": 1}"}]`, rule: "wrong-answer"},
		"a field that is asked for first":            {request: get, after: "const j = pm.response.json();\nif (j.token) { pm.environment.set('t', j.token) }", answers: `[{"code": 200, "body": "{\"id\": 1}"}]`, rule: "wrong-answer", quiet: true},
		"a field that is asked for beside another":   {request: get, after: "const j = pm.response.json();\nif (j.data && j.data.token) { pm.environment.set('t', j.data.token) }", answers: `[{"code": 200, "body": "{\"id\": 1}"}]`, rule: "wrong-answer", quiet: true},
		"a field whose length is asked for":          {request: get, after: "const j = pm.response.json();\nif (j.items && j.items.length > 0) { pm.environment.set('t', j.items[0].id) }", answers: `[{"code": 200, "body": "{\"id\": 1}"}]`, rule: "wrong-answer", quiet: true},
		"a field behind an early return":             {request: get, after: "const j = pm.response.json();\nif (!j.token) return;\npm.environment.set('t', j.token)", answers: `[{"code": 200, "body": "{\"id\": 1}"}]`, rule: "wrong-answer", quiet: true},
		"a field with an optional chain":             {request: get, after: "pm.environment.set('t', pm.response.json()?.token?.value)", answers: `[{"code": 200, "body": "{\"id\": 1}"}]`, rule: "wrong-answer", quiet: true},
		"a field with a second choice":               {request: get, after: "const j = pm.response.json();\npm.environment.set('t', j.token || j.id)", answers: `[{"code": 200, "body": "{\"id\": 1}"}]`, rule: "wrong-answer", quiet: true},
		"a field with a default":                     {request: get, after: "const j = pm.response.json();\npm.environment.set('t', j.token || 'none')", answers: `[{"code": 200, "body": "{\"id\": 1}"}]`, rule: "wrong-answer", quiet: true},
		"a field in a choice by its presence":        {request: get, after: "const j = pm.response.json();\npm.environment.set('t', j.token ? j.token : j.id)", answers: `[{"code": 200, "body": "{\"id\": 1}"}]`, rule: "wrong-answer", quiet: true},
		"a field behind hasOwnProperty":              {request: get, after: "const j = pm.response.json();\nif (j.hasOwnProperty('token')) pm.environment.set('t', j.token)", answers: `[{"code": 200, "body": "{\"id\": 1}"}]`, rule: "wrong-answer", quiet: true},
		"a field in a try whose catch goes on":       {request: get, after: "try { pm.environment.set('t', pm.response.json().data.token) } catch (e) { console.log(e) }", answers: `[{"code": 200, "body": "{\"id\": 1}"}]`, rule: "wrong-answer", quiet: true},
		"a test of the status behind a condition":    {request: get, after: "if (pm.response.code === 204) { pm.test('gone', () => pm.response.to.have.status(204)) }", answers: `[{"code": 200, "body": "{}"}]`, rule: "wrong-status", quiet: true},
		"a test of the status behind two conditions": {request: get, after: "const j = {};\nif (j.a && pm.response.code !== 200) { pm.test('gone', () => pm.response.to.have.status(204)) }", answers: `[{"code": 200, "body": "{}"}]`, rule: "wrong-status", quiet: true},
		"a test of the status behind any condition":  {request: get, after: "if (pm.environment.get('deleted')) { pm.test('gone', () => pm.response.to.have.status(204)) }", answers: `[{"code": 200, "body": "{}"}]`, rule: "wrong-status", quiet: true},
		"a status by choice":                         {request: get, after: "pm.test('x', () => pm.response.to.have.status(pm.environment.get('again') ? 204 : 200))", answers: `[{"code": 200, "body": "{}"}]`, rule: "wrong-status", quiet: true},
		// variables
		"a server's address that a later request changes": {request: `"{{baseUrl}}/a"`, next: "pm.environment.set('baseUrl', 'http://y.test')", rule: "late-variable", quiet: true},
		"a name that a later request sets":                {request: `"http://x.test/{{order}}"`, next: "pm.environment.set('order', 1)", rule: "late-variable"},
		"a first value that only an environment can give": {request: `"http://x.test/a?page={{page}}"`, after: "pm.environment.set('page', 2)", rule: "late-variable", quiet: true},
		"a first value that the environment lacks":        {request: `"http://x.test/a?page={{page}}"`, after: "pm.environment.set('page', 2)", values: `{"host": "x"}`, rule: "late-variable"},
		"a first value that stands empty":                 {request: `"http://x.test/a?page={{page}}"`, after: "pm.environment.set('page', 2)", whole: `{"variable": [{"key": "page", "value": ""}]}`, rule: "late-variable"},
		"a name that nobody sets":                         {request: `"http://x.test/{{nobody}}"`, values: `{"host": "x"}`, rule: "unset-variable"},
		"a template of the server's":                      {request: body(`{"html": "{{#each rows}}<b>{{title}}</b>{{/each}} {{else}} {{this.name}}"}`), values: `{"host": "x"}`, rule: "unset-variable", quiet: true},
		"a template's inverted section":                   {request: body(`{"html": "{{^rows}}none of {{total}}{{/rows}}"}`), values: `{"host": "x"}`, rule: "unset-variable", quiet: true},
		"a template with filters":                         {request: body(`{"text": "Hello {{ user.name | upper }}, {% if total %}{{ total }}{% endif %}"}`), values: `{"host": "x"}`, rule: "unset-variable", quiet: true},
		"a template with triple braces":                   {request: body(`{"text": "Hello {{{rawname}}} and {{rest}}"}`), values: `{"host": "x"}`, rule: "unset-variable", quiet: true},
		"an optional read":                                {request: get, before: "if (!pm.environment.get('token')) { console.log('none') }", values: `{"host": "x"}`, rule: "unset-variable", quiet: true},
		"an optional read by a name":                      {request: get, before: "const t = pm.environment.get('token');\nif (!t) { console.log('none') }", values: `{"host": "x"}`, rule: "unset-variable", quiet: true},
		"a read with a default":                           {request: get, before: "const n = pm.environment.get('pages') || 3;", values: `{"host": "x"}`, rule: "unset-variable", quiet: true},
		"a read with a nullish default":                   {request: get, before: "const n = pm.variables.get('pages') ?? 3;", values: `{"host": "x"}`, rule: "unset-variable", quiet: true},
		"a read with a choice":                            {request: get, before: "const n = pm.environment.get('pages') ? pm.environment.get('pages') : 3;", values: `{"host": "x"}`, rule: "unset-variable", quiet: true},
		"a read compared with undefined":                  {request: get, before: "if (pm.environment.get('pages') === undefined) { console.log(1) }", values: `{"host": "x"}`, rule: "unset-variable", quiet: true},
		"a read compared with null by a name":             {request: get, before: "let p = pm.environment.get('pages');\nif (p == null) { p = 3 }", values: `{"host": "x"}`, rule: "unset-variable", quiet: true},
		"a read in Boolean":                               {request: get, before: "const on = Boolean(pm.environment.get('debug'));\nconst off = !!pm.environment.get('trace');", values: `{"host": "x"}`, rule: "unset-variable", quiet: true},
		"a flag compared with a text":                     {request: get, before: "if (pm.environment.get('debug') === 'true') { console.log(1) }", values: `{"host": "x"}`, rule: "unset-variable", quiet: true},
		"a read behind has":                               {request: get, before: "if (pm.environment.has('pages')) { console.log(pm.environment.get('pages')) }", values: `{"host": "x"}`, rule: "unset-variable", quiet: true},
		"a read that counts on it":                        {request: get, before: "const t = pm.environment.get('token');\nconsole.log(t.length)", values: `{"host": "x"}`, rule: "unset-variable"},
		"a read for unset":                                {request: get, before: "pm.environment.unset('token')", values: `{"host": "x"}`, rule: "unset-variable", quiet: true},
		"a setter through parameters":                     {request: `"http://x.test/{{token}}"`, before: "function save(name, value) { pm.environment.set(name, value) }\nsave('token', 1)", values: `{"host": "x"}`, rule: "unset-variable", quiet: true},
		"a setter through pm as a parameter":              {request: `"http://x.test/{{token}}"`, before: "function save(p, name, value) { p.environment.set(name, value) }\nsave(pm, 'token', 1)", values: `{"host": "x"}`, rule: "unset-variable", quiet: true},
		"a setter through a scope as a parameter":         {request: `"http://x.test/{{token}}"`, before: "const save = (scope, name, value) => scope.set(name, value);\nsave(pm.environment, 'token', 1)", values: `{"host": "x"}`, rule: "unset-variable", quiet: true},
		"a setter by a bracket":                           {request: `"http://x.test/{{token}}"`, before: "const where = 'environment';\npm[where].set('token', 1)", values: `{"host": "x"}`, rule: "unset-variable", quiet: true},
		"a setter over a list of names":                   {request: `"http://x.test/{{token}}"`, before: "['token', 'id'].forEach(k => pm.environment.set(k, 1))", values: `{"host": "x"}`, rule: "unset-variable", quiet: true},
		"a setter by evaluated code":                      {request: `"http://x.test/{{token}}"`, before: "eval(pm.environment.get('lib'))", values: `{"lib": "x"}`, rule: "unset-variable", quiet: true},
		"a setter in a package":                           {request: `"http://x.test/{{token}}"`, before: "const lib = pm.require('@team/lib');\nlib.prepare(pm)", values: `{"lib": "x"}`, rule: "unset-variable", quiet: true},
		"an empty variable that a computed name sets":     {request: `"http://x.test/{{city1}}"`, before: "[1, 2].forEach(i => pm.collectionVariables.set('city' + i, i))", whole: `{"variable": [{"key": "city1", "value": ""}]}`, rule: "placeholder", quiet: true},
		"an empty suffix":                                 {request: `"{{url}}{{site}}/a"`, whole: `{"variable": [{"key": "site", "value": ""}, {"key": "url", "value": "http://x.test"}]}`, rule: "placeholder", quiet: true},
		"an empty prefix":                                 {request: `"http://x.test/{{prefix}}{{id}}"`, whole: `{"variable": [{"key": "prefix", "value": ""}, {"key": "id", "value": "1"}]}`, rule: "placeholder", quiet: true},
		"an empty variable by itself":                     {request: `"http://x.test/{{id}}"`, whole: `{"variable": [{"key": "id", "value": ""}]}`, rule: "placeholder"},
		"a chain of scopes":                               {request: get, before: "const t = pm.environment.get('t') || pm.collectionVariables.get('t');", whole: `{"variable": [{"key": "t", "value": "1"}]}`, values: `{"host": "x"}`, rule: "wrong-scope", quiet: true},
		"a chain of scopes by names":                      {request: get, before: "let t = pm.environment.get('t');\nif (!t) { t = pm.collectionVariables.get('t') }", whole: `{"variable": [{"key": "t", "value": "1"}]}`, values: `{"host": "x"}`, rule: "wrong-scope", quiet: true},
		"the wrong scope":                                 {request: get, before: "console.log(pm.environment.get('t').length)", whole: `{"variable": [{"key": "t", "value": "1"}]}`, values: `{"host": "x"}`, rule: "wrong-scope"},
		// the file
		"an empty old key":         {request: get, whole: `{"variables": []}`, rule: "unknown-key", quiet: true},
		"an old key that is null":  {request: get, whole: `{"events": null}`, rule: "unknown-key", quiet: true},
		"an old key with a value":  {request: get, whole: `{"variables": [{"key": "a", "value": "b"}]}`, rule: "unknown-key"},
		"basic without a password": {request: basic(`{"key": "username", "value": "sk_1"}`), rule: "auth-key", quiet: true},
		"basic without a username": {request: basic(`{"key": "password", "value": "sk_1"}`), rule: "auth-key", quiet: true},
		"basic without either":     {request: basic(``), rule: "auth-key"},
		"the parts in plain letters": {
			request: `{"url": {"raw": "http://x.test/a?b=Pok%C3%A9", "host": ["x", "test"], "protocol": "http", "path": ["a"], "query": [{"key": "b", "value": "Poké"}]}}`, rule: "url-parts", quiet: true,
		},
		"the parts with other letters": {
			request: `{"url": {"raw": "http://x.test/a?b=Pok%C3%A8", "host": ["x", "test"], "protocol": "http", "path": ["a"], "query": [{"key": "b", "value": "Poké"}]}}`, rule: "url-parts",
		},
		"a variable that is a member":           {request: body(`{"a": 1, {{more}} }`), rule: "json-body", quiet: true},
		"a variable that is a member first":     {request: body(`{ {{more}}, "a": 1 }`), rule: "json-body", quiet: true},
		"a variable that may be a comma":        {request: body(`{"a": 1{{comma}} "b": 2}`), rule: "json-body", quiet: true},
		"a variable that is a key":              {request: body(`{ {{key}}: 1 }`), rule: "json-body", quiet: true},
		"a variable that ends a list":           {request: body(`[1, 2 {{rest}}]`), rule: "json-body", quiet: true},
		"a comma too many":                      {request: body(`{"a": {{x}}, }`), rule: "json-body"},
		"a body that is broken on purpose":      {request: body(`{"name": Oak, "age": 3}`), after: "pm.test('refused', () => pm.response.to.have.status(400))", rule: "json-body", quiet: true},
		"a broken body that is to succeed":      {request: body(`{"name": Oak, "age": 3}`), after: "pm.test('made', () => pm.response.to.have.status(201))", rule: "json-body"},
		"a broken body, two outcomes":           {request: body(`{"name": Oak, "age": 3}`), after: "pm.test('any', () => pm.expect(pm.response.code).to.be.oneOf([201, 400]))", rule: "json-body"},
		"a comma too many, and a member":        {request: body("{\"a\": 1, {{more}}\n, \"b\": 1,, }"), rule: "json-body", quiet: true},
		"a password of a sample":                {request: body(`{"email": "user@example.com", "password": "password123"}`), rule: "secret", quiet: true},
		"a password everybody knows":            {request: body(`{"password": "Passw0rd!"}`), rule: "secret", quiet: true},
		"a password of a test":                  {request: body(`{"password": "Test1234!"}`), rule: "secret", quiet: true},
		"an administrator's first password":     {request: body(`{"password": "admin123"}`), rule: "secret", quiet: true},
		"a password that is one":                {request: body(`{"password": "kV9!rTq2"}`), rule: "secret"},
		"a path of a vault":                     {request: get, whole: `{"variable": [{"key": "client_secret", "value": "vault:secret/data/shop#client2"}]}`, rule: "secret", quiet: true},
		"a reference to a manager":              {request: get, whole: `{"variable": [{"key": "client_secret", "value": "arn:aws:secretsmanager:eu-west-1:1:secret:shop-a1B2c3"}]}`, rule: "secret", quiet: true},
		"an item of a password manager":         {request: get, whole: `{"variable": [{"key": "client_secret", "value": "op://shop/api/secret1"}]}`, rule: "secret", quiet: true},
		"a path to a file":                      {request: get, whole: `{"variable": [{"key": "client_secret", "value": "/run/secrets/client2"}]}`, rule: "secret", quiet: true},
		"an address":                            {request: get, whole: `{"variable": [{"key": "api_key", "value": "https://x.test/keys/1234567"}]}`, rule: "secret", quiet: true},
		"the token of a tutorial":               {request: get, whole: `{"variable": [{"key": "token", "value": "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c"}]}`, rule: "secret", quiet: true},
		"digits that count":                     {request: get, whole: `{"variable": [{"key": "api_key", "value": "0000000000000000"}]}`, rule: "secret", quiet: true},
		"letters and digits in their order":     {request: get, whole: `{"variable": [{"key": "api_key", "value": "abcdef0123456789abcdef"}]}`, rule: "secret", quiet: true},
		"a name of a field for a token":         {request: get, whole: `{"variable": [{"key": "token", "value": "access_token_v2_field"}]}`, rule: "secret", quiet: true},
		"a token that is nobody's":              {request: `{"url": "http://x.test/a", "header": [{"key": "apikey", "value": "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJzaG9wIiwicm9sZSI6ImFub24iLCJpYXQiOjE3MDAwMDAwMDAsImV4cCI6MjAxNTM2MDAwMH0.Zm9vYmFyYmF6cXV1eDEyMzQ1Njc4OTA"}]}`, rule: "secret", quiet: true},
		"a token of a service":                  {request: `{"url": "http://x.test/a", "header": [{"key": "apikey", "value": "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJzaG9wIiwicm9sZSI6InNlcnZpY2Vfcm9sZSIsImlhdCI6MTcwMDAwMDAwMCwiZXhwIjoyMDE1MzYwMDAwfQ.Zm9vYmFyYmF6cXV1eDEyMzQ1Njc4OTA"}]}`, rule: "secret"},
		"a key for demonstrations":              {request: `"http://x.test/a?api_key=DEMO_KEY4"`, rule: "secret", quiet: true},
		"a key that begins so":                  {request: `"http://x.test/a?api_key=DEMO_KEY4_8fK20dLq71"`, rule: "secret"},
		"a password to be refused":              {request: body(`{"password": "kV9!rTq2"}`), after: "pm.test('refused', () => pm.response.to.have.status(401))", rule: "secret", quiet: true},
		"a password of somebody without rights": {request: body(`{"password": "kV9!rTq2"}`), after: "pm.test('refused', () => pm.response.to.have.status(403))", rule: "secret"},
		"a session's cookie":                    {request: `{"url": "http://x.test/a", "header": [{"key": "Cookie", "value": "lang=en; PHPSESSID=q8v2m1k7t4c0x9z5"}]}`, rule: "secret"},
		"a cookie of preferences":               {request: `{"url": "http://x.test/a", "header": [{"key": "Cookie", "value": "lang=en; layout=wide2columns44"}]}`, rule: "secret", quiet: true},
		"a session by a variable":               {request: `{"url": "http://x.test/a", "header": [{"key": "Cookie", "value": "PHPSESSID={{session}}"}]}`, rule: "secret", quiet: true},
		"a header that asks for its token":      {request: `{"url": "http://x.test/a", "header": [{"key": "Authorization", "value": "Bearer PASTE_TOKEN_HERE"}]}`, rule: "placeholder"},
		"an auth that asks for its key":         {request: `{"url": "http://x.test/a", "auth": {"type": "apikey", "apikey": [{"key": "key", "value": "X-Key"}, {"key": "value", "value": "YOUR_KEY"}]}}`, rule: "placeholder"},
		"a variable that asks for its key":      {request: `"http://x.test/a?k={{apiKey}}"`, whole: `{"variable": [{"key": "apiKey", "value": "your-api-key"}]}`, rule: "placeholder"},
		"a server that asks for its name":       {request: `"{{base}}/a"`, whole: `{"variable": [{"key": "base", "value": "https://your-shop.test/v1"}]}`, rule: "placeholder"},
		"a text that is to be sent":             {request: body(`{"text": "{{greeting}}"}`), whole: `{"variable": [{"key": "greeting", "value": "your-message-here"}]}`, rule: "placeholder", quiet: true},
		"a server of a name with your in it":    {request: `"{{base}}/a"`, whole: `{"variable": [{"key": "base", "value": "https://yourte.test/v1"}]}`, rule: "placeholder", quiet: true},
		"a token that is to be refused":         {request: `{"url": "http://x.test/a", "header": [{"key": "Authorization", "value": "Bearer YOUR_TOKEN"}]}`, after: "pm.test('refused', () => pm.response.to.have.status(401))", rule: "placeholder", quiet: true},
		// scripts
		"a test that asks a library":        {request: get, after: "pm.test('x', () => { shared.check(pm.response) })", rule: "vacuous-test", quiet: true},
		"a test that throws":                {request: get, after: "pm.test('x', () => { if (pm.response.code > 399) throw new Error('bad') })", rule: "vacuous-test", quiet: true},
		"a test that gives its answer back": {request: get, after: "pm.test('x', () => pm.response.code === 200)", rule: "vacuous-test"},
		"true in a try, false in its catch": {request: get, after: "try { JSON.parse(responseBody); tests['json'] = true } catch (e) { tests['json'] = false }", rule: "vacuous-test", quiet: true},
		"true and nothing else":             {request: get, after: "tests['json'] = true", rule: "vacuous-test"},
		"a test of a plugin's property":     {request: get, after: "pm.test('x', () => { pm.expect(1).to.be.shiny })", rule: "vacuous-test", quiet: true},
		"a test that waits":                 {request: get, after: "pm.test('x', async () => { await pm.sendRequest('http://x.test') })", rule: "vacuous-test", quiet: true},
		"a test with done":                  {request: get, after: "pm.test('x', done => { setTimeout(() => done(new Error('late')), 5) })", rule: "vacuous-test", quiet: true},
		"a jump to nobody":                  {request: get, after: "postman.setNextRequest('secund')", rule: "unknown-jump"},
		"a jump to the end":                 {request: get, after: "postman.setNextRequest('')", rule: "unknown-jump", quiet: true},
		"a segment with a colon":            {request: urlOf("http://x.test/v1/models/m:generate"), rule: "path-variable", quiet: true},
	}
	names := make([]string, 0, len(cases))
	for name := range cases {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := cases[name]
			if said := c.check(t); (len(said) == 0) != c.quiet {
				t.Errorf("%s says %q, quiet should be %t", c.rule, said, c.quiet)
			}
		})
	}
}
