package cryptojs

import (
	"encoding/binary"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/native"
)

// makeKDFs builds PBKDF2 and EvpKDF and their algo objects. Key sizes are in words.
func (l *library) makeKDFs(root *goja.Object) {
	l.makeKDF(root, "PBKDF2", l.sha1, l.pbkdf2)
	l.makeKDF(root, "EvpKDF", l.md5, l.evp)
}

// A derive computes at least that many bytes of key.
type derive func(hasher, password, salt goja.Value, bytes, iterations int) []byte

// makeKDF makes PBKDF2 or EvpKDF as a class and as a helper. The defaults are those of
// crypto-js 3.3: four words and one iteration, which is insecure but what scripts get.
func (l *library) makeKDF(root *goja.Object, name string, hasher *goja.Object, run derive) {
	cfg := l.extend(l.base, nil)
	l.set(cfg, "keySize", 4)
	l.set(cfg, "hasher", hasher)
	l.set(cfg, "iterations", 1)
	kdf := l.define(l.base, func(this *goja.Object, args []goja.Value) {
		l.set(this, "cfg", l.extend(jsvalue.Object(this.Get("cfg")), argument(args, 0)))
	})
	l.set(kdf, "cfg", cfg)
	compute := func(cfg, password, salt goja.Value) *goja.Object {
		bytes := l.property(cfg, "keySize").ToFloat() * 4
		if bytes > native.MaxBuffer {
			l.env.Throw("RangeError", "Invalid array length")
		}
		// Whole hash blocks are derived and sigBytes set back, so words that do not
		// count stay visible in words.
		out := run(l.property(cfg, "hasher"), password, salt, int(bytes), l.integer(cfg, "iterations", 1))
		return l.wordArray(words{out, int(bytes)})
	}
	l.fn(kdf, "compute", 2, func(call goja.FunctionCall) goja.Value {
		return compute(l.property(call.This, "cfg"), call.Argument(0), call.Argument(1))
	})
	l.set(l.algo, name, kdf)
	l.fn(root, name, 3, func(call goja.FunctionCall) goja.Value {
		return compute(l.extend(cfg, call.Argument(2)), call.Argument(0), call.Argument(1))
	})
}

// pbkdf2 is RFC 8018, 5.2, written here because the hash may be a script's own class. The
// result is whole hash blocks.
func (l *library) pbkdf2(hasher, password, salt goja.Value, bytes, iterations int) (out []byte) {
	mac := l.newHMAC(hasher, password).h
	l.property(salt, "words")
	prefix := l.message(salt)
	for block := uint32(1); len(out) < bytes; block++ {
		l.env.Pause(int(block))
		mac.Reset()
		_, _ = mac.Write(binary.BigEndian.AppendUint32(append([]byte{}, prefix...), block))
		last := mac.Sum(nil)
		sum := append([]byte{}, last...)
		// The first iteration is done; last is reused to save an allocation for each.
		for i := range iterations - 1 {
			l.env.Pause(i)
			mac.Reset()
			_, _ = mac.Write(last)
			last = mac.Sum(last[:0])
			xor(sum, last)
		}
		out = append(out, sum...)
	}
	return out
}

// evp is OpenSSL's EVP_BytesToKey, by which passphrases become keys: each block hashes the
// one before, the password and the salt.
func (l *library) evp(hasher, password, salt goja.Value, bytes, iterations int) (out []byte) {
	h := l.newHash(hasher, nil).h
	l.property(password, "words")
	secret, tail := l.message(password), l.message(salt)
	var block []byte
	for n := 0; len(out) < bytes; n++ {
		l.env.Pause(n)
		h.Reset()
		_, _ = h.Write(block)
		_, _ = h.Write(secret)
		_, _ = h.Write(tail)
		block = h.Sum(nil)
		for i := range iterations - 1 {
			l.env.Pause(i)
			h.Reset()
			_, _ = h.Write(block)
			block = h.Sum(nil)
		}
		out = append(out, block...)
	}
	return out
}
