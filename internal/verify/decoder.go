package verify

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"html"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// A decoder undoes one kind of encoding. undo returns the texts that a text may stand for,
// nil where it holds no such encoding.
type decoder struct {
	undo   func(text string) []string
	escape bool // it stands for single characters
}

// decoders lists what is undone; true where the result keeps the text around, so that it can
// be undone again.
func decoders() []decoder {
	return []decoder{
		{percent, true},
		{form, true},
		{backslashes, true},
		{entities, true},
		{doubled, true},
		{base64s, false},
		{hexes, false},
		{numbers, false},
		{wide, false},
	}
}

// percent undoes %41 and %u0041 wherever they stand. Other percent signs stay.
func percent(text string) []string {
	if strings.IndexByte(text, '%') < 0 {
		return nil
	}
	pieces := strings.Split(text, "%")
	var b strings.Builder
	b.WriteString(pieces[0])
	for _, piece := range pieces[1:] {
		if len(piece) >= 2 {
			if n, err := strconv.ParseUint(piece[:2], 16, 8); err == nil {
				b.WriteByte(byte(n))
				b.WriteString(piece[2:])
				continue
			}
		}
		if len(piece) >= 5 && piece[0] == 'u' {
			if n, err := strconv.ParseUint(piece[1:5], 16, 16); err == nil {
				b.WriteRune(rune(n))
				b.WriteString(piece[5:])
				continue
			}
		}
		b.WriteString("%" + piece)
	}
	return []string{b.String()}
}

// form is percent where a plus sign is a blank, and the same without percent.
func form(text string) []string {
	if strings.IndexByte(text, '+') < 0 {
		return nil
	}
	blank := strings.ReplaceAll(text, "+", " ")
	return append(percent(blank), blank)
}

// doubled undoes quotes that are written twice, as in CSV (RFC 4180 2.7) and SQL.
func doubled(text string) (list []string) {
	for _, quote := range []string{`"`, "'"} {
		if strings.Contains(text, quote+quote) {
			list = append(list, strings.ReplaceAll(text, quote+quote, quote))
		}
	}
	return list
}

// entities undoes HTML's. html.UnescapeString leaves out the character 0, which UTF-16 as
// text is full of.
func entities(text string) []string {
	if strings.IndexByte(text, '&') < 0 {
		return nil
	}
	text = strings.NewReplacer("&#0;", "\x00", "&#x0;", "\x00").Replace(text)
	return []string{html.UnescapeString(text)}
}

// backslashes undoes the escapes of JSON, JavaScript and C. What is no escape stays,
// backslash included.
func backslashes(text string) []string {
	if strings.IndexByte(text, '\\') < 0 {
		return nil
	}
	var b strings.Builder
	for text != "" {
		i := strings.IndexByte(text, '\\')
		if i < 0 || i+1 == len(text) {
			b.WriteString(text)
			break
		}
		b.WriteString(text[:i])
		plain, length := escape(text[i:])
		b.WriteString(plain)
		text = text[i+length:]
	}
	return []string{b.String()}
}

// escape reads one escape, and returns what it stands for and its length. It is the backslash
// alone where it is not one.
func escape(text string) (plain string, length int) {
	const pair = 12
	if len(text) >= pair && strings.HasPrefix(text, `\u`) && strings.HasPrefix(text[6:], `\u`) {
		if err := json.Unmarshal([]byte(`"`+text[:pair]+`"`), &plain); err == nil && !strings.ContainsRune(plain, utf8.RuneError) {
			return plain, pair
		}
	}
	if strings.HasPrefix(text, `\u{`) {
		if end := strings.IndexByte(text, '}'); end > 0 && end < pair {
			if n, err := strconv.ParseUint(text[3:end], 16, 32); err == nil {
				return string(rune(n)), end + 1
			}
		}
	}
	// JavaScript's \0, where strconv wants three digits.
	if text[1] == '0' && (len(text) == 2 || text[2] < '0' || text[2] > '7') {
		return "\x00", 2
	}
	r, multibyte, tail, err := strconv.UnquoteChar(text, 0)
	switch {
	case err == nil && multibyte:
		return string(r), len(text) - len(tail)
	case err == nil:
		return string([]byte{byte(r)}), len(text) - len(tail)
	case text[1] < utf8.RuneSelf && strings.IndexByte("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ", text[1]) < 0:
		return text[1:2], 2
	}
	return text[:1], 1
}

// isBase64 knows the standard alphabet, to which the other was changed before.
func isBase64(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '+' || r == '/'
}

