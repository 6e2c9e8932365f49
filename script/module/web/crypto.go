package web

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"hash"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/module/native"
)

// crypto is the Web Crypto API as far as it is here: random values, digests and
// HMAC keys.
type crypto struct {
	env *native.Env
	sym *goja.Symbol
}

// An hmacKey is the secret behind a CryptoKey.
type hmacKey struct {
	secret      []byte
	hash        string
	extractable bool
	usages      []string
}

func newCrypto(env *native.Env) goja.Value {
	c := &crypto{env: env, sym: goja.NewSymbol("key")}
	o, subtle := env.VM.NewObject(), env.VM.NewObject()
	env.Method(o, "randomUUID", 0, func(goja.FunctionCall) goja.Value {
		b := env.Random(16)
		b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
		text := hex.EncodeToString(b)
		return env.VM.ToValue(text[:8] + "-" + text[8:12] + "-" + text[12:16] + "-" + text[16:20] + "-" + text[20:])
	})
	env.Method(o, "getRandomValues", 1, func(call goja.FunctionCall) goja.Value {
		array := native.Object(call.Argument(0))
		if array == nil || !native.IsTyped(array) {
			panic(domError(env, "TypeMismatchError", "The data argument must be an integer-type TypedArray"))
		}
		b, _ := env.Bytes(array)
		if len(b) > 65536 {
			panic(domError(env, "QuotaExceededError", "The requested length exceeds 65,536 bytes"))
		}
		copy(b, env.Random(len(b)))
		return array
	})
	c.promise(subtle, "digest", 2, c.digest)
	c.promise(subtle, "importKey", 5, c.importKey)
	c.promise(subtle, "exportKey", 2, c.exportKey)
	c.promise(subtle, "generateKey", 3, c.generateKey)
	c.promise(subtle, "sign", 3, c.sign)
	c.promise(subtle, "verify", 4, c.verify)
	_ = o.Set("subtle", subtle)
	return o
}

// promise defines a method whose result, or what it throws, comes by a promise.
func (c *crypto) promise(o *goja.Object, name string, length int, fn func(goja.FunctionCall) goja.Value) {
	c.env.Method(o, name, length, func(call goja.FunctionCall) goja.Value {
		p, resolve, reject := c.env.VM.NewPromise()
		var result goja.Value
		if thrown := c.env.VM.Try(func() { result = fn(call) }); thrown != nil {
			c.env.Check(reject(thrown.Value()))
		} else {
			c.env.Check(resolve(result))
		}
		return c.env.VM.ToValue(p)
	})
}

// hashOf finds a digest by an algorithm name or an object with one.
func (c *crypto) hashOf(v goja.Value) (string, func() hash.Hash) {
	name := v.String()
	if o := native.Object(v); o != nil {
		name = orUndefined(o.Get("name")).String()
	}
	switch name = strings.ToUpper(name); name {
	case "SHA-1":
		return name, sha1.New
	case "SHA-256":
		return name, sha256.New
	case "SHA-384":
		return name, sha512.New384
	case "SHA-512":
		return name, sha512.New
	}
	panic(domError(c.env, "NotSupportedError", "Unrecognized algorithm name"))
}

func (c *crypto) bytes(v goja.Value) []byte {
	b, ok := c.env.Bytes(v)
	if !ok {
		c.env.ThrowCode("TypeError", "ERR_INVALID_ARG_TYPE", "The argument must be an instance of ArrayBuffer, Buffer, TypedArray, or DataView")
	}
	return b
}

func (c *crypto) buffer(b []byte) goja.Value { return c.env.VM.ToValue(c.env.VM.NewArrayBuffer(b)) }

func (c *crypto) digest(call goja.FunctionCall) goja.Value {
	_, newHash := c.hashOf(call.Argument(0))
	h := newHash()
	_, _ = h.Write(c.bytes(call.Argument(1)))
	return c.buffer(h.Sum(nil))
}

// onlyHMAC checks the algorithm argument of the key functions.
func (c *crypto) onlyHMAC(v goja.Value) *goja.Object {
	name := v.String()
	o := native.Object(v)
	if o != nil {
		name = orUndefined(o.Get("name")).String()
	}
	if !strings.EqualFold(name, "HMAC") {
		panic(domError(c.env, "NotSupportedError", "Only HMAC keys are supported here, not "+name))
	}
	return o
}

