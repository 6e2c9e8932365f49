package cryptojs

import (
	"encoding/hex"

	"github.com/dop251/goja"

	"posthaste/script/lib/native"
)

// saltMark begins what OpenSSL writes when the key comes from a password; eight bytes of salt
// follow.
const saltMark = "Salted__"

// makeFormats builds lib.CipherParams and CryptoJS.format: OpenSSL, the default (base64 with
// the salt in front), and Hex (the ciphertext alone).
func (l *library) makeFormats(root *goja.Object) {
	l.params = l.define(l.base, func(this *goja.Object, args []goja.Value) {
		l.mixIn(this, argument(args, 0))
	})
	l.set(l.lib, "CipherParams", l.params)
	l.fn(l.params, "toString", 1, func(call goja.FunctionCall) goja.Value {
		formatter := call.Argument(0)
		if !formatter.ToBoolean() {
			formatter = l.property(call.This, "formatter")
		}
		return l.env.Call(l.property(formatter, "stringify"), formatter, "formatter.stringify", call.This)
	})
	format := l.env.VM.NewObject()
	l.set(root, "format", format)
	l.openssl = l.env.VM.NewObject()
	l.set(format, "OpenSSL", l.openssl)
	// The same bytes as `openssl enc -a` writes, without its line breaks.
	l.fn(l.openssl, "stringify", 1, func(call goja.FunctionCall) goja.Value {
		ciphertext, salt := l.property(call.Argument(0), "ciphertext"), l.property(call.Argument(0), "salt")
		l.property(ciphertext, "toString")
		b := l.read(ciphertext).significant()
		if salt.ToBoolean() {
			b = append(append([]byte(saltMark), l.read(salt).significant()...), b...)
		}
		return l.env.Call(l.enc["Base64"].Get("stringify"), l.enc["Base64"], "stringify", l.wordArray(whole(b)))
	})
	l.fn(l.openssl, "parse", 1, func(call goja.FunctionCall) goja.Value {
		l.property(call.Argument(0), "length")
		w := l.read(l.parseBase64(call.Argument(0)))
		fields := l.env.VM.NewObject()
		salt := goja.Undefined()
		if len(w.b) >= len(saltMark) && string(w.b[:len(saltMark)]) == saltMark {
			end := min(16, len(w.b))
			salt = l.wordArray(words{w.b[8:end], end - 8})
			w = words{w.b[end:], w.sig - 16} // the mark and the salt are 16 bytes
		}
		l.set(fields, "ciphertext", l.wordArray(w))
		l.set(fields, "salt", salt)
		return l.create(l.params, fields)
	})
	hexadecimal := l.env.VM.NewObject()
	l.set(format, "Hex", hexadecimal)
	l.fn(hexadecimal, "stringify", 1, func(call goja.FunctionCall) goja.Value {
		return l.env.VM.ToValue(hex.EncodeToString(l.read(l.property(call.Argument(0), "ciphertext")).significant()))
	})
	l.fn(hexadecimal, "parse", 1, func(call goja.FunctionCall) goja.Value {
		fields := l.env.VM.NewObject()
		l.set(fields, "ciphertext", l.parseHex(call.Argument(0)))
		return l.create(l.params, fields)
	})
}

// makeOpenSSLKDF builds CryptoJS.kdf.OpenSSL, which turns a password into key, IV and salt by
// EVP_BytesToKey with MD5 and one iteration.
func (l *library) makeOpenSSLKDF(root *goja.Object) *goja.Object {
	kdf, openssl := l.env.VM.NewObject(), l.env.VM.NewObject()
	l.set(root, "kdf", kdf)
	l.set(kdf, "OpenSSL", openssl)
	l.fn(openssl, "execute", 4, func(call goja.FunctionCall) goja.Value {
		keySize, ivSize := int(call.Argument(1).ToInteger()), int(call.Argument(2).ToInteger())
		// Sizes are in words.
		if keySize < 0 || ivSize < 0 || keySize+ivSize > native.MaxBuffer/4 {
			l.env.Throw("RangeError", "Invalid array length")
		}
		salt := call.Argument(3)
		if !salt.ToBoolean() {
			salt = l.wordArray(words{l.env.Random(8), 8})
		}
		derived := l.evp(l.md5, call.Argument(0), salt, (keySize+ivSize)*4, 1)
		// As in the original the key keeps the words of the IV behind its own.
		fields := l.env.VM.NewObject()
		l.set(fields, "key", l.wordArray(words{derived, keySize * 4}))
		l.set(fields, "iv", l.wordArray(words{append([]byte{}, derived[keySize*4:]...), ivSize * 4}))
		l.set(fields, "salt", salt)
		return l.create(l.params, fields)
	})
	return openssl
}
