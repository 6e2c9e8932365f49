package webcrypto

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/pbkdf2"
	"crypto/rsa"
	_ "crypto/sha1" // a hash that the interface has
	_ "crypto/sha256"
	_ "crypto/sha512"
	"math/big"

	"github.com/dop251/goja"
)

// hashOf is a hash by WebCrypto's name for it; the JavaScript accepts no other names than
// these and SHA-256.
func hashOf(name string) crypto.Hash {
	switch name {
	case "SHA-1":
		return crypto.SHA1
	case "SHA-384":
		return crypto.SHA384
	case "SHA-512":
		return crypto.SHA512
	}
	return crypto.SHA256
}

// sum hashes data at once.
func sum(h crypto.Hash, data []byte) []byte {
	d := h.New()
	_, _ = d.Write(data)
	return d.Sum(nil)
}

// addOperations adds the functions that work with keys. A function that fails returns
// undefined, which the JavaScript turns into an OperationError.
func (h *host) addOperations(table map[string]func(goja.FunctionCall) goja.Value) {
	vm := h.env.VM
	text := func(call goja.FunctionCall, i int) string { return call.Argument(i).String() }
	data := func(call goja.FunctionCall, i int) []byte { return h.bytes(call.Argument(i)) }
	number := func(call goja.FunctionCall, i int) int { return int(call.Argument(i).ToInteger()) }
	table["digest"] = func(call goja.FunctionCall) goja.Value {
		return h.buffer(sum(hashOf(text(call, 0)), data(call, 1)), nil)
	}
	table["hashSize"] = func(call goja.FunctionCall) goja.Value { return vm.ToValue(hashOf(text(call, 0)).Size()) }
	table["blockSize"] = func(call goja.FunctionCall) goja.Value { return vm.ToValue(hashOf(text(call, 0)).New().BlockSize()) }
	// RSA-PSS: salt and hash must fit into the modulus (RFC 8017, 9.1.1).
	table["saltFits"] = func(call goja.FunctionCall) goja.Value {
		pub := h.key(call.Argument(0)).publicRSA()
		return vm.ToValue(pub == nil || number(call, 2) <= (pub.N.BitLen()-1+7)/8-hashOf(text(call, 1)).Size()-2)
	}
	table["sign"] = func(call goja.FunctionCall) goja.Value {
		return h.buffer(h.sign(text(call, 0), h.key(call.Argument(1)), hashOf(text(call, 2)), number(call, 3), data(call, 4)))
	}
	table["verify"] = func(call goja.FunctionCall) goja.Value {
		return vm.ToValue(verify(text(call, 0), h.key(call.Argument(1)), hashOf(text(call, 2)), number(call, 3), data(call, 4), data(call, 5)))
	}
	table["oaep"] = func(call goja.FunctionCall) goja.Value {
		return h.buffer(h.oaep(call.Argument(0).ToBoolean(), h.key(call.Argument(1)), hashOf(text(call, 2)), data(call, 3), data(call, 4)))
	}
	table["ctr"] = func(call goja.FunctionCall) goja.Value {
		return h.buffer(counted(h.key(call.Argument(0)).secret, data(call, 1), number(call, 2), data(call, 3)))
	}
	table["cbc"] = func(call goja.FunctionCall) goja.Value {
		return h.buffer(chained(call.Argument(0).ToBoolean(), h.key(call.Argument(1)).secret, data(call, 2), data(call, 3)))
	}
	table["gcm"] = func(call goja.FunctionCall) goja.Value {
		return h.buffer(galois(call.Argument(0).ToBoolean(), h.key(call.Argument(1)).secret, data(call, 2), data(call, 3), number(call, 4), data(call, 5)))
	}
	table["kw"] = func(call goja.FunctionCall) goja.Value {
		if call.Argument(0).ToBoolean() {
			return h.buffer(wrap(h.key(call.Argument(1)).secret, data(call, 2)))
		}
		return h.buffer(unwrap(h.key(call.Argument(1)).secret, data(call, 2)))
	}
	table["agree"] = func(call goja.FunctionCall) goja.Value {
		return h.buffer(agree(h.key(call.Argument(0)), h.key(call.Argument(1))))
	}
	table["hkdf"] = func(call goja.FunctionCall) goja.Value {
		return h.buffer(hkdf.Key(hashOf(text(call, 0)).New, h.key(call.Argument(1)).secret, data(call, 2), string(data(call, 3)), number(call, 4)))
	}
	table["pbkdf2"] = func(call goja.FunctionCall) goja.Value {
		length := number(call, 4)
		// The result of PBKDF2 grows with the work, so this bounds both.
		if length > maxDerived {
			return goja.Undefined()
		}
		return h.buffer(pbkdf2.Key(hashOf(text(call, 0)).New, string(h.key(call.Argument(1)).secret), data(call, 2), number(call, 3), length))
	}
}

