package cryptojs

import (
	"encoding/binary"
	"hash"
	"math/bits"
)

// keccak is the sponge as submitted to the SHA-3 contest: the padding begins with 0x01 and
// not, as FIPS 202 later said, with 0x06. crypto-js calls this SHA3, so its results differ
// from the standard's.
type keccak struct {
	state  [25]uint64
	buffer []byte // input short of one block
	rate   int    // bytes a block
	size   int    // bytes of output
	rounds [24]uint64
}

// newKeccak makes the hash with an output of outputBits; 0 and impossible lengths mean 512.
// The rate is what two outputs leave of the 200 bytes of state.
func newKeccak(outputBits int) hash.Hash {
	if outputBits <= 0 || outputBits >= 800 || outputBits%8 != 0 {
		outputBits = 512
	}
	k := &keccak{size: outputBits / 8, rate: 200 - outputBits/4}
	k.rounds = roundConstants()
	return k
}

// roundConstants are computed from the 8-bit LFSR x⁸+x⁶+x⁵+x⁴+1 of the specification.
func roundConstants() (constants [24]uint64) {
	lfsr := byte(1)
	for i := range constants {
		for j := range 7 {
			if lfsr&1 != 0 {
				constants[i] |= 1 << (1<<j - 1)
			}
			carry := lfsr & 0x80
			lfsr <<= 1
			if carry != 0 {
				lfsr ^= 0x71
			}
		}
	}
	return constants
}

func (k *keccak) Size() int      { return k.size }
func (k *keccak) BlockSize() int { return k.rate }

func (k *keccak) Reset() {
	k.state = [25]uint64{}
	k.buffer = k.buffer[:0]
}

// Write absorbs whole blocks and keeps the rest. It never fails.
func (k *keccak) Write(p []byte) (int, error) {
	n := len(p)
	if len(k.buffer) > 0 {
		take := min(k.rate-len(k.buffer), len(p))
		k.buffer = append(k.buffer, p[:take]...)
		p = p[take:]
		if len(k.buffer) < k.rate {
			return n, nil
		}
		k.absorb(k.buffer)
		k.buffer = k.buffer[:0]
	}
	for len(p) >= k.rate {
		k.absorb(p[:k.rate])
		p = p[k.rate:]
	}
	k.buffer = append(k.buffer, p...)
	return n, nil
}

// Sum works on a copy, so that more can be written afterwards. The padding is Keccak's 0x01,
// see keccak.
func (k *keccak) Sum(out []byte) []byte {
	end := *k
	last := make([]byte, k.rate)
	copy(last, k.buffer)
	last[len(k.buffer)] ^= 0x01
	last[k.rate-1] ^= 0x80 // the last bit of the padding; both may be in one byte
	end.absorb(last)
	var all [200]byte
	for i, lane := range end.state {
		binary.LittleEndian.PutUint64(all[i*8:], lane)
	}
	return append(out, all[:k.size]...)
}

// absorb mixes one block of rate bytes into the state.
func (k *keccak) absorb(block []byte) {
	for i := 0; i+8 <= len(block); i += 8 {
		k.state[i/8] ^= binary.LittleEndian.Uint64(block[i:])
	}
	for _, constant := range k.rounds {
		k.round(constant)
	}
}

// round applies theta, rho with pi, chi and iota (FIPS 202, 3.2).
func (k *keccak) round(constant uint64) {
	a := &k.state
	var c [5]uint64
	for x := range 5 {
		c[x] = a[x] ^ a[x+5] ^ a[x+10] ^ a[x+15] ^ a[x+20]
	}
	for x := range 5 {
		d := c[(x+4)%5] ^ bits.RotateLeft64(c[(x+1)%5], 1)
		for y := 0; y < 25; y += 5 {
			a[x+y] ^= d
		}
	}
	// rho rotates lane t by the t-th triangular number, pi moves it to its new place.
	x, y, moving := 1, 0, a[1]
	for t := range 24 {
		x, y = y, (2*x+3*y)%5
		moving, a[x+5*y] = a[x+5*y], bits.RotateLeft64(moving, (t+1)*(t+2)/2%64)
	}
	for y := 0; y < 25; y += 5 {
		row := [5]uint64(a[y : y+5])
		for x := range 5 {
			a[x+y] = row[x] ^ (^row[(x+1)%5] & row[(x+2)%5])
		}
	}
	a[0] ^= constant
}

// Clone copies the running hash, as hash.Cloner asks.
func (k *keccak) Clone() (hash.Cloner, error) {
	c := *k
	c.buffer = append([]byte{}, k.buffer...)
	return &c, nil
}
