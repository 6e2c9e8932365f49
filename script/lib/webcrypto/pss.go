package webcrypto

import (
	"bytes"
	"crypto"
	"crypto/rsa"
	"encoding/binary"
	"math/big"
)

// The standard library takes a salt of length 0 for "as long as may be", so RSA-PSS without a
// salt, which then has one signature for one message, is written here after RFC 8017, 9.1.

// encoded is EMSA-PSS of a digest without a salt, for a modulus of so many bits.
func encoded(hash crypto.Hash, digest []byte, bits int) []byte {
	// emLen of the RFC: one bit less than the modulus, rounded up to bytes.
	size := (bits - 1 + 7) / 8
	h := sum(hash, append(make([]byte, 8), digest...)) // M': eight zero bytes, the digest, no salt
	if size < len(h)+2 {
		return nil
	}
	out := make([]byte, size)
	db := out[:size-len(h)-1]
	db[len(db)-1] = 1 // the mark that ends the padding
	// The mask generation function MGF1 of the RFC, B.2.1.
	mask := make([]byte, 0, len(db)+len(h))
	for i := uint32(0); len(mask) < len(db); i++ {
		mask = append(mask, sum(hash, binary.BigEndian.AppendUint32(bytes.Clone(h), i))...)
	}
	for i := range db {
		db[i] ^= mask[i]
	}
	// The bits above the modulus are 0.
	db[0] &= 0xff >> (8*size - (bits - 1))
	copy(out[len(db):], h)
	out[size-1] = 0xbc // the trailer field
	return out
}

// signUnsalted signs a digest with the private exponent.
func signUnsalted(k *rsa.PrivateKey, hash crypto.Hash, digest []byte) ([]byte, error) {
	m := encoded(hash, digest, k.N.BitLen())
	if m == nil {
		return nil, errKey
	}
	s := new(big.Int).Exp(new(big.Int).SetBytes(m), k.D, k.N)
	return s.FillBytes(make([]byte, k.Size())), nil
}

// verifyUnsalted opens the signature and compares it with what it must be: without salt there
// is one right signature.
func verifyUnsalted(k *rsa.PublicKey, hash crypto.Hash, digest, signature []byte) bool {
	s := new(big.Int).SetBytes(signature)
	if len(signature) != k.Size() || s.Cmp(k.N) >= 0 {
		return false
	}
	m := encoded(hash, digest, k.N.BitLen())
	got := new(big.Int).Exp(s, big.NewInt(int64(k.E)), k.N)
	return m != nil && got.Cmp(new(big.Int).SetBytes(m)) == 0
}
