package response

import "strings"

// fileName reads the name out of a Content-Disposition header (RFC 6266), the extended form
// filename* first; "" when it has neither or neither can be read. It is as lenient as the
// SDK: the type before the first ";" is not looked at.
func fileName(disposition string) string {
	plain := ""
	for _, param := range strings.Split(disposition, ";")[1:] {
		key, value, _ := strings.Cut(param, "=")
		value = strings.TrimLeft(value, " \t")
		switch strings.Trim(key, " \t") {
		case "filename*":
			if name := extendedName(value); name != "" {
				return name
			}
		case "filename":
			// The first filename counts.
			if plain == "" {
				at := strings.Index(disposition, param) // a quoted name may hold semicolons
				_, value, _ = strings.Cut(disposition[at:], "=")
				plain = plainName(strings.TrimLeft(value, " \t"))
			}
		}
	}
	return plain
}

// plainName reads a quoted string, with backslash escapes, or a token. A quoted string
// without its end is "".
func plainName(value string) string {
	if !strings.HasPrefix(value, `"`) {
		end := strings.IndexAny(value, " \t;,()<>@:\\\"/[]?={}")
		if end >= 0 {
			value = value[:end]
		}
		return value
	}
	var b strings.Builder
	for i := 1; i < len(value); i++ {
		switch {
		case value[i] == '\\' && i+1 < len(value):
			i++
			b.WriteByte(value[i])
		case value[i] == '"':
			return b.String()
		default:
			b.WriteByte(value[i])
		}
	}
	return ""
}

// extendedName reads charset'language'percent-encoded (RFC 8187), for the charsets that the
// SDK reads, utf-8 and iso-8859-1 in lower case. It returns "" for all others. A "%" that no
// two hex digits follow is kept.
func extendedName(value string) string {
	charset, rest, ok := strings.Cut(value, "'")
	_, encoded, ok2 := strings.Cut(rest, "'")
	if !ok || !ok2 {
		return ""
	}
	encoded, _, _ = strings.Cut(encoded, ";")
	raw := []byte(nil)
	encoded = strings.TrimSpace(encoded)
	for i := 0; i < len(encoded); i++ {
		if encoded[i] == '%' && i+2 < len(encoded) {
			if high, low := unhex(encoded[i+1]), unhex(encoded[i+2]); high >= 0 && low >= 0 {
				raw = append(raw, byte(high<<4|low))
				i += 2
				continue
			}
		}
		raw = append(raw, encoded[i])
	}
	switch charset {
	case "utf-8":
		return strings.ToValidUTF8(string(raw), "\ufffd")
	case "iso-8859-1":
		runes := make([]rune, len(raw))
		for i, c := range raw {
			runes[i] = rune(c)
			// The SDK replaces control characters, which ISO 8859-1 does not name, so that no
			// file name contains them.
			if c < 0x20 || c > 0x7e && c < 0xa0 {
				runes[i] = '?'
			}
		}
		return string(runes)
	}
	return ""
}

// unhex is the value of a hex digit, -1 for every other character. c|0x20 makes letters lower
// case; no other character becomes a digit by it.
func unhex(c byte) int { return strings.IndexByte("0123456789abcdef", c|0x20) }
