package kernel

import (
	"crypto/md5" //nolint:gosec // what the script asks for
	"crypto/pbkdf2"
	"crypto/sha1" //nolint:gosec // what the script asks for
	"crypto/sha256"
	"crypto/sha512"
	"encoding/binary"
	"hash"
	"strconv"
	"unicode/utf8"

	"github.com/dop251/goja"
)

// PBKDF2 hashes thousands of times. Its function is a public one of forge, sjcl and CryptoJS, so that it keeps its name.

// maxHashes bounds what is computed in one step, which nothing can interrupt: about two seconds.
const maxHashes = 4_000_000

// maxDerived is how many bytes a key may have.
const maxDerived = 1 << 16

// hashes are those that the libraries have, by forge's names for them.
func hashes() map[string]func() hash.Hash {
	return map[string]func() hash.Hash{
		"md5": md5.New, "sha1": sha1.New, "sha224": sha256.New224, "sha256": sha256.New, "sha384": sha512.New384, "sha512": sha512.New,
	}
}

// derive is PBKDF2; ok is false for what the library should compute itself.
func derive(h func() hash.Hash, password, salt []byte, rounds, length int64) (key []byte, ok bool) {
	if h == nil || rounds < 1 || length < 1 || length > maxDerived || rounds*(length/int64(h().Size())+1) > maxHashes {
		return nil, false
	}
	key, err := pbkdf2.Key(h, string(password), salt, int(rounds), int(length))
	return key, err == nil
}

// whole reads a value that must be a whole number.
func whole(v goja.Value) (int64, bool) {
	if v == nil || !goja.IsNumber(v) || float64(v.ToInteger()) != v.ToFloat() {
		return 0, false
	}
	return v.ToInteger(), true
}

// binaryText is a text whose characters are bytes, as forge has them.
func binaryText(v goja.Value) ([]byte, bool) {
	if v == nil || !goja.IsString(v) {
		return nil, false
	}
	var b []byte
	for _, r := range v.String() {
		if r > 255 || r == utf8.RuneError {
			return nil, false
		}
		b = append(b, byte(r))
	}
	return b, true
}

// forgeKey computes forge.pkcs5.pbkdf2(password, salt, rounds, length, md) where there is no callback.
func (k *kernel) forgeKey() shape {
	do := func(call goja.FunctionCall) (goja.Value, bool) {
		password, ok1 := binaryText(call.Argument(0))
		salt, ok2 := binaryText(call.Argument(1))
		rounds, ok3 := whole(call.Argument(2))
		length, ok4 := whole(call.Argument(3))
		name := "sha1"
		switch md := call.Argument(4).(type) {
		case *goja.Object:
			if name = ""; md.Get("algorithm") != nil && md.Get("digestLength") != nil {
				name = md.Get("algorithm").String()
			}
		default:
			if goja.IsString(md) {
				name = md.String()
			} else if !goja.IsUndefined(md) && !goja.IsNull(md) {
				return nil, false
			}
		}
		if !ok1 || !ok2 || !ok3 || !ok4 || len(call.Arguments) > 5 && !goja.IsUndefined(call.Argument(5)) && !goja.IsNull(call.Argument(5)) {
			return nil, false
		}
		key, ok := derive(hashes()[name], password, salt, rounds, length)
		if !ok {
			return nil, false
		}
		runes := make([]rune, len(key))
		for i, b := range key {
			runes[i] = rune(b)
		}
		return k.vm.ToValue(string(runes)), true
	}
	check := func(call goja.FunctionCall) bool {
		args := []goja.Value{k.vm.ToValue("p\u00e5"), k.vm.ToValue("salt"), k.vm.ToValue(2), k.vm.ToValue(37), call.Argument(4)}
		want, err := k.original(call.This, args...)
		got, ok := do(goja.FunctionCall{This: call.This, Arguments: args})
		return err == nil && ok && want.StrictEquals(got)
	}
	return shape{do, check}
}

// bits reads one of sjcl's arrays of 32-bit words, whole words alone, or a text.
func (k *kernel) bits(v goja.Value) ([]byte, bool) {
	if goja.IsString(v) {
		return []byte(v.String()), utf8.ValidString(v.String())
	}
	o := object(v)
	if o == nil || o.ClassName() != "Array" {
		return nil, false
	}
	length, ok := number(o, "length", 0, maxDerived)
	var b []byte
	for i := int64(0); ok && i < length; i++ {
		word, is := number(o, strconv.FormatInt(i, 10), -1<<31, 1<<32-1)
		if ok = is; ok {
			b = binary.BigEndian.AppendUint32(b, uint32(word))
		}
	}
	return b, ok
}

