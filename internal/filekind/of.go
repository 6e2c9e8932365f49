package filekind

import (
	"bytes"
	"path"
	"regexp"
	"strings"
	"sync"

	"github.com/tidwall/gjson"
)

// head is how many bytes of a text are looked at where its lines decide.
const head = 16 << 10

// Of recognises a file by its content, and where that leaves it open by its name. The whole content is needed for JSON;
// of all else the first 16 KB are enough.
func Of(name string, data []byte) Kind {
	if k := binary(data); k != "" {
		return k
	}
	text := strings.TrimLeft(strings.TrimPrefix(string(data), "\uFEFF"), " \t\r\n")
	if text == "" {
		return ""
	}
	switch text[0] {
	case '{', '[':
		if k := json(text); k != "" {
			return k
		}
	case '<':
		return markup(text)
	}
	text = text[:min(len(text), head)]
	if k := begins(text); k != "" {
		return k
	}
	return lines(strings.ToLower(path.Ext(strings.ReplaceAll(name, `\`, "/"))), text)
}

// magics are the first bytes of binary files.
func magics() []struct {
	bytes string
	kind  Kind
} {
	return []struct {
		bytes string
		kind  Kind
	}{
		{"\x1f\x8b", Gzip},
		{"%PDF-", PDF},
		{"\x89PNG", Image},
		{"\xff\xd8\xff", Image},
		{"GIF8", Image},
		{"RIFF", Image},
		{"\xd0\xcf\x11\xe0", Spreadsheet},
		{"\x7fELF", Program},
		{"MZ\x90", Program},
		{"\xcf\xfa\xed\xfe", Program},
		{"7z\xbc\xaf", Archive},
		{"Rar!", Archive},
		{"0\x82", PKCS12},
		{"0\x80", PKCS12},
	}
}

// binary recognises a file that is no text, "" for one that may be.
func binary(data []byte) Kind {
	if bytes.HasPrefix(data, []byte("PK\x03\x04")) {
		first := data[:min(len(data), 4<<10)]
		if bytes.Contains(first, []byte("[Content_Types].xml")) || bytes.Contains(first, []byte("xl/")) || bytes.Contains(first, []byte("opendocument")) {
			return Spreadsheet
		}
		return Archive
	}
	for _, m := range magics() {
		if bytes.HasPrefix(data, []byte(m.bytes)) {
			return m.kind
		}
	}
	utf16 := bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff"))
	if !utf16 && bytes.IndexByte(data[:min(len(data), head)], 0) >= 0 {
		return Binary
	}
	return ""
}

// json recognises a JSON document, or the first one of a file of JSON lines.
func json(text string) Kind {
	if !gjson.Valid(text) {
		line, rest, _ := strings.Cut(text, "\n")
		if !gjson.Valid(line) || !strings.HasPrefix(strings.TrimSpace(rest), "{") && strings.TrimSpace(rest) != "" {
			return ""
		}
		if recorded(line) {
			return Recording
		}
		if text[0] == '{' {
			return Rows
		}
		return ""
	}
	root := gjson.Parse(text)
	if root.IsArray() {
		return list(root.Get("0"))
	}
	if recorded(text) {
		return Recording
	}
	return object(root)
}

// recorded reports whether a document is the first event of a recording.
func recorded(text string) bool {
	root := gjson.Parse(text)
	return root.Get("v").Type == gjson.Number && root.Get("kind").String() == "run.started"
}

// list recognises a JSON list by its first element.
func list(first gjson.Result) Kind {
	has := func(key string) bool { return first.Get(key).Exists() }
	switch {
	case !first.IsObject():
		return ""
	case has("matches"), has("cert"), has("pfx"):
		return CertificateList
	case has("key") && (has("value") || has("enabled")):
		return Environment
	case has("item") && has("info"):
		return Dump
	}
	return Rows
}

// object recognises a JSON object by its keys, the surest first.
func object(o gjson.Result) Kind {
	has := func(keys ...string) bool {
		for _, key := range keys {
			if !o.Get(key).Exists() {
				return false
			}
		}
		return true
	}
	for _, is := range []struct {
		it   bool
		kind Kind
	}{
		{has("info", "item"), Collection},
		{has("requests", "order"), Collection},
		{has("collection", "run"), NewmanJSON},
		{o.Get("collection.item").Exists(), Collection},
		{o.Get("collections").IsArray() && has("version"), Dump},
		{has("openapi"), OpenAPI},
		{has("swagger"), OpenAPI},
		{has("asyncapi"), AsyncAPI},
		{o.Get("log.entries").Exists(), HAR},
		{o.Get("_type").String() == "export" && has("resources"), Insomnia},
		{o.Get("cookies").IsArray(), CookieJar},
		{o.Get("_postman_variable_scope").String() == "globals", Globals},
		{o.Get("globals.values").IsArray(), Globals},
		{o.Get("values").IsArray(), Environment},
		{o.Get("environment.values").IsArray(), Environment},
		{has("$schema", "properties"), JSONSchema},
		{strings.Contains(o.Get("scripts").Raw, "newman"), CallsNewman},
		{has("dependencies"), Package},
		{has("devDependencies"), Package},
	} {
		if is.it {
			return is.kind
		}
	}
	return ""
}

// markup recognises a text that begins with "<".
func markup(text string) Kind {
	first := strings.ToLower(text[:min(len(text), 1<<10)])
	switch {
	case strings.HasPrefix(first, "<<<<<<<"): // a merge conflict
		return ""
	case strings.Contains(first, "<!doctype html"), strings.Contains(first, "<html"):
		return HTML
	case strings.Contains(first, "<testsuite"):
		return JUnit
	case strings.Contains(first, "definitions") && strings.Contains(first, "wsdl"):
		return WSDL
	}
	return XML
}

// patterns are what the first lines of texts look like, in the order in which they are tried.
//
//nolint:gochecknoglobals // compiled once, when first used
var patterns = sync.OnceValue(func() (list []struct {
	like *regexp.Regexp
	kind Kind
},
) {
	for _, p := range []struct {
		like string
		kind Kind
	}{
		{`^-----BEGIN [A-Z ]*PRIVATE KEY-----`, PrivateKey},
		{`^-----BEGIN `, Certificate},
		{`^#!.*\n(?s:.*)\bnewman\s+run\b`, CallsNewman},
		{`^#!`, Script},
		{`^# (Netscape )?HTTP Cookie File`, Netscape},
		{`^["']?(openapi|swagger)["']?\s*:`, OpenAPI},
		{`^["']?asyncapi["']?\s*:`, AsyncAPI},
		{`^(---\s*\n)?(#.*\n|\s*\n)*["']?(openapi|swagger)["']?\s*:`, OpenAPI},
		{`^\$kind:\s*["']?environment`, Environment},
		{`^\$kind:\s*["']?globals`, Globals},
		{`^\$kind:`, Collection},
		{`^(meta|vars|headers|get|post|auth|tests|script:[a-z-]+)\s*\{\s*\n`, Bruno},
		{`^curl\s+(-|'|"|https?:)`, Curl},
		{`^(###.*\n|\s*\n)*(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\s+(https?://|\{\{|/)`, HTTPFile},
		{`^(module\.exports|export default|const |let |var |import .* from |function[ *]|["']use strict|require\()`, JavaScript},
		{`(?m)^\s*(-\s*)?(run:|script:|-)?.*\bnewman\s+run\b`, CallsNewman},
	} {
		list = append(list, struct {
			like *regexp.Regexp
			kind Kind
		}{regexp.MustCompile(p.like), p.kind})
	}
	return list
})

// begins recognises a text by how it begins.
func begins(text string) Kind {
	for _, p := range patterns() {
		if p.like.MatchString(text) {
			return p.kind
		}
	}
	return ""
}
