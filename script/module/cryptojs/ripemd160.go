package cryptojs

import (
	"encoding/binary"
	"hash"
	"math/bits"
)

// ripemd160 is the 160-bit hash of Dobbertin, Bosselaers and Preneel (1996).
type ripemd160 struct {
	h      [5]uint32
	buffer []byte
	length uint64 // bytes written
}

func newRIPEMD160() hash.Hash {
	r := &ripemd160{}
	r.Reset()
	return r
}

func (r *ripemd160) Size() int      { return 20 }
func (r *ripemd160) BlockSize() int { return 64 }

func (r *ripemd160) Reset() {
	*r = ripemd160{h: [5]uint32{0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0}}
}

func (r *ripemd160) Write(p []byte) (int, error) {
	n := len(p)
	r.length += uint64(n)
	r.buffer = append(r.buffer, p...)
	whole := r.buffer
	for len(whole) >= 64 {
		r.block(whole[:64])
		whole = whole[64:]
	}
	r.buffer = append(r.buffer[:0], whole...)
	return n, nil
}

func (r *ripemd160) Sum(out []byte) []byte {
	end := ripemd160{h: r.h}
	tail := append([]byte{}, r.buffer...)
	tail = append(tail, 0x80)
	for len(tail)%64 != 56 {
		tail = append(tail, 0)
	}
	tail = binary.LittleEndian.AppendUint64(tail, r.length*8)
	for len(tail) > 0 {
		end.block(tail[:64])
		tail = tail[64:]
	}
	for _, word := range end.h {
		out = binary.LittleEndian.AppendUint32(out, word)
	}
	return out
}

// The message order and the rotations of the two lines as the paper's tables give
// them, a hexadecimal digit a step, a row a round.
const (
	leftOrder = "0123456789abcdef" +
		"74d1a6f3c0952eb8" +
		"3ae49f812706db5c" +
		"19ba08c4d37fe562" +
		"40597c2ae138b6fd"
	rightOrder = "5e7092b4d6f81a3c" +
		"6b370d5aef8c4912" +
		"f5137e69b8c2a04d" +
		"86413bf05c2d97ae" +
		"cfa4158762de039b"
	leftShift = "befc5879bdef6798" +
		"768db97f7cf9b7dc" +
		"bd67e9dfe8d65c75" +
		"bcefef989e56865c" +
		"9f5b68dc5cdeb856"
	rightShift = "899bdff5778beec6" +
		"9df7c89b77c76fdb" +
		"97fb866ecd5edd75" +
		"f58bee6e69c9c5f8" +
		"85c9c5e68d65fdbb"
)

func digit(c byte) int {
	if c >= 'a' {
		return int(c-'a') + 10
	}
	return int(c - '0')
}

func (r *ripemd160) block(p []byte) {
	var x [16]uint32
	for i := range x {
		x[i] = binary.LittleEndian.Uint32(p[i*4:])
	}
	leftAdd := [5]uint32{0, 0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xa953fd4e}
	rightAdd := [5]uint32{0x50a28be6, 0x5c4dd124, 0x6d703ef3, 0x7a6d76e9, 0}
	left, right := r.h, r.h
	for i := range 80 {
		round := i / 16
		step(&left, round, x[digit(leftOrder[i])]+leftAdd[round], digit(leftShift[i]))
		step(&right, 4-round, x[digit(rightOrder[i])]+rightAdd[round], digit(rightShift[i]))
	}
	t := r.h[1] + left[2] + right[3]
	r.h[1] = r.h[2] + left[3] + right[4]
	r.h[2] = r.h[3] + left[4] + right[0]
	r.h[3] = r.h[4] + left[0] + right[1]
	r.h[4] = r.h[0] + left[1] + right[2]
	r.h[0] = t
}

// step is one of the 80 steps of a line; function chooses the mixing function,
// which the right line takes in reverse.
func step(v *[5]uint32, function int, word uint32, shift int) {
	x, y, z := v[1], v[2], v[3]
	var f uint32
	switch function {
	case 0:
		f = x ^ y ^ z
	case 1:
		f = x&y | ^x&z
	case 2:
		f = (x | ^y) ^ z
	case 3:
		f = x&z | y&^z
	default:
		f = x ^ (y | ^z)
	}
	t := bits.RotateLeft32(v[0]+f+word, shift) + v[4]
	v[0], v[4], v[3], v[2], v[1] = v[4], v[3], bits.RotateLeft32(v[2], 10), v[1], t
}

// Clone copies the running hash, as hash.Cloner asks.
func (r *ripemd160) Clone() (hash.Cloner, error) {
	c := *r
	c.buffer = append([]byte{}, r.buffer...)
	return &c, nil
}
