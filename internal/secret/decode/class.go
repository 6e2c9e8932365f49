package decode

// What a byte may be part of, as bits of class.
const (
	escapes = 1 << iota // begins an escape
	base                // base64 of either alphabet
	list                // a list of bytes, or hex
	begins              // as the first of four characters of base64 it makes a readable byte
	word                // a letter or a digit
	ends                // may stand between the lines of base64
)

//nolint:gochecknoglobals // tables that nobody writes to
var (
	class = classes()
	digit = digits()
	sixth = sixths()
)

// classes is the table of what each byte can be part of. One look into a table is what keeps
// masking cheap.
func classes() (c [256]uint8) {
	for b := range 256 {
		ch := byte(b)
		letter := ch|0x20 >= 'a' && ch|0x20 <= 'z'
		number := ch >= '0' && ch <= '9'
		if letter || number {
			c[b] |= word | base
		}
		if number || ch|0x20 >= 'a' && ch|0x20 <= 'f' {
			c[b] |= list
		}
		switch ch {
		case '%', '\\', '&':
			c[b] |= escapes
		case '/', '_':
			c[b] |= base
		case '-', '+':
			c[b] |= base | list
		case ' ', '\t', ',', ':', ';', 'x', '"', '\'':
			c[b] |= list
		case '\r', '\n':
			c[b] |= list | ends
		}
	}
	for _, ch := range []byte("CDIJKLMNOPQRSTUVWXYZabcdefA") { // of bytes from the blank on, line ends, tabs and zero
		c[ch] |= begins
	}
	return c
}

// digits are the values of hexadecimal digits in either case, -1 for other bytes.
func digits() (d [256]int8) {
	for b := range d {
		d[b] = -1
		switch ch := byte(b); {
		case ch >= '0' && ch <= '9':
			d[b] = int8(ch - '0')
		case ch|0x20 >= 'a' && ch|0x20 <= 'f':
			d[b] = int8(ch|0x20-'a') + 10
		}
	}
	return d
}

// sixths are the values of the characters of both alphabets of base64 (RFC 4648 4 and 5), 0
// for other bytes, which callers have ruled out.
func sixths() (v [256]uint8) {
	for i, ch := range []byte("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789") {
		v[ch] = uint8(i)
	}
	v['+'], v['-'], v['/'], v['_'] = 62, 62, 63, 63
	return v
}
