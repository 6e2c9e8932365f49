//go:build unix

package docs_test

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"posthaste/collections"
	"posthaste/internal/vipps"
)

// prepare fills the folder with what a reader of the pages has: a collection under each of the names that the pages give
// it, environments, data, recordings, an OpenAPI file, our collections for Vipps; and posthaste in PATH, which finds Vipps'
// test environment at the simulator.
func (r *reader) prepare(api, sim string, keys vipps.Keys) {
	self, err := os.Executable()
	if err != nil {
		r.t.Fatal(err)
	}
	bin := r.t.TempDir()
	script := "#!/bin/sh\nexport " + asCommand + "=1\ncase \"$1 $*\" in\n*--map*) ;;\nrun*|check*|teardown*) exec '" + self + "' \"$@\" --map https://apitest.vipps.no=" + sim + " --map http://api.example.com=" + api + " ;;\nesac\nexec '" + self + "' \"$@\"\n"
	r.put(filepath.Join(bin, "posthaste"), script, 0o755)
	r.env = []string{
		"PATH=" + bin + string(os.PathListSeparator) + os.Getenv("PATH"), "HOME=" + r.dir, "XDG_CACHE_HOME=" + r.dir, "NO_COLOR=1", "TMPDIR=" + r.t.TempDir(),
		"API_TOKEN=a-token-of-the-environment",
	}
	for _, name := range []string{"collection.json", "api.json", "my.json", "my.postman_collection.json", "shop.json"} {
		r.put(name, shopCollection(), 0o600)
	}
	values := map[string]string{
		"client_id": keys.ClientID, "client_secret": keys.ClientSecret, "Ocp-Apim-Subscription-Key": keys.SubscriptionKey,
		"merchantSerialNumber": keys.MerchantSerialNumber, "mobileNumber": keys.MobileNumber, "internationalMobileNumber": "47" + keys.MobileNumber,
	}
	merchant := map[string]any{"name": "Vipps test"}
	var list []map[string]string
	for key, value := range values {
		list = append(list, map[string]string{"key": key, "value": value})
	}
	merchant["values"] = list
	text, err := json.Marshal(merchant)
	if err != nil {
		r.t.Fatal(err)
	}
	for _, name := range []string{"test.json", "environment.json", "staging.json", "merchant.postman_environment.json", "tests/api.postman_environment.json"} {
		r.put(name, string(text), 0o600)
	}
	r.put("rows.csv", "name\nAda\nBob\n", 0o600)
	r.put(".env", "API_TOKEN=of-the-file\n", 0o600)
	r.put("read-secret", "#!/bin/sh\necho a-secret-of-the-store\n", 0o755)
	r.put("shop.yaml", shop, 0o600)
	r.put("package.json", `{"scripts": {"test": "newman run api.json -r cli"}}`+"\n", 0o600)
	r.put(".github/workflows/api.yml", "jobs:\n  api:\n    steps:\n      - run: npx newman run api.json -e staging.json\n", 0o600)
	r.collections()
	flows, err := filepath.Glob("../examples/vipps-flow/*.json")
	if err != nil {
		r.t.Fatal(err)
	}
	for _, path := range flows {
		data, err := os.ReadFile(path)
		if err != nil {
			r.t.Fatal(err)
		}
		r.put("examples/vipps-flow/"+filepath.Base(path), string(data), 0o600)
	}
	for _, line := range []string{
		"posthaste convert collection.json --to 3.0 -o postman/collections/mine",
		"posthaste run api.json --silent --teardown 'Teardown/**' -r events --reporter-events-export run.ndjson",
		"posthaste run api.json --silent -r events --reporter-events-export posthaste-report/events.ndjson",
		"posthaste run api.json --silent --shard 1/2 -r events --reporter-events-export shards/1.ndjson",
		"posthaste run api.json --silent --shard 2/2 -r events --reporter-events-export shards/2.ndjson",
	} {
		if out, code := r.shell(line); code != 0 {
			r.t.Fatalf("preparing: %s: exit code %d\n%s", line, code, out)
		}
	}
}

func (r *reader) put(name, text string, mode os.FileMode) {
	if !filepath.IsAbs(name) {
		name = filepath.Join(r.dir, name)
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		r.t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), mode); err != nil {
		r.t.Fatal(err)
	}
}

// collections puts our collections where pages look for them: in collections, and beside.
func (r *reader) collections() {
	err := fs.WalkDir(collections.Files(), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(collections.Files(), path)
		r.put("collections/"+path, string(data), 0o600)
		r.put(path, string(data), 0o600)
		if path == collections.EPayment {
			r.put("tests/api.postman_collection.json", string(data), 0o600)
		}
		return err
	})
	if err != nil {
		r.t.Fatal(err)
	}
}

// shopCollection is the collection that the pages call theirs: a token, folders, tags, and tests that pass.
func shopCollection() string {
	request := func(name, method, path, tags string) string {
		return `{"name":"` + name + `","description":"` + tags + `","request":{"method":"` + method + `","url":"{{base}}` + path + `","description":"` + tags + `","header":[{"key":"Authorization","value":"Bearer {{token}}"}]},
		"event":[{"listen":"test","script":{"exec":["pm.test('` + name + ` answers', () => pm.expect(pm.response.code).to.be.below(300));","pm.environment.set('token', pm.response.json().token);"]}}]}`
	}
	folder := func(name string, items ...string) string {
		return `{"name":"` + name + `","item":[` + strings.Join(items, ",") + `]}`
	}
	return `{"info":{"name":"Shop","schema":"https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
	"variable":[{"key":"base","value":"http://api.example.com"},{"key":"token","value":"none yet"}],"item":[` + strings.Join([]string{
		folder("Auth", request("Get token", "POST", "/token", "")),
		folder("Orders", request("Create order", "POST", "/orders", "@smoke"), request("Delete order", "DELETE", "/orders/p-1", "")),
		folder("Payments", request("Get payment", "GET", "/payments/p-1", "")),
		folder("Teardown", request("Cancel order", "POST", "/orders/p-1/cancel", "")),
	}, ",") + `]}`
}

// shop is the OpenAPI file of that API.
const shop = `openapi: 3.0.3
info: { title: Shop, version: "1" }
servers: [{ url: "http://api.example.com" }]
paths:
  /token: { post: { responses: { "201": { description: a token } } } }
  /orders: { post: { responses: { "201": { description: created } } } }
  /orders/{id}: { parameters: [{ name: id, in: path, required: true, schema: { type: string } }], delete: { responses: { "200": { description: gone } } } }
  /orders/{id}/cancel: { parameters: [{ name: id, in: path, required: true, schema: { type: string } }], post: { responses: { "201": { description: cancelled } } } }
  /payments/{id}: { parameters: [{ name: id, in: path, required: true, schema: { type: string } }], get: { responses: { "200": { description: a payment } } } }
`
