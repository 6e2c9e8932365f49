package collections

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"github.com/tidwall/gjson"
)

func read(t *testing.T, name string) gjson.Result {
	t.Helper()
	b, err := fs.ReadFile(Files(), name)
	if err != nil {
		t.Fatal(err)
	}
	if !gjson.ValidBytes(b) {
		t.Fatalf("%s is not JSON", name)
	}
	return gjson.ParseBytes(b)
}

// requests returns the items that are requests, in the order in which they run.
func requests(item gjson.Result) []gjson.Result {
	var all []gjson.Result
	for _, child := range item.Get("item").Array() {
		if child.Get("request").Exists() {
			all = append(all, child)
		} else {
			all = append(all, requests(child)...)
		}
	}
	return all
}

func script(item gjson.Result, listen string) string {
	var lines []string
	for _, line := range item.Get(`event.#(listen=="` + listen + `").script.exec`).Array() {
		lines = append(lines, line.Str)
	}
	return strings.Join(lines, "\n")
}

func header(item gjson.Result, name string) string {
	return item.Get(`request.header.#(key=="` + name + `").value`).Str
}

func TestFilesAreFlat(t *testing.T) {
	entries, err := fs.ReadDir(Files(), ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.IsDir() || !strings.HasSuffix(e.Name(), ".postman_collection.json") && !strings.HasSuffix(e.Name(), ".postman_environment.json") {
			t.Errorf("%s has a name that Postman does not give its exports", e.Name())
		}
	}
}

func TestEveryRequestIsAuthorizedAndChecked(t *testing.T) {
	for _, name := range []string{Ecom, EPayment} {
		t.Run(name, func(t *testing.T) {
			root := read(t, name)
			if got := root.Get("info.schema").Str; !strings.Contains(got, "v2.1.0") {
				t.Errorf("schema = %q, want v2.1.0", got)
			}
			all := requests(root)
			if len(all) < 10 {
				t.Fatalf("%d requests, want at least 10", len(all))
			}
			for i, item := range all {
				checkItem(t, i, item)
			}
		})
	}
}

func checkItem(t *testing.T, i int, item gjson.Result) {
	t.Helper()
	name, test := item.Get("name").Str, script(item, "test")
	if !strings.Contains(test, "pm.test(") || !strings.Contains(test, "pm.expect(") && !strings.Contains(test, "to.have.status(") {
		t.Errorf("%s has no assertion", name)
	}
	if got := header(item, "Authorization"); i > 0 && got != "{{Authorization}}" || i == 0 && got != "" {
		t.Errorf("%s sends Authorization %q", name, got)
	}
	for _, h := range []string{
		"Ocp-Apim-Subscription-Key", "Merchant-Serial-Number", "Vipps-System-Name", "Vipps-System-Version",
		"Vipps-System-Plugin-Name", "Vipps-System-Plugin-Version",
	} {
		if header(item, h) == "" {
			t.Errorf("%s lacks %s", name, h)
		}
	}
	if i == 0 && (!strings.Contains(test, `pm.environment.set('Authorization', 'Bearer ' + body.access_token)`) ||
		!strings.Contains(test, `pm.environment.set('access_token', body.access_token)`)) {
		t.Errorf("%s does not store the token: %s", name, test)
	}
	for _, used := range regexp.MustCompile(`\bpm\.(\w+)`).FindAllStringSubmatch(test+script(item, "prerequest"), -1) {
		if !strings.Contains(" test expect response environment variables info execution ", " "+used[1]+" ") {
			t.Errorf("%s uses pm.%s", name, used[1])
		}
	}
}

func TestWritesAreIdempotent(t *testing.T) {
	tests := map[string]struct{ header, urls string }{
		Ecom:     {"X-Request-Id", `/(capture|refund)$`},
		EPayment: {"Idempotency-Key", `/(payments|cancel|capture|refund)$`},
	}
	for name, test := range tests {
		for _, item := range requests(read(t, name)) {
			isWrite := item.Get("request.method").Str != "GET" &&
				regexp.MustCompile(test.urls).MatchString(item.Get("request.url.raw").Str)
			if got := header(item, test.header); (got != "") != isWrite {
				t.Errorf("%s, %s: %s = %q", name, item.Get("name").Str, test.header, got)
			}
		}
	}
}

// statusIsExpected finds an assertion about the status, also one that takes several.
var statusIsExpected = regexp.MustCompile(`pm\.expect\((isOver \? 204 : )?pm\.response\.code[,)]|pm\.expect\(isKnown, 'status '`)

// newer are the collections that came after the first two.
func newer() []string { return []string{Recurring, Login, QR, Webhooks, Checkout, PSP, CheckIn} }

func all() []string { return append([]string{Ecom, EPayment}, newer()...) }

// TestNewerRequestsAreCheckedAndAuthorized looks at what every request must have.
func TestNewerRequestsAreCheckedAndAuthorized(t *testing.T) {
	for _, name := range newer() {
		t.Run(name, func(t *testing.T) {
			for _, item := range requests(read(t, name)) {
				title, test := item.Get("name").Str, script(item, "test")
				if !strings.Contains(test, "pm.test(") || !strings.Contains(test, "to.have.status(") && !statusIsExpected.MatchString(test) {
					t.Errorf("%s has no assertion about its status", title)
				}
				asks := header(item, "Ocp-Apim-Subscription-Key") != "" && header(item, "client_secret") == "" // the token, and Checkout sessions, need no token
				if got := header(item, "Authorization"); asks != (got == "{{Authorization}}") {
					t.Errorf("%s sends Authorization %q", title, got)
				}
				for _, used := range regexp.MustCompile(`\bpm\.(\w+)`).FindAllStringSubmatch(test+script(item, "prerequest"), -1) {
					if !strings.Contains(" test expect response environment variables execution ", " "+used[1]+" ") {
						t.Errorf("%s uses pm.%s", title, used[1])
					}
				}
			}
		})
	}
}

