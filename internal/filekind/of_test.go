package filekind_test

import (
	"strings"
	"testing"

	"posthaste/internal/filekind"
)

func TestOf(t *testing.T) {
	tests := map[string]struct {
		name, text string
		want       filekind.Kind
	}{
		"a collection":                      {"c.json", `{"info":{"name":"c"},"item":[]}`, filekind.Collection},
		"a collection with values":          {"c.json", `{"info":{"name":"c"},"item":[],"values":[]}`, filekind.Collection},
		"a collection of the Postman API":   {"c.json", `{"collection":{"info":{},"item":[]}}`, filekind.Collection},
		"a collection of format 1":          {"c.json", `{"name":"c","order":["1"],"requests":[]}`, filekind.Collection},
		"a request of format 3":             {"a.request.yaml", "$kind: http-request\nurl: https://a.test\n", filekind.Collection},
		"a broken collection":               {"c.json", `{"info":{"name":"c"},"item":[`, ""},
		"a collection with a conflict":      {"c.json", "<<<<<<< HEAD\n{}\n", ""},
		"an environment":                    {"e", `{"name":"e","values":[]}`, filekind.Environment},
		"an environment of the Postman API": {"e", `{"environment":{"values":[]}}`, filekind.Environment},
		"an environment of format 3":        {"e.yaml", "$kind: environment\nname: e\n", filekind.Environment},
		"a list of variables":               {"e", `[{"key":"a","value":"1"}]`, filekind.Environment},
		"globals":                           {"g", `{"values":[],"_postman_variable_scope":"globals"}`, filekind.Globals},
		"rows":                              {"d", `[{"id":1},{"id":2}]`, filekind.Rows},
		"rows with a key":                   {"d", `[{"key":"a","id":1}]`, filekind.Rows},
		"lines of JSON":                     {"d", "{\"id\":1}\n{\"id\":2}\n", filekind.Rows},
		"CSV":                               {"x", "id,name\n1,A\n2,B\n", filekind.CSV},
		"CSV of one column, by its name":    {"d.csv", "id\n1\n", filekind.CSV},
		"CSV behind a byte order mark":      {"x", "\uFEFFid;name\r\n1;A\r\n", filekind.CSV},
		"TSV":                               {"x", "id\tname\n1\tA\n", filekind.CSV},
		"CSV whose values hold =":           {"x", "query,n\na=1,2\n", filekind.CSV},
		"CSV of one column with =":          {"d.csv", "query\na=1\n", filekind.CSV},
		"dotenv":                            {".env", "# keys\nCLIENT_ID=a\nexport SECRET='b c'\n", filekind.Dotenv},
		"dotenv with values of lines":       {"x", "KEY=\"-----BEGIN\nabc\n-----END\"\nA=1\nB=2\nC=3\n", filekind.Dotenv},
		"dotenv with commas":                {"x", "A=1,2\nB=3,4\n", filekind.Dotenv},
		"dotenv with BOM and CRLF":          {"x", "\uFEFFA=1\r\n\r\nB=2\r\n", filekind.Dotenv},
		"OpenAPI in JSON":                   {"o", `{"openapi":"3.1.0","info":{},"paths":{}}`, filekind.OpenAPI},
		"OpenAPI in YAML":                   {"o", "openapi: 3.0.0\ninfo:\n  title: a\n", filekind.OpenAPI},
		"OpenAPI behind comments":           {"o", "---\n# ours\nopenapi: \"3.0.0\"\n", filekind.OpenAPI},
		"Swagger":                           {"o", "swagger: '2.0'\n", filekind.OpenAPI},
		"AsyncAPI":                          {"o", "asyncapi: 3.0.0\n", filekind.AsyncAPI},
		"a HAR file":                        {"o", `{"log":{"version":"1.2","entries":[]}}`, filekind.HAR},
		"a recording":                       {"r.ndjson", "{\"v\":3,\"kind\":\"run.started\"}\n{\"v\":3,\"kind\":\"notice\"}\n", filekind.Recording},
		"rows with v and kind":              {"d", "{\"v\":3,\"kind\":\"a\"}\n{\"v\":3}\n", filekind.Rows},
		"a cookie jar":                      {"j", `{"version":"tough-cookie@4","cookies":[]}`, filekind.CookieJar},
		"a certificate list":                {"l", `[{"name":"a","matches":[],"cert":{"src":"a"}}]`, filekind.CertificateList},
		"a certificate":                     {"x", "-----BEGIN CERTIFICATE-----\nMII\n", filekind.Certificate},
		"a key":                             {"x", "-----BEGIN EC PRIVATE KEY-----\nMII\n", filekind.PrivateKey},
		"PKCS#12":                           {"x", "0\x82\x01\x00\x02", filekind.PKCS12},
		"a data export":                     {"x", `{"version":1,"collections":[],"environments":[]}`, filekind.Dump},
		"a report of newman":                {"x", `{"collection":{"item":[]},"run":{}}`, filekind.NewmanJSON},
		"Insomnia":                          {"x", `{"_type":"export","resources":[]}`, filekind.Insomnia},
		"Bruno":                             {"x.bru", "meta {\n  name: a\n}\n", filekind.Bruno},
		"an HTTP file":                      {"x.http", "### one\nGET https://a.test\n", filekind.HTTPFile},
		"curl":                              {"x", "curl -X POST https://a.test\n", filekind.Curl},
		"package.json":                      {"package.json", `{"dependencies":{}}`, filekind.Package},
		"package.json that calls newman":    {"package.json", `{"scripts":{"test":"newman run c.json"}}`, filekind.CallsNewman},
		"a script that calls newman":        {"x", "#!/bin/sh\nset -e\nnewman run c.json -e e.json\n", filekind.CallsNewman},
		"a CI file that calls newman":       {".gitlab-ci.yml", "api:\n  script:\n    - newman run c.json\n", filekind.CallsNewman},
		"a script":                          {"x", "#!/bin/sh\necho a\n", filekind.Script},
		"a JSON Schema":                     {"x", `{"$schema":"https://json-schema.org/x","properties":{}}`, filekind.JSONSchema},
		"JUnit":                             {"x", `<?xml version="1.0"?><testsuites></testsuites>`, filekind.JUnit},
		"WSDL":                              {"x", `<wsdl:definitions xmlns:wsdl="a">`, filekind.WSDL},
		"a web page":                        {"x", "\n<!DOCTYPE html><html>", filekind.HTML},
		"XML":                               {"x", "<a/>", filekind.XML},
		"YAML":                              {"x.yaml", "a: 1\n", filekind.YAML},
		"YAML by its lines":                 {"x", "name: a\nother:\n  - b\n", filekind.YAML},
		"cookies of curl":                   {"x", "# Netscape HTTP Cookie File\na.test\tFALSE\t/\n", filekind.Netscape},
		"JavaScript":                        {"x", "const a = 1\n", filekind.JavaScript},
		"Markdown":                          {"README.md", "# A\n\nb, c\n", filekind.Markdown},
		"Excel":                             {"d.xlsx", "PK\x03\x04\x14\x00[Content_Types].xml", filekind.Spreadsheet},
		"old Excel":                         {"d.xls", "\xd0\xcf\x11\xe0\xa1\xb1", filekind.Spreadsheet},
		"zip":                               {"x", "PK\x03\x04\x14\x00a.json", filekind.Archive},
		"gzip":                              {"x", "\x1f\x8b\x08", filekind.Gzip},
		"PDF":                               {"x", "%PDF-1.7", filekind.PDF},
		"an image":                          {"x", "\x89PNG\r\n\x1a\n", filekind.Image},
		"a program":                         {"x", "\x7fELF\x02", filekind.Program},
		"bytes":                             {"x", "abc\x00def", filekind.Binary},
		"UTF-16 is text":                    {"x", "\xff\xfea\x00", ""},
		"an object that nobody knows":       {"x", `{"a":1}`, ""},
		"a list of numbers":                 {"x", `[1,2]`, ""},
		"a list of nothing":                 {"x", `[]`, ""},
		"nothing":                           {"x", " \n", ""},
		"a word":                            {"x", "TODO", ""},
		"a sentence with a comma":           {"x", "Hello, world\nand goodbye\n", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := filekind.Of(test.name, []byte(test.text)); got != test.want {
				t.Errorf("Of(%q) = %q, want %q", test.text, got, test.want)
			}
		})
	}
}

