package cryptojs

import (
	"crypto/hmac"
	"hash"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
)

// A running is the Go side of a progressive hasher or HMAC, that is one with update and
// finalize.
type running struct {
	h       hash.Hash
	restart func() hash.Hash
}

// makeHashers builds lib.Hasher, algo.X, the X and HmacX shortcuts, and algo.HMAC. It must
// run before makeKDFs, which needs MD5 and SHA1.
func (l *library) makeHashers(root, buffered *goja.Object) {
	hasher := l.define(buffered, func(this *goja.Object, args []goja.Value) { l.initHasher(this, args) })
	l.set(l.lib, "Hasher", hasher)
	l.set(hasher, "cfg", l.extend(l.base, nil))
	l.set(hasher, "blockSize", 16)
	l.hashMethods(hasher)
	l.hmac = l.define(l.base, func(this *goja.Object, args []goja.Value) {
		l.attach(this, l.newHMAC(argument(args, 0), argument(args, 1)))
	})
	l.hashMethods(l.hmac)
	for _, a := range algorithms() {
		l.makeHash(root, hasher, a)
	}
	l.set(l.algo, "HMAC", l.hmac)
	l.fn(hasher, "_createHelper", 1, func(call goja.FunctionCall) goja.Value {
		return l.helper(call.Argument(0))
	})
	l.fn(hasher, "_createHmacHelper", 1, func(call goja.FunctionCall) goja.Value {
		return l.hmacHelper(call.Argument(0))
	})
}

// makeHash makes the class of an algorithm and its two helpers, such as SHA256 and
// HmacSHA256.
func (l *library) makeHash(root, hasher *goja.Object, a *algorithm) {
	o := l.extend(hasher, nil)
	l.attach(o, a)
	l.set(l.algo, a.name, o)
	if a.words != 16 {
		l.set(o, "blockSize", a.words)
	}
	if a.name == "SHA3" {
		cfg := l.extend(jsvalue.Object(hasher.Get("cfg")), nil)
		l.set(cfg, "outputLength", 512)
		l.set(o, "cfg", cfg)
	}
	switch a.name {
	case "MD5":
		l.md5 = o
	case "SHA1":
		l.sha1 = o
	}
	l.set(root, a.name, l.helper(o))
	l.set(root, "Hmac"+a.name, l.hmacHelper(o))
}

// helper makes the one-call shortcut of a hasher: CryptoJS.SHA256(message, cfg).
func (l *library) helper(hasher goja.Value) *goja.Object {
	return l.env.Func("", 2, func(call goja.FunctionCall) goja.Value {
		h := l.newHash(hasher, call.Argument(1)).h
		_, _ = h.Write(l.message(call.Argument(0)))
		return l.wordArray(whole(h.Sum(nil)))
	})
}

// hmacHelper makes the one-call shortcut with a key: CryptoJS.HmacSHA256(message, key).
func (l *library) hmacHelper(hasher goja.Value) *goja.Object {
	return l.env.Func("", 2, func(call goja.FunctionCall) goja.Value {
		h := l.newHMAC(hasher, call.Argument(1)).h
		_, _ = h.Write(l.message(call.Argument(0)))
		return l.wordArray(whole(h.Sum(nil)))
	})
}

// newHash starts the hash that a hasher object means. cfg may have SHA3's outputLength. What
// is no hasher throws what the original runs into.
func (l *library) newHash(hasher, cfg goja.Value) *running {
	a, ok := state[*algorithm](l, hasher)
	if !ok {
		l.property(hasher, "init")
		l.env.Throw("TypeError", "hasher.init is not a constructor")
	}
	bits := 0
	if !jsvalue.IsNullish(cfg) {
		bits = l.integer(cfg, "outputLength", 0)
	}
	restart := func() hash.Hash { return a.make(bits) }
	return &running{restart(), restart}
}

// newHMAC starts an HMAC. It checks the key as the original would fail on it: a string is
// UTF-8, everything else must be a WordArray.
func (l *library) newHMAC(hasher, key goja.Value) *running {
	plain := l.newHash(hasher, nil)
	if !jsvalue.IsString(key) {
		l.property(key, "sigBytes")
		if _, ok := goja.AssertFunction(l.property(key, "clamp")); !ok {
			l.env.Throw("TypeError", "key.clamp is not a function")
		}
	}
	secret := l.message(key)
	restart := func() hash.Hash { return hmac.New(plain.restart, secret) }
	return &running{restart(), restart}
}

// initHasher is a hasher's init: cfg, which extends the defaults.
func (l *library) initHasher(this *goja.Object, args []goja.Value) {
	cfg := jsvalue.Object(this.Get("cfg"))
	if cfg != nil {
		l.set(this, "cfg", l.extend(cfg, argument(args, 0)))
	}
	l.attachHash(this)
}

// attachHash gives an instance its Go state. The algorithm is inherited. An instance of an
// instance inherits a running hash too, but starts again.
func (l *library) attachHash(this *goja.Object) {
	for o := this; o != nil; o = o.Prototype() {
		if _, ok := state[*algorithm](l, o); ok {
			l.attach(this, l.newHash(o, this.Get("cfg")))
			return
		}
	}
	l.env.Throw("TypeError", "this._doReset is not a function")
}

// hashMethods defines reset, update, finalize and clone. finalize leaves the state as it is;
// the original needs reset before the next use too.
func (l *library) hashMethods(o *goja.Object) {
	l.fn(o, "reset", 0, func(call goja.FunctionCall) goja.Value {
		r := l.running(call.This)
		r.h = r.restart()
		return goja.Undefined()
	})
	l.fn(o, "update", 1, func(call goja.FunctionCall) goja.Value {
		l.property(call.Argument(0), "words")
		_, _ = l.running(call.This).h.Write(l.message(call.Argument(0)))
		return call.This
	})
	l.fn(o, "finalize", 1, func(call goja.FunctionCall) goja.Value {
		r := l.running(call.This)
		_, _ = r.h.Write(l.message(call.Argument(0)))
		return l.wordArray(whole(r.h.Sum(nil)))
	})
	l.fn(o, "clone", 0, func(call goja.FunctionCall) goja.Value {
		this := call.This.ToObject(l.env.VM)
		copied := l.clone(this)
		r := l.running(this)
		if cloner, ok := r.h.(hash.Cloner); ok {
			if h, err := cloner.Clone(); err == nil {
				l.attach(copied, &running{h, r.restart})
			}
		}
		return copied
	})
}

// running is the state of a hasher. An object without it fails as in the original.
func (l *library) running(v goja.Value) *running {
	if r, ok := state[*running](l, v); ok {
		return r
	}
	l.env.Throw("TypeError", "Cannot read properties of undefined (reading 'concat')")
	return nil
}

// argument is the i-th argument, undefined beyond the last.
func argument(args []goja.Value, i int) goja.Value {
	if i < len(args) {
		return args[i]
	}
	return goja.Undefined()
}
