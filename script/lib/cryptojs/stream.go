package cryptojs

import (
	"encoding/binary"
	"math/bits"
)

// rc4 is RC4 as it became known; the state is a permutation and two indexes.
type rc4 struct {
	s    [256]byte
	i, j byte
}

// newRC4 schedules the key and drops that many words of the stream, as RC4Drop is asked to.
// An empty key counts as zeros.
func newRC4(key words, drop int, pause func(n int)) *rc4 {
	r := &rc4{}
	for i := range r.s {
		r.s[i] = byte(i)
	}
	var j byte
	for i := range r.s {
		var k byte
		if key.sig > 0 {
			k = key.at(i % key.sig)
		}
		j += r.s[i] + k
		r.s[i], r.s[j] = r.s[j], r.s[i]
	}
	discard := make([]byte, 4)
	for n := range drop {
		pause(n)
		r.next(discard)
	}
	return r
}

func (r *rc4) next(block []byte) {
	for n := range block {
		r.i++
		r.j += r.s[r.i]
		r.s[r.i], r.s[r.j] = r.s[r.j], r.s[r.i]
		block[n] = r.s[r.s[r.i]+r.s[r.j]]
	}
}

// rabbit is the stream cipher of RFC 4503: eight state and eight counter words.
type rabbit struct {
	x, c  [8]uint32
	carry uint32
}

// newRabbit swaps the bytes of the key's words in the caller's key, as crypto-js does: a
// script that uses one key object twice depends on it. legacy leaves the key as it is, which
// is RabbitLegacy's whole difference. A missing IV is left out of the setup.
func newRabbit(key *words, iv []byte, legacy bool) *rabbit {
	var k [4]uint32
	full := sized(key.b, max(16, len(key.b)))
	for i := range k {
		k[i] = binary.BigEndian.Uint32(full[i*4:])
		if !legacy {
			k[i] = bits.ReverseBytes32(k[i])
			binary.BigEndian.PutUint32(full[i*4:], k[i])
		}
	}
	if !legacy {
		key.b = full
	}
	r := &rabbit{}
	for i := range 4 {
		r.x[2*i] = k[i]
		r.x[2*i+1] = k[(i+3)%4]<<16 | k[(i+2)%4]>>16
		r.c[2*i] = bits.RotateLeft32(k[(i+2)%4], 16)
		r.c[2*i+1] = k[i]&0xffff0000 | k[(i+1)%4]&0xffff
	}
	// RFC 4503, 2.3: four steps, then counters and state are mixed.
	for range 4 {
		r.step()
	}
	for i := range r.c {
		r.c[i] ^= r.x[(i+4)&7]
	}
	if iv != nil {
		r.mixIV(sized(iv, 8))
	}
	return r
}

// mixIV is the IV setup of RFC 4503, 2.4.
func (r *rabbit) mixIV(iv []byte) {
	i0, i2 := binary.LittleEndian.Uint32(iv), binary.LittleEndian.Uint32(iv[4:])
	parts := [4]uint32{i0, i0>>16 | i2&0xffff0000, i2, i2<<16 | i0&0xffff}
	for i := range r.c {
		r.c[i] ^= parts[i%4]
	}
	for range 4 {
		r.step()
	}
}

// step is the counter system and the next-state function of RFC 4503, 2.5 and 2.6.
func (r *rabbit) step() {
	add := [3]uint32{0x4d34d34d, 0xd34d34d3, 0x34d34d34}
	carry := r.carry
	for i := range r.c {
		sum := uint64(r.c[i]) + uint64(add[i%3]) + uint64(carry)
		before := r.c[i]
		r.c[i] = uint32(sum)
		carry = 0
		if r.c[i] < before {
			carry = 1
		}
	}
	r.carry = carry
	var g [8]uint32
	for i := range g {
		square := uint64(r.x[i] + r.c[i])
		square *= square
		g[i] = uint32(square) ^ uint32(square>>32)
	}
	for i := range r.x {
		left, far := g[(i+7)%8], g[(i+6)%8]
		if i%2 == 0 {
			r.x[i] = g[i] + bits.RotateLeft32(left, 16) + bits.RotateLeft32(far, 16)
		} else {
			r.x[i] = g[i] + bits.RotateLeft32(left, 8) + far
		}
	}
}

// next writes 16 bytes of the key stream (RFC 4503, 2.7).
func (r *rabbit) next(block []byte) {
	r.step()
	for i := range 4 {
		x := &r.x
		word := x[2*i] ^ x[(2*i+5)%8]>>16 ^ x[(2*i+3)%8]<<16
		binary.LittleEndian.PutUint32(block[i*4:], word)
	}
}