// words makes an array of 32-bit words.
func (k *kernel) words(b []byte) *goja.Object {
	var list []any
	for ; len(b) >= 4; b = b[4:] {
		list = append(list, int64(int32(binary.BigEndian.Uint32(b))))
	}
	return k.vm.NewArray(list...)
}

// sjclKey computes sjcl.misc.pbkdf2(password, salt, rounds, bits) with its own HMAC of SHA-256.
func (k *kernel) sjclKey() shape {
	do := func(call goja.FunctionCall) (goja.Value, bool) {
		password, ok1 := k.bits(call.Argument(0))
		salt, ok2 := k.bits(call.Argument(1))
		rounds, length := int64(10000), int64(0)
		ok3, ok4 := true, true
		if v := call.Argument(2); !goja.IsUndefined(v) {
			rounds, ok3 = whole(v)
		}
		if v := call.Argument(3); !goja.IsUndefined(v) {
			length, ok4 = whole(v)
		}
		if !ok1 || !ok2 || !ok3 || !ok4 || length%32 != 0 || !goja.IsUndefined(call.Argument(4)) {
			return nil, false
		}
		if length == 0 {
			length = 256 // one block
		}
		key, ok := derive(sha256.New, password, salt, rounds, length/8)
		if !ok {
			return nil, false
		}
		return k.words(key), true
	}
	check := func(call goja.FunctionCall) bool {
		args := []goja.Value{k.vm.ToValue("p\u00e5"), k.vm.ToValue("salt"), k.vm.ToValue(2), k.vm.ToValue(288)}
		want, err := k.original(call.This, args...)
		got, ok := do(goja.FunctionCall{This: call.This, Arguments: args})
		if err != nil || !ok {
			return false
		}
		a, ok1 := k.bits(want)
		b, ok2 := k.bits(got)
		return ok1 && ok2 && !goja.IsString(want) && string(a) == string(b)
	}
	return shape{do, check}
}

// wordArray reads a text or one of CryptoJS's arrays of bytes.
func (k *kernel) wordArray(v goja.Value) ([]byte, bool) {
	o := object(v)
	if o == nil {
		return k.bits(v)
	}
	size, ok := number(o, "sigBytes", 0, maxDerived)
	b, ok2 := k.bits(o.Get("words"))
	if !ok || !ok2 || int64(len(b)) < size {
		return nil, false
	}
	return b[:size], true
}

// cryptoJSKey computes PBKDF2.compute of CryptoJS. Which hash it is about is seen from what that gives for nothing.
func (k *kernel) cryptoJSKey() shape {
	do := func(call goja.FunctionCall) (goja.Value, bool) {
		cfg := object(object(call.This).Get("cfg"))
		if cfg == nil || object(cfg.Get("hasher")) == nil {
			return nil, false
		}
		rounds, ok1 := whole(cfg.Get("iterations"))
		size, ok2 := whole(cfg.Get("keySize"))
		password, ok3 := k.wordArray(call.Argument(0))
		salt, ok4 := k.wordArray(call.Argument(1))
		if !ok1 || !ok2 || !ok3 || !ok4 || size < 1 || size > maxDerived/4 {
			return nil, false
		}
		class := object(cfg.Get("hasher"))
		nothing := object(k.method(object(k.method(class, "create")), "finalize", k.vm.ToValue("")))
		digest, ok := k.wordArray(nothing)
		if !ok {
			return nil, false
		}
		for _, h := range hashes() {
			block := int64(h().Size())
			if string(h().Sum(nil)) != string(digest) {
				continue
			}
			key, ok := derive(h, password, salt, rounds, (4*size+block-1)/block*block) // whole blocks stand in its words
			if !ok {
				return nil, false
			}
			return nothing, nothing.Set("words", k.words(key)) == nil && nothing.Set("sigBytes", 4*size) == nil
		}
		return nil, false
	}
	check := func(call goja.FunctionCall) bool {
		this := k.vm.CreateObject(object(call.This))
		cfg := k.vm.CreateObject(object(object(call.This).Get("cfg")))
		if cfg.Set("iterations", 2) != nil || cfg.Set("keySize", 9) != nil || this.Set("cfg", cfg) != nil {
			return false
		}
		args := []goja.Value{k.vm.ToValue("p\u00e5"), k.vm.ToValue("salt")}
		want, err := k.original(this, args...)
		got, ok := do(goja.FunctionCall{This: this, Arguments: args})
		if err != nil || !ok || object(want) == nil || !object(want).Prototype().SameAs(object(got).Prototype()) {
			return false
		}
		a, ok1 := k.bits(object(want).Get("words"))
		b, ok2 := k.bits(object(got).Get("words"))
		return ok1 && ok2 && string(a) == string(b) && object(want).Get("sigBytes").StrictEquals(object(got).Get("sigBytes"))
	}
	return shape{do, check}
}
