package content

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"regexp"
	"strings"
	"sync"

	"posthaste/collection"
)

// multipart builds a multipart/form-data body (RFC 7578). A user's own boundary is kept.
// Names are not escaped, as newman does not escape them. Params that are files which cannot
// be read are left out with a warning.
func (c *Builder) multipart(b *collection.Body, header []collection.Header) (Payload, error) {
	boundary, own := userBoundary(header)
	if !own {
		var err error
		if boundary, err = c.boundary(); err != nil {
			return Payload{}, err
		}
	}
	p := Payload{Mode: "formdata", Type: "multipart/form-data; boundary=" + boundary, OwnBoundary: own}
	// Each part begins with this line; the end of the form has two more dashes.
	form := formWriter{payload: &p, open: "--" + boundary + "\r\n"}
	for _, param := range b.FormData {
		switch {
		case param.Disabled:
		case param.Type == "file":
			c.fileParts(&form, param)
		default:
			kind := param.ContentType
			if kind == "" && param.FileName != "" {
				kind, _ = lookUpType(param.FileName)
			}
			form.part(param.Key, param.FileName, param.FileName != "", kind)
			form.data([]byte(formText(param.Value)))
		}
	}
	if form.parts == 0 { // all disabled or unreadable: newman sends no body at all
		return Payload{}, nil
	}
	form.text.WriteString("--" + boundary + "--\r\n")
	form.flush()
	return p, nil
}

// fileParts adds one part a file. (newman: after a list of files, later files of the form go
// out empty;
// here all are sent.)
func (c *Builder) fileParts(form *formWriter, param collection.FormParam) {
	// No file is named, or none may be read: the content may stand in the collection as
	// base64, else an empty file is sent.
	if len(param.Src) == 0 || param.Src[0] == "" && len(param.Src) == 1 || c.Script {
		if v := param.Value; v.IsString() && v.String() != "" {
			data, _ := base64.StdEncoding.DecodeString(v.String()) // as far as it is base64
			kind := param.ContentType
			if kind == "" {
				kind = typeByName(param.FileName)
			}
			form.part(param.Key, param.FileName, param.FileName != "", kind)
			form.data(data)
			return
		}
		c.Warn(fmt.Sprintf("Form param `%s`, file load error: missing file source", param.Key))
		form.part(param.Key, "", true, param.ContentType)
		form.data(nil)
		return
	}
	for _, src := range param.Src {
		size, err := c.stat(src)
		if err != nil {
			c.Warn(fmt.Sprintf("Form param `%s`, file load error: %v", param.Key, err))
			continue
		}
		name, kind := param.FileName, param.ContentType
		if name == "" {
			name = path.Base(strings.ReplaceAll(src, `\`, "/"))
		}
		if kind == "" {
			kind = typeByName(src)
		}
		form.part(param.Key, name, true, kind)
		form.file(src, size)
	}
}

// formText is what a text part holds: JSON for what is no string, nothing for null and
// undefined.
func formText(v collection.Value) string {
	switch v.Kind() {
	case collection.Undefined, collection.Null:
		return ""
	case collection.String:
		return v.String()
	default:
		return v.JSONText()
	}
}

// stat returns the size of a file that a body names, or why it cannot be read in newman's
// words. Sizes are needed beforehand, for Content-Length.
func (c *Builder) stat(name string) (int64, error) {
	if c.Files == nil {
		return 0, fmt.Errorf("%q, read permission denied", name)
	}
	f, err := c.Files.Open(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return 0, fmt.Errorf("\"%s\", no such file", name)
	case errors.Is(err, fs.ErrPermission):
		return 0, fmt.Errorf("\"%s\", read permission denied", name)
	case err != nil:
		return 0, err
	}
	defer func() { _ = f.Close() }() // it was only read
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	if !info.Mode().IsRegular() {
		return 0, fmt.Errorf("\"%s\", is not a file", name)
	}
	return info.Size(), nil
}

// writtenBoundary is a Content-Type with a boundary that the user chose, in quotes or
// without: multipart/form-data; boundary=abc.
var writtenBoundary = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^multipart/form-data;.*boundary=(?:"([^"]+)"|([^;\s]+))`)
})

// userBoundary returns the boundary of a Content-Type that the user wrote; false without one.
func userBoundary(header []collection.Header) (string, bool) {
	for _, h := range header {
		if h.Disabled || !strings.EqualFold(h.Key, "content-type") {
			continue
		}
		m := writtenBoundary().FindStringSubmatch(h.Value)
		if m != nil {
			return m[1] + m[2], true
		}
	}
	return "", false
}

// boundary returns 26 dashes and 24 random digits, as Node's form-data makes it.
func (c *Builder) boundary() (string, error) {
	var digits [24]byte
	if _, err := io.ReadFull(c.Rand, digits[:]); err != nil {
		return "", fmt.Errorf("making a boundary: %w", err)
	}
	// 256 is no multiple of 10: digits below 6 are a little more frequent, which does not
	// matter here.
	for i := range digits {
		digits[i] = '0' + digits[i]%10
	}
	return strings.Repeat("-", 26) + string(digits[:]), nil
}

// A formWriter collects parts: text between files is one piece. It must be flushed at its
// end.
type formWriter struct {
	payload *Payload
	open    string // the line that begins a part, with its CR LF
	text    strings.Builder
	parts   int
}

// part begins one part, up to the empty line behind its header. A file name beyond Latin-1 is
// also given as filename* (RFC 5987).
func (f *formWriter) part(name, filename string, hasFilename bool, contentType string) {
	f.parts++
	f.text.WriteString(f.open + `Content-Disposition: form-data; name="` + name + `"`)
	if hasFilename {
		filename = baseName(filename)
		f.text.WriteString(`; filename="` + filename + `"`)
		if strings.ContainsFunc(filename, needsExtended) {
			f.text.WriteString("; filename*=UTF-8''" + extendedValue(filename))
		}
	}
	if contentType != "" {
		f.text.WriteString("\r\nContent-Type: " + contentType)
	}
	f.text.WriteString("\r\n\r\n")
}

// baseName is the last part of a path, as Node's path.basename takes it: without slashes at
// the end.
func baseName(name string) string {
	name = strings.TrimRight(name, "/")
	return name[strings.LastIndexByte(name, '/')+1:]
}

// needsExtended reports whether a name with this letter is sent as filename* too. newman:
// what Latin-1 has is not.
func needsExtended(r rune) bool { return r > 0xFF || r < 0x20 && r != '\t' || r == 0x7F }

// extendedValue encodes a parameter of a header as RFC 8187 has it, in newman's spelling:
// lower-case digits for the four characters that encodeURIComponent leaves and RFC 8187 does
// not allow.
func extendedValue(s string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', strings.IndexByte("-_.!~|`^", c) >= 0:
			b.WriteByte(c)
		case strings.IndexByte("'()*", c) >= 0:
			fmt.Fprintf(&b, "%%%02x", c)
		default:
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// data writes the content of a part from memory.
func (f *formWriter) data(data []byte) {
	f.text.Write(data)
	f.text.WriteString("\r\n")
}

// file adds the content of a part from a file, which is opened when the body is sent.
func (f *formWriter) file(name string, size int64) {
	f.flush()
	f.payload.addFile(name, size)
	f.text.WriteString("\r\n")
}

// flush makes a piece of the text so far.
func (f *formWriter) flush() {
	if f.text.Len() > 0 {
		f.payload.add([]byte(f.text.String()))
		f.text.Reset()
	}
}
