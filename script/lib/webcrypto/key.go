package webcrypto

import (
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/x509"
	"errors"
	"math/big"

	"github.com/dop251/goja"
)

// A key is what a CryptoKey of the JavaScript refers to. Exactly one of its fields is set. It
// is never changed.
type key struct {
	secret []byte // AES, HMAC, and the input of HKDF and PBKDF2
	rsa    *rsa.PrivateKey
	rsaPub *rsa.PublicKey
	ec     *ecdsa.PrivateKey
	ecPub  *ecdsa.PublicKey
	ed     ed25519.PrivateKey
	edPub  ed25519.PublicKey
	x      *ecdh.PrivateKey // X25519
	xPub   *ecdh.PublicKey
}

var (
	// The JavaScript turns these into the DOMException that the operation has.
	errKey  = errors.New("the key cannot be used so")
	errKind = errors.New("the key is of another kind")
)

// key is the Go side of a CryptoKey's handle; an empty key, with which every operation fails,
// for other values.
func (h *host) key(v goja.Value) *key {
	if k, ok := v.Export().(*key); ok {
		return k
	}
	return &key{}
}

// shown passes a key to the JavaScript, undefined for an error.
func (h *host) shown(k *key, err error) goja.Value {
	if err != nil {
		return goja.Undefined()
	}
	return h.env.VM.ToValue(k)
}

// addKeys adds the functions that make keys and say what they are. Arguments were checked by
// the JavaScript.
func (h *host) addKeys(table map[string]func(goja.FunctionCall) goja.Value) {
	vm := h.env.VM
	table["secret"] = func(call goja.FunctionCall) goja.Value {
		return vm.ToValue(&key{secret: append([]byte{}, h.bytes(call.Argument(0))...)})
	}
	table["importDER"] = func(call goja.FunctionCall) goja.Value {
		// Arguments are the kind, the format, the algorithm (unused here) and the bytes.
		k, err := fromDER(call.Argument(0).String(), call.Argument(1).String(), h.bytes(call.Argument(3)))
		if errors.Is(err, errKind) {
			// false is another error to the caller than undefined.
			return vm.ToValue(false)
		}
		return h.shown(k, err)
	}
	table["importPoint"] = func(call goja.FunctionCall) goja.Value {
		return h.shown(fromPoint(call.Argument(0).String(), h.bytes(call.Argument(1))))
	}
	table["rsaKey"] = func(call goja.FunctionCall) goja.Value { return h.shown(fromNumbers(h.parts(call.Argument(0)))) }
	table["curveKey"] = func(call goja.FunctionCall) goja.Value {
		return h.shown(fromCoordinates(call.Argument(0).String(), h.parts(call.Argument(1))))
	}
	table["about"] = func(call goja.FunctionCall) goja.Value {
		k, o := h.key(call.Argument(0)), vm.NewObject()
		_ = o.Set("private", k.isPrivate())
		_ = o.Set("curve", k.curve())
		if pub := k.publicRSA(); pub != nil {
			_ = o.Set("bits", pub.N.BitLen())
			_ = o.Set("exponent", h.env.Uint8Array(big.NewInt(int64(pub.E)).Bytes()))
		}
		return o
	}
	table["generateRSA"] = func(call goja.FunctionCall) goja.Value {
		return h.pair(h.generateRSA(int(call.Argument(0).ToInteger()), new(big.Int).SetBytes(h.bytes(call.Argument(1)))))
	}
	table["generateCurve"] = func(call goja.FunctionCall) goja.Value { return h.pair(h.generateCurve(call.Argument(0).String())) }
	table["exportDER"] = func(call goja.FunctionCall) goja.Value { return h.buffer(h.key(call.Argument(0)).der()) }
	table["exportRaw"] = func(call goja.FunctionCall) goja.Value { return h.buffer(h.key(call.Argument(0)).raw()) }
	table["parts"] = func(call goja.FunctionCall) goja.Value { return h.jwk(h.key(call.Argument(0))) }
}

// parts reads an object of byte strings, the decoded members of a JWK.
func (h *host) parts(v goja.Value) map[string][]byte {
	out := map[string][]byte{}
	o := v.ToObject(h.env.VM)
	for _, name := range o.Keys() {
		out[name] = h.bytes(o.Get(name))
	}
	return out
}

// isPrivate is false for secrets, too: CryptoKey calls them "secret".
func (k *key) isPrivate() bool { return k.rsa != nil || k.ec != nil || k.ed != nil || k.x != nil }

// publicRSA is the public key of an RSA key of either half, nil for other keys.
func (k *key) publicRSA() *rsa.PublicKey {
	if k.rsa != nil {
		return &k.rsa.PublicKey
	}
	return k.rsaPub
}

// publicEC is the public key of a P curve's key of either half, nil for other keys.
func (k *key) publicEC() *ecdsa.PublicKey {
	if k.ec != nil {
		return &k.ec.PublicKey
	}
	return k.ecPub
}

// curve is the name that WebCrypto gives to the curve of a key, "" for others.
func (k *key) curve() string {
	switch pub := k.publicEC(); {
	case pub != nil:
		return pub.Curve.Params().Name
	case k.ed != nil || k.edPub != nil:
		return "Ed25519"
	case k.x != nil || k.xPub != nil:
		return "X25519"
	}
	return ""
}