// base64s decodes each word that may be base64, from each of its first four characters on,
// also with line ends within.
func base64s(text string) (list []string) {
	// Eleven characters hold eight bytes.
	const least = 11
	text = strings.NewReplacer("-", "+", "_", "/").Replace(text)
	texts := []string{text}
	if strings.ContainsAny(text, "\r\n") {
		var lines []string
		for line := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '\r' || r == '\n' }) {
			lines = append(lines, strings.TrimLeft(line, " \t"))
		}
		texts = append(texts, strings.Join(lines, ""))
		// A form has made blanks of plus signs, and something plus signs of blanks.
		for i, line := range lines {
			lines[i] = strings.TrimLeft(line, "+")
		}
		texts = append(texts, strings.Join(lines, ""))
	}
	for _, one := range texts {
		for word := range strings.FieldsFuncSeq(one, func(r rune) bool { return !isBase64(r) }) {
			for skip := 0; skip < 4 && len(word)-skip >= least; skip++ {
				part := word[skip:]
				if len(part)%4 == 1 {
					part = part[:len(part)-1]
				}
				if plain, err := base64.RawStdEncoding.DecodeString(part); err == nil {
					list = append(list, string(plain))
				}
			}
		}
	}
	return list
}

// isHex knows hexadecimal digits.
func isHex(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'a' && r <= 'f' || r >= 'A' && r <= 'F'
}

// hexes decodes words of hexadecimal digits, from the first or the second on, and pairs of
// digits with something between them.
func hexes(text string) (list []string) {
	joined := strings.NewReplacer("\r", "", "\n", "").Replace(text)
	for _, one := range []string{text, joined} {
		for word := range strings.FieldsFuncSeq(one, func(r rune) bool { return !isHex(r) }) {
			for skip := 0; skip < 2 && len(word)-skip >= 2*decoded; skip++ {
				even := (len(word) - skip) / 2 * 2
				if plain, err := hex.DecodeString(word[skip : skip+even]); err == nil {
					list = append(list, string(plain))
				}
			}
		}
	}
	return append(list, hexPairs(strings.ReplaceAll(text, "0x", "  "))...)
}

// hexPairs decodes pairs of digits that stand near each other, at most ten bytes apart.
func hexPairs(text string) (list []string) {
	const near = 10
	pairs, last := "", 0
	flush := func() {
		if plain, err := hex.DecodeString(pairs); err == nil && len(plain) >= decoded {
			list = append(list, string(plain))
		}
		pairs = ""
	}
	for i := 0; i < len(text); {
		end := i
		for end < len(text) && isHex(rune(text[end])) {
			end++
		}
		switch {
		case end-i == 2:
			if i-last > near {
				flush()
			}
			pairs += text[i:end]
			last = end
		case end > i:
			flush()
		}
		i = max(end, i+1)
	}
	flush()
	return list
}

// numbers reads lists of decimal numbers as bytes, and as characters, also where each has its
// index before it.
func numbers(text string) (list []string) {
	const least = 2*decoded - 1
	for run := range strings.FieldsFuncSeq(text, func(r rune) bool { return !strings.ContainsRune("0123456789-,: \t\r\n\"'", r) }) {
		if len(run) < least {
			continue
		}
		var bytes, every []byte
		rest := run
		for rest != "" {
			i := strings.IndexAny(rest, "0123456789")
			if i < 0 {
				break
			}
			negative := i > 0 && rest[i-1] == '-'
			end := i
			for end < len(rest) && rest[end] >= '0' && rest[end] <= '9' {
				end++
			}
			n, err := strconv.Atoi(rest[i:end])
			if negative {
				n = 256 - n
			}
			rest = rest[end:]
			isKey := strings.HasPrefix(strings.TrimLeft(rest, "\"' "), ":")
			if err != nil || n < 0 || n > utf8.MaxRune {
				continue
			}
			every = appendNumber(every, n)
			if !isKey {
				bytes = appendNumber(bytes, n)
			}
		}
		list = append(list, string(bytes), string(every))
	}
	return list
}

// appendNumber appends a byte, or a larger number as a character.
func appendNumber(to []byte, n int) []byte {
	if n <= 0xff {
		return append(to, byte(n))
	}
	return utf8.AppendRune(to, rune(n))
}

// wide reads UTF-16 of either order, from the first or the second byte on.
func wide(text string) (list []string) {
	if strings.Count(text, "\x00") < decoded-1 {
		return nil
	}
	for skip := range 2 {
		for high := range 2 {
			var units []uint16
			for i := skip; i+1 < len(text); i += 2 {
				units = append(units, uint16(text[i+high])<<8|uint16(text[i+1-high]))
			}
			list = append(list, string(utf16.Decode(units)))
		}
	}
	return list
}
