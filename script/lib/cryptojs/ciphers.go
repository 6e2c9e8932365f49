package cryptojs

import (
	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
)

// A modeMark says which block mode a script object means. It is Go state on CryptoJS.mode.CBC
// and the others.
type modeMark string

// makeCiphers builds the ciphers, their modes and paddings, and the shortcuts CryptoJS.AES
// and so on. Everything hangs together by inheritance: a cipher's cfg has mode and padding,
// which a script can override for one call.
func (l *library) makeCiphers(root, buffered *goja.Object) {
	cipher := l.define(buffered, func(this *goja.Object, args []goja.Value) { l.initCipher(this, args) })
	l.set(l.lib, "Cipher", cipher)
	l.set(cipher, "cfg", l.extend(l.base, nil))
	l.set(cipher, "keySize", 4)
	l.set(cipher, "ivSize", 4)
	l.set(cipher, "_ENC_XFORM_MODE", 1) // the direction, as Cipher.create takes it
	l.set(cipher, "_DEC_XFORM_MODE", 2)
	l.cipherMethods(cipher)
	stream, block := l.extend(cipher, nil), l.extend(cipher, nil)
	l.set(stream, "blockSize", 1)
	l.set(block, "blockSize", 4)
	l.set(l.lib, "StreamCipher", stream)
	cbc := l.makeModes(root)
	pkcs7 := l.makePads(root)
	cfg := l.extend(jsvalue.Object(cipher.Get("cfg")), nil)
	l.set(cfg, "mode", cbc)
	l.set(cfg, "padding", pkcs7)
	l.set(block, "cfg", cfg)
	l.set(l.lib, "BlockCipher", block)
	l.makeWrappers(root)
	for _, spec := range cipherSpecs() {
		// Stream ciphers have no mode or padding.
		super := stream
		if spec.block != nil {
			super = block
		}
		if spec.base != "" {
			super = jsvalue.Object(l.algo.Get(spec.base))
		}
		o := l.extend(super, nil)
		l.attach(o, spec)
		l.set(o, "keySize", spec.keySize)
		l.set(o, "ivSize", spec.ivSize)
		l.set(o, "blockSize", spec.blockSize)
		if spec.name == "RC4Drop" {
			drop := l.extend(jsvalue.Object(super.Get("cfg")), nil)
			l.set(drop, "drop", 192) // words that RC4Drop drops by default
			l.set(o, "cfg", drop)
		}
		l.set(l.algo, spec.name, o)
		l.set(root, spec.name, l.cipherHelper(o))
	}
	l.fn(cipher, "_createHelper", 1, func(call goja.FunctionCall) goja.Value {
		return l.cipherHelper(call.Argument(0).ToObject(l.env.VM))
	})
}

// makeModes builds CryptoJS.mode and returns CBC, the default.
func (l *library) makeModes(root *goja.Object) (cbc *goja.Object) {
	base := l.extend(l.base, nil)
	l.set(l.lib, "BlockCipherMode", base)
	modes := l.env.VM.NewObject()
	l.set(root, "mode", modes)
	for _, name := range []string{"CBC", "CFB", "CTR", "CTRGladman", "OFB", "ECB"} {
		o := l.extend(base, nil)
		l.attach(o, modeMark(name))
		l.set(modes, name, o)
		if name == "CBC" {
			cbc = o
		}
	}
	return cbc
}

// cipherHelper makes the object with encrypt and decrypt: CryptoJS.AES. A string as the key
// is a password, from which a key is derived; a WordArray is the key itself.
func (l *library) cipherHelper(cipher *goja.Object) *goja.Object {
	o := l.env.VM.NewObject()
	for _, name := range []string{"encrypt", "decrypt"} {
		l.fn(o, name, 3, func(call goja.FunctionCall) goja.Value {
			wrapper := l.serial
			if jsvalue.IsString(call.Argument(1)) {
				wrapper = l.password
			}
			return l.env.Call(wrapper.Get(name), wrapper, name, cipher, call.Argument(0), call.Argument(1), call.Argument(2))
		})
	}
	return o
}

