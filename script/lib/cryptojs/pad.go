package cryptojs

import (
	"github.com/dop251/goja"
)

// A padding fills data up to whole blocks of n bytes and removes that again. Removing never
// fails: a wrong key gives a wrong length.
type padding struct {
	name  string
	pad   func(l *library, b []byte, n int) []byte
	unpad func(w words) words
}

// paddings are CryptoJS.pad in the library's order.
func paddings() []*padding {
	byLast := func(w words) words {
		// The last byte of the word the data ends in tells the length, so that
		// data that is no whole block gives the original's answer too.
		w.sig -= int(w.at((w.sig-1)>>2<<2 + 3))
		return w
	}
	keep := func(w words) words { return w }
	return []*padding{
		{"Pkcs7", func(_ *library, b []byte, n int) []byte {
			count := n - len(b)%n
			for range count {
				b = append(b, byte(count))
			}
			return b
		}, byLast},
		{"AnsiX923", func(_ *library, b []byte, n int) []byte {
			count := n - len(b)%n
			return append(append(b, make([]byte, count-1)...), byte(count))
		}, byLast},
		{"Iso10126", func(l *library, b []byte, n int) []byte {
			count := n - len(b)%n
			return append(append(b, l.env.Random(count-1)...), byte(count))
		}, byLast},
		{"Iso97971", func(_ *library, b []byte, n int) []byte {
			return zeroPad(append(b, 0x80), n)
		}, func(w words) words {
			w = zeroUnpad(w)
			w.sig--
			return w
		}},
		{"ZeroPadding", func(_ *library, b []byte, n int) []byte { return zeroPad(b, n) }, zeroUnpad},
		{"NoPadding", func(_ *library, b []byte, _ int) []byte { return b }, keep},
	}
}

// zeroPad appends zeros up to a whole block; whole blocks stay.
func zeroPad(b []byte, n int) []byte {
	return append(b, make([]byte, (n-len(b)%n)%n)...)
}

// zeroUnpad drops all zeros at the end, of the data too.
func zeroUnpad(w words) words {
	for w.sig > 0 && w.at(w.sig-1) == 0 {
		w.sig--
	}
	return w
}

// makePads builds CryptoJS.pad, whose members also work on a WordArray by hand, and returns
// Pkcs7, the default.
func (l *library) makePads(root *goja.Object) (pkcs7 *goja.Object) {
	pads := l.env.VM.NewObject()
	l.set(root, "pad", pads)
	for _, p := range paddings() {
		o := l.env.VM.NewObject()
		l.attach(o, p)
		l.fn(o, "pad", 2, func(call goja.FunctionCall) goja.Value {
			data := call.Argument(0).ToObject(l.env.VM)
			// The block size is given in words; a length of padding must fit into a byte.
			n := int(call.Argument(1).ToInteger()) * 4
			if n <= 0 || n > 255 {
				l.env.Throw("RangeError", "Invalid array length")
			}
			b := append([]byte{}, l.read(data).significant()...)
			l.replace(data, whole(p.pad(l, b, n)))
			return goja.Undefined()
		})
		l.fn(o, "unpad", 1, func(call goja.FunctionCall) goja.Value {
			data := call.Argument(0).ToObject(l.env.VM)
			l.set(data, "sigBytes", p.unpad(l.read(data)).sig)
			return goja.Undefined()
		})
		l.set(pads, p.name, o)
		if p.name == "Pkcs7" {
			pkcs7 = o
		}
	}
	return pkcs7
}