// public is the public half of a private key. It must not be called for other keys.
func (k *key) public() *key {
	switch {
	case k.rsa != nil:
		return &key{rsaPub: &k.rsa.PublicKey}
	case k.ec != nil:
		return &key{ecPub: &k.ec.PublicKey}
	case k.ed != nil:
		return &key{edPub: k.ed.Public().(ed25519.PublicKey)}
	}
	return &key{xPub: k.x.PublicKey()}
}

// curveOf is a curve of NIST by its name, nil for other names.
func curveOf(name string) elliptic.Curve {
	switch name {
	case "P-256":
		return elliptic.P256()
	case "P-384":
		return elliptic.P384()
	case "P-521":
		return elliptic.P521()
	}
	return nil
}

// fromDER reads a public key in SPKI or a private one in PKCS#8. kind is rsa, ec or okp; a
// key of another kind is errKind.
func fromDER(kind, format string, der []byte) (*key, error) {
	var parsed any
	var err error
	if format == "spki" {
		parsed, err = x509.ParsePKIXPublicKey(der)
	} else {
		parsed, err = x509.ParsePKCS8PrivateKey(der)
	}
	if err != nil {
		return nil, err
	}
	k := &key{}
	found := "okp"
	switch p := parsed.(type) {
	case *rsa.PrivateKey:
		k.rsa, found = p, "rsa"
	case *rsa.PublicKey:
		k.rsaPub, found = p, "rsa"
	case *ecdsa.PrivateKey:
		k.ec, found = p, "ec"
	case *ecdsa.PublicKey:
		k.ecPub, found = p, "ec"
	case ed25519.PrivateKey:
		k.ed = p
	case ed25519.PublicKey:
		k.edPub = p
	case *ecdh.PrivateKey:
		k.x = p
	case *ecdh.PublicKey:
		k.xPub = p
	}
	if found != kind {
		return nil, errKind
	}
	return k, nil
}

// fromPoint reads a public key in its raw form; points of P curves may be compressed (SEC 1,
// 2.3.3). A point that is not on its curve is an error.
func fromPoint(curve string, b []byte) (*key, error) {
	switch curve {
	case "Ed25519":
		return &key{edPub: append(ed25519.PublicKey{}, b...)}, nil
	case "X25519":
		pub, err := ecdh.X25519().NewPublicKey(b)
		return &key{xPub: pub}, err
	}
	c := curveOf(curve)
	if len(b) > 0 && (b[0] == 2 || b[0] == 3) {
		x, y := elliptic.UnmarshalCompressed(c, b)
		if x == nil {
			return nil, errKey
		}
		return &key{ecPub: &ecdsa.PublicKey{Curve: c, X: x, Y: y}}, nil //nolint:staticcheck // no other way from a compressed point
	}
	pub, err := ecdsa.ParseUncompressedPublicKey(c, b)
	return &key{ecPub: pub}, err
}

// fromNumbers reads an RSA key by the numbers of a JWK (RFC 7518, 6.3). A private key needs
// all of its numbers, and they must fit together.
func fromNumbers(parts map[string][]byte) (*key, error) {
	number := func(name string) *big.Int { return new(big.Int).SetBytes(parts[name]) }
	n, e := number("n"), number("e")
	if n.Sign() == 0 || !e.IsInt64() || e.Int64() < 3 || e.Int64() > 1<<31-1 {
		return nil, errKey
	}
	pub := rsa.PublicKey{N: n, E: int(e.Int64())}
	if parts["d"] == nil {
		return &key{rsaPub: &pub}, nil
	}
	for _, name := range []string{"p", "q", "dp", "dq", "qi"} {
		if len(parts[name]) == 0 {
			return nil, errKey
		}
	}
	private := &rsa.PrivateKey{PublicKey: pub, D: number("d"), Primes: []*big.Int{number("p"), number("q")}}
	if err := private.Validate(); err != nil {
		return nil, err
	}
	private.Precompute()
	return &key{rsa: private}, nil
}

// fromCoordinates reads a key of a curve by the parts of a JWK (RFC 7518, 6.2). A private key
// must belong to the public one beside it.
func fromCoordinates(curve string, parts map[string][]byte) (*key, error) {
	c := curveOf(curve)
	if c == nil {
		return fromOctets(curve, parts)
	}
	// Coordinates have leading zeros up to the size of the field.
	size := (c.Params().BitSize + 7) / 8
	if len(parts["x"]) != size || len(parts["y"]) != size {
		return nil, errKey
	}
	point := append(append([]byte{4}, parts["x"]...), parts["y"]...) // 4 marks an uncompressed point
	pub, err := ecdsa.ParseUncompressedPublicKey(c, point)
	if err != nil || parts["d"] == nil {
		return &key{ecPub: pub}, err
	}
	private, err := ecdsa.ParseRawPrivateKey(c, parts["d"])
	if err != nil {
		return nil, err
	}
	if !private.PublicKey.Equal(pub) {
		return nil, errKey
	}
	return &key{ec: private}, nil
}

// fromOctets reads an OKP key of a JWK (RFC 8037). d exists for private keys only; it is the
// seed, from which the public key follows, so x is not compared.
func fromOctets(curve string, parts map[string][]byte) (*key, error) {
	if len(parts["x"]) != 32 || parts["d"] != nil && len(parts["d"]) != 32 {
		return nil, errKey
	}
	if parts["d"] == nil {
		return fromPoint(curve, parts["x"])
	}
	if curve == "Ed25519" {
		return &key{ed: ed25519.NewKeyFromSeed(parts["d"])}, nil
	}
	private, err := ecdh.X25519().NewPrivateKey(parts["d"])
	return &key{x: private}, err
}
