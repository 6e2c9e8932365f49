package charset

import (
	"encoding/base64"
	"strings"
	"unicode/utf16"
)

// decodeUTF7 reads UTF-7 (RFC 2152), or the form of it that IMAP has (RFC 3501, 5.1.3). shift begins a run of base64, in which last is the
// last of its digits.
func decodeUTF7(b []byte, shift, last byte) string {
	digits := "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+" + string(last)
	encoding := base64.NewEncoding(digits).WithPadding(base64.NoPadding)
	var out strings.Builder
	for i := 0; i < len(b); {
		if b[i] != shift {
			if b[i] < 0x80 {
				out.WriteByte(b[i])
			} else {
				out.WriteRune('\ufffd')
			}
			i++
			continue
		}
		end := i + 1
		for end < len(b) && strings.IndexByte(digits, b[end]) >= 0 {
			end++
		}
		if end == i+1 && end < len(b) && b[end] == '-' { // "+-" is a plus
			out.WriteByte(shift)
		} else {
			out.WriteString(units(encoding, string(b[i+1:end])))
		}
		if end < len(b) && b[end] == '-' {
			end++
		}
		i = end
	}
	return out.String()
}

// units decodes a run of base64, which holds UTF-16.
func units(encoding *base64.Encoding, run string) string {
	if len(run)%4 == 1 {
		run = run[:len(run)-1]
	}
	raw, _ := encoding.DecodeString(run) // as far as it is base64
	list := make([]uint16, len(raw)/2)
	for i := range list {
		list[i] = uint16(raw[2*i])<<8 | uint16(raw[2*i+1])
	}
	return string(utf16.Decode(list))
}

// decodeCESU8 reads UTF-8 in which characters beyond U+FFFF are pairs of surrogates.
func decodeCESU8(b []byte) string {
	var list []uint16
	for i := 0; i < len(b); {
		switch c := b[i]; {
		case c < 0x80:
			list = append(list, uint16(c))
			i++
		case c&0xe0 == 0xc0 && i+1 < len(b):
			list = append(list, uint16(c&0x1f)<<6|uint16(b[i+1]&0x3f))
			i += 2
		case c&0xf0 == 0xe0 && i+2 < len(b):
			list = append(list, uint16(c&0x0f)<<12|uint16(b[i+1]&0x3f)<<6|uint16(b[i+2]&0x3f))
			i += 3
		default:
			list = append(list, 0xfffd)
			i++
		}
	}
	return string(utf16.Decode(list))
}
