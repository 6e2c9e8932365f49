package planted_test

import (
	"bytes"
	"encoding/base64"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"path/filepath"
	"strings"
)

// A finder looks for the marks of secrets: the word "pl4nt" and a number, in all its forms. A secret that is shown in
// part is found too.
type finder struct {
	forms map[string][]form // by their first eight bytes
}

type form struct {
	text string
	n    int
}

func newFinder(secrets map[int]string) *finder {
	f := &finder{forms: map[string][]form{}}
	owner := map[string]int{}
	for n := range secrets {
		for _, text := range marks(fmt.Sprintf("pl4nt%03d", n)) {
			if _, taken := owner[text]; taken {
				owner[text] = -1 // it has lost the number
				continue
			}
			owner[text] = n
		}
	}
	for text, n := range owner {
		if n > 0 {
			f.forms[text[:8]] = append(f.forms[text[:8]], form{text, n})
		}
	}
	return f
}

// marks lists the forms of a mark, which is letters and digits.
func marks(mark string) []string {
	per := func(format, separator string) string {
		var parts []string
		for i := range len(mark) {
			parts = append(parts, fmt.Sprintf(format, mark[i]))
		}
		return strings.Join(parts, separator)
	}
	list := []string{
		mark, hex.EncodeToString([]byte(mark)), strings.ToUpper(hex.EncodeToString([]byte(mark))), per("%02x", " "), per("%02x", ":"), per("%d", ","), per("%d", ", "),
		per("%%%02x", ""), per("%%%02X", ""), per(`\u%04x`, ""), per(`\x%02x`, ""), per("&#%d;", ""), per("&#x%X;", ""), per("&#x%x;", ""), per("%c\x00", ""),
	}
	once := inner(mark)
	list = append(list, once...)
	list = append(list, inner(per("%c\x00", ""))...)
	for _, text := range once {
		list = append(list, hex.EncodeToString([]byte(text)))
		list = append(list, inner(text)...)
	}
	return list
}

// inner lists what of the base64 of a longer text is of text alone, by where it begins.
func inner(text string) (list []string) {
	for skip := range 3 {
		all := base64.StdEncoding.EncodeToString([]byte(strings.Repeat("_", skip) + text))
		if core := all[[]int{0, 2, 3}[skip] : (skip+len(text))/3*4]; len(core) >= 8 {
			list = append(list, core)
		}
	}
	return list
}

// look calls found for each secret whose mark stands in text, with what is around it.
func (f *finder) look(text string, found func(n int, around string)) {
	for i := 0; i+8 <= len(text); i++ {
		for _, form := range f.forms[text[i:i+8]] {
			if strings.HasPrefix(text[i:], form.text) {
				found(form.n, text[max(0, i-70):min(len(text), i+70)])
			}
		}
	}
}

// report looks through an output: as it stands, and the values that its format holds.
func (f *finder) report(name string, data []byte, found func(n int, around string)) error {
	text := string(data)
	for _, plain := range []string{text, html.UnescapeString(text), strings.NewReplacer(`\\`, `\`, `\n`, "\n", `\"`, `"`).Replace(text)} {
		f.look(plain, found)
	}
	switch filepath.Ext(name) {
	case ".json", ".ndjson", ".har":
		d := json.NewDecoder(bytes.NewReader(data))
		for {
			var v any
			if err := d.Decode(&v); errors.Is(err, io.EOF) {
				return nil
			} else if err != nil {
				return fmt.Errorf("%s is no JSON: %w", name, err)
			}
			f.value(v, found)
		}
	case ".xml":
		d := xml.NewDecoder(bytes.NewReader(data))
		for {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				return nil
			}
			if err != nil {
				return fmt.Errorf("%s is no XML: %w", name, err)
			}
			switch token := token.(type) {
			case xml.CharData:
				f.look(string(token), found)
			case xml.StartElement:
				for _, a := range token.Attr {
					f.look(a.Value, found)
				}
			}
		}
	case ".csv":
		rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
		if err != nil {
			return fmt.Errorf("%s is no CSV: %w", name, err)
		}
		for _, row := range rows {
			for _, cell := range row {
				f.look(cell, found)
			}
		}
	}
	return nil
}

func (f *finder) value(v any, found func(n int, around string)) {
	switch v := v.(type) {
	case string:
		f.look(v, found)
		if plain, err := base64.StdEncoding.DecodeString(v); err == nil {
			f.look(string(plain), found)
		}
	case map[string]any:
		for key, inner := range v {
			f.look(key, found)
			f.value(inner, found)
		}
	case []any:
		var list []byte
		for _, inner := range v {
			if n, ok := inner.(float64); ok {
				list = append(list, byte(n))
			}
			f.value(inner, found)
		}
		f.look(string(list), found)
	}
}
