package redact

import (
	"encoding/base64"
	"html"
	"net/url"
	"strconv"
	"strings"

	"posthaste/collection"
)

// forms returns every way in which a secret may stand in a text.
func forms(value string) []needle {
	seen := map[string]bool{}
	var list []needle
	add := func(text string) {
		if len(text) >= Short && !seen[text] {
			seen[text] = true
			list = append(list, needle{text, value})
		}
	}
	add(listed(value))
	for _, v := range encodings(value) {
		if seen[v] {
			continue
		}
		add(v)
		quoted := v
		if special(v) {
			quoted = collection.Quote(v)
			quoted = quoted[1 : len(quoted)-1]
			add(quoted)
		}
		add(strings.ReplaceAll(quoted, "/", `\/`)) // as PHP writes it
		if strings.ContainsAny(quoted, "<>&='") {  // as Go and Gson do
			add(strings.NewReplacer("<", `\u003c`, ">", `\u003e`, "&", `\u0026`).Replace(quoted))
			add(strings.NewReplacer("<", `\u003c`, ">", `\u003e`, "&", `\u0026`, "=", `\u003d`, "'", `\u0027`).Replace(quoted))
		}
		if !special(v) {
			continue // XML, HTML and JavaScript write it as it is
		}
		add(strings.ReplaceAll(v, "'", `\'`))
		add(html.EscapeString(v))
		add(strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(v))
	}
	return list
}

// listed is text as the list of its bytes, which is how Node prints a Buffer as JSON.
func listed(text string) string {
	list := make([]byte, 0, 4*len(text))
	for i := range len(text) {
		if i > 0 {
			list = append(list, ',')
		}
		list = strconv.AppendUint(list, uint64(text[i]), 10)
	}
	return string(list)
}

// special tells whether JSON, JavaScript, XML or HTML write some character of v in another way.
func special(v string) bool {
	for i := range len(v) {
		if c := v[i]; c < ' ' || c > '~' || strings.IndexByte("\"\\<>&'", c) >= 0 {
			return true
		}
	}
	return false
}

// encodings returns value as it is, encoded for URLs, and in base64 at each of the three places that it can
// take within a longer encoded text, such as the "user:password" of basic authentication.
func encodings(value string) []string {
	list := []string{value, url.QueryEscape(value), url.PathEscape(value)}
	list = append(list, strings.ReplaceAll(url.QueryEscape(value), "+", "%20"))
	for _, escaped := range list[1:] {
		if escaped != value {
			list = append(list, lowerHex(escaped))
		}
	}
	for _, enc := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		for skip := range 3 {
			if core := inner(enc, value, skip); len(core) >= Short+2 {
				list = append(list, core)
			}
		}
	}
	return list
}

// inner returns the characters of base64 text that only value decides, when value stands skip bytes after a
// boundary of three.
func inner(enc *base64.Encoding, value string, skip int) string {
	text := enc.EncodeToString([]byte(strings.Repeat("x", skip) + value))
	start := []int{0, 2, 3}[skip]
	end := (skip + len(value)) / 3 * 4
	if start >= end {
		return ""
	}
	return text[start:end]
}

// lowerHex writes the percent escapes of text with lower-case digits.
func lowerHex(text string) string {
	b := []byte(text)
	for i := 0; i+2 < len(b); i++ {
		if b[i] == '%' {
			copy(b[i+1:], strings.ToLower(string(b[i+1:i+3])))
		}
	}
	return string(b)
}