// Whatever a file is, somebody who gave it in the wrong place is told what to do with it, by its name.
func TestEveryKindHasAHint(t *testing.T) {
	for _, k := range []filekind.Kind{
		filekind.Collection, filekind.Environment, filekind.Globals, filekind.Rows, filekind.CSV, filekind.Dotenv, filekind.OpenAPI,
		filekind.Recording, filekind.CookieJar, filekind.CertificateList, filekind.Certificate, filekind.PrivateKey, filekind.PKCS12,
		filekind.CallsNewman, filekind.Gzip, filekind.Archive,
	} {
		if hint := k.Hint("a b.json"); !strings.Contains(hint, "'a b.json'") {
			t.Errorf("%s: the hint does not name the file: %q", k, hint)
		}
		if hint := k.Hint("https://a.test/?apikey=1"); strings.Contains(hint, "apikey") || hint == "" {
			t.Errorf("%s: the hint for a URL is %q", k, hint)
		}
	}
	for _, k := range []filekind.Kind{
		filekind.Settings, filekind.HAR, filekind.Dump, filekind.NewmanJSON, filekind.Insomnia, filekind.Bruno, filekind.HTTPFile, filekind.Curl,
		filekind.Package, filekind.AsyncAPI, filekind.JSONSchema, filekind.JUnit, filekind.WSDL, filekind.HTML, filekind.XML, filekind.YAML,
		filekind.Netscape, filekind.JavaScript, filekind.Script, filekind.Markdown, filekind.Spreadsheet, filekind.PDF, filekind.Image, filekind.Program, filekind.Binary,
	} {
		if k.Hint("a") == "" {
			t.Errorf("%s has no hint", k)
		}
		if !k.Text() {
			t.Errorf("%s would be read as CSV", k)
		}
	}
}

// Rows that a run takes are never refused as something else.
func TestRowsAreNotRefused(t *testing.T) {
	for _, text := range []string{
		"id\n1\n", "a=b\n1\n", "a=b,c\nx=1,2\n", "name;amount\nA;1\n", "url,method\nhttps://a.test/?a=1,GET\n", "key,value\nA,1\n",
		"sep=;\na;b\n1;2\n", "{a},b\n1,2\n", "post,get\n1,2\n", "# id,name\n1,2\n", "script\nrun\n", "\"a\nb\",c\n1,2\n",
		"title: text,b\n1,2\n", "a:b\n1:2\n", "meta,b\nc,d\n", "query\na=1\nb=2\nc=3\n", `"q=1"` + "\n" + `"q=2"` + "\n",
	} {
		if k := filekind.Of("rows.csv", []byte(text)); k.Text() {
			t.Errorf("%q is taken for %s", text, k)
		}
	}
}

func FuzzOf(f *testing.F) {
	f.Add("c.json", []byte(`{"info":{},"item":[]}`))
	f.Add("d.csv", []byte("a,b\n1,2\n"))
	f.Add(".env", []byte("A=1\n"))
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		if k := filekind.Of(name, data); k != "" && k.Hint(name) == "" {
			t.Errorf("%s has no hint", k)
		}
	})
}
