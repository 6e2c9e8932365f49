package vipps

// A QR code of version 5 with error correction L (ISO/IEC 18004): 37 by 37
// modules, one block of 108 data and 26 correction bytes, mask 0. That holds the
// 106 bytes which an address of the simulator needs, and no more.

const (
	qrSize    = 37
	qrData    = 108
	qrRepair  = 26
	qrCenter  = 30      // of the one alignment pattern
	qrFormat  = 0x77c4  // level L and mask 0, with its own correction bits
	qrField   = 0x11d   // the polynomial of the field of 256
	qrPadding = 0xec_11 // two bytes that fill up
	qrQuiet   = 4       // modules of margin
)

// A qrCode says of each module whether it is dark.
type qrCode struct {
	dark, fixed [qrSize][qrSize]bool // by row and column; fixed ones carry no data
}

// newQRCode encodes text as bytes; false when there are too many.
func newQRCode(text string) (*qrCode, bool) {
	if len(text) > qrData-2 {
		return nil, false
	}
	q := &qrCode{}
	q.drawFixed()
	q.drawData(qrBytes(text))
	return q, true
}

// qrBytes are the data and correction bytes: mode 4 (bytes), length, text, padding.
func qrBytes(text string) []byte {
	data := make([]byte, 0, qrData+qrRepair)
	half := byte(4) // the upper half of the byte that comes next
	put := func(b byte) {
		data = append(data, half<<4|b>>4)
		half = b & 0xf
	}
	put(byte(len(text)))
	for i := range len(text) {
		put(text[i])
	}
	data = append(data, half<<4) // the four zero bits that end it
	for i := 0; len(data) < qrData; i++ {
		data = append(data, byte(uint16(qrPadding)>>(8*(1-i%2))))
	}
	return append(data, qrCorrection(data)...)
}

// qrCorrection is the remainder of Reed and Solomon's division.
func qrCorrection(data []byte) []byte {
	generator := make([]byte, qrRepair) // without its leading 1
	generator[qrRepair-1] = 1
	root := byte(1)
	for range qrRepair {
		for i := range generator {
			generator[i] = qrTimes(generator[i], root)
			if i+1 < qrRepair {
				generator[i] ^= generator[i+1]
			}
		}
		root = qrTimes(root, 2)
	}
	rest := make([]byte, qrRepair)
	for _, b := range data {
		factor := b ^ rest[0]
		rest = append(rest[1:], 0)
		for i := range rest {
			rest[i] ^= qrTimes(generator[i], factor)
		}
	}
	return rest
}

func qrTimes(a, b byte) byte {
	product := 0
	for i := 7; i >= 0; i-- {
		product <<= 1
		if product > 0xff {
			product ^= qrField
		}
		if b>>i&1 == 1 {
			product ^= int(a)
		}
	}
	return byte(product)
}

func (q *qrCode) set(row, col int, dark bool) {
	if row >= 0 && row < qrSize && col >= 0 && col < qrSize {
		q.dark[row][col], q.fixed[row][col] = dark, true
	}
}

// drawFixed draws what every code of this version has.
func (q *qrCode) drawFixed() {
	for i := range qrSize {
		q.set(6, i, i%2 == 0)
		q.set(i, 6, i%2 == 0)
	}
	for _, corner := range [][2]int{{3, 3}, {3, qrSize - 4}, {qrSize - 4, 3}} {
		q.rings(corner[0], corner[1], 4, func(d int) bool { return d != 2 && d != 4 })
	}
	q.rings(qrCenter, qrCenter, 2, func(d int) bool { return d != 1 })
	for i := range 15 { // the format, twice
		bit := qrFormat>>i&1 == 1
		switch {
		case i < 6:
			q.set(i, 8, bit)
		case i < 8:
			q.set(i+1, 8, bit)
		case i == 8:
			q.set(8, 7, bit)
		default:
			q.set(8, 14-i, bit)
		}
		if i < 8 {
			q.set(8, qrSize-1-i, bit)
		} else {
			q.set(qrSize-15+i, 8, bit)
		}
	}
	q.set(qrSize-8, 8, true)
}

// rings draws squares around a center; dark decides by the distance from it.
func (q *qrCode) rings(row, col, radius int, dark func(distance int) bool) {
	for r := -radius; r <= radius; r++ {
		for c := -radius; c <= radius; c++ {
			q.set(row+r, col+c, dark(max(r, -r, c, -c)))
		}
	}
}

// drawData fills the free modules, two columns at a time from the right, up and
// down in turn, with mask 0 over it.
func (q *qrCode) drawData(data []byte) {
	bit := 0
	for right := qrSize - 1; right > 0; right -= 2 {
		if right == 6 {
			right-- // the timing column takes no part
		}
		up := (right+1)&2 == 0
		for i := range qrSize {
			row := i
			if up {
				row = qrSize - 1 - i
			}
			for col := right; col > right-2; col-- {
				if q.fixed[row][col] {
					continue
				}
				dark := bit < len(data)*8 && data[bit/8]>>(7-bit%8)&1 == 1
				q.dark[row][col] = dark != ((row+col)%2 == 0)
				bit++
			}
		}
	}
}
