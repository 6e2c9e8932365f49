package transport

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"posthaste/collection"
	"posthaste/internal/transport/failure"
	"posthaste/internal/transport/http1"
	"posthaste/internal/transport/target"
)

// userHeaders returns the lines that the user wrote, as newman puts them together: empty keys
// and disabled lines are dropped, equal names are together at the first one's place, and of
// names that differ in case only the last spelling remains, at the place of the first. Cookie
// lines become one (Node). The result is a copy with room for that many lines more.
func userHeaders(given []collection.Header, room int) []collection.Header {
	lines := make([]collection.Header, 0, len(given)+room)
	for _, h := range given {
		if !h.Disabled && h.Key != "" {
			lines = append(lines, collection.Header{Key: h.Key, Value: h.Value, System: h.System})
		}
	}
	// Nearly every request; the maps below would cost more than the rest of it.
	if DifferentNames(lines) {
		return lines
	}
	last := make(map[string]string, len(lines)) // by name: the spelling that appears first after all others have
	seen := make(map[string]bool, len(lines))
	for _, h := range lines {
		if !seen[h.Key] {
			seen[h.Key] = true
			last[strings.ToLower(h.Key)] = h.Key
		}
	}
	if len(last) == len(lines) {
		return lines
	}
	of := make(map[string][]collection.Header, len(seen)) // by spelling
	for _, h := range lines {
		of[h.Key] = append(of[h.Key], h)
	}
	grouped := make([]collection.Header, 0, cap(lines))
	for _, h := range lines {
		name := strings.ToLower(h.Key)
		grouped = append(grouped, oneCookie(name, of[last[name]])...)
		delete(of, last[name]) // they stand once, at the place of the first
	}
	return grouped
}

// DifferentNames reports whether no two of a few header lines have one name, whatever its
// case. It is a quick check that errs on one side only: it may be false for many lines, and
// for names that are not ASCII, although all differ.
func DifferentNames(lines []collection.Header) bool {
	const few = 24 // each is compared to each
	if len(lines) > few {
		return false
	}
	for i := range lines {
		key := lines[i].Key
		for j := range len(key) {
			if key[j] >= utf8.RuneSelf {
				return false
			}
		}
		for _, other := range lines[:i] {
			if len(other.Key) == len(key) && strings.EqualFold(other.Key, key) {
				return false
			}
		}
	}
	return true
}

// oneCookie joins lines by "; " when their name, in lower case, is "cookie". Other lines are
// returned as they are.
func oneCookie(name string, lines []collection.Header) []collection.Header {
	if name != "cookie" || len(lines) < 2 {
		return lines
	}
	values := make([]string, len(lines))
	for i := range lines {
		values[i] = lines[i].Value
	}
	return []collection.Header{{Key: lines[0].Key, Value: strings.Join(values, "; "), System: lines[0].System}}
}

// spellsCookieTwice reports whether the user wrote Cookie lines in different case, which
// newman loses the jar's cookies by, see Prepared.noJar.
func spellsCookieTwice(given []collection.Header) bool {
	first := ""
	for _, h := range given {
		if h.Disabled || !strings.EqualFold(h.Key, "Cookie") {
			continue
		}
		if first != "" && first != h.Key {
			return true
		}
		first = h.Key
	}
	return false
}

// find returns the index of the first line of that name in any case, or -1. Lengths are
// compared first, which decides nearly always.
func find(lines []collection.Header, name string) int {
	for i := range lines {
		if len(lines[i].Key) == len(name) && strings.EqualFold(lines[i].Key, name) {
			return i
		}
	}
	return -1
}

// remove drops all lines of that name, in place.
func remove(lines []collection.Header, name string) []collection.Header {
	return slices.DeleteFunc(lines, func(h collection.Header) bool { return strings.EqualFold(h.Key, name) })
}

// addSystem appends what newman adds to every request unless the user sent it or switched it
// off (disabledSystemHeaders). The order is newman's, since servers and recordings show it.
func (c *Client) addSystem(p *Prepared, s *settings) ([]collection.Header, error) {
	lines := p.Header
	add := func(name, value string) {
		if find(lines, name) < 0 && (len(s.disabledSystem) == 0 || !s.disabledSystem[strings.ToLower(name)]) {
			lines = append(lines, collection.Header{Key: name, Value: value, System: true})
		}
	}
	add("User-Agent", c.opts.UserAgent)
	add("Accept", "*/*")
	add("Cache-Control", "no-cache")
	if find(lines, "Postman-Token") < 0 && !s.disabledSystem["postman-token"] {
		token, err := c.uuid(&p.random)
		if err != nil {
			return nil, err
		}
		add("Postman-Token", token)
	}
	add("Host", p.host)
	add("Accept-Encoding", "gzip, deflate, br")
	add("Connection", "keep-alive")
	return lines, nil
}

// uuid returns a random UUID of version 4 from the client's source of randomness, which
// --seed sets. b is room for it.
func (c *Client) uuid(b *[16]byte) (string, error) {
	if _, err := io.ReadFull(c.opts.Rand, b[:]); err != nil {
		return "", fmt.Errorf("making a Postman-Token: %w", err)
	}
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80 // RFC 9562: version and variant
	var text [36]byte
	hex.Encode(text[:8], b[:4])
	hex.Encode(text[9:13], b[4:6])
	hex.Encode(text[14:18], b[6:8])
	hex.Encode(text[19:23], b[8:10])
	hex.Encode(text[24:], b[10:])
	text[8], text[13], text[18], text[23] = '-', '-', '-', '-'
	return string(text[:]), nil
}

// basic is the Authorization that credentials in a URL stand for. They are percent-decoded
// first (newman).
func basic(t *target.Target) string {
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(target.Decode(t.User)+":"+target.Decode(t.Password)))
}

// checkHeaders refuses what HTTP cannot carry, with Node's codes and messages. Values may
// have characters up to U+00FF, which are sent as Latin-1.
func checkHeaders(lines []collection.Header) error {
	for _, h := range lines {
		if !http1.IsToken(h.Key) {
			return &failure.Error{
				Code: "ERR_INVALID_HTTP_TOKEN", Message: fmt.Sprintf("Header name must be a valid HTTP token [\"%s\"]", h.Key),
				Hint: "letters, digits and !#$%&'*+-.^_`|~ can stand in a header's name",
			}
		}
		for _, r := range h.Value {
			if r < 0x20 && r != '\t' || r == 0x7f || r > 0xff {
				return &failure.Error{
					Code: "ERR_INVALID_CHAR", Message: fmt.Sprintf("Invalid character in header content [\"%s\"]", h.Key),
					Hint: fmt.Sprintf("%q cannot stand in a header's value", r),
				}
			}
		}
	}
	return nil
}
