package response

import (
	"encoding/base64"

	"github.com/dop251/goja"

	"posthaste/internal/media"
	"posthaste/script/jsvalue"
	"posthaste/script/lib/sdk/core"
)

// A content is what contentInfo returns: what a response's content type says, or its first
// bytes when it has no such header. Fields that are unknown are "" and left out of the
// object.
type content struct {
	contentType, mimeType, mimeFormat, charset, extension, fileName string
}

// contentObject is contentInfo() as scripts see it. The order of the keys is the SDK's, which
// shows when a script logs it.
func contentObject(s *core.SDK, o *goja.Object) *goja.Object {
	c := contentOf(s, o)
	result := s.VM.NewObject()
	for _, p := range [][2]string{
		{"contentType", c.contentType},
		{"mimeType", c.mimeType},
		{"mimeFormat", c.mimeFormat},
		{"charset", c.charset},
		{"fileExtension", c.extension},
		{"fileName", c.fileName},
	} {
		if p[1] != "" {
			core.Set(result, p[0], s.VM.ToValue(p[1]))
		}
	}
	return result
}

// contentOf reads the body only when there is no Content-Type to go by.
func contentOf(s *core.SDK, o *goja.Object) content {
	header := headerTexts(s, o)
	given := header("Content-Type")
	var body []byte
	if given == "" {
		body, _ = streamBytes(s, o)
	}
	info := media.Of(given, body)
	c := content{contentType: info.Type, mimeType: info.Kind, mimeFormat: info.Format, charset: info.Charset}
	c.extension = extensions()[info.Type]
	if info.Sniffed && info.Type == "image/jpeg" {
		c.extension = "jpg" // by the bytes; by the header it is jpeg
	}
	c.fileName = fileName(header("Content-Disposition"))
	if c.fileName == "" {
		// The SDK's name for a body without a name, "response.json" for example.
		c.fileName = "response"
		if c.extension != "" {
			c.fileName += "." + c.extension
		}
	}
	return c
}

// dataURI is the body as a data URI. The SDK has a space after "base64,", and scripts that
// cut it off by position depend on that.
func dataURI(s *core.SDK, o *goja.Object) string {
	prefix := "data:" + contentOf(s, o).contentType + ";base64, "
	if b, ok := streamBytes(s, o); ok {
		return prefix + base64.StdEncoding.EncodeToString(b)
	}
	if body := jsvalue.Get(o, "body"); !jsvalue.IsNullish(body) {
		return prefix + base64.StdEncoding.EncodeToString([]byte(core.Text(body)))
	}
	return prefix
}
