package sdk

import (
	"encoding/base64"

	"github.com/dop251/goja"

	"posthaste/internal/media"
)

// A content is what a response's content type tells, or its first bytes when it has none.
type content struct {
	contentType, mimeType, mimeFormat, charset, extension, fileName string
}

func (s *SDK) contentObject(o *goja.Object) *goja.Object {
	c := s.content(o)
	result := s.vm.NewObject()
	for _, p := range [][2]string{
		{"contentType", c.contentType},
		{"mimeType", c.mimeType},
		{"mimeFormat", c.mimeFormat},
		{"charset", c.charset},
		{"fileExtension", c.extension},
		{"fileName", c.fileName},
	} {
		if p[1] != "" {
			set(result, p[0], s.vm.ToValue(p[1]))
		}
	}
	return result
}

func (s *SDK) content(o *goja.Object) content {
	header := s.headerTexts(o)
	given := header("Content-Type")
	var body []byte
	if given == "" {
		body, _ = s.streamBytes(o)
	}
	info := media.Of(given, body)
	c := content{contentType: info.Type, mimeType: info.Kind, mimeFormat: info.Format, charset: info.Charset}
	c.extension = extensions()[info.Type]
	if info.Sniffed && info.Type == "image/jpeg" {
		c.extension = "jpg" // by the bytes; by the header it is jpeg
	}
	c.fileName = fileName(header("Content-Disposition"))
	if c.fileName == "" {
		c.fileName = "response"
		if c.extension != "" {
			c.fileName += "." + c.extension
		}
	}
	return c
}

// dataURI is the body as a data URI. The SDK has a space after "base64,".
func (s *SDK) dataURI(o *goja.Object) string {
	prefix := "data:" + s.content(o).contentType + ";base64, "
	if b, ok := s.streamBytes(o); ok {
		return prefix + base64.StdEncoding.EncodeToString(b)
	}
	if body := get(o, "body"); !isNil(body) {
		return prefix + base64.StdEncoding.EncodeToString([]byte(text(body)))
	}
	return prefix
}
