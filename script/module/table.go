package module

import (
	"posthaste/script/module/buffer"
	"posthaste/script/module/cryptojs"
	"posthaste/script/module/csv"
	"posthaste/script/module/web"
	"posthaste/script/module/webcrypto"
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
		"#dom":               script("domexception", nil),
		"#streambase":        script("stream/base", web.Streams),
		"#readablestream":    script("stream/readable", web.Streams),
		"#bytestream":        script("stream/bytes", web.Streams),
		"#writablestream":    script("stream/writable", web.Streams),
		"#transformstream":   script("stream/transform", web.Streams),
		"#streampipe":        script("stream/pipe", web.Streams),
		"#webidl":            script("crypto/webidl", webcrypto.Host),
		"#cryptoalgorithms":  script("crypto/algorithms", webcrypto.Host),
		"#cryptokey":         script("crypto/key", webcrypto.Host),
		"#webcrypto":         script("crypto/subtle", webcrypto.Host),
	}
}

// Globals lists the globals this package provides, by name.
func Globals() map[string]Global {
	return map[string]Global{
		"CryptoJS":                         {"crypto-js", ""},
		"Buffer":                           {"buffer", "Buffer"},
		"atob":                             {"atob", ""},
		"btoa":                             {"btoa", ""},
		"URL":                              {"#url", "URL"},
		"URLSearchParams":                  {"#url", "URLSearchParams"},
		"TextEncoder":                      {"#web", "TextEncoder"},
		"TextDecoder":                      {"#web", "TextDecoder"},
		"crypto":                           {"#webcrypto", "crypto"},
		"Crypto":                           {"#webcrypto", "Crypto"},
		"CryptoKey":                        {"#webcrypto", "CryptoKey"},
		"SubtleCrypto":                     {"#webcrypto", "SubtleCrypto"},
		"DOMException":                     {"#dom", "DOMException"},
		"ReadableStream":                   {"#readablestream", "ReadableStream"},
		"ReadableStreamDefaultReader":      {"#readablestream", "ReadableStreamDefaultReader"},
		"ReadableStreamDefaultController":  {"#readablestream", "ReadableStreamDefaultController"},
		"ReadableByteStreamController":     {"#bytestream", "ReadableByteStreamController"},
		"ReadableStreamBYOBReader":         {"#bytestream", "ReadableStreamBYOBReader"},
		"ReadableStreamBYOBRequest":        {"#bytestream", "ReadableStreamBYOBRequest"},
		"WritableStream":                   {"#writablestream", "WritableStream"},
		"WritableStreamDefaultController":  {"#writablestream", "WritableStreamDefaultController"},
		"WritableStreamDefaultWriter":      {"#writablestream", "WritableStreamDefaultWriter"},
		"TransformStream":                  {"#transformstream", "TransformStream"},
		"TransformStreamDefaultController": {"#transformstream", "TransformStreamDefaultController"},
		"TextEncoderStream":                {"#transformstream", "TextEncoderStream"},
		"TextDecoderStream":                {"#transformstream", "TextDecoderStream"},
		"CompressionStream":                {"#transformstream", "CompressionStream"},
		"DecompressionStream":              {"#transformstream", "DecompressionStream"},
		"ByteLengthQueuingStrategy":        {"#streambase", "ByteLengthQueuingStrategy"},
		"CountQueuingStrategy":             {"#streambase", "CountQueuingStrategy"},
		"queueMicrotask":                   {"#web", "queueMicrotask"},
		"structuredClone":                  {"#web", "structuredClone"},
		"Blob":                             {"#web", "Blob"},
		"File":                             {"#web", "File"},
		"Event":                            {"#web", "Event"},
		"EventTarget":                      {"#web", "EventTarget"},
		"AbortController":                  {"#web", "AbortController"},
		"AbortSignal":                      {"#web", "AbortSignal"},
		"xml2Json":                         {"xml2js", "toJson"},
	}
}