// makeWrappers builds lib.SerializableCipher and lib.PasswordBasedCipher, the two ways in
// which a helper works.
func (l *library) makeWrappers(root *goja.Object) {
	l.serial = l.extend(l.base, nil)
	cfg := l.extend(l.base, nil)
	l.set(cfg, "format", l.openssl)
	l.set(l.serial, "cfg", cfg)
	l.fn(l.serial, "encrypt", 4, func(call goja.FunctionCall) goja.Value {
		cfg := l.extend(jsvalue.Object(l.property(call.This, "cfg")), call.Argument(3))
		return l.encrypt(call.Argument(0), call.Argument(1), call.Argument(2), cfg)
	})
	l.fn(l.serial, "decrypt", 4, func(call goja.FunctionCall) goja.Value {
		cfg := l.extend(jsvalue.Object(l.property(call.This, "cfg")), call.Argument(3))
		return l.decrypt(call.Argument(0), l.parse(call.This, call.Argument(1), cfg), call.Argument(2), cfg)
	})
	l.set(l.lib, "SerializableCipher", l.serial)
	l.password = l.extend(l.serial, nil)
	secret := l.extend(cfg, nil)
	l.set(secret, "kdf", l.makeOpenSSLKDF(root))
	l.set(l.password, "cfg", secret)
	l.fn(l.password, "encrypt", 4, func(call goja.FunctionCall) goja.Value {
		cipher := call.Argument(0)
		cfg := l.extend(jsvalue.Object(l.property(call.This, "cfg")), call.Argument(3))
		derived := l.derive(cfg, cipher, call.Argument(2), goja.Undefined())
		result := l.encrypt(cipher, call.Argument(1), derived.Get("key"), cfg)
		// The result carries salt, key and IV, so that its text can be decrypted with the
		// password alone.
		l.mixIn(result, derived)
		return result
	})
	l.fn(l.password, "decrypt", 4, func(call goja.FunctionCall) goja.Value {
		cipher := call.Argument(0)
		cfg := l.extend(jsvalue.Object(l.property(call.This, "cfg")), call.Argument(3))
		params := l.parse(call.This, call.Argument(1), cfg)
		derived := l.derive(cfg, cipher, call.Argument(2), l.property(params, "salt"))
		return l.decrypt(cipher, params, derived.Get("key"), cfg)
	})
	l.set(l.lib, "PasswordBasedCipher", l.password)
}

// derive asks the configured KDF for key and IV and puts the IV into cfg. A salt that is
// undefined is drawn at random.
func (l *library) derive(cfg *goja.Object, cipher, password, salt goja.Value) *goja.Object {
	kdf := cfg.Get("kdf")
	derived := l.env.Call(l.property(kdf, "execute"), kdf, "cfg.kdf.execute",
		password, l.property(cipher, "keySize"), l.property(cipher, "ivSize"), salt).ToObject(l.env.VM)
	l.set(cfg, "iv", derived.Get("iv"))
	return derived
}

// parse turns a text into CipherParams by the configured format; other values are returned as
// they are.
func (l *library) parse(wrapper, ciphertext goja.Value, cfg *goja.Object) goja.Value {
	if !jsvalue.IsString(ciphertext) {
		return ciphertext
	}
	format := cfg.Get("format")
	return l.env.Call(l.property(format, "parse"), format, "format.parse", ciphertext, wrapper)
}

// encrypt returns CipherParams with everything that decrypting needs. Their text is the
// ciphertext in the configured format.
func (l *library) encrypt(cipher, message, key goja.Value, cfg *goja.Object) *goja.Object {
	c := l.start(cipher, key, cfg, true)
	result := l.finish(c, message)
	fields := l.env.VM.NewObject()
	l.set(fields, "ciphertext", result)
	l.set(fields, "key", key)
	for _, name := range []string{"iv", "algorithm", "mode", "padding", "blockSize", "formatter"} {
		switch name {
		case "algorithm":
			l.set(fields, name, cipher)
		case "blockSize":
			l.set(fields, name, l.property(cipher, "blockSize"))
		case "formatter":
			l.set(fields, name, cfg.Get("format"))
		default:
			l.set(fields, name, jsvalue.OrUndefined(c.cfg.Get(name)))
		}
	}
	return l.create(l.params, fields)
}

// decrypt returns the plain bytes as a WordArray. A wrong key gives garbage, often with a
// negative sigBytes, not an error.
func (l *library) decrypt(cipher, params, key goja.Value, cfg *goja.Object) goja.Value {
	c := l.start(cipher, key, cfg, false)
	return l.finish(c, l.property(params, "ciphertext"))
}
