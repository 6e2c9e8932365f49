package cryptojs

import (
	"encoding/binary"
	"math"
	"math/bits"
)

// oddAES is Rijndael with a key of any number of bytes, as crypto-js runs it when a script
// passes a key that is not 16, 24 or 32 bytes long: the key schedule is computed with a
// fractional key size, and what it misses counts as zero. It exists so that such scripts get
// the bytes that they get in Postman; it is no cipher to choose.
type oddAES struct {
	sbox, inverse [256]byte
	rounds        int
	forward, back []uint32 // key schedules; a row beyond the end is zero
}

// newOddAES accepts keys of any length, sigBytes of which count. The original does, and
// scripts with a short key must get the same result, though it is not AES.
func newOddAES(key []byte, sigBytes int) *oddAES {
	a := &oddAES{}
	a.substitution()
	size := float64(sigBytes) / 4
	// AES has key words + 6 rounds; here the sum is rounded up.
	a.rounds = int(math.Ceil(size + 6))
	a.expand(key, size, sigBytes+28)
	a.invert(sigBytes + 28)
	return a
}

// substitution builds the S-box: the inverse in GF(2⁸), then the affine map (FIPS 197,
// 5.1.1). p runs through all elements by multiplication with 3, q through their inverses.
func (a *oddAES) substitution() {
	p, q := byte(1), byte(1)
	for {
		p ^= double(p)
		q ^= q << 1
		q ^= q << 2
		q ^= q << 4
		if q&0x80 != 0 {
			q ^= 0x09
		}
		a.sbox[p] = q ^ bits.RotateLeft8(q, 1) ^ bits.RotateLeft8(q, 2) ^ bits.RotateLeft8(q, 3) ^ bits.RotateLeft8(q, 4) ^ 0x63
		if p == 1 {
			break
		}
	}
	a.sbox[0] = 0x63
	for i, s := range a.sbox {
		a.inverse[s] = byte(i)
	}
}

// double multiplies by x in GF(2⁸).
func double(b byte) byte {
	if b&0x80 != 0 {
		return b<<1 ^ 0x1b
	}
	return b << 1
}

// expand computes the key schedule. Fractional sizes happen: a key of 5 bytes has 1.25 words.
// What JavaScript does with such an index, namely to find nothing, is repeated here.
func (a *oddAES) expand(key []byte, size float64, rows int) {
	a.forward = make([]uint32, rows)
	// Round constants; rows beyond them get none.
	constants := [...]byte{0, 1, 2, 4, 8, 0x10, 0x20, 0x40, 0x80, 0x1b, 0x36}
	for i := range rows {
		row := float64(i)
		if row < size {
			a.forward[i] = word(key, i)
			continue
		}
		var t uint32
		if i > 0 {
			t = a.forward[i-1]
		}
		rest := math.Mod(row, size)
		switch {
		case rest == 0 || math.IsNaN(rest):
			t = a.substitute(bits.RotateLeft32(t, 8))
			if n := row / size; n < float64(len(constants)) {
				t ^= uint32(constants[int(n)]) << 24
			}
		case size > 6 && rest == 4:
			t = a.substitute(t)
		}
		// An index that is no whole number finds undefined, which counts as 0.
		if back := row - size; back == math.Trunc(back) && int(back) < i {
			t ^= a.forward[int(back)]
		}
		a.forward[i] = t
	}
}

// word is the i-th word of the key, 0 when the key ends before.
func word(key []byte, i int) uint32 {
	if i*4+4 > len(key) {
		return 0
	}
	return binary.BigEndian.Uint32(key[i*4:])
}

// substitute applies the S-box to each byte of a word.
func (a *oddAES) substitute(t uint32) uint32 {
	return uint32(a.sbox[t>>24])<<24 | uint32(a.sbox[t>>16&0xff])<<16 | uint32(a.sbox[t>>8&0xff])<<8 | uint32(a.sbox[t&0xff])
}

// invert makes the schedule of the equivalent inverse cipher (FIPS 197, 5.3.5), in the order
// in which crypto-js stores it.
func (a *oddAES) invert(rows int) {
	a.back = make([]uint32, rows)
	for i := range rows {
		row := rows - i
		from := row
		if i%4 == 0 {
			from = row - 4
		}
		var t uint32
		if from >= 0 && from < rows {
			t = a.forward[from]
		}
		if i >= 4 && row > 4 {
			t = mix(t, true)
		}
		a.back[i] = t
	}
}

// mix is MixColumns of one column, or its inverse. The inverse is the same after a first step
// that adds multiples.
func mix(t uint32, inverse bool) uint32 {
	b := [4]byte{byte(t >> 24), byte(t >> 16), byte(t >> 8), byte(t)}
	if inverse {
		u, v := double(double(b[0]^b[2])), double(double(b[1]^b[3]))
		b[0], b[1], b[2], b[3] = b[0]^u, b[1]^v, b[2]^u, b[3]^v
	}
	all := b[0] ^ b[1] ^ b[2] ^ b[3]
	var out uint32
	for i := range 4 {
		out = out<<8 | uint32(b[i]^all^double(b[i]^b[(i+1)%4]))
	}
	return out
}

func (a *oddAES) BlockSize() int { return 16 }

func (a *oddAES) Encrypt(dst, src []byte) { a.crypt(dst, src, a.forward, &a.sbox, 1) }

func (a *oddAES) Decrypt(dst, src []byte) { a.crypt(dst, src, a.back, &a.inverse, 3) }

// crypt runs the rounds on one block. box is the S-box or its inverse; shift is the direction
// in which ShiftRows goes, 1 or 3 columns.
func (a *oddAES) crypt(dst, src []byte, keys []uint32, box *[256]byte, shift int) {
	var state, next [4]uint32
	// The inverse schedule is stored as crypto-js reads it, the columns 1 and 3 of
	// each round swapped.
	column := [4]int{0, 1, 2, 3}
	if shift == 3 {
		column = [4]int{0, 3, 2, 1}
	}
	for i := range state {
		state[i] = binary.BigEndian.Uint32(src[i*4:]) ^ at(keys, column[i])
	}
	for round := 1; round <= a.rounds; round++ {
		for i := range next {
			t := uint32(box[state[i]>>24])<<24 | uint32(box[state[(i+shift)%4]>>16&0xff])<<16 |
				uint32(box[state[(i+2)%4]>>8&0xff])<<8 | uint32(box[state[(i+3*shift)%4]&0xff])
			if round < a.rounds {
				t = mix(t, shift == 3)
			}
			next[i] = t ^ at(keys, round*4+column[i])
		}
		state = next
	}
	for i, t := range state {
		binary.BigEndian.PutUint32(dst[i*4:], t)
	}
}

// at is a row of a schedule, 0 beyond its end.
func at(keys []uint32, i int) uint32 {
	if i < len(keys) {
		return keys[i]
	}
	return 0
}
