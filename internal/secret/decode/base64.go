package decode

// base64 looks at the characters from from to to, in which line ends may stand. A line end
// takes no part in the encoding, but counts in the places of the View.
func (r *regions) base64(from, to int) {
	text := r.text[from:to]
	var at []int32 // where the characters stand; nil while nothing stands between them
	for i := range len(text) {
		if class[text[i]]&base == 0 {
			at = placesOf(text, false)
			break
		}
	}
	r.alignments(from, text, at)
	if at == nil {
		return
	}
	// A form turns the plus signs of base64 into blanks and some decoders back, so that plus
	// signs at a line's beginning may be blanks of its indentation.
	if other := placesOf(text, true); len(other) < len(at) {
		r.alignments(from, text, other)
	}
}

// placesOf lists where characters of base64 stand in text. With indented set, plus signs at
// the beginning of a line are the blanks that a form has made of them.
func placesOf(text string, indented bool) []int32 {
	at := make([]int32, 0, len(text))
	begins := false
	for i := range len(text) {
		c := class[text[i]]
		switch {
		case c&base == 0:
			begins = begins || c&ends != 0
		case begins && indented && text[i] == '+':
		default:
			at, begins = append(at, int32(i)), false
		}
	}
	return at
}

// alignments tries the four places at which a group of Base64 can begin. Most of them are
// ruled out by one look, because decoded text is readable and decoded noise is not. at is as
// placesOf gives it, nil where each character stands behind the other.
func (r *regions) alignments(from int, text string, at []int32) {
	n := len(text)
	if at != nil {
		n = len(at)
		packed := make([]byte, n)
		for i, place := range at {
			packed[i] = text[place]
		}
		text = string(packed)
	}
	hopeful := promising(text)
	for skip := range quad {
		if n-skip >= shortestBase && (r.binary || hopeful&(1<<skip) != 0) {
			r.alignment(from, text, skip, at)
		}
	}
}

// quad is how many characters stand for three bytes (RFC 4648 4).
const quad = 4

// promising returns a bit for each alignment at which two groups of three readable bytes
// follow each other: Shortest readable bytes in a row hold such. Few words of plain text do,
// so that most of a report costs no decoding.
func promising(text string) (alignments uint8) {
	for i := 0; i+2*quad <= len(text); i++ {
		if class[text[i]]&class[text[i+quad]]&begins != 0 && readableQuad(text[i:]) && readableQuad(text[i+quad:]) {
			alignments |= 1 << (i % quad)
		}
	}
	return alignments
}

// readableQuad reports whether four characters stand for three readable bytes.
func readableQuad(text string) bool {
	a, b, c, d := sixth[text[0]], sixth[text[1]], sixth[text[2]], sixth[text[3]]
	return readable(a<<2|b>>4) && readable(b<<4|c>>2) && readable(c<<6|d)
}

// alignment decodes a run when groups of four begin skip characters behind its beginning.
// Padding is not looked at, and characters that make no whole byte are left out.
func (r *regions) alignment(from int, text string, skip int, at []int32) {
	place := func(i int) int32 {
		if at != nil {
			return at[i]
		}
		return int32(i)
	}
	size := (len(text) - skip) * 3 / quad
	if !r.binary && !readableBase(text[skip:], size) {
		return
	}
	data, starts, ends := make([]byte, 0, size), make([]int32, 0, size), make([]int32, 0, size)
	// Byte k of the result lies in two neighbouring characters, at a shift of 4, 2 or 0 bits.
	for k := range size {
		i := skip + k/3*quad + k%3
		pair := uint(sixth[text[i]])<<6 | uint(sixth[text[i+1]])
		data = append(data, byte(pair>>(4-2*(k%3))))
		starts, ends = append(starts, place(i)), append(ends, place(i+1)+1)
	}
	if r.worth(data) {
		r.emit(from, data, starts, ends)
	}
}

// readableBase reports whether the size bytes that text stands for have Shortest readable
// ones in a row. It decodes without keeping anything.
func readableBase(text string, size int) bool {
	n := 0
	for k := range size {
		i := k/3*quad + k%3
		pair := uint(sixth[text[i]])<<6 | uint(sixth[text[i+1]])
		if !readable(byte(pair >> (4 - 2*(k%3)))) {
			n = 0
			continue
		}
		if n++; n == Shortest {
			return true
		}
	}
	return false
}
