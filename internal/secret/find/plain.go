package find

import (
	"strings"

	"posthaste/internal/secret/decode"
	"posthaste/internal/secret/naming"
)

// plain goes through a text without structure and looks at what stands behind secrets' names,
// and at its URLs. A text with escapes is looked at as it is and decoded.
func (s search) plain(text string) {
	s.url(text)
	s.behind(text)
	if deep, ok := s.deeper(); ok && strings.IndexByte(text, '\\') >= 0 {
		if v, ok := decode.Unescape(text); ok {
			deep.behind(v.Text)
		}
	}
}

// behind finds name: value, name=value, name => "value" and the like. Names are words with
// dots in them at most, as logs and property files write them.
func (s search) behind(text string) {
	for i := 0; i < len(text); {
		if !ofName(text[i]) {
			i++
			continue
		}
		start := i
		for i < len(text) && (ofName(text[i]) || text[i] == '.' && i+1 < len(text) && ofName(text[i+1])) {
			i++
		}
		name := text[start:i]
		if !naming.Hints(name) {
			continue
		}
		class := s.names.Judge(name)
		if class == naming.Innocent {
			continue
		}
		sign, at := separator(text, i)
		if sign == 0 || class == naming.Parameter && sign != '=' { // "these keys: …" is a sentence
			continue
		}
		if value, end := s.valueAt(text, at, name, sign, class); end > at {
			if value != "" {
				s.value(name, value)
			}
			i = end
		}
	}
}

// ofName reports whether a byte may be part of a name; all above ASCII may.
func ofName(c byte) bool { return ofToken(c) || c == '$' || c >= 0x80 }

// separator reads what stands between a name and its value: a colon or an equals sign, which
// sign is, with quotes and blanks around it. at is where the value begins. sign is 0 where
// there is no separator.
func separator(text string, i int) (sign byte, at int) {
	for i < len(text) && strings.IndexByte("\"'` ]\\", text[i]) >= 0 {
		i++
	}
	if i >= len(text) || text[i] != ':' && text[i] != '=' {
		return 0, 0
	}
	sign = text[i]
	for i < len(text) && strings.IndexByte(":=>", text[i]) >= 0 {
		i++
	}
	for i < len(text) && (text[i] == ' ' || text[i] == '\t') {
		i++
	}
	return sign, i
}

// valueAt reads the value at i. It is "" for one that is no secret by the looks of it; end is
// behind it in any case. Without quotes a value ends at a blank or a bracket.
func (s search) valueAt(text string, i int, name string, sign byte, class naming.Class) (value string, end int) {
	if i >= len(text) {
		return "", i
	}
	if quote := text[i]; quote == '"' || quote == '\'' || quote == '`' {
		end := i + 1
		for end < len(text) && text[end] != quote && text[end] != '\n' {
			if text[end] == '\\' {
				end++
			}
			end++
		}
		end = min(end, len(text))
		value = unquoted(text[i+1 : end])
		if class == naming.Parameter && !likely(value) || prose(value) && sign == ':' && !strings.EqualFold(name, "password") {
			value = ""
		}
		return value, end
	}
	end = i
	for end < len(text) && strings.IndexByte(" \t\r\n,;\"'`<>)}]|&", text[end]) < 0 {
		end++
	}
	value = text[i:end]
	// Authorization: Bearer abc: the scheme and what follows it are one value.
	if isScheme(value) && end < len(text) && text[end] == ' ' {
		end++
		start := end
		for end < len(text) && strings.IndexByte(" \t\r\n\"'`<>)}]|", text[end]) < 0 {
			end++
		}
		value += " " + strings.TrimRight(text[start:end], ",;.")
		return value, end
	}
	value = strings.TrimRight(value, ".")
	// Words of 16 letters and more are rare in sentences.
	const long = 16
	sure := sign == '=' && class == naming.Secret && len(value) >= shortest
	if !sure && (len(value) < shortest || !mixed(value) && len(value) < long || pointsElsewhere(name, value)) {
		value = ""
	}
	return value, end
}