func (c *crypto) importKey(call goja.FunctionCall) goja.Value {
	algorithm := c.onlyHMAC(call.Argument(2))
	if algorithm == nil {
		c.env.Throw("TypeError", "HMAC needs an algorithm object with hash")
	}
	name, _ := c.hashOf(orUndefined(algorithm.Get("hash")))
	k := &hmacKey{hash: name, extractable: call.Argument(3).ToBoolean(), usages: c.usages(call.Argument(4))}
	switch format := call.Argument(0).String(); format {
	case "raw":
		k.secret = append([]byte{}, c.bytes(call.Argument(1))...)
	case "jwk":
		text := orUndefined(call.Argument(1).ToObject(c.env.VM).Get("k")).String()
		secret, err := base64.RawURLEncoding.DecodeString(text)
		if err != nil {
			panic(domError(c.env, "DataError", "Invalid keyData"))
		}
		k.secret = secret
	default:
		panic(domError(c.env, "NotSupportedError", "Unable to import HMAC key using "+format+" format"))
	}
	if len(k.secret) == 0 {
		panic(domError(c.env, "DataError", "Zero-length key is not supported"))
	}
	return c.key(k)
}

func (c *crypto) usages(v goja.Value) (list []string) {
	if native.Object(v) == nil {
		return nil
	}
	c.env.VM.ForOf(v, func(item goja.Value) bool {
		list = append(list, item.String())
		return true
	})
	return list
}

// key shows an hmacKey as a CryptoKey.
func (c *crypto) key(k *hmacKey) goja.Value {
	vm := c.env.VM
	o, algorithm, inner := vm.NewObject(), vm.NewObject(), vm.NewObject()
	_ = inner.Set("name", k.hash)
	_ = algorithm.Set("name", "HMAC")
	_ = algorithm.Set("hash", inner)
	_ = algorithm.Set("length", 8*len(k.secret))
	_ = o.Set("type", "secret")
	_ = o.Set("extractable", k.extractable)
	_ = o.Set("algorithm", algorithm)
	usages := make([]any, len(k.usages))
	for i, usage := range k.usages {
		usages[i] = usage
	}
	_ = o.Set("usages", vm.NewArray(usages...))
	_ = o.DefineDataPropertySymbol(goja.SymToStringTag, vm.ToValue("CryptoKey"), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
	_ = o.DefineDataPropertySymbol(c.sym, vm.ToValue(k), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
	return o
}

func (c *crypto) secret(v goja.Value, usage string) *hmacKey {
	if o := native.Object(v); o != nil {
		if held := o.GetSymbol(c.sym); held != nil {
			k := held.Export().(*hmacKey)
			for _, allowed := range k.usages {
				if allowed == usage || usage == "" {
					return k
				}
			}
			panic(domError(c.env, "InvalidAccessError", "Unable to use this key to "+usage))
		}
	}
	c.env.ThrowCode("TypeError", "ERR_INVALID_ARG_TYPE", `The "key" argument must be an instance of CryptoKey.`)
	return nil
}

func (c *crypto) exportKey(call goja.FunctionCall) goja.Value {
	k := c.secret(call.Argument(1), "")
	if !k.extractable {
		panic(domError(c.env, "InvalidAccessException", "key is not extractable"))
	}
	if call.Argument(0).String() == "jwk" {
		o := c.env.VM.NewObject()
		_ = o.Set("kty", "oct")
		_ = o.Set("k", base64.RawURLEncoding.EncodeToString(k.secret))
		_ = o.Set("alg", strings.Replace(k.hash, "SHA-", "HS", 1))
		_ = o.Set("ext", true)
		return o
	}
	return c.buffer(append([]byte{}, k.secret...))
}

func (c *crypto) generateKey(call goja.FunctionCall) goja.Value {
	algorithm := c.onlyHMAC(call.Argument(0))
	if algorithm == nil {
		c.env.Throw("TypeError", "HMAC needs an algorithm object with hash")
	}
	name, newHash := c.hashOf(orUndefined(algorithm.Get("hash")))
	n := newHash().BlockSize()
	if length := algorithm.Get("length"); length != nil && !goja.IsUndefined(length) {
		n = int(length.ToInteger()) / 8
	}
	if n <= 0 || n > 1<<16 {
		panic(domError(c.env, "OperationError", "Zero-length key is not supported"))
	}
	return c.key(&hmacKey{secret: c.env.Random(n), hash: name, extractable: call.Argument(1).ToBoolean(), usages: c.usages(call.Argument(2))})
}

func (c *crypto) mac(k *hmacKey, data []byte) []byte {
	_, newHash := c.hashOf(c.env.VM.ToValue(k.hash))
	h := hmac.New(newHash, k.secret)
	_, _ = h.Write(data)
	return h.Sum(nil)
}

func (c *crypto) sign(call goja.FunctionCall) goja.Value {
	c.onlyHMAC(call.Argument(0))
	return c.buffer(c.mac(c.secret(call.Argument(1), "sign"), c.bytes(call.Argument(2))))
}

func (c *crypto) verify(call goja.FunctionCall) goja.Value {
	c.onlyHMAC(call.Argument(0))
	sum := c.mac(c.secret(call.Argument(1), "verify"), c.bytes(call.Argument(3)))
	return c.env.VM.ToValue(hmac.Equal(sum, c.bytes(call.Argument(2))))
}