// sign signs data with the algorithm of a name. salt is the length in bytes for RSA-PSS and
// means nothing to others. A salt of no length is written out by hand, since crypto/rsa takes
// 0 for "choose one".
func (h *host) sign(name string, k *key, hash crypto.Hash, salt int, data []byte) ([]byte, error) {
	switch {
	case name == "HMAC":
		m := hmac.New(hash.New, k.secret)
		_, _ = m.Write(data)
		return m.Sum(nil), nil
	case name == "Ed25519" && k.ed != nil:
		return ed25519.Sign(k.ed, data), nil
	case name == "RSASSA-PKCS1-v1_5" && k.rsa != nil:
		return rsa.SignPKCS1v15(nil, k.rsa, hash, sum(hash, data))
	case name == "RSA-PSS" && k.rsa != nil && salt == 0:
		return signUnsalted(k.rsa, hash, sum(hash, data))
	case name == "RSA-PSS" && k.rsa != nil:
		return rsa.SignPSS(h.env.Rand, k.rsa, hash, sum(hash, data), &rsa.PSSOptions{SaltLength: salt})
	case name == "ECDSA" && k.ec != nil:
		return signECDSA(k.ec, sum(hash, data))
	}
	return nil, errKey
}

// signECDSA signs as RFC 6979 says, so that no randomness can be bad and a seeded run gives
// the same signature again. The signature is the two numbers one after the other, of equal
// length, as IEEE P1363 has it.
func signECDSA(k *ecdsa.PrivateKey, digest []byte) ([]byte, error) {
	der, err := k.Sign(nil, digest, hashBySize(len(digest)))
	if err != nil {
		return nil, err
	}
	r, s, err := numbers(der)
	if err != nil {
		return nil, err
	}
	size := (k.Curve.Params().BitSize + 7) / 8
	out := make([]byte, 2*size)
	r.FillBytes(out[:size])
	s.FillBytes(out[size:])
	return out, nil
}

// hashBySize is the hash of a digest, which Sign wants to know for RFC 6979.
func hashBySize(n int) crypto.Hash {
	switch n {
	case 20:
		return crypto.SHA1
	case 48:
		return crypto.SHA384
	case 64:
		return crypto.SHA512
	}
	return crypto.SHA256
}

// verify says whether a signature fits. An ECDSA signature is r and s side by side, as
// WebCrypto has it. A key of another kind verifies nothing.
func verify(name string, k *key, hash crypto.Hash, salt int, signature, data []byte) bool {
	switch {
	case name == "HMAC":
		m := hmac.New(hash.New, k.secret)
		_, _ = m.Write(data)
		return hmac.Equal(m.Sum(nil), signature)
	case name == "Ed25519" && k.edPub != nil:
		return ed25519.Verify(k.edPub, data, signature)
	case name == "RSASSA-PKCS1-v1_5" && k.rsaPub != nil:
		return rsa.VerifyPKCS1v15(k.rsaPub, hash, sum(hash, data), signature) == nil
	case name == "RSA-PSS" && k.rsaPub != nil && salt == 0:
		return verifyUnsalted(k.rsaPub, hash, sum(hash, data), signature)
	case name == "RSA-PSS" && k.rsaPub != nil:
		return rsa.VerifyPSS(k.rsaPub, hash, sum(hash, data), signature, &rsa.PSSOptions{SaltLength: salt}) == nil
	case name == "ECDSA" && k.ecPub != nil:
		size := (k.ecPub.Curve.Params().BitSize + 7) / 8
		if len(signature) != 2*size {
			return false
		}
		r, s := new(big.Int).SetBytes(signature[:size]), new(big.Int).SetBytes(signature[size:])
		return ecdsa.Verify(k.ecPub, sum(hash, data), r, s)
	}
	return false
}

// oaep encrypts with a public key or decrypts with a private one (RFC 8017, 7.1).
func (h *host) oaep(encrypt bool, k *key, hash crypto.Hash, label, data []byte) ([]byte, error) {
	switch {
	case encrypt && k.rsaPub != nil:
		return rsa.EncryptOAEP(hash.New(), h.env.Rand, k.rsaPub, data, label)
	case !encrypt && k.rsa != nil:
		return rsa.DecryptOAEP(hash.New(), nil, k.rsa, data, label)
	}
	return nil, errKey
}

// agree is Diffie-Hellman; both keys must be of one curve, which crypto/ecdh checks. The
// result is the x coordinate.
func agree(private, public *key) ([]byte, error) {
	if private.x != nil && public.xPub != nil {
		return private.x.ECDH(public.xPub)
	}
	if private.ec == nil || public.ecPub == nil {
		return nil, errKey
	}
	mine, err := private.ec.ECDH()
	if err != nil {
		return nil, err
	}
	theirs, err := public.ecPub.ECDH()
	if err != nil {
		return nil, err
	}
	return mine.ECDH(theirs)
}
