package module

import (
	"posthaste/script/module/buffer"
	"posthaste/script/module/cryptojs"
	"posthaste/script/module/csv"
	"posthaste/script/module/web"
	"posthaste/script/module/weburl"
	"posthaste/script/module/xmljs"
)

// A Global says where the value of a global comes from: a property of a module, or
// the module itself when Property is empty.
type Global struct {
	Module, Property string
}

// Table lists every module by the name require() takes. Names that begin with "#"
// are for this package and its globals only.
func Table() map[string]Loader {
	return map[string]Loader{
		"crypto-js":          cryptojs.New,
		"buffer":             buffer.New,
		"atob":               buffer.NewAtob,
		"btoa":               buffer.NewBtoa,
		"string_decoder":     buffer.NewStringDecoder,
		"assert":             script("assert", nil),
		"events":             script("events", nil),
		"os":                 script("os", nil),
		"path":               script("path", nil),
		"punycode":           script("punycode", nil),
		"querystring":        script("querystring", queryHost),
		"url":                script("url", nil),
		"util":               script("util", utilHost),
		"uuid":               newUUID,
		"timers":             newTimers,
		"json":               newJSON,
		"fs":                 newEmpty,
		"xml2js":             script("xml2js", xmljs.New),
		"csv-parse/lib/sync": csv.New,
		"#equal":             script("equal", equalHost),
		"#url":               weburl.New,
		"#web":               script("web", web.New),
	}
}

// Globals lists the globals this package provides, by name.
func Globals() map[string]Global {
	return map[string]Global{
		"CryptoJS":        {"crypto-js", ""},
		"Buffer":          {"buffer", "Buffer"},
		"atob":            {"atob", ""},
		"btoa":            {"btoa", ""},
		"URL":             {"#url", "URL"},
		"URLSearchParams": {"#url", "URLSearchParams"},
		"TextEncoder":     {"#web", "TextEncoder"},
		"TextDecoder":     {"#web", "TextDecoder"},
		"crypto":          {"#web", "crypto"},
		"queueMicrotask":  {"#web", "queueMicrotask"},
		"structuredClone": {"#web", "structuredClone"},
		"Blob":            {"#web", "Blob"},
		"File":            {"#web", "File"},
		"Event":           {"#web", "Event"},
		"EventTarget":     {"#web", "EventTarget"},
		"AbortController": {"#web", "AbortController"},
		"AbortSignal":     {"#web", "AbortSignal"},
		"xml2Json":        {"xml2js", "toJson"},
	}
}
