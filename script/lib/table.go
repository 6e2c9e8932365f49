package lib

import (
	"github.com/dop251/goja"

	"posthaste/script/lib/buffer"
	"posthaste/script/lib/cheerio"
	"posthaste/script/lib/cryptojs"
	"posthaste/script/lib/csv"
	"posthaste/script/lib/lodash"
	"posthaste/script/lib/moment"
	"posthaste/script/lib/web"
	"posthaste/script/lib/webcrypto"
	"posthaste/script/lib/weburl"
	"posthaste/script/lib/xmljs"
)

// A Library is one row of Table: where the value of require(name) comes from. Exactly one field is set.
type Library struct {
	New     Loader                   // made here, in Go or from our own JavaScript in js/
	Sandbox func(Sandbox) goja.Value // what the sandbox itself works with, so that scripts get the same one
}

// A Sandbox gives the libraries that it works with itself. The values are made once a runtime.
type Sandbox interface {
	Ajv() goja.Value
	Chai() goja.Value
	Collection() goja.Value // postman-collection
	TV4() goja.Value
}

// A Global says where the value of a global comes from: a property of a module, or
// the module itself when Property is empty.
type Global struct {
	Module, Property string
}

// Table lists every library by the name that require() takes. It is the only such list: what is not in it cannot be
// required. Names that begin with "#" are for this package and its globals only; scripts cannot require them.
func Table() map[string]Library {
	return map[string]Library{
		// What the sandbox works with itself.
		"ajv":                {Sandbox: Sandbox.Ajv},
		"chai":               {Sandbox: Sandbox.Chai},
		"postman-collection": {Sandbox: Sandbox.Collection},
		"tv4":                {Sandbox: Sandbox.TV4},

		// Our own.
		"cheerio":            {New: cheerio.New},
		"lodash":             {New: lodash.New},
		"lodash3":            {New: lodash.New3}, // the global _
		"moment":             {New: moment.New},
		"crypto-js":          {New: cryptojs.New},
		"buffer":             {New: buffer.New},
		"atob":               {New: buffer.NewAtob},
		"btoa":               {New: buffer.NewBtoa},
		"string_decoder":     {New: buffer.NewStringDecoder},
		"assert":             {New: script("assert", nil)},
		"events":             {New: script("events", nil)},
		"os":                 {New: script("os", nil)},
		"path":               {New: script("path", nil)},
		"punycode":           {New: script("punycode", nil)},
		"querystring":        {New: script("querystring", queryHost)},
		"url":                {New: script("url", nil)},
		"util":               {New: script("util", utilHost)},
		"uuid":               {New: newUUID},
		"stream":             {New: script("nodestream/stream", nil)},
		"timers":             {New: newTimers},
		"json":               {New: newJSON},
		"fs":                 {New: newEmpty},
		"backbone":           {New: newBackbone},
		"xml2js":             {New: script("xml2js", xmljs.New)},
		"csv-parse/lib/sync": {New: csv.New},

		// For the rows above and for Globals.
		"#equal":            {New: script("equal", equalHost)},
		"#url":              {New: weburl.New},
		"#web":              {New: script("web", web.New)},
		"#dom":              {New: script("domexception", nil)},
		"#nodestream":       {New: script("nodestream/base", laterHost)},
		"#nodereadable":     {New: script("nodestream/readable", nil)},
		"#nodeflow":         {New: script("nodestream/flow", nil)},
		"#nodewritable":     {New: script("nodestream/writable", nil)},
		"#nodefinished":     {New: script("nodestream/finished", nil)},
		"#streambase":       {New: script("stream/base", web.Streams)},
		"#readablestream":   {New: script("stream/readable", web.Streams)},
		"#bytestream":       {New: script("stream/bytes", web.Streams)},
		"#writablestream":   {New: script("stream/writable", web.Streams)},
		"#transformstream":  {New: script("stream/transform", web.Streams)},
		"#streampipe":       {New: script("stream/pipe", web.Streams)},
		"#webidl":           {New: script("crypto/webidl", webcrypto.Host)},
		"#cryptoalgorithms": {New: script("crypto/algorithms", webcrypto.Host)},
		"#cryptokey":        {New: script("crypto/key", webcrypto.Host)},
		"#webcrypto":        {New: script("crypto/subtle", webcrypto.Host)},
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
