package verify

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/net/html"
)

// htmlValues hands on what a page says: the strings of its JSON data, its texts and those
// attributes that hold values. The code of its own scripts and styles is not part of that: it
// comes with the program and is the same in every report.
func htmlValues(r io.Reader, look func(string)) error {
	z := html.NewTokenizer(r)
	inside := ""
	for {
		switch z.Next() {
		case html.ErrorToken:
			if errors.Is(z.Err(), io.EOF) {
				return nil
			}
			return fmt.Errorf("reading a page: %w", z.Err())
		case html.TextToken:
			switch inside {
			case "data":
				if data := string(z.Raw()); jsonValues(strings.NewReader(data), look) != nil {
					look(data)
				}
			case "":
				look(string(z.Text()))
			}
		case html.CommentToken, html.DoctypeToken:
			look(string(z.Raw()))
		case html.EndTagToken:
			inside = ""
		case html.StartTagToken, html.SelfClosingTagToken:
			inside = pageElement(z.Token(), look)
		}
	}
}

// pageElement hands on the attributes of an element, and says how its text is read: as
// "data", "code" or, with "", as text.
func pageElement(t html.Token, look func(string)) string {
	kind := ""
	for _, a := range t.Attr {
		switch a.Key {
		case "type":
			kind = a.Val
		case "href", "src", "action", "title", "alt", "content", "value", "placeholder":
			look(a.Val)
		default:
			if strings.HasPrefix(a.Key, "on") || strings.HasPrefix(a.Key, "data-") {
				look(a.Val)
			}
		}
	}
	switch {
	case t.Data == "script" && strings.Contains(kind, "json"):
		return "data"
	case t.Data == "script" || t.Data == "style":
		return "code"
	}
	return ""
}
