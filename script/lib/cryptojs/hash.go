package cryptojs

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"hash"
	"reflect"

	"golang.org/x/crypto/ripemd160" //nolint:staticcheck // CryptoJS offers it
)

// An algorithm is one hash of the library: how it is made, and the block size that HMAC and
// scripts see. bits is SHA3's output length and ignored by the others.
type algorithm struct {
	name  string
	words int // block size in 32-bit words
	make  func(bits int) hash.Hash
}

// algorithms lists the hashes in the order in which the library defines them.
func algorithms() []*algorithm {
	fixed := func(name string, words int, make func() hash.Hash) *algorithm {
		return &algorithm{name, words, func(int) hash.Hash { return make() }}
	}
	return []*algorithm{
		fixed("MD5", 16, md5.New),
		fixed("SHA1", 16, sha1.New),
		fixed("SHA256", 16, sha256.New),
		fixed("SHA224", 16, sha256.New224),
		fixed("SHA512", 32, sha512.New),
		fixed("SHA384", 32, sha512.New384),
		{"SHA3", 16, newKeccak},
		fixed("RIPEMD160", 16, func() hash.Hash { return copied{ripemd160.New()} }),
	}
}

// copied is a hash of a package that offers no Clone: scripts clone hashers between two
// updates.
type copied struct{ hash.Hash }

// Clone copies the state of the hash, which is the struct behind the pointer. It must contain
// no pointers or slices, which is so for ripemd160.
func (c copied) Clone() (hash.Cloner, error) {
	state := reflect.ValueOf(c.Hash).Elem()
	other := reflect.New(state.Type())
	other.Elem().Set(state)
	return copied{other.Interface().(hash.Hash)}, nil
}
