package find

import (
	"html"
	"strings"
)

// markup reads XML or HTML, whole or not: attributes, elements by their names, and pairs of
// names and values, such as <input name="password" value="…"> and <th>Token</th><td>…</td>.
// No nesting is kept: the nearest element counts.
func (s search) markup(text string) {
	name, pending := "", "" // of the element that is open; of a pair whose value comes in the next element
	for text != "" {
		i := strings.IndexByte(text, '<')
		if i < 0 {
			i = len(text)
		}
		content := strings.TrimSpace(text[:i])
		text = text[i:]
		if content != "" {
			pending = s.content(name, pending, content)
		}
		switch {
		// Never at the same byte again: text is empty, or begins with <.
		case text == "":
			return
		case strings.HasPrefix(text, "<!--"):
			// A comment may hold a whole page that was commented out.
			inner, rest, _ := strings.Cut(text[len("<!--"):], "-->")
			s.other(inner)
			text = rest
		case strings.HasPrefix(text, "<![CDATA["):
			inner, rest, _ := strings.Cut(text[len("<![CDATA["):], "]]>")
			pending = s.content(name, pending, inner)
			text = rest
		default:
			t := readTag(text)
			text = text[t.length:]
			if t.closes {
				name = ""
				continue
			}
			name = local(t.name)
			if named := s.attributes(t); named != "" {
				pending = named
			}
		}
	}
}

// content looks at the text of an element. It returns the name of a secret whose value comes
// in another element, "" when that has come.
func (s search) content(element, pending, text string) string {
	text = html.UnescapeString(text)
	switch {
	case s.names.Names(element):
		s.value(element, text)
	case pairElement(element) && s.names.NamesParameter(text):
		return text
	case pending != "" && (s.names.Names(pending) || likely(text)):
		s.value(pending, text)
	default:
		s.other(text)
		return pending
	}
	return ""
}

// pairElement knows elements whose text names what the next element holds, as plists, tables
// and definition lists do.
func pairElement(name string) bool {
	switch strings.ToLower(name) {
	case "key", "name", "field", "param", "parameter", "label", "dt", "th", "td":
		return true
	}
	return false
}

// attributes looks at the attributes of a tag. It returns a secret's name that its content is
// the value of, "" where the value is an attribute, too.
func (s search) attributes(t tag) (named string) {
	value := ""
	for _, a := range t.attributes {
		key := strings.ToLower(local(a.name))
		switch key {
		case "name", "id", "key", "property", "itemprop", "param", "field", "type":
			if s.names.NamesParameter(a.value) && named == "" {
				named = a.value
			}
		case "value", "content", "val", "data":
			value = a.value
		case "href", "src", "action", "url":
			s.url(a.value)
		default:
			if s.names.Names(key) {
				s.value(a.name, a.value)
			} else if len(a.value) >= shortest {
				s.other(a.value)
			}
		}
	}
	if named == "" || value == "" {
		if value != "" {
			s.other(value)
		}
		return named
	}
	if s.names.Names(named) || likely(value) {
		s.value(named, value)
	}
	return ""
}

// A tag is what stands from < to >. length is in bytes, both included.
type tag struct {
	name       string
	closes     bool
	attributes []attribute
	length     int
}

// An attribute has "" as its value where it has none.
type attribute struct{ name, value string }

// local is a name without its namespace prefix.
func local(name string) string { return name[strings.LastIndexByte(name, ':')+1:] }

// readTag reads the tag at the beginning of text, which begins with <. A tag that does not
// end goes to the end of the text.
func readTag(text string) tag {
	t, i := tag{length: 1}, 1
	if i < len(text) && (text[i] == '/' || text[i] == '!' || text[i] == '?') {
		t.closes = text[i] == '/'
		i++
	}
	start := i
	for i < len(text) && strings.IndexByte(" \t\r\n/>", text[i]) < 0 {
		i++
	}
	t.name = text[start:i]
	for i < len(text) && text[i] != '>' {
		if strings.IndexByte(" \t\r\n/?", text[i]) >= 0 {
			i++
			continue
		}
		a, next := readAttribute(text, i)
		t.attributes = append(t.attributes, a)
		i = next
	}
	t.length = min(len(text), i+1)
	return t
}

// readAttribute reads one attribute, with or without quotes, and where the next begins. It
// always moves on.
func readAttribute(text string, i int) (a attribute, next int) {
	start := i
	for i < len(text) && strings.IndexByte(" \t\r\n=>", text[i]) < 0 {
		i++
	}
	a.name = text[start:i]
	if i >= len(text) || text[i] != '=' {
		return a, max(i, start+1)
	}
	i++
	if i < len(text) && (text[i] == '"' || text[i] == '\'') {
		end := strings.IndexByte(text[i+1:], text[i])
		if end < 0 {
			end = len(text) - i - 1
		}
		a.value = html.UnescapeString(text[i+1 : i+1+end])
		return a, min(len(text), i+end+2)
	}
	start = i
	for i < len(text) && strings.IndexByte(" \t\r\n>", text[i]) < 0 {
		i++
	}
	a.value = html.UnescapeString(text[start:i])
	return a, i
}
