// Package kernel does the arithmetic of cryptography that scripts bring along in plain JavaScript: jsrsasign, forge,
// elliptic and their like, which an interpreter runs hundreds of times slower than a compiler.
//
// The few functions that take all the time are known by the names that they have in every copy, also a minified one, and
// by the shape of the numbers that they are called with. Each is put behind a function that computes with math/big. Before
// that is used the library's own function is called with a few small values, or, where that takes long for any value, the
// functions that it is made of. Where a result differs, or the numbers are of no known shape, the library's own function
// is called ever after.
package kernel

import (
	"math/big"

	"github.com/dop251/goja"
)

// maxBits bounds the numbers that are computed with here: nothing breaks into math/big.
const maxBits = 1 << 14

// Name says whether a function that is assigned to a property of this name may be one of those. Where only some are, the
// function's source has to mention word.
func Name(name string) (word string, known bool) {
	switch name {
	case "modPow", "modPowInt", "gcd", "modInverse", "isProbablePrime", "invm", "_invmp", "multiply", "powermod", "inverseMod", "pbkdf2":
		return "", true
	case "compute":
		return "keySize", true
	case "mul", "mulAdd", "jmulAdd":
		return "afMul", true
	case "precompute":
		return "_getDoubles", true
	case "mult", "mult2":
		return "toJac", true
	}
	return "", false
}

// A work is a kernel of one shape: ok is false where the values are of another.
type work func(call goja.FunctionCall) (result goja.Value, ok bool)

// A kernel stands before one function of a library.
type kernel struct {
	vm       *goja.Runtime
	original goja.Callable
	checked  map[string]bool // by shape: whether it may be used
}

// Wrap returns what a script gets in the place of fn, a function that it assigns to a property of that name.
func Wrap(vm *goja.Runtime, name string, fn goja.Value) goja.Value {
	original, ok := goja.AssertFunction(fn)
	if !ok {
		return fn
	}
	k := &kernel{vm: vm, original: original, checked: map[string]bool{}}
	shapes := k.shapes(name)
	if len(shapes) == 0 {
		return fn
	}
	wrapper := vm.ToValue(func(call goja.FunctionCall) goja.Value {
		for shape, do := range shapes {
			if result, ok := k.try(shape, do, call); ok {
				return result
			}
		}
		v, err := original(call.This, call.Arguments...)
		if err != nil {
			panic(rethrown(err))
		}
		return v
	}).(*goja.Object)
	own := fn.ToObject(vm)
	_ = wrapper.DefineDataProperty("name", own.Get("name"), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	_ = wrapper.DefineDataProperty("length", own.Get("length"), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	return wrapper
}

func rethrown(err error) any {
	if exception, ok := err.(*goja.Exception); ok { //nolint:errorlint // goja returns it bare
		return exception.Value()
	}
	return err // an interrupt or the end of the stack, which goes on up
}

// A shape is a kernel with its check, which says whether the library gives the same as do for values that call shows the
// form of.
type shape struct {
	do    work
	check func(call goja.FunctionCall) bool
}

// try computes with a shape. Whatever goes wrong on the way leaves the work to the library.
func (k *kernel) try(name string, s shape, call goja.FunctionCall) (result goja.Value, ok bool) {
	if usable, known := k.checked[name]; known && !usable {
		return nil, false
	}
	thrown := k.vm.Try(func() {
		if result, ok = s.do(call); !ok {
			return
		}
		if _, known := k.checked[name]; !known {
			k.checked[name] = false // also while the check runs, which may come back here
			k.checked[name] = s.check(call)
		}
		ok = ok && k.checked[name]
	})
	if thrown != nil {
		return nil, false
	}
	return result, ok
}

// shapes are those that a name may mean.
func (k *kernel) shapes(name string) map[string]shape {
	switch name {
	case "modPow":
		return map[string]shape{"jsbn": k.jsbnShape(2, modPow)}
	case "modPowInt":
		return map[string]shape{"jsbn": k.jsbnShape(2, modPow)}
	case "gcd":
		return map[string]shape{"jsbn": k.jsbnShape(1, divisor)}
	case "modInverse":
		return map[string]shape{"jsbn": k.jsbnShape(1, modInverse)}
	case "isProbablePrime":
		return map[string]shape{"jsbn": k.primeShape()}
	case "invm":
		return map[string]shape{"bn.js": k.bnShape(modInverse, k.readBN)}
	case "_invmp":
		return map[string]shape{"bn.js": k.bnShape(modInverse, k.readWords)} // of the words, also where they stand for another value
	case "multiply":
		return map[string]shape{"jsbn point": k.pointShape()}
	case "mul":
		return map[string]shape{"elliptic": k.ellipticShape(false, false), "twisted": k.edwardsShape()}
	case "mulAdd":
		return map[string]shape{"elliptic": k.ellipticShape(true, false)}
	case "jmulAdd":
		return map[string]shape{"elliptic": k.ellipticShape(true, true)}
	case "precompute":
		return map[string]shape{"elliptic": k.tableShape(), "twisted": k.twistedTable()}
	case "mult":
		return map[string]shape{"sjcl point": k.sjclCurveShape(false)}
	case "mult2":
		return map[string]shape{"sjcl point": k.sjclCurveShape(true)}
	case "pbkdf2":
		return map[string]shape{"forge key": k.forgeKey(), "sjcl key": k.sjclKey()}
	case "compute":
		return map[string]shape{"CryptoJS key": k.cryptoJSKey()}
	case "powermod":
		return map[string]shape{"sjcl": k.sjclShape(2, modPow)}
	case "inverseMod":
		return map[string]shape{"sjcl": k.sjclShape(1, modInverse)}
	}
	return nil
}

// modPow is n[0]^n[1] mod n[2].
func modPow(n ...*big.Int) *big.Int {
	if n[0].Sign() < 0 || n[1].Sign() <= 0 || n[2].Cmp(big.NewInt(1)) <= 0 {
		return nil
	}
	return new(big.Int).Exp(n[0], n[1], n[2])
}

// divisor is the greatest common divisor of two numbers above zero.
func divisor(n ...*big.Int) *big.Int {
	if n[0].Sign() <= 0 || n[1].Sign() <= 0 {
		return nil
	}
	return new(big.Int).GCD(nil, nil, n[0], n[1])
}

// modInverse is the inverse of n[0] mod n[1], or nil.
func modInverse(n ...*big.Int) *big.Int {
	if n[0].Sign() <= 0 || n[1].Cmp(big.NewInt(1)) <= 0 {
		return nil
	}
	return new(big.Int).ModInverse(n[0], n[1])
}

// samples are the numbers of a check: an odd modulus, with factors that no library treats in a way of its own.
func samples() [][3]int64 {
	return [][3]int64{{3, 65537, 1000003}, {123456789, 5, 998244353}, {7919, 1021, 4294967291}}
}
