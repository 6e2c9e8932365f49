package cryptojs

import (
	"bytes"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
)

// A session is one encryption or decryption. Either chain or stream is set.
type session struct {
	spec    *cipherSpec
	cfg     *goja.Object
	key     goja.Value
	encrypt bool
	chain   *chain
	stream  keystream
	noIV    string // thrown when the first block needs an IV that is not there
	data    []byte // appended and not yet processed
}

// start makes a session from a cipher algorithm. cfg overrides the algorithm's own defaults.
// What is no cipher throws what the original runs into.
func (l *library) start(cipher, key, cfg goja.Value, encrypt bool) *session {
	spec, ok := state[*cipherSpec](l, cipher)
	if !ok {
		l.property(cipher, "createEncryptor")
		l.env.Throw("TypeError", "cipher.createEncryptor is not a function")
	}
	merged := l.extend(jsvalue.Object(cipher.ToObject(l.env.VM).Get("cfg")), cfg)
	s := &session{spec: spec, cfg: merged, key: key, encrypt: encrypt}
	l.reset(s)
	return s
}

// reset begins again with key and IV. Rabbit changes the words of its key, which scripts can
// see.
func (l *library) reset(s *session) {
	s.data = nil
	l.property(s.key, "words")
	// A string has no words to take the first of.
	if jsvalue.IsString(s.key) {
		l.env.Throw("TypeError", "Cannot read properties of undefined (reading '0')")
	}
	key := l.read(s.key)
	ivObject := jsvalue.Object(jsvalue.OrUndefined(s.cfg.Get("iv")))
	var iv []byte
	// An IV without words counts as missing.
	if ivObject != nil && jsvalue.Object(ivObject.Get("words")) != nil {
		iv = l.read(ivObject).b
		if iv == nil {
			iv = []byte{}
		}
	}
	if s.spec.stream != nil {
		before := append([]byte{}, key.b...)
		s.stream = s.spec.stream(&key, iv, l.integer(s.cfg, "drop", 0), l.env.Pause)
		if !bytes.Equal(before, key.b) {
			l.replaceWords(s.key, key.b)
		}
		return
	}
	mode, ok := state[modeMark](l, s.cfg.Get("mode"))
	if !ok {
		l.property(s.cfg.Get("mode"), "createEncryptor")
		l.env.Throw("TypeError", "modeCreator.call is not a function")
	}
	size := s.spec.blockSize * 4
	s.chain = &chain{mode: string(mode), block: s.spec.block(key), encrypt: s.encrypt, prev: sized(iv, size), short: len(iv) < size}
	// Modes other than ECB fail at the first block without an IV, not before.
	s.noIV = ""
	if iv == nil && mode != "ECB" {
		s.noIV = "Cannot read properties of undefined (reading '0')"
		if mode == "CTR" {
			s.noIV = "Cannot read properties of undefined (reading 'slice')"
		}
	}
}

// replaceWords writes the words that a cipher changed back into the script's key. sigBytes
// stays.
func (l *library) replaceWords(key goja.Value, b []byte) {
	if o := jsvalue.Object(key); o != nil {
		sig := o.Get("sigBytes")
		l.replace(o, words{b, len(b)})
		l.set(o, "sigBytes", sig)
	}
}

// process runs all blocks that are ready and returns them. At the end, with flush, a part of
// a block counts as a block filled with zeros.
func (l *library) process(s *session, flush bool) words {
	size := s.spec.blockSize * 4
	blocks := len(s.data) / size
	switch {
	case flush:
		blocks = (len(s.data) + size - 1) / size
	case !s.encrypt && s.chain != nil && blocks > 0:
		blocks-- // the last block may be padding
	}
	if blocks == 0 {
		return words{}
	}
	if s.noIV != "" {
		l.env.Throw("TypeError", s.noIV)
	}
	out := words{sized(s.data, blocks*size), min(blocks*size, len(s.data))}
	s.data = append([]byte{}, s.data[out.sig:]...)
	stream := make([]byte, size)
	for i := 0; i < len(out.b); i += size {
		if s.chain != nil {
			s.chain.crypt(out.b[i : i+size])
			continue
		}
		s.stream.next(stream)
		xor(out.b[i:i+size], stream)
	}
	return out
}

// finish appends the last data, pads or unpads, and returns the result. A script's own
// padding object is called with a WordArray.
func (l *library) finish(s *session, last goja.Value) *goja.Object {
	if last.ToBoolean() {
		s.data = append(s.data, l.message(last)...)
	}
	if s.chain == nil {
		return l.wordArray(l.process(s, true))
	}
	pad := s.cfg.Get("padding")
	own, ok := state[*padding](l, pad)
	size := s.spec.blockSize * 4
	if s.encrypt {
		if ok {
			s.data = own.pad(l, s.data, size)
		} else {
			data := l.wordArray(whole(s.data))
			l.env.Call(l.property(pad, "pad"), pad, "padding.pad", data, l.env.VM.ToValue(s.spec.blockSize))
			s.data = append([]byte{}, l.read(data).significant()...)
		}
		return l.wordArray(l.process(s, true))
	}
	out := l.process(s, true)
	if ok {
		return l.wordArray(own.unpad(out))
	}
	data := l.wordArray(out)
	l.env.Call(l.property(pad, "unpad"), pad, "padding.unpad", data)
	return data
}

// initCipher is Cipher's init: direction (1 encrypts), key, cfg.
func (l *library) initCipher(this *goja.Object, args []goja.Value) {
	l.attachSession(this, argument(args, 1), argument(args, 2), argument(args, 0).ToInteger() == 1)
}

// cipherMethods defines createEncryptor, createDecryptor, reset, process and finalize, for
// progressive use.
func (l *library) cipherMethods(o *goja.Object) {
	create := func(name string, encrypt bool) {
		l.fn(o, name, 2, func(call goja.FunctionCall) goja.Value {
			instance := l.extend(call.This.ToObject(l.env.VM), nil)
			l.attachSession(instance, call.Argument(0), call.Argument(1), encrypt)
			return instance
		})
	}
	create("createEncryptor", true)
	create("createDecryptor", false)
	l.fn(o, "reset", 0, func(call goja.FunctionCall) goja.Value {
		l.reset(l.session(call.This))
		return goja.Undefined()
	})
	l.fn(o, "process", 1, func(call goja.FunctionCall) goja.Value {
		s := l.session(call.This)
		l.property(call.Argument(0), "words")
		s.data = append(s.data, l.message(call.Argument(0))...)
		return l.wordArray(l.process(s, false))
	})
	l.fn(o, "finalize", 1, func(call goja.FunctionCall) goja.Value {
		return l.finish(l.session(call.This), call.Argument(0))
	})
}

// attachSession starts a session and puts it on an instance.
func (l *library) attachSession(instance *goja.Object, key, cfg goja.Value, encrypt bool) {
	s := l.start(instance, key, cfg, encrypt)
	l.set(instance, "cfg", s.cfg)
	l.attach(instance, s)
}

// session is the state of a cipher. Without it the original fails in concat, with this
// message.
func (l *library) session(v goja.Value) *session {
	if s, ok := state[*session](l, v); ok {
		return s
	}
	l.env.Throw("TypeError", "Cannot read properties of undefined (reading 'concat')")
	return nil
}