// TestTeardownComesLast holds that what a run makes is taken back: every folder of
// that name is the last one, and each of its requests either always runs or asks
// whether there is something to do.
func TestTeardownComesLast(t *testing.T) {
	for _, name := range all() {
		if name == CheckIn {
			continue // it makes nothing
		}
		items := read(t, name).Get("item").Array()
		last := items[len(items)-1]
		if last.Get("name").Str != "Teardown" {
			t.Errorf("%s ends with %s", name, last.Get("name").Str)
		}
		for _, item := range requests(last) {
			pre := script(item, "prerequest")
			if item.Get("request.method").Str != "GET" && !strings.Contains(pre, "pm.execution.skipRequest()") {
				t.Errorf("%s, %s: tears down what may not be there", name, item.Get("name").Str)
			}
		}
		for _, flag := range regexp.MustCompile(`set\('(to_\w+)', (?:'yes'|pm|String)`).FindAllStringSubmatch(read(t, name).Raw, -1) {
			if !strings.Contains(last.Raw, flag[1]) {
				t.Errorf("%s: nothing is done about %s", name, flag[1])
			}
		}
	}
}

// TestSecretsOfTheEnvironmentAreTyped looks for secrets in the environment that have no such type.
func TestSecretsOfTheEnvironmentAreTyped(t *testing.T) {
	env := read(t, Environment)
	for _, v := range env.Get("values").Array() {
		name := v.Get("key").Str
		looks := regexp.MustCompile(`secret|access_token|login_token|Subscription-Key|Authorization`).MatchString(name)
		if looks != (v.Get("type").Str == "secret") {
			t.Errorf("%s has type %s", name, v.Get("type").Str)
		}
	}
}

// TestURLsAgree holds that raw and the parts of a URL say the same: Postman reads
// the parts, people read raw.
func TestURLsAgree(t *testing.T) {
	for _, name := range all() {
		for _, item := range requests(read(t, name)) {
			url := item.Get("request.url")
			var parts []string
			for _, p := range append(url.Get("host").Array(), url.Get("path").Array()...) {
				parts = append(parts, p.Str)
			}
			var query []string
			for _, q := range url.Get("query").Array() {
				query = append(query, q.Get("key").Str+"="+q.Get("value").Str)
			}
			got := strings.Join(parts, "/")
			if len(query) > 0 {
				got += "?" + strings.Join(query, "&")
			}
			if want := url.Get("raw").Str; got != want {
				t.Errorf("%s: parts are %q, raw is %q", item.Get("name").Str, got, want)
			}
		}
	}
}

func TestEnvironmentHasPlaceholdersAndSecrets(t *testing.T) {
	env := read(t, Environment)
	value := func(name, field string) string { return env.Get(`values.#(key=="` + name + `").` + field).Str }
	for _, name := range []string{"client_id", "client_secret", "Ocp-Apim-Subscription-Key", "merchantSerialNumber"} {
		if v := value(name, "value"); !strings.HasPrefix(v, "<") || !strings.HasSuffix(v, ">") {
			t.Errorf("%s = %q, want a placeholder in <>", name, v)
		}
	}
	for _, name := range []string{"client_secret", "Ocp-Apim-Subscription-Key", "Authorization", "access_token"} {
		if got := value(name, "type"); got != "secret" {
			t.Errorf("%s has type %q, want secret", name, got)
		}
	}
	if got := value("base_url", "value"); got != "https://apitest.vipps.no" {
		t.Errorf("base_url = %q, want the test environment", got)
	}
}

// TestEnvironmentFillsTheCollections looks for variables that the file lacks.
func TestEnvironmentFillsTheCollections(t *testing.T) {
	env := read(t, Environment)
	for _, name := range all() {
		for _, m := range regexp.MustCompile(`\{\{([^{}$]+)\}\}`).FindAllStringSubmatch(read(t, name).Raw, -1) {
			if !env.Get(`values.#(key=="` + m[1] + `")`).Exists() {
				t.Errorf("%s uses {{%s}}, which the environment lacks", name, m[1])
			}
		}
	}
}

// TestEverythingIsDescribed wants a description of each collection, folder and request.
func TestEverythingIsDescribed(t *testing.T) {
	for _, name := range all() {
		root := read(t, name)
		if len(root.Get("info.description").Str) < 40 {
			t.Errorf("%s has no description", name)
		}
		var look func(item gjson.Result)
		look = func(item gjson.Result) {
			for _, child := range item.Get("item").Array() {
				if text := child.Get("description").Str + child.Get("request.description").Str; len(text) < 20 {
					t.Errorf("%s: %s is described as %q", name, child.Get("name").Str, text)
				}
				look(child)
			}
		}
		look(root)
	}
	if got := read(t, Ecom).Get("info.description").Str; !strings.Contains(got, "legacy") {
		t.Error("eCommerce does not say that it is legacy")
	}
}

// TestNoCurrencyIsFixed holds that the environment decides, except in eCommerce, which knows no other than NOK.
func TestNoCurrencyIsFixed(t *testing.T) {
	for _, name := range []string{EPayment, Recurring, QR, Webhooks, Checkout, PSP} {
		for _, item := range requests(read(t, name)) {
			body := item.Get("request.body.raw").Str
			if regexp.MustCompile(`"currency": *"[A-Z]`).MatchString(body) {
				t.Errorf("%s: %s has a currency of its own", name, item.Get("name").Str)
			}
		}
	}
}
