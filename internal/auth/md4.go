package auth

import (
	"encoding/binary"
	"math/bits"
)

// md4 is RFC 1320. NTLM keys are made with it and nothing else uses it: a module for these lines would be one more
// to watch. It protects nothing by itself.
func md4(data []byte) [16]byte {
	padded := append([]byte{}, data...)
	padded = append(padded, 0x80)
	for len(padded)%64 != 56 {
		padded = append(padded, 0)
	}
	padded = binary.LittleEndian.AppendUint64(padded, uint64(len(data))*8)
	state := [4]uint32{0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476}
	for ; len(padded) > 0; padded = padded[64:] {
		md4Block(&state, padded[:64])
	}
	var sum [16]byte
	for i, v := range state {
		binary.LittleEndian.PutUint32(sum[4*i:], v)
	}
	return sum
}

// md4Block mixes 64 bytes into the state, in three rounds of sixteen steps.
func md4Block(state *[4]uint32, block []byte) {
	var x [16]uint32
	for i := range x {
		x[i] = binary.LittleEndian.Uint32(block[4*i:])
	}
	order := [3][16]int{
		{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
		{0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15},
		{0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15},
	}
	turn := [3][4]int{{3, 7, 11, 19}, {3, 5, 9, 13}, {3, 9, 11, 15}}
	add := [3]uint32{0, 0x5a827999, 0x6ed9eba1}
	mix := [3]func(b, c, d uint32) uint32{
		func(b, c, d uint32) uint32 { return b&c | ^b&d },
		func(b, c, d uint32) uint32 { return b&c | b&d | c&d },
		func(b, c, d uint32) uint32 { return b ^ c ^ d },
	}
	a, b, c, d := state[0], state[1], state[2], state[3]
	for round := range 3 {
		for i, k := range order[round] {
			a = bits.RotateLeft32(a+mix[round](b, c, d)+x[k]+add[round], turn[round][i%4])
			a, b, c, d = d, a, b, c
		}
	}
	state[0] += a
	state[1] += b
	state[2] += c
	state[3] += d
}
