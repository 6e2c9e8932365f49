package cryptojs

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/des"
)

// A cipherSpec is one cipher of the library; sizes are in 32-bit words, as scripts see them.
// Exactly one of block and stream is set.
type cipherSpec struct {
	name                       string
	keySize, ivSize, blockSize int
	block                      func(key words) cipher.Block
	stream                     func(key *words, iv []byte, drop int, pause func(n int)) keystream // makes the key stream; pause is called now and then so that it can be interrupted
	base                       string                                                             // the algorithm it extends, where scripts can see it
}

// A keystream yields the next block of bytes to combine with the data by XOR.
type keystream interface {
	next(block []byte)
}

// cipherSpecs lists the ciphers in the order in which the library defines them.
func cipherSpecs() []*cipherSpec {
	return []*cipherSpec{
		{name: "AES", keySize: 8, ivSize: 4, blockSize: 4, block: newAES},
		{name: "DES", keySize: 2, ivSize: 2, blockSize: 2, block: newDES},
		{name: "TripleDES", keySize: 6, ivSize: 2, blockSize: 2, block: newTripleDES},
		{name: "RC4", keySize: 8, ivSize: 0, blockSize: 1, stream: func(key *words, _ []byte, _ int, pause func(n int)) keystream { return newRC4(*key, 0, pause) }},
		{name: "RC4Drop", keySize: 8, ivSize: 0, blockSize: 1, base: "RC4", stream: func(key *words, _ []byte, drop int, pause func(n int)) keystream { return newRC4(*key, drop, pause) }},
		{name: "Rabbit", keySize: 4, ivSize: 2, blockSize: 4, stream: func(key *words, iv []byte, _ int, _ func(n int)) keystream { return newRabbit(key, iv, false) }},
		{name: "RabbitLegacy", keySize: 4, ivSize: 2, blockSize: 4, stream: func(key *words, iv []byte, _ int, _ func(n int)) keystream { return newRabbit(key, iv, true) }},
	}
}

// newAES uses Go's AES for keys of its lengths, oddAES for others.
func newAES(key words) cipher.Block {
	switch key.sig {
	case 16, 24, 32:
		if block, err := aes.NewCipher(key.significant()); err == nil {
			return block
		}
	}
	return newOddAES(key.b, key.sig)
}

// newDES ignores sigBytes as the library does: it takes the first two words, and missing
// words are zero.
func newDES(key words) cipher.Block {
	block, _ := des.NewCipher(sized(key.b, 8)) // eight bytes are always accepted
	return block
}

func newTripleDES(key words) cipher.Block {
	block, _ := des.NewTripleDESCipher(sized(key.b, 24))
	return block
}

// sized cuts or zero-fills b to n bytes, in a copy.
func sized(b []byte, n int) []byte {
	out := make([]byte, n)
	copy(out, b)
	return out
}

// A chain applies a block mode to one block after the other, in place. Go's own modes are not
// used: those here continue over several calls, and have the library's counters.
type chain struct {
	mode    string
	block   cipher.Block
	encrypt bool
	prev    []byte // the block mixed in next: IV, previous ciphertext or counter
	short   bool   // the IV lacks the counter word
}

// crypt works on one block in place and prepares prev for the next one.
func (c *chain) crypt(p []byte) {
	size := c.block.BlockSize()
	switch c.mode {
	case "ECB":
		c.raw(p)
	case "CBC":
		if c.encrypt {
			xor(p, c.prev)
			c.block.Encrypt(p, p)
			copy(c.prev, p)
			return
		}
		// Kept before it is overwritten: it is the next block's prev.
		next := append([]byte{}, p...)
		c.block.Decrypt(p, p)
		xor(p, c.prev)
		c.prev = next
	case "CFB":
		stream := make([]byte, size)
		c.block.Encrypt(stream, c.prev)
		if !c.encrypt {
			copy(c.prev, p)
		}
		xor(p, stream)
		if c.encrypt {
			copy(c.prev, p)
		}
	case "OFB":
		c.block.Encrypt(c.prev, c.prev)
		xor(p, c.prev)
	default:
		c.counter(p, size)
	}
}

// raw is the block cipher alone, in the direction of the chain.
func (c *chain) raw(p []byte) {
	if c.encrypt {
		c.block.Encrypt(p, p)
	} else {
		c.block.Decrypt(p, p)
	}
}

// counter is CTR, whose counter is the last word alone and never carries into the others, and
// CTRGladman, whose counter is the first eight bytes in an order of its own and counts before
// it is used.
func (c *chain) counter(p []byte, size int) {
	if c.mode == "CTRGladman" {
		if countGladman(c.prev[:4]) {
			countGladman(c.prev[4:8])
		}
	}
	stream := make([]byte, size)
	c.block.Encrypt(stream, c.prev)
	xor(p, stream)
	if c.mode == "CTR" {
		if c.short {
			c.short = false // undefined + 1 is NaN, which counts as zero
			return
		}
		for i := size - 1; i >= size-4; i-- {
			c.prev[i]++
			if c.prev[i] != 0 {
				break
			}
		}
	}
}

// countGladman adds one to a word as crypto-js does and says whether it became 0: the first
// byte counts, and when it is full the others do, as a big-endian chain that begins at the
// second.
func countGladman(w []byte) (wrapped bool) {
	if w[0] != 0xff {
		w[0]++
		return w[0] == 0 && w[1] == 0 && w[2] == 0 && w[3] == 0
	}
	w[0] = 0
	for i := 1; i < 4; i++ {
		w[i]++
		if w[i] != 0 {
			return false
		}
	}
	return true
}

// xor combines p with as many bytes of with, in place.
func xor(p, with []byte) {
	for i := range p {
		p[i] ^= with[i]
	}
}
